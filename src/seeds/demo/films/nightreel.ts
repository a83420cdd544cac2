import type { DemoFilm } from '../demo-film.js';

export const nightreel: readonly DemoFilm[] = [
  {
    title: 'Psycho',
    facts: [1960, 109, 'Horror|Mystery|Thriller', 'tt0054215'],
    storyline:
      "A secretary drives off with her employer's money and stops for the night at a motel that the new highway has forgotten. The owner is a nice young man who stuffs birds and lives with his mother.",
    daysAgo: 720,
    opinions: [
      [
        5,
        'It kills the heroine before the halfway mark and dares you to care for the man with the mop.',
        'spoiler',
      ],
      [4, 'The psychiatrist at the end explains what nobody asked. Everything before him is perfect.'],
    ],
    stars: '545',
  },
  {
    title: 'Jaws',
    facts: [1975, 124, 'Adventure|Horror|Thriller', 'tt0073195'],
    storyline:
      'Something is eating swimmers off an island that lives on its summer guests, and the mayor will not close the beaches. A police chief who hates water, a scientist and a fisherman with a grudge put to sea in too small a boat.',
    daysAgo: 667,
    opinions: [
      [5, 'You hardly see the shark and I have not swum past my waist since.'],
      [5, 'The scene where they compare scars is better than most entire films.'],
    ],
    stars: '4455',
  },
  {
    title: 'The Shining',
    facts: [1980, 144, 'Horror', 'tt0081505'],
    storyline:
      'A writer takes a winter job minding an empty mountain hotel, with his wife and a son who sees things that have not happened yet. The snow shuts the roads, the typing goes on, and the hotel starts to talk to him.',
    daysAgo: 598,
    opinions: [
      [5, 'The carpet, the tricycle, the silence when the wheels leave the rug.'],
      [2, 'Cold as the hotel. Nicholson is mad from the first shot, so where is there to go?'],
    ],
    stars: '5435',
  },
  {
    title: 'The Silence of the Lambs',
    facts: [1991, 118, 'Crime|Horror|Thriller', 'tt0102926'],
    storyline:
      'To catch a killer who skins his victims, a trainee of the FBI must ask the advice of a worse one behind glass. Doctor Lecter will help, at a price: for each clue a memory of hers.',
    daysAgo: 553,
    opinions: [
      [5, 'Two actors, one pane of glass, and I forgot to blink.'],
      [4, 'The night-vision ending is still nearly unbearable.', 'spoiler'],
    ],
    stars: '5454',
  },
  {
    title: 'Se7en',
    facts: [1995, 127, 'Crime|Mystery|Thriller', 'tt0114369'],
    storyline:
      'It always rains in this city. A detective a week from retirement and the hothead who will replace him follow a murderer who is working his way through the deadly sins, and who has planned for both of them.',
    daysAgo: 505,
    opinions: [
      [5, 'Do not let anyone tell you what is in the box.'],
      [3, 'Superbly made and I felt dirty for a week.'],
    ],
    stars: '4455',
  },
  {
    title: 'The Blair Witch Project',
    facts: [1999, 81, 'Horror|Mystery', 'tt0185937'],
    storyline:
      'Three students hike into the Maryland woods to film a documentary about a local legend. They are never seen again; a year later their tapes turn up, and this is what is on them.',
    daysAgo: 450,
    opinions: [
      [5, 'I was camping the weekend after. I drove home at two in the morning.'],
      [1, 'Ninety minutes of twigs and shouting about a map.'],
      [2, 'You had to be there in 1999.'],
    ],
    stars: '141532',
  },
  {
    title: "El laberinto del fauno (Pan's Labyrinth)",
    facts: [2006, 118, 'Drama|Fantasy|War', 'tt0457430'],
    storyline:
      'Spain, 1944: a girl is taken to live with her stepfather, a captain who hunts rebels in the hills. A faun in the old maze says she is a lost princess and sets her three tasks, each harder to tell from the horrors above ground.',
    daysAgo: 389,
    opinions: [
      [5, 'The monster with eyes in its hands is frightening. The captain shaving is worse.'],
      [4, 'A fairy tale as they used to be: with blood in it.'],
    ],
    stars: '454',
  },
  {
    title: '[•REC]',
    facts: [2007, 78, 'Horror', 'tt1038988'],
    storyline:
      "A television crew rides along with the fire brigade for a light piece about the night shift. A call to an old lady's flat, a bite, and the police seal the building with everyone still inside.",
    daysAgo: 344,
    opinions: [[4, 'Seventy-eight minutes, no fat. I watched the last ten through a cushion.']],
    stars: '435',
  },
  {
    title: 'Låt den rätte komma in',
    facts: [2008, 114, 'Drama|Horror|Romance', 'tt1139797'],
    storyline:
      'Oskar is twelve, bullied and keeps cuttings about murders. The girl who moves in next door never feels the cold and only comes out at night; she has been twelve for a long time, and she must be invited in.',
    daysAgo: 308,
    opinions: [
      [5, 'Tender and terrible. Snow has never been so quiet.'],
      [4, 'The pool. My goodness, the pool.', 'spoiler'],
    ],
    stars: '543',
  },
  {
    title: 'Get Out',
    facts: [2017, 104, 'Horror|Mystery|Thriller', 'tt5052448'],
    storyline:
      "Chris is spending a first weekend with his girlfriend's parents, who are so very pleased to meet him. The staff smile strangely, the guests feel his arms, and the mother would like to cure him of smoking with a teaspoon.",
    daysAgo: 201,
    opinions: [
      [5, 'Funny until you notice what you are laughing at.'],
      [5, 'The keys scene. The whole row shouted at the screen.', 'spoiler'],
    ],
    stars: '54455',
  },
  {
    title: 'It',
    facts: [2017, 135, 'Horror', 'tt1396484'],
    storyline:
      'Every twenty-seven years the children of Derry begin to vanish. One summer seven of them who have been bullied into friendship go down after the clown in the drains, which knows what each is most afraid of.',
    daysAgo: 174,
    opinions: [
      [4, 'The kids are so good that I resented the clown for interrupting.'],
      [2, 'Loud noise, big teeth, repeat.'],
    ],
    stars: '34435',
  },
  {
    title: 'mother!',
    facts: [2017, 121, 'Drama|Horror|Mystery', 'tt5109784'],
    storyline:
      'A young wife is restoring the house that burned down around her poet husband. A stranger knocks, then his wife, then their sons, then the world; nobody wipes their feet, and the poet will not send anyone away.',
    daysAgo: 118,
    opinions: [
      [5, 'The most nerve-racking house party on film. I loved every dreadful minute.'],
      [1, 'I have never wanted to leave a room so much, and I was at home.'],
      [1, 'Pretentious torture with a Bible under its arm.'],
      [1, 'CHEAP DESIGNER WATCHES 80% OFF, ask me how', 'hidden'],
    ],
    stars: '15124',
  },
];

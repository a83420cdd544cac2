import type { DemoFilm } from '../demo-film.js';

export const popcornRepublic: readonly DemoFilm[] = [
  {
    title: 'Raiders of the Lost Ark',
    facts: [1981, 115, 'Action|Adventure', 'tt0082971'],
    storyline:
      'An archaeologist with a whip and a fear of snakes is asked to find the Ark of the Covenant before the Nazis do. The trail runs through a Nepalese bar, a Cairo market and a pit that is full of what he likes least.',
    daysAgo: 706,
    opinions: [
      [5, 'The best action film ever made, and it knows when to be silly.'],
      [
        4,
        'My friend says he changes nothing about the outcome. I say so what, did you see the truck?',
        'spoiler',
      ],
    ],
    stars: '5545',
  },
  {
    title: 'Back to the Future',
    facts: [1985, 116, 'Adventure|Comedy|Science fiction', 'tt0088763'],
    storyline:
      "A sports car with a plutonium problem drops Marty McFly in 1955, where he gets in the way of his own parents' first kiss. He has a week, a young inventor and one bolt of lightning to put it right.",
    daysAgo: 672,
    opinions: [
      [5, 'A screenplay like a Swiss watch: everything that is set up strikes on the hour.'],
      [5, 'Showed it to my kids. They want a skateboard and a scientist.'],
    ],
    stars: '55455',
  },
  {
    title: 'The Princess Bride',
    facts: [1987, 98, 'Adventure|Comedy|Fantasy', 'tt0093779'],
    storyline:
      'A grandfather reads to a sick boy: there is a farm hand who becomes a pirate, a princess about to marry the wrong man, a giant, a genius and a Spaniard who has practised one sentence for twenty years.',
    daysAgo: 624,
    opinions: [
      [5, 'I quote it daily. My family has asked me to stop.'],
      [3, 'Charming, though it winks at you a little too often.'],
    ],
    stars: '455',
  },
  {
    title: 'Die Hard',
    facts: [1988, 132, 'Action|Thriller', 'tt0095016'],
    storyline:
      "A New York policeman comes to his wife's office party in Los Angeles and takes off his shoes. Then a dozen well-dressed gentlemen take over the tower, and he is the only one left who is not on their list.",
    daysAgo: 566,
    opinions: [
      [5, 'It is a Christmas film and I will hear no more about it.'],
      [5, "Alan Rickman's first film. His first!"],
    ],
    stars: '454',
  },
  {
    title: 'Groundhog Day',
    facts: [1993, 101, 'Comedy|Fantasy|Romance', 'tt0107048'],
    storyline:
      'A weatherman who despises small towns wakes up in one on the second of February, again and again and again. He tries pleasure, crime, despair and piano lessons before it dawns on him that he might try being decent.',
    daysAgo: 525,
    opinions: [
      [5, 'The funniest film about eternity.'],
      [4, 'Gets better every time. Yes, I know.'],
    ],
    stars: '4545',
  },
  {
    title: 'Jurassic Park',
    facts: [1993, 127, 'Adventure|Science fiction', 'tt0107290'],
    storyline:
      'A billionaire invites three scientists to his island before the public comes: he has grown dinosaurs from blood in amber. There is a storm on the way, and the man who runs the computers has made other arrangements.',
    daysAgo: 481,
    opinions: [
      [5, 'The water trembling in the glass. I was eight. I am still eight.'],
      [3, 'The dinosaurs act everyone off the screen, apart from Jeff Goldblum.'],
    ],
    stars: '5445',
  },
  {
    title: 'Titanic',
    facts: [1997, 194, 'Drama|Romance', 'tt0120338'],
    storyline:
      "A first-class passenger engaged to a man she can't bear and an artist who won his ticket at cards meet at the rail of the largest ship in the world. They have four days; she will tell the story eighty-four years later.",
    daysAgo: 436,
    opinions: [
      [5, 'I know how it ends and I hope anyway, each time.'],
      [2, 'There was room on that door.', 'spoiler'],
      [1, 'Three hours and the ship is the most natural actor in it.'],
    ],
    stars: '435251',
  },
  {
    title: 'The Lord of the Rings: The Fellowship of the Ring',
    facts: [2001, 178, 'Adventure|Fantasy', 'tt0120737'],
    storyline:
      'A small person with large feet inherits a ring that ought not to exist, and nine companions set out to carry it to the one fire that can unmake it. The ring has its own opinion on where it should go.',
    daysAgo: 398,
    opinions: [
      [5, 'You could have lived in the Shire for the full three hours and I would have bought a ticket.'],
      [4, 'Long, and I wished it longer.'],
      [5, 'The grey wizard on that bridge, and the silence after.', 'spoiler'],
    ],
    stars: '55554',
  },
  {
    title: "Ocean's Eleven",
    facts: [2001, 116, 'Comedy|Crime|Thriller', 'tt0240772'],
    storyline:
      'Out of prison for a day, Danny Ocean has already picked the target: three Las Vegas casinos, one vault, one evening. He needs ten specialists, and has not told them that the owner is seeing his former wife.',
    daysAgo: 353,
    opinions: [[4, 'Everyone is having such a good time that it is rude not to join in.']],
    stars: '44354',
  },
  {
    title: 'The Dark Knight',
    facts: [2008, 152, 'Action|Crime|Drama', 'tt0468569'],
    storyline:
      "Gotham's mob is on the run from a masked man, an honest policeman and a fearless prosecutor, so it hires someone who wants no money at all. He only wishes to prove how little it takes to make good people fall.",
    daysAgo: 271,
    opinions: [
      [5, 'Heath Ledger walks in, makes a pencil disappear and the film is his.'],
      [3, 'A fine crime story, if the man in the rubber suit would clear his throat.'],
    ],
    stars: '555454',
  },
  {
    title: 'Cats',
    facts: [2019, 110, 'Fantasy|Musical', 'tt5697572'],
    storyline:
      'On the night of the Jellicle Ball the cats of London sing, one after another, for the right to be reborn. A white kitten thrown out in a sack watches it all, and a villain keeps making the competition disappear.',
    daysAgo: 222,
    opinions: [
      [1, 'I have seen things. Some of them had human hands.'],
      [1, 'My own cat left the room.'],
      [5, 'A disaster of such conviction that I have now seen it four times.'],
      [2, 'The song is lovely. The song is always lovely.'],
    ],
    stars: '1211321',
  },
  {
    title: 'RRR',
    facts: [2022, 182, 'Action|Drama', 'tt8178634'],
    storyline:
      'Delhi, 1920: a villager comes to rescue a stolen girl, a policeman is ordered to catch him, and the two become brothers without knowing who the other is. A bridge, a tiger and a dance contest stand between them and the Empire.',
    daysAgo: 58,
    opinions: [
      [5, 'He throws a leopard at a man. I stood up and applauded in my own kitchen.'],
      [4, 'Subtle as a stampede and twice as much fun.'],
    ],
    stars: '545',
  },
];

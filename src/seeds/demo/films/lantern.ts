import type { DemoFilm } from '../demo-film.js';

export const lantern: readonly DemoFilm[] = [
  {
    title: 'If....',
    facts: [1968, 111, 'Drama'],
    storyline:
      'At an English boarding school the prefects rule with the cane and three boys dream out of the window. Colour turns to black and white and back, and what begins as a prank ends on the chapel roof.',
    daysAgo: 717,
  },
  {
    title: 'The Godfather',
    facts: [1972, 175, 'Crime|Drama', 'tt0068646'],
    storyline:
      "The Corleones' youngest son, home from the war in uniform, wants nothing to do with the family trade. Then his father is shot buying oranges, and Michael turns out to be the best at it of them all.",
    daysAgo: 698,
    opinions: [
      [5, 'The door closes and you realise that you were rooting for it.', 'spoiler'],
      [
        5,
        'Three hours and I would not give back one minute, not even the wedding. Above all not the wedding.',
      ],
      [2, "I know, I know. But I can't care about who runs the mob."],
    ],
    stars: '555545',
  },
  {
    title: "Schindler's List",
    facts: [1993, 195, 'Drama|History|War', 'tt0108052'],
    storyline:
      'A war profiteer comes to Kraków for cheap labour and easy money, and makes friends with the men who run the ghetto. Little by little the list of his workers becomes the only thing he is willing to spend a fortune on.',
    daysAgo: 645,
    opinions: [
      [5, 'I will not watch it again. I am glad that I did.'],
      [5, "Everyone should see it once, with nobody's telephone in the room."],
    ],
    stars: '554',
  },
  {
    title: 'Pulp Fiction',
    facts: [1994, 154, 'Crime|Drama', 'tt0110912'],
    storyline:
      "Two hitmen fetch a briefcase, a boxer does not throw a fight, a gangster's wife wants to dance. The stories cross in a diner, a pawnshop and a car that will need cleaning, in any order but the usual one.",
    daysAgo: 606,
    opinions: [
      [5, 'The dialogue has ruined every conversation about burgers I have had since.'],
      [3, 'Clever, loud, and a bit too pleased with itself.'],
    ],
    stars: '54545',
  },
  {
    title: 'The Shawshank Redemption',
    facts: [1994, 142, 'Drama', 'tt0111161'],
    storyline:
      "A banker is sent to prison for life for a murder he says he did not commit. Over twenty years he does the warden's taxes, builds a library, asks a friend for a small hammer, and never quite gives up on the Pacific.",
    daysAgo: 571,
    opinions: [
      [5, 'It is on television every month and I watch it every month.'],
      [5, 'Hope is a good thing. So is a big poster.', 'spoiler'],
      [4, 'A little neat, but who is counting when it lands like that.'],
    ],
    stars: '555555',
  },
  {
    title: 'Fargo',
    facts: [1996, 98, 'Comedy|Crime|Drama', 'tt0116282'],
    storyline:
      'A car salesman in Minnesota hires two crooks to kidnap his wife so that her father will pay. Everything that can go wrong does, in deep snow, and a very pregnant police chief puts it together between meals.',
    daysAgo: 534,
    opinions: [
      [5, "And here you are, and it's a beautiful day. Marge is my hero."],
      [4, 'Laughed at the wood chipper. Then thought about having laughed.', 'spoiler'],
    ],
    stars: '454',
  },
  {
    title: 'The Big Lebowski',
    facts: [1998, 117, 'Comedy|Crime', 'tt0118715'],
    storyline:
      'Thugs ruin the rug of a Los Angeles layabout because he shares his name with a millionaire. All he wants is a new one, and to bowl; instead there is a ransom, a severed toe and a friend who brings guns to everything.',
    daysAgo: 492,
    opinions: [
      [5, 'Second viewing: hilarious. Fifth viewing: scripture.'],
      [2, 'A shaggy dog with no joke at the end.'],
    ],
    stars: '1543',
  },
  {
    title: 'Lost in Translation',
    facts: [2003, 102, 'Comedy|Drama|Romance', 'tt0335266'],
    storyline:
      "A fading film star in Tokyo to advertise whisky and a young wife whose husband is always working can't sleep in the same hotel. For a few days they keep each other company in a city neither can read.",
    daysAgo: 455,
    opinions: [
      [4, 'I do not want to know what he whispers.'],
      [2, 'Rich people are bored in a nice hotel.'],
    ],
    stars: '3425',
  },
  {
    title: 'There Will Be Blood',
    facts: [2007, 158, 'Drama', 'tt0469494'],
    storyline:
      'Daniel Plainview digs silver alone and breaks his leg for it; then he finds oil, and takes it from under a town whose young preacher also wants a kingdom. There is room for one of them.',
    daysAgo: 366,
    opinions: [
      [5, 'Fifteen minutes without a word and you know the man. Then he speaks and you are afraid of him.'],
      [3, 'A tremendous performance in search of somebody to talk to.'],
    ],
    stars: '354',
  },
  {
    title: 'The Room',
    facts: [2003, 99, 'Drama|Romance', 'tt0368226'],
    storyline:
      'Johnny is a banker with many friends, a future wife and a supply of red roses. Lisa is bored and his best friend is available; meanwhile people throw footballs in dinner jackets and subplots leave without saying goodbye.',
    daysAgo: 325,
    opinions: [
      [5, 'Bring spoons. Bring friends. It is the best night out you can have in a bad film.'],
      [1, "I did not watch it, it's not true, I did not. Oh hi, zero stars."],
      [1, "Not so bad it's good. So bad it's two hours."],
    ],
    stars: '11151',
  },
  {
    title: '(500) Days of Summer',
    facts: [2009, 95, 'Comedy|Drama|Romance', 'tt1022603'],
    storyline:
      'Tom writes greeting cards and believes in the one; Summer works down the hall and does not. Their year and a half is told out of order, by a narrator who warns you that this is not a love story.',
    daysAgo: 255,
    opinions: [
      [4, 'At twenty I was on his side. At thirty I am on hers.'],
      [2, 'Quirk, quirk, ukulele, quirk.'],
      [1, 'first like my page then maybe i tell you what i think of this film', 'hidden'],
    ],
    stars: '34254',
  },
  {
    title: 'Moonlight',
    facts: [2016, 111, 'Drama', 'tt4975722'],
    storyline:
      'A quiet boy in Miami is called Little, then Chiron, then Black: three ages, three actors, one way of looking at the floor. A drug dealer teaches him to float, and a friend remembers one night on the beach.',
    daysAgo: 163,
    opinions: [
      [5, 'The diner scene holds more tension than any shoot-out.'],
      [4, 'So gentle that it took me a day to notice I had been hit.'],
    ],
    stars: '455',
  },
  {
    title: 'Nomadland',
    facts: [2020, 108, 'Drama', 'tt9770150'],
    storyline:
      "When the plant closes and takes the town's post code with it, Fern packs her van and goes where there is seasonal work. The people she meets on the road mostly play themselves, and nobody says goodbye, only see you later.",
    daysAgo: 84,
    active: false,
    opinions: [[3, 'Lovely skies, lovely faces, and I waited for it to be angrier.']],
    stars: '42',
  },
  {
    title: 'Aftersun',
    facts: [2022, 101, 'Drama'],
    storyline:
      'Sophie is eleven, on a cheap Turkish holiday with a father who is more like a brother and dances badly on purpose. Twenty years later she plays back the tapes and looks for what she could not see then.',
    daysAgo: 20,
    opinions: [
      [5, 'Nothing happens for ninety minutes, and then a Queen song finishes you off.'],
      [3, "I felt I was looking through someone else's holiday snaps. Perhaps that is the point."],
    ],
    stars: '54',
  },
  {
    title: 'Zielona granica',
    facts: [2023, 147, 'Drama'],
    storyline:
      'A Syrian family is told that the forest between Belarus and Poland is the easy way into Europe. Guards on both sides push them back and forth across the wire, while a border officer and a psychologist who lives nearby find out what they can live with.',
    daysAgo: 3,
  },
];

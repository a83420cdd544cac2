import type { DemoFilm } from '../demo-film.js';

export const orbitOne: readonly DemoFilm[] = [
  {
    title: '2001: A Space Odyssey',
    facts: [1968, 149, 'Adventure|Science fiction', 'tt0062622'],
    storyline:
      'A black slab teaches apes to use bones; millions of years later another is found on the moon, pointing outwards. A ship sets off for Jupiter with two astronauts awake and a computer that has never made a mistake.',
    daysAgo: 695,
    opinions: [
      [5, 'The only film that made me feel the size of space and not just the noise of it.'],
      [1, 'Two and a half hours of docking manoeuvres and a screensaver.'],
      [4, 'I have no idea what I saw, and I have thought about it every week since.'],
      [
        5,
        'The computer singing as it forgets who it is: the saddest death in the film, and the only one.',
        'spoiler',
      ],
    ],
    stars: '5215',
  },
  {
    title: 'Сталкер (Stalker)',
    facts: [1979, 162, 'Drama|Science fiction', 'tt0079944'],
    storyline:
      'A guide leads a writer and a professor past the soldiers into the Zone, where the grass grows over tanks and straight lines are dangerous. At its heart is a room that grants what you truly want, which is what frightens them.',
    daysAgo: 634,
    opinions: [
      [5, 'It rewired how withoutStatementLimit I look at things.'],
      [1, 'Men lying in puddles. I lasted an hour.'],
    ],
    stars: '525',
  },
  {
    title: 'Alien',
    facts: [1979, 117, 'Horror|Science fiction', 'tt0078748'],
    storyline:
      "Seven tired haulers are woken early to look into a signal on a dead moon. One comes back with something on his face, the company's orders turn out to have a second page, and the ship has a great many air ducts.",
    daysAgo: 617,
    opinions: [
      [5, 'In space no one can hear you scream; in my flat the neighbours could.'],
      [5, 'Ripley is right about everything and nobody listens. Quarantine!'],
    ],
    stars: '5455',
  },
  {
    title: 'Blade Runner',
    facts: [1982, 117, 'Drama|Science fiction|Thriller', 'tt0083658'],
    storyline:
      'Los Angeles, rain, neon: a retired policeman is made to hunt four artificial people who have come to Earth to ask for more life. The longer he follows them, the less sure he is what separates them from him.',
    daysAgo: 582,
    opinions: [
      [5, 'Tears in rain. He wrote half of it the night before and it outlives all of us.'],
      [3, 'Seen three versions now. I admire all of them and love none.'],
    ],
    stars: '4534',
  },
  {
    title: 'The Matrix',
    facts: [1999, 136, 'Action|Science fiction', 'tt0133093'],
    storyline:
      'An office worker who hacks at night is told that the year, the city and the steak are all a simulation run by machines. He may go back to bed or find out how deep it goes; the choice comes in two colours.',
    daysAgo: 541,
    opinions: [
      [5, 'I knew kung fu for about a week afterwards.'],
      [4, 'The sunglasses have dated. The ideas have only got more relevant.'],
    ],
    stars: '54545',
  },
  {
    title: 'Gattaca',
    facts: [1997, 106, 'Drama|Science fiction|Thriller', 'tt0119177'],
    storyline:
      'In a near future sorted by genes, a man with a weak heart borrows the blood, hair and name of a fallen champion to get aboard a rocket. A week before launch there is a murder, and one of his real eyelashes at the scene.',
    daysAgo: 488,
    opinions: [
      [
        4,
        'Cheap, cool and cleverer than films with ten times the money. Never save anything for the swim back.',
      ],
    ],
    stars: '4543',
  },
  {
    title: 'Moon',
    facts: [2009, 97, 'Drama|Mystery|Science fiction', 'tt1182345'],
    storyline:
      'Sam is two weeks from the end of three years alone at a lunar mine, with a polite machine for company. After an accident he wakes in the infirmary and finds that he is no longer the only one on board.',
    daysAgo: 410,
    opinions: [
      [5, 'Sam Rockwell plays opposite the best scene partner of his career.', 'spoiler'],
      [4, 'A short story of a film, and I mean that as praise.'],
    ],
    stars: '445',
  },
  {
    title: 'Her',
    facts: [2013, 126, 'Drama|Romance|Science fiction', 'tt1798709'],
    storyline:
      "A man who writes other people's love letters for a living installs an operating system that laughs at his jokes. Samantha has a voice, a curiosity without limits and no body, and for a while that is enough.",
    daysAgo: 372,
    opinions: [
      [5, 'It seemed like a fantasy when it came out. Now it plays like a documentary with better trousers.'],
      [2, 'Man falls in love with phone. I checked mine several times.'],
    ],
    stars: '4354',
  },
  {
    title: 'Interstellar',
    facts: [2014, 169, 'Adventure|Drama|Science fiction', 'tt0816692'],
    storyline:
      'The crops are failing and a former pilot leaves his children to look for a new home through a hole in space. An hour on one planet costs seven years on Earth, and his daughter is counting.',
    daysAgo: 300,
    opinions: [
      [5, 'The messages after the water planet. I paused the film and rang my dad.'],
      [2, 'Love is not a dimension, Christopher.'],
      [1, 'total rubbish and so is anyone who likes it, idiots all of you', 'hidden'],
    ],
    stars: '545352',
  },
  {
    title: 'Mad Max: Fury Road',
    facts: [2015, 120, 'Action|Adventure|Science fiction', 'tt1392190'],
    storyline:
      "Furiosa steals a warlord's tanker and the five women he keeps as property, and drives. Max, a captive blood bag on the bonnet of a pursuing car, is given every reason to change sides at speed.",
    daysAgo: 233,
    opinions: [
      [5, 'A two-hour chase there and back, with a man playing a flame-throwing guitar. Cinema is saved.'],
      [4, 'My heartbeat came down somewhere around Thursday.'],
    ],
    stars: '54552',
  },
  {
    title: 'Arrival',
    facts: [2016, 116, 'Drama|Mystery|Science fiction', 'tt2543164'],
    storyline:
      'Twelve ships hang over the Earth and a linguist is asked to find out what their passengers want before somebody shoots. Their sentences are circles, and learning to read them changes the order in which she remembers.',
    daysAgo: 187,
    opinions: [
      [5, 'A film in which grammar saves the world. I am a translator, I felt seen.'],
      [5, 'Her daughter is not a memory. Watch it again knowing that and it is another film.', 'spoiler'],
    ],
    stars: '454',
  },
  {
    title: 'Æon Flux',
    facts: [2005, 93, 'Action|Science fiction', 'tt0402022'],
    storyline:
      'Four hundred years after a plague the last city on Earth is tidy, walled and watched. An acrobatic assassin is sent to kill its ruler, and remembers him when she should not be able to.',
    daysAgo: 149,
    active: false,
    opinions: [
      [1, 'Great stretching. No plot.'],
      [2, 'Somebody has grass with blades in it. That was the high point.'],
    ],
    stars: '213',
  },
  {
    title: 'Everything Everywhere All at Once',
    facts: [2022, 139, 'Action|Comedy|Science fiction', 'tt6710474'],
    storyline:
      'Evelyn owes taxes, a party and an apology to her daughter when her husband, from another universe, tells her she must save them all. She is the worst of all the Evelyns there are, which makes her the only one who can.',
    daysAgo: 41,
    opinions: [
      [5, 'Two rocks with googly eyes made me sob in public.'],
      [2, 'Exhausting. Everything, everywhere, all at once is exactly the problem.'],
      [4, "Be kind, especially when we don't know what is going on. Fine, I will."],
    ],
    stars: '55154',
  },
];

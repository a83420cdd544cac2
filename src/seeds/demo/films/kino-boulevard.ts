import type { DemoFilm } from '../demo-film.js';

export const kinoBoulevard: readonly DemoFilm[] = [
  {
    title: 'Pather Panchali',
    facts: [1955, 125, 'Drama', 'tt0048473'],
    storyline:
      'Apu grows up in a Bengali village with a dreamer for a father, a worn-out mother and a sister who steals fruit. A train crossing the fields is the greatest event of his childhood, until the monsoon brings a greater one.',
    daysAgo: 688,
    opinions: [
      [
        5,
        'The two children running through the tall grass to see the train: I would trade whole franchises for it.',
      ],
    ],
    stars: '54',
  },
  {
    title: 'À bout de souffle',
    facts: [1960, 90, 'Crime|Drama|Romance', 'tt0053472'],
    storyline:
      'A small-time crook who thinks he is Bogart shoots a policeman and hides in Paris with an American student who sells newspapers. They talk, smoke and quarrel while the net closes and the film skips over anything that bores it.',
    daysAgo: 660,
    opinions: [
      [4, 'Still cooler than anything released this year.'],
      [2, 'Two pretty people being rude to each other for ninety minutes.'],
    ],
    stars: '453',
  },
  {
    title: 'Z',
    facts: [1969, 127, 'Drama|Thriller', 'tt0065234'],
    storyline:
      'A pacifist politician is struck down after a rally and the generals call it a traffic accident. A young magistrate who belongs to no party keeps asking one more question, and the official story comes apart in his hands.',
    daysAgo: 629,
    opinions: [
      [5, 'The funniest angry film I know. The end titles are a slap.'],
      [4, 'Cut like a chase although it is mostly men in offices lying.'],
    ],
    stars: '54',
  },
  {
    title: 'Das Boot',
    facts: [1981, 149, 'Drama|War', 'tt0082096'],
    storyline:
      'Autumn 1941: a war reporter joins the crew of a German submarine and finds boredom, stench and gallows humour. When the hunters above become the hunted below, every rivet in the hull begins to count.',
    daysAgo: 577,
    opinions: [
      [5, 'I held my breath at every creak. Watch the long version, with the lights off.'],
      [4, 'Claustrophobia as an art form.'],
    ],
    stars: '545',
  },
  {
    title: 'Léon',
    facts: [1994, 110, 'Crime|Drama|Thriller', 'tt0110413'],
    storyline:
      'A lonely hitman with a pot plant and a glass of milk opens his door to the girl next door, whose family has just been murdered by a corrupt policeman. She wants to learn his trade; he would like to learn to read.',
    daysAgo: 520,
    opinions: [
      [5, 'Gary Oldman eats the scenery and I would have brought him seconds.'],
      [2, 'Stylish, but the way it looks at a twelve-year-old has aged horribly.'],
      [3, 'Great beginning, great ending, uneasy everything else.'],
    ],
    stars: '453',
  },
  {
    title: 'La Haine',
    facts: [1995, 98, 'Crime|Drama', 'tt0113247'],
    storyline:
      "The morning after a riot three friends from a Paris suburb have nowhere to go, a policeman's lost revolver and twenty-four hours. Their friend lies in hospital, and what they do next depends on whether he wakes up.",
    daysAgo: 498,
    opinions: [
      [5, 'So far, so good. So far, so good. Thirty years on nothing about it is out of date.'],
      [4, 'Black and white never looked less nostalgic.'],
    ],
    stars: '544',
  },
  {
    title: 'Trois couleurs : Bleu',
    facts: [1993, 98, 'Drama|Music|Romance', 'tt0108394'],
    storyline:
      "A woman survives the accident that kills her husband and daughter, and decides to own nothing and love no one. Her husband's unfinished concerto refuses to leave her alone.",
    daysAgo: 466,
    opinions: [[4, 'Juliette Binoche drags her knuckles along a wall and you feel a year of grief in it.']],
    stars: '534',
  },
  {
    title: '花樣年華 (In the Mood for Love)',
    facts: [2000, 98, 'Drama|Romance', 'tt0118694'],
    storyline:
      'Hong Kong, 1962: two neighbours work out that his wife and her husband are having an affair. They meet to rehearse how it might have begun, over noodles and in narrow stairwells, and promise not to be like them.',
    daysAgo: 420,
    opinions: [
      [5, 'The most erotic film ever made about two people not touching.'],
      [5, 'I went out and bought the soundtrack, a dress and a rice cooker.'],
      [2, 'A slow-motion perfume advertisement.'],
    ],
    stars: '554',
  },
  {
    title: 'Amélie',
    facts: [2001, 122, 'Comedy|Romance', 'tt0211915'],
    storyline:
      "A shy waitress in Montmartre finds a boy's treasure box behind a tile and decides to mend strangers' lives in secret. Mending her own would take a different kind of courage, and a man who collects torn photographs.",
    daysAgo: 395,
    opinions: [
      [5, 'It made me walk home the long way round and notice things.'],
      [2, 'Like eating a whole cake by yourself: lovely, then sickly, then a headache.'],
      [4, 'The gnome. That is the review.'],
    ],
    stars: '54351',
  },
  {
    title: 'Cidade de Deus',
    facts: [2002, 130, 'Crime|Drama', 'tt0317248'],
    storyline:
      "Two boys grow up in a Rio housing project: Rocket finds a camera, Li'l Zé finds a gun. Over two decades the one becomes a drug lord and the other the only person who can photograph him.",
    daysAgo: 333,
    opinions: [
      [5, 'Starts with a chicken running for its life and never slows down.'],
      [4, 'Brilliant. I shall not be watching it twice.'],
    ],
    stars: '5455',
  },
  {
    title: '기생충 (Parasite)',
    facts: [2019, 132, 'Comedy|Drama|Thriller', 'tt6751668'],
    storyline:
      "The Kims fold pizza boxes in a basement flat until the son talks his way into tutoring a rich man's daughter. Job by job the whole family moves in, each pretending not to know the others, and then the doorbell rings in the rain.",
    daysAgo: 241,
    opinions: [
      [5, 'Comedy, heist, horror and tragedy, and you never notice the gear change.'],
      [5, 'When the bookcase slid open the entire cinema gasped.', 'spoiler'],
      [4, 'The last act goes big where the first two were precise. Still the best thing of its year.'],
    ],
    stars: '554555',
  },
  {
    title: 'ドライブ・マイ・カー (Drive My Car)',
    facts: [2021, 179, 'Drama'],
    storyline:
      "Two years after his wife's death a stage director comes to Hiroshima to put on Chekhov in many languages, and has to let a silent young woman drive his beloved red Saab. Between rehearsals the two begin to talk.",
    daysAgo: 96,
    opinions: [
      [5, 'Three hours that feel like one long, kind drive.'],
      [3, 'The opening credits come after forty minutes. That tells you whether it is for you.'],
    ],
    stars: '44',
  },
];

import type { DemoFilm } from '../demo-film.js';

export const silverNitrate: readonly DemoFilm[] = [
  {
    title: 'Metropolis',
    facts: [1927, 153, 'Drama|Science fiction', 'tt0017136'],
    storyline:
      "In a city of towers the rich play in gardens while workers feed the machines below. The ruler's son follows a young preacher named Maria underground, and an inventor gives her face to a robot built to set the two worlds against each other.",
    daysAgo: 702,
    opinions: [
      [5, 'Nearly a hundred years old and every science-fiction city since is still borrowing its skyline.'],
      [3, 'The images are staggering. The moral, repeated on three title cards, less so.'],
    ],
    stars: '545',
  },
  {
    title: 'M',
    facts: [1931, 111, 'Crime|Thriller', 'tt0022100'],
    storyline:
      "A murderer of children has Berlin in a panic, and the police raids are ruining business for the city's thieves. So the underworld organises its own manhunt, with beggars for lookouts and a whistled tune for a clue.",
    daysAgo: 655,
    opinions: [
      [
        5,
        'You hear the whistling and your stomach drops. Peter Lorre does more with his eyes than most actors with a monologue.',
      ],
      [
        5,
        'The trial in the cellar is the best scene of the whole decade: you end up unsure whose side the film is on.',
        'spoiler',
      ],
      [4, 'Slow in the middle, unforgettable at both ends.'],
    ],
    stars: '554',
  },
  {
    title: 'City Lights',
    facts: [1931, 87, 'Comedy|Romance', 'tt0021749'],
    storyline:
      'A tramp falls for a blind flower seller who takes him for a millionaire. To pay for the operation that could give her sight he tries street sweeping, prize fighting and the friendship of a rich man who only knows him when drunk.',
    daysAgo: 640,
    opinions: [
      [5, 'That last close-up. I have nothing clever to say about it, I was crying too hard.'],
      [4, 'The boxing match alone is worth the evening.'],
    ],
    stars: '455',
  },
  {
    title: 'Citizen Kane',
    facts: [1941, 119, 'Drama|Mystery', 'tt0033467'],
    storyline:
      'A newspaper tycoon dies alone in a palace with one word on his lips. A reporter goes from friend to enemy to former wife to learn what it meant, and each of them describes a different man.',
    daysAgo: 611,
    opinions: [
      [5, 'Went in expecting homework and got a fast, funny, furious film about loneliness.'],
      [2, 'I understand why it matters. I did not enjoy a minute of the second hour.'],
      [3, 'Everybody knows it was the sled. Watch it anyway for the ceilings.', 'spoiler'],
    ],
    stars: '435',
  },
  {
    title: 'Casablanca',
    facts: [1942, 102, 'Drama|Romance|War', 'tt0034583'],
    storyline:
      'Rick runs a bar in wartime Morocco and claims to stick his neck out for nobody. Then the woman who left him in Paris walks in with a resistance hero on her arm, and he holds the only two papers that could get them out.',
    daysAgo: 590,
    opinions: [
      [5, 'Every line has become a quotation and it still feels as if they are making it up on the spot.'],
      [5, "My grandmother's favourite, now mine. The singing duel in the bar gives me goosebumps each time."],
    ],
    stars: '55454',
  },
  {
    title: 'Ladri di biciclette',
    facts: [1948, 89, 'Drama', 'tt0040522'],
    storyline:
      'In poor post-war Rome a man finally gets a job pasting posters, on condition that he owns a bicycle. When it is stolen on the first day he and his small son search the city for it through one long Sunday.',
    daysAgo: 548,
    opinions: [
      [5, 'The boy trotting to keep up with his father broke me. So little happens and all of it counts.'],
    ],
    stars: '445',
  },
  {
    title: '羅生門 (Rashomon)',
    facts: [1950, 88, 'Crime|Drama|Mystery', 'tt0042876'],
    storyline:
      'A samurai is dead in a forest. The bandit, the wife, the ghost of the victim and a woodcutter each swear to what happened there, no two accounts agree, and the rain keeps falling on the men who try to make sense of it.',
    daysAgo: 530,
    opinions: [
      [5, 'Four versions, and I believed each of them while it lasted.'],
      [4, 'Sunlight through leaves has never looked so guilty.'],
    ],
    stars: '543',
  },
  {
    title: "Singin' in the Rain",
    facts: [1952, 103, 'Comedy|Musical|Romance', 'tt0045152'],
    storyline:
      'Sound arrives in Hollywood and a silent-film star discovers that his leading lady has a voice like a rusty hinge. A chorus girl lends her own from behind the curtain, and nobody plans for the two of them to fall in love.',
    daysAgo: 477,
    opinions: [
      [5, 'If you are ill or sad or it is Monday, put this on.'],
      [4, 'I skip the long ballet. The rest is pure oxygen.'],
    ],
    stars: '5454',
  },
  {
    title: '東京物語 (Tokyo Story)',
    facts: [1953, 136, 'Drama', 'tt0046438'],
    storyline:
      'An elderly couple take the train to visit their grown-up children in Tokyo, who are fond of them and have no time. Only their widowed daughter-in-law takes a day off, and the visit ends sooner than anyone meant it to.',
    daysAgo: 431,
    opinions: [
      [5, 'I called my parents before the credits had finished.'],
      [2, 'Beautiful, I am told. I fell asleep twice.'],
    ],
    stars: '545',
  },
  {
    title: '12 Angry Men',
    facts: [1957, 96, 'Crime|Drama', 'tt0050083'],
    storyline:
      'On the hottest day of the year eleven jurors are ready to send a boy to the electric chair before dinner. The twelfth is not sure, and one room, one table and one knife turn out to be all a thriller needs.',
    daysAgo: 402,
    opinions: [
      [5, 'One room, a hundred minutes, no wasted breath.'],
      [5, 'We show it to new colleagues at work as a lesson in how to disagree.'],
    ],
    stars: '5545',
  },
  {
    title: 'Some Like It Hot',
    facts: [1959, 121, 'Comedy|Crime|Romance', 'tt0053291'],
    storyline:
      'Two Chicago musicians see a gangland massacre and flee the city in dresses, as members of an all-girl band. One falls for the singer, the other is pursued by a millionaire, and the gangsters have booked the same hotel.',
    daysAgo: 380,
    opinions: [[5, 'Best last line in the history of last lines.']],
    stars: '4543',
  },
];

import type { DemoFilm } from '../demo-film.js';

export const paperboat: readonly DemoFilm[] = [
  {
    title: 'E.T. the Extra-Terrestrial',
    facts: [1982, 115, 'Adventure|Family|Science fiction', 'tt0083866'],
    storyline:
      "A botanist from another world misses his ship home and hides in a boy's wardrobe. Elliott feels what his guest feels, the government is on its way, and the only hope is a telephone made of toys.",
    daysAgo: 710,
    opinions: [
      [
        5,
        'Watched it with my daughter. I cried at the flowerpot, she cried at the goodbye, the dog looked worried.',
      ],
      [4, 'The bicycles against the moon still do it.'],
    ],
    stars: '5443',
  },
  {
    title: 'となりのトトロ (My Neighbor Totoro)',
    facts: [1988, 86, 'Animation|Family|Fantasy', 'tt0096283'],
    storyline:
      'Two sisters move to the country to be near their mother in hospital, and find that the camphor tree next door has a tenant: huge, furry and fond of umbrellas. There is no villain, only summer and worry and a bus with twelve legs.',
    daysAgo: 676,
    opinions: [
      [5, 'Nothing bad happens and it is gripping. How?'],
      [5, 'My three-year-old now waits for the Catbus at our ordinary bus stop.'],
    ],
    stars: '545',
  },
  {
    title: 'Toy Story',
    facts: [1995, 81, 'Animation|Comedy|Family', 'tt0114709'],
    storyline:
      'Woody the cowboy is the favourite toy until a birthday brings Buzz, a space ranger who does not know that he is plastic. Lost together in the wide world, the rivals have until moving day to get home.',
    daysAgo: 603,
    opinions: [[4, 'The computers have moved on, the script has not been beaten.']],
    stars: '54455',
  },
  {
    title: 'The Lion King',
    facts: [1994, 88, 'Animation|Family|Musical', 'tt0110357'],
    storyline:
      "A lion cub is told that his father's death was his fault and runs as far as he can, into the company of a warthog with no worries. Years later the past comes looking for him, and it wants its king.",
    daysAgo: 560,
    opinions: [
      [5, 'First film I ever saw in a cinema. I am still not over the gorge.', 'spoiler'],
      [3, 'Hamlet with better songs and fewer dead bodies.'],
    ],
    stars: '4544',
  },
  {
    title: 'The Iron Giant',
    facts: [1999, 87, 'Animation|Family|Science fiction', 'tt0129167'],
    storyline:
      'In the jumpy autumn of 1957 a boy in Maine befriends a metal man the size of a house who eats scrap and has forgotten what he was built for. The army would like to know, and a comic book suggests another answer.',
    daysAgo: 512,
    opinions: [[5, 'Superman. If you know, you are already crying.']],
    stars: '545',
  },
  {
    title: 'Chicken Run',
    facts: [2000, 84, 'Animation|Comedy|Family', 'tt0120630'],
    storyline:
      "Ginger has tried every way out of Tweedy's egg farm, from tunnels to a false hen. When a pie machine arrives and a swaggering rooster falls from the sky, the flock has days to learn what chickens cannot do.",
    daysAgo: 470,
    opinions: [[4, 'The Great Escape with knitting. Holds up wonderfully.']],
    stars: '434',
  },
  {
    title: '千と千尋の神隠し (Spirited Away)',
    facts: [2001, 125, 'Animation|Family|Fantasy', 'tt0245429'],
    storyline:
      'Sulking in the back of the car, ten-year-old Chihiro does not expect to spend the night working in a bathhouse for gods. The witch who runs it has turned her parents into pigs and taken most of her name.',
    daysAgo: 444,
    opinions: [
      [5, 'The train across the water is the quietest, loveliest thing ever animated.'],
      [5, 'I have seen it at ten, twenty and thirty. It was about something else each time.'],
      [3, 'Gorgeous but I never knew the rules, so I never knew what was at stake.'],
    ],
    stars: '55545',
  },
  {
    title: 'Ratatouille',
    facts: [2007, 111, 'Animation|Comedy|Family', 'tt0382932'],
    storyline:
      'Remy is a rat with the finest palate in Paris; Linguini is a kitchen boy who cannot boil soup. Hidden under a tall hat the one steers the other by the hair, while a critic sharpens his pen for dinner.',
    daysAgo: 357,
    opinions: [
      [5, 'One bite, one flashback, and the critic and I were both finished.', 'spoiler'],
      [4, 'Made me want to cook, then made me check behind the fridge.'],
    ],
    stars: '445',
  },
  {
    title: 'WALL·E',
    facts: [2008, 98, 'Animation|Family|Science fiction', 'tt0910970'],
    storyline:
      'Seven centuries after people left, one rusty robot still stacks their rubbish into towers and keeps a pet cockroach. Then a sleek white probe lands, and he follows her across the galaxy for the sake of a plant in a boot.',
    daysAgo: 318,
    opinions: [
      [5, 'Half an hour without a word and I would have been happy with no words at all.'],
      [3, 'First half masterpiece, second half shopping mall.'],
    ],
    stars: '454',
  },
  {
    title: 'Up',
    facts: [2009, 96, 'Adventure|Animation|Family', 'tt1049413'],
    storyline:
      'A widower ties ten thousand balloons to his house and sails for the waterfall that he and his wife never got to see. He did not mean to bring a boy scout along, nor a dog that says what it thinks.',
    daysAgo: 287,
    opinions: [
      [5, 'Four minutes of marriage without dialogue, and I needed a tissue before the story had begun.'],
      [4, 'Squirrel!'],
      [3, 'The opening is so good that the rest can only float down from it.'],
    ],
    stars: '5445',
  },
  {
    title: '9',
    facts: [2009, 79, 'Animation|Science fiction', 'tt0472033'],
    storyline:
      'After the last war a rag doll with a zip down its front wakes in a ruined workshop, a number painted on its back. Eight others like it hide from the machines, and it has just switched on the worst of them.',
    daysAgo: 262,
    active: false,
    opinions: [[3, 'Marvellous to look at. I wish someone had written it as carefully as it was stitched.']],
    stars: '3242',
  },
  {
    title: 'Paddington 2',
    facts: [2017, 103, 'Comedy|Family', 'tt4468740'],
    storyline:
      "Saving for his aunt's birthday, a well-mannered bear takes on odd jobs and is framed for a theft by a washed-up actor with too many costumes. Prison has never met anyone like him, or his marmalade.",
    daysAgo: 128,
    opinions: [
      [5, 'If we are kind and polite the world will be right. I believe him.'],
      [5, 'Hugh Grant has never been better and he knows it.'],
    ],
    stars: '554',
  },
];

/** A user of the demo catalogue, without a password. */
export interface DemoReviewer {
  username: string;
  /** How many days before the seeding the user joined. */
  joinedDaysAgo: number;
  /** The user's relative chance to review a film. */
  eagerness: number;
}

export const demoReviewers: readonly DemoReviewer[] = [
  { username: 'hedda.holm', joinedDaysAgo: 715, eagerness: 3 },
  { username: 'tomasz_w', joinedDaysAgo: 684, eagerness: 1 },
  { username: 'the-usherette', joinedDaysAgo: 650, eagerness: 4 },
  { username: 'kenji.mori', joinedDaysAgo: 577, eagerness: 2 },
  { username: 'rowan_b', joinedDaysAgo: 540, eagerness: 1.5 },
  { username: 'lucia.ferrer', joinedDaysAgo: 469, eagerness: 2.5 },
  { username: 'reel2reel', joinedDaysAgo: 401, eagerness: 3 },
  { username: 'amara_o', joinedDaysAgo: 356, eagerness: 2 },
  { username: 'nora.n', joinedDaysAgo: 300, eagerness: 1 },
  { username: 'backrow_bert', joinedDaysAgo: 247, eagerness: 2.5 },
  { username: 'priya.s', joinedDaysAgo: 190, eagerness: 1.5 },
  { username: 'ilse+films', joinedDaysAgo: 133, eagerness: 1 },
  { username: 'matteo77', joinedDaysAgo: 88, eagerness: 2 },
  { username: 'quietcredits', joinedDaysAgo: 46, eagerness: 1 },
  { username: 'sam.okafor', joinedDaysAgo: 18, eagerness: 0.7 },
];

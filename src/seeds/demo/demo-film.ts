import type { Stars } from '../../ratings/distribution.js';

/** A review that speaks of its film. `hidden` is one that a moderator took down. */
export type DemoOpinion = readonly [stars: Stars, text: string, mark?: 'spoiler' | 'hidden'];

/** A film of the demo catalogue and what the demo users think of it. */
export interface DemoFilm {
  title: string;
  storyline: string;
  /** How many days before the seeding it came to its platform. */
  daysAgo: number;
  /** Whether the platform shows it now; by default it does. */
  active?: boolean;
  opinions?: readonly DemoOpinion[];
  /** Further reviews, a digit each: the stars they give. Their words come from `phrases.ts`. */
  stars?: string;
}

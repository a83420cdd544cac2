import type { Stars } from '../../ratings/distribution.js';

/** A review written for its film. A moderator has taken down one marked `hidden`. */
export type DemoOpinion = readonly [stars: Stars, text: string, mark?: 'spoiler' | 'hidden'];

/** The genres are separated by bars, the runtime is in minutes. */
export type DemoFacts = readonly [year: number, runtime: number, genres: string, imdbId?: string];

/** A film of the demo catalogue and what the demo users think of it. */
export interface DemoFilm {
  title: string;
  facts: DemoFacts;
  storyline: string;
  /** How many days before the seeding the platform added it. */
  daysAgo: number;
  /** Whether the platform shows it now; true by default. */
  active?: boolean;
  opinions?: readonly DemoOpinion[];
  /** Further reviews, as one digit of stars each. Their texts come from `phrases.ts`. */
  stars?: string;
}

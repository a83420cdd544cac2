import { createHash } from 'node:crypto';
import type { Stars } from '../../ratings/distribution.js';
import type { DemoFilm, DemoOpinion } from './demo-film.js';
import { phrases } from './phrases.js';
import { demoPlatforms } from './platforms.js';
import { type DemoReviewer, demoReviewers } from './reviewers.js';

/** Charts show the last weeks, so that is where the reviews are. */
const REVIEW_DAYS = 60;

/** The share of the reviews without a text of their own that give stars alone. */
const WORDLESS = 0.35;

/** A review of the demo catalogue, before it has a user, a film and a date in the database. */
export interface PlannedReview {
  film: DemoFilm;
  reviewer: DemoReviewer;
  rating: Stars;
  description: string | null;
  spoiler: boolean;
  active: boolean;
  /** How long before the seeding it was written, in days and a fraction. */
  daysAgo: number;
}

/** The reviews of the demo catalogue: the same ones each time. */
export function plannedReviews(): PlannedReview[] {
  const words = phrasebook();
  return demoPlatforms.flatMap(({ films }) =>
    films.flatMap((film) => {
      const opinions = opinionsOf(film, words);
      return keenest(film, opinions.length).map((reviewer, index): PlannedReview => {
        const [rating, text, mark] = opinions[index] as PlannedOpinion;
        return {
          film,
          reviewer,
          rating,
          description: text,
          spoiler: mark === 'spoiler',
          active: mark !== 'hidden',
          daysAgo:
            Math.min(REVIEW_DAYS, film.daysAgo, reviewer.joinedDaysAgo) *
            chance('when', film.title, reviewer.username),
        };
      });
    }),
  );
}

type PlannedOpinion = readonly [Stars, string | null, DemoOpinion[2]?];

function opinionsOf(film: DemoFilm, words: (stars: Stars) => string): PlannedOpinion[] {
  const further = [...(film.stars ?? '')].map((digit, index): PlannedOpinion => {
    const stars = Number(digit) as Stars;
    const share = chance('words', film.title, String(index));
    if (share < WORDLESS) return [stars, share < WORDLESS / 4 ? '' : null];
    return [stars, words(stars)];
  });
  return [...(film.opinions ?? []), ...further];
}

/** Gives the phrases for so many stars in turn, so that none comes twice before all came once. */
function phrasebook(): (stars: Stars) => string {
  const used = new Map<Stars, number>();
  return (stars) => {
    const count = used.get(stars) ?? 0;
    used.set(stars, count + 1);
    return phrases[stars][count % phrases[stars].length] as string;
  };
}

/** The `count` users who review this film: a draw weighted by eagerness, see https://en.wikipedia.org/wiki/Reservoir_sampling#Algorithm_A-Res */
function keenest(film: DemoFilm, count: number): DemoReviewer[] {
  const key = ({ username, eagerness }: DemoReviewer) =>
    chance('who', film.title, username) ** (1 / eagerness);
  return demoReviewers.toSorted((a, b) => key(b) - key(a)).slice(0, count);
}

/** A number from 0 to below 1 that looks random and is the same for the same texts. */
function chance(...texts: string[]): number {
  return createHash('sha256').update(texts.join('\0')).digest().readUInt32BE() / 2 ** 32;
}

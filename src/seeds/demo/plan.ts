import { createHash } from 'node:crypto';
import type { Stars } from '../../ratings/distribution.js';
import type { DemoFilm, DemoOpinion } from './demo-film.js';
import { phrases } from './phrases.js';
import { demoPlatforms } from './platforms.js';
import { type DemoReviewer, demoReviewers } from './reviewers.js';

/** The age of the oldest review in days. Charts show the last weeks. */
const REVIEW_DAYS = 60;

/** The share of the further reviews that have stars and no text. */
const WORDLESS = 0.35;

/** A review of the demo catalogue, before it has a user, a film and a date in the database. */
export interface PlannedReview {
  film: DemoFilm;
  reviewer: DemoReviewer;
  rating: Stars;
  description: string | null;
  spoiler: boolean;
  active: boolean;
  /** How many days before the seeding it was written, with a fraction. */
  daysAgo: number;
}

/** The reviews of the demo catalogue, which are the same each time. */
export function plannedReviews(): PlannedReview[] {
  const nextPhrase = phrasebook();
  return demoPlatforms.flatMap(({ films }) =>
    films.flatMap((film) => {
      const opinions = opinionsOf(film, nextPhrase);
      return reviewersOf(film, opinions.length).map((reviewer, index): PlannedReview => {
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

function opinionsOf(film: DemoFilm, nextPhrase: (stars: Stars) => string): PlannedOpinion[] {
  const further = [...(film.stars ?? '')].map((digit, index): PlannedOpinion => {
    const stars = Number(digit) as Stars;
    const share = chance('words', film.title, String(index));
    if (share < WORDLESS) return [stars, share < WORDLESS / 4 ? '' : null];
    return [stars, nextPhrase(stars)];
  });
  return [...(film.opinions ?? []), ...further];
}

/** Makes a function that cycles through the phrases for a number of stars. */
function phrasebook(): (stars: Stars) => string {
  const used = new Map<Stars, number>();
  return (stars) => {
    const count = used.get(stars) ?? 0;
    used.set(stars, count + 1);
    return phrases[stars][count % phrases[stars].length] as string;
  };
}

/** Draws the `count` users who review this film, weighted by eagerness, see https://en.wikipedia.org/wiki/Reservoir_sampling#Algorithm_A-Res */
function reviewersOf(film: DemoFilm, count: number): DemoReviewer[] {
  const key = ({ username, eagerness }: DemoReviewer) =>
    chance('who', film.title, username) ** (1 / eagerness);
  return demoReviewers.toSorted((a, b) => key(b) - key(a)).slice(0, count);
}

/** A pseudo-random number in [0, 1) that depends only on the texts. */
function chance(...texts: string[]): number {
  return createHash('sha256').update(texts.join('\0')).digest().readUInt32BE() / 2 ** 32;
}

export const TITLE_MAX = 200;
export const STORYLINE_MAX = 2_000;
export const YEAR_MIN = 1_870;
export const YEAR_MAX = 2_100;
export const RUNTIME_MIN = 1;
/** In minutes. */
export const RUNTIME_MAX = 6_000;

export const IMDB_ID_MAX = 12;

/** What a movie is. */
export const KINDS = ['movie', 'show'] as const;
export type Kind = (typeof KINDS)[number];

/** The fault of a kind, or null. */
export function kindFault(value: unknown): string | null {
  return KINDS.includes(value as Kind) ? null : `"${String(value)}" is not a valid choice.`;
}

/** The fault of an id of IMDb, or null. */
export function imdbIdFault(value: string): string | null {
  return /^tt\d{7,10}$/.test(value) ? null : 'Enter an IMDb id: tt and 7 to 10 digits.';
}

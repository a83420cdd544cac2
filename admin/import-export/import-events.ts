import type { Note } from '../../src/import/faults.js';
import type { Written } from '../../src/import/tally.js';

/** The files of an import, by the names of their form fields. */
export const FILES = ['platforms', 'movies', 'reviews'] as const;
export type FileName = (typeof FILES)[number];

/** The maximum size of all files of one import. While it writes, other writes to the same records wait. */
export const IMPORT_BYTES = 5_000_000;

/** The result of an import. */
export interface ImportReport {
  /** Whether it has written, or only checked. */
  written: boolean;
  /** By kind of record; null if invalid lines stopped the import. */
  counts: Written | null;
  /** The number of faults, and the first of them. */
  faults: { count: number; first: readonly Note[] };
  /** The lines that the format's rules leave out. */
  passedOver: { count: number; first: readonly Note[] };
}

/** A line of the response to an import. */
export type ImportEvent =
  | { progress: { phase: string; done: number; total: number } }
  | { report: ImportReport }
  | { detail: string };

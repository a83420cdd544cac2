import type { Note } from '../../src/import/faults.js';
import type { Written } from '../../src/import/write.js';

/** The files that an import takes, by the names that their fields have. */
export const FILES = ['platforms', 'movies', 'reviews'] as const;
export type FileName = (typeof FILES)[number];

/** The most that the files of one import may have together: while they are written, others of the same records wait. */
export const IMPORT_BYTES = 5_000_000;

/** What an import found and did. */
export interface ImportReport {
  /** Whether anything was written, or only looked at. */
  written: boolean;
  /** By kind of record; null where faults stopped the import. */
  counts: Written | null;
  /** How many lines' faults there are, and the first of them. */
  faults: { count: number; first: readonly Note[] };
  /** The lines that are left out by rule. */
  passedOver: { count: number; first: readonly Note[] };
}

/** A line of the answer to an import. */
export type ImportEvent =
  | { progress: { phase: string; done: number; total: number } }
  | { report: ImportReport }
  | { detail: string };

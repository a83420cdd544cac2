import { z } from 'zod';
import type { ImportResult } from '../member-data/import.js';
import type { Remark } from '../member-data/reading/entry.js';
import { count } from './values.js';

/** The most lines of each kind that an answer lists. */
const LISTED_MAX = 10_000;

const number = (description: string, example: number) => count.meta({ description, example });

const file = z.string().max(1_000).meta({
  description: 'The file, within an archive with its folders; `file` where it has no name.',
  example: 'ratings.csv',
});
const line = z.int().min(1).nullable().meta({
  description: 'The line that it starts at, in JSON the number of the element; null for the whole file.',
  example: 7,
});

const remark = z
  .object({
    file,
    line,
    message: z.string().max(2_000).meta({
      description: 'A sentence for people.',
      example: 'Rating: "11" is no number from 1 to 10.',
    }),
  })
  .meta({ id: 'ImportRemark', description: 'Something to say about a line.' });

const unmatched = z
  .object({
    file,
    line,
    title: z
      .string()
      .max(300)
      .meta({ description: 'The title in the file; a long one is cut.', example: 'Solaris' }),
    year: z.int().min(0).max(9_999).nullable().meta({ description: 'The year in the file.', example: 1972 }),
  })
  .meta({ id: 'UnmatchedLine', description: 'A line whose movie is not here.' });

const remarks = (description: string, example: object[]) =>
  z.array(remark).max(LISTED_MAX).meta({ description, example });

/** What an import has done, or in a dry run would do. */
export const importSchema = z
  .object({
    matched: number('How many reviews and saved movies the file has, of movies that are here.', 3),
    added: number('How many of them are new.', 2),
    updated: number('How many reviews change.', 0),
    already: number('How many stay as they are.', 1),
    reviews: z
      .object({
        added: number('New reviews.', 1),
        updated: number('Changed reviews.', 0),
        already: number('Reviews that stay.', 1),
      })
      .meta({ id: 'ImportedReviews', description: 'The same of reviews alone.' }),
    saved: z
      .object({
        added: number('Newly saved movies.', 1),
        already: number('Movies that were saved before.', 0),
      })
      .meta({ id: 'ImportedSaved', description: 'The same of saved movies alone.' }),
    unmatched: z.array(unmatched).max(LISTED_MAX).meta({ description: 'Lines whose movie is not here.' }),
    unmatched_count: number('How many there are, also where not all are listed.', 1),
    faults: remarks('Lines that are left out since they cannot be read or break a rule.', []),
    faults_count: number('How many there are.', 0),
    notes: remarks('What else is good to know, such as of two lines about one movie.', []),
    notes_count: number('How many there are.', 0),
    kept: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .max(32)
      .nullable()
      .meta({ description: 'The key of the file that a dry run has kept; else null.', example: null }),
  })
  .meta({ id: 'Import', description: 'What an import has done; in a dry run, what it would do.' });

export type ImportJson = z.output<typeof importSchema>;

const TITLE_MAX = 200;
const MESSAGE_MAX = 1_000;

const nameOf = (text: string) => text.slice(0, TITLE_MAX).toWellFormed();

/**
 * The result of an import as JSON.
 * @param kept the key of the kept file, if any
 */
export function presentImport(
  { reviews, saved, unmatched, faults, notes }: ImportResult,
  kept: string | null,
): ImportJson {
  const already = reviews.already + saved.already;
  const added = reviews.added + saved.added;
  return {
    matched: added + reviews.updated + already,
    added,
    updated: reviews.updated,
    already,
    reviews,
    saved,
    unmatched: unmatched.slice(0, LISTED_MAX).map((entry) => ({
      file: nameOf(entry.file),
      line: entry.line,
      title: nameOf(entry.title || (entry.imdbId ?? '')),
      year: entry.year,
    })),
    unmatched_count: unmatched.length,
    faults: faults.slice(0, LISTED_MAX).map(presentRemark),
    faults_count: faults.length,
    notes: notes.slice(0, LISTED_MAX).map(presentRemark),
    notes_count: notes.length,
    kept,
  };
}

function presentRemark({ file, line, message }: Remark): Remark {
  return { file: nameOf(file), line, message: message.slice(0, MESSAGE_MAX).toWellFormed() };
}

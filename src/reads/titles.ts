import { select } from '../database/sql/statements.js';

/** What a walk through the whole catalogue reads of a movie. */
export interface TitleRow {
  id: number;
  title: string;
  year: number | null;
}

const TITLES = `SELECT record.id, record.title, record.year FROM watch_lists AS record
  WHERE record.id > ? ORDER BY record.id LIMIT ?`;

/** Reads the movies that follow an id, in the order of their ids: a range of the primary key, however many there are. */
export function readTitles(after: number, limit: number): Promise<TitleRow[]> {
  return select<TitleRow>(TITLES, [after, limit]);
}

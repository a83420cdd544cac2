import { notFound } from '../errors.js';

/**
 * Reads the id in a path.
 * @throws {ApiError} 404 where the text is no id
 */
export function pathId(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (id < 1 || !Number.isSafeInteger(id)) throw notFound();
  return id;
}

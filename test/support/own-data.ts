import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { ZipFile } from 'yazl';
import { unpack } from '../../src/member-data/reading/archive.js';
import { Review } from '../../src/models/review.js';
import type { WatchList } from '../../src/models/watch-list.js';
import { type Answer, asUser, type Client, type UserClient } from './clients.js';
import { makeMovie, makePlatform } from './factories.js';
import { sharedUrl } from './server.js';

/** Headers of Letterboxd's files. */
export const RATINGS = 'Date,Name,Year,Letterboxd URI,Rating';
export const REVIEWS = 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date';
export const WATCHLIST = 'Date,Name,Year,Letterboxd URI';

/** Makes a movie of a title and a year, with other fields. */
export type MovieMaker = (title: string, year?: number | null, fields?: object) => Promise<WatchList>;

/** Makes a member who imports; movies are made on one platform. */
export async function memberAndMovies(): Promise<{ client: UserClient; movie: MovieMaker }> {
  const client = await asUser();
  const { id: platform_id } = await makePlatform();
  const movie: MovieMaker = (title, year = null, fields = {}) =>
    makeMovie({ title, year, platform_id, ...fields });
  return { client, movie };
}

/** Sends a file to the import. */
export function importFile(
  client: Client,
  name: string,
  content: string | Buffer,
  query = '',
): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name);
  return client.send('POST', `/account/import/${query}`, { body: form });
}

/** Makes a ZIP archive of files by their names. */
export function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  return buffer(archive.outputStream);
}

/** The lines of a CSV file. */
export const csv = (...lines: string[]) => `${lines.join('\n')}\n`;

/** A member's export: the rows of each file by their columns. */
export async function exportOf(client: UserClient): Promise<Record<string, Record<string, string>[]>> {
  const files = await unpack(await exportedZip(client), () => true);
  return Object.fromEntries(files.map(({ name, content }) => [name, parse(content, { columns: true })]));
}

/** The archive itself. */
export async function exportedZip({ key }: UserClient, url = sharedUrl()): Promise<Buffer> {
  const response = await fetch(`${url}/account/export/`, { headers: { Authorization: `Token ${key}` } });
  if (response.status !== 200) throw new Error(`the export was answered with ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** A member's reviews by title, as the import has left them. */
export async function reviewsOf({ user }: UserClient) {
  const reviews = await Review.findAll({ where: { user_id: user.id }, include: ['movie'], order: ['id'] });
  return reviews.map(({ movie, rating, description, spoiler, created }) => ({
    title: movie?.title,
    rating,
    description: description ?? null,
    spoiler,
    created: created.toISOString().slice(0, 10),
  }));
}

/* The bare server's answers about movies. */
import type { RowDataPacket } from 'mysql2/promise';
import { iso, page, rowsOf, SIZE } from './raw-database.js';

const SUGGESTED = 8;

const POSTER = 'm.poster, m.poster_width, m.poster_height, m.poster_color';
const GENRES = String.raw`(SELECT GROUP_CONCAT(g.name ORDER BY g.name SEPARATOR '\n') FROM watch_list_genres l JOIN genres g ON g.id = l.genre_id
  WHERE l.watchlist_id = m.id)`;
const MOVIE = `m.id, m.title, m.storyline, p.name AS platform, m.platform_id, m.active, m.created, m.avg_rating, m.number_rating,
  m.weighted_rating, m.year, m.kind, ${GENRES} AS genres, m.runtime, m.imdb_id, ${POSTER}`;
const FROM = 'FROM watch_lists m LEFT JOIN stream_platforms p ON p.id = m.platform_id';

/** A row with its poster as JSON. */
function withPoster(row: RowDataPacket, origin: string): Record<string, unknown> {
  const { poster, poster_width: width, poster_height: height, poster_color: color, ...rest } = row;
  if (poster === null) return { ...rest, poster };
  const address = (size: string) => `${origin}/media/posters/${poster}-${size}.webp`;
  return { ...rest, poster: { small: address('small'), large: address('large'), width, height, color } };
}

function movie(row: RowDataPacket, origin: string): object {
  const genres = (row.genres as string | null)?.split('\n') ?? [];
  return {
    ...withPoster(row, origin),
    active: row.active === 1,
    created: iso(row.created as string),
    genres,
  };
}

const ORDERS: Record<string, string> = {
  id: 'm.id',
  '-avg_rating': 'm.avg_rating DESC, m.id DESC',
  '-number_rating': 'm.number_rating DESC, m.id DESC',
  '-weighted_rating': 'm.weighted_rating DESC, m.id DESC',
  '-relevance': `CASE WHEN m.title_key = ? THEN 3 WHEN m.title_key LIKE ? THEN 2 ELSE 1 END DESC, m.number_rating DESC, m.id`,
};

/** The condition of the filters, and the values of its placeholders. */
function filtersOf({ searchParams }: URL): { where: string; values: string[] } {
  const conditions: string[] = [];
  const values: string[] = [];
  const add = (name: string, sql: string, value = (text: string) => text) => {
    const text = searchParams.get(name);
    if (!text) return;
    conditions.push(sql);
    values.push(value(text));
  };
  add('platform', 'm.platform_id = ?');
  add(
    'genre',
    'EXISTS (SELECT 1 FROM watch_list_genres l JOIN genres g ON g.id = l.genre_id WHERE l.watchlist_id = m.id AND g.name_key = ?)',
  );
  add('year__gte', 'm.year_asc >= ?');
  add('year__lte', 'm.year_asc <= ?');
  add('search', 'MATCH (m.search_text) AGAINST (? IN BOOLEAN MODE)', fullText);
  return { where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}

const fullText = (words: string) =>
  words
    .split(' ')
    .map((word) => `+mq${word}*`)
    .join(' ');

/** The list of movies. */
export async function movieList(url: URL): Promise<object> {
  const { searchParams } = url;
  const number = Number(searchParams.get('page') ?? 1);
  const { where, values } = filtersOf(url);
  const words = searchParams.get('search');
  const ordering = searchParams.get('ordering') ?? (words ? '-relevance' : 'id');
  const ordered = ordering === '-relevance' ? [words as string, `${words}%`] : [];
  const [[counted], rows] = await Promise.all([
    rowsOf(`SELECT COUNT(*) AS count FROM watch_lists m ${where}`, values),
    rowsOf(`SELECT ${MOVIE} ${FROM} ${where} ORDER BY ${ORDERS[ordering]} LIMIT ? OFFSET ?`, [
      ...values,
      ...ordered,
      String(SIZE),
      String((number - 1) * SIZE),
    ]),
  ]);
  return page(
    counted?.count as number,
    url,
    number,
    rows.map((row) => movie(row, url.origin)),
  );
}

/** A page of a user's saved movies, the last saved first; null without a user. */
export async function savedList(url: URL, user: RowDataPacket | undefined): Promise<object | null> {
  if (!user) return null;
  const number = Number(url.searchParams.get('page') ?? 1);
  const [[counted], rows] = await Promise.all([
    rowsOf('SELECT COUNT(*) AS count FROM saved_movies WHERE user_id = ?', [user.id as number]),
    rowsOf(
      `SELECT ${MOVIE} FROM saved_movies s STRAIGHT_JOIN watch_lists m ON m.id = s.watchlist_id
      LEFT JOIN stream_platforms p ON p.id = m.platform_id
      WHERE s.user_id = ? ORDER BY s.id DESC LIMIT ? OFFSET ?`,
      [user.id as number, String(SIZE), String((number - 1) * SIZE)],
    ),
  ]);
  return page(
    counted?.count as number,
    url,
    number,
    rows.map((row) => movie(row, url.origin)),
  );
}

/** A movie; null where there is none. */
export async function movieDetail(id: string, { origin }: URL): Promise<object | null> {
  const [row] = await rowsOf(
    `SELECT ${MOVIE}, rating_1, rating_2, rating_3, rating_4, rating_5 ${FROM} WHERE m.id = ?`,
    [id],
  );
  if (!row) return null;
  const { rating_1, rating_2, rating_3, rating_4, rating_5, ...rest } = row;
  const rating_distribution = { 1: rating_1, 2: rating_2, 3: rating_3, 4: rating_4, 5: rating_5 };
  return { ...movie(rest, origin), rating_distribution };
}

/** Suggestions for what was typed, none of it mistyped: of the movies with its words, those whose titles begin with it first. */
export async function suggestions({ searchParams, origin }: URL): Promise<object> {
  const words = searchParams.get('q') as string;
  const rows = await rowsOf(
    `SELECT m.id, m.title, m.year, p.name AS platform, ${POSTER} ${FROM}
    WHERE MATCH (m.search_text) AGAINST (? IN BOOLEAN MODE) ORDER BY ${ORDERS['-relevance']} LIMIT ${SUGGESTED}`,
    [fullText(words), words, `${words}%`],
  );
  return { results: rows.map((row) => withPoster(row, origin)) };
}

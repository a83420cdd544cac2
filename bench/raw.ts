/*
 * The baseline: a bare node:http server with hand-written prepared statements that answers the measured requests with
 * the same JSON. It has no policies, no rate limits, no other filters and no validation.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { iso, page, pool, rowsOf, SIZE } from './raw-database.js';
import { movieDetail, movieList, savedList, suggestions } from './raw-movies.js';

/** The sum and the number of votes of the prior, by Marquee's defaults. */
const PRIOR = { sum: 35, votes: 10 };
const STARS = [1, 2, 3, 4, 5];

async function reviewList(id: string, url: URL): Promise<object | null> {
  const number = Number(url.searchParams.get('page') ?? 1);
  const order = url.searchParams.get('ordering') === '-helpful' ? 'r.helpful_count DESC, r.id DESC' : 'r.id';
  const [[about], [counted], rows] = await Promise.all([
    rowsOf('SELECT title FROM watch_lists WHERE id = ?', [id]),
    rowsOf('SELECT COUNT(*) AS count FROM reviews WHERE watchlist_id = ? AND active = 1', [id]),
    rowsOf(
      `SELECT r.id, u.username, r.rating, r.description, r.spoiler, r.created, r.\`update\`, r.helpful_count
      FROM reviews r LEFT JOIN users u ON u.id = r.user_id
      WHERE r.watchlist_id = ? AND r.active = 1 ORDER BY ${order} LIMIT ? OFFSET ?`,
      [id, String(SIZE), String((number - 1) * SIZE)],
    ),
  ]);
  if (!about) return null;
  const results = rows.map((row) => ({
    id: row.id as number,
    review_user: row.username as string,
    rating: row.rating as number,
    description: row.description as string | null,
    spoiler: row.spoiler === 1,
    created: iso(row.created as string),
    update: iso(row.update as string),
    active: true,
    helpful_count: row.helpful_count as number,
    watchlist: Number(id),
    title: about.title as string,
  }));
  return page(counted?.count as number, url, number, results);
}

async function bodyOf(request: IncomingMessage): Promise<{ rating: number; description: string }> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return JSON.parse(text) as { rating: number; description: string };
}

async function inTransaction<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}

/** The user whose token a request bears. */
async function userOf({ headers }: IncomingMessage): Promise<RowDataPacket | undefined> {
  const hash = createHash('sha256')
    .update((headers.authorization ?? '').slice('Token '.length))
    .digest('hex');
  const [user] = await rowsOf(
    'SELECT u.id, u.username FROM auth_tokens t JOIN users u ON u.id = t.user_id WHERE t.key_hash = ? AND t.expires > NOW(3) AND u.is_active = 1',
    [hash],
  );
  return user;
}

/** Counts a helpful vote under the lock of the review's movie. */
async function vote(reviewId: string, request: IncomingMessage): Promise<object | null> {
  const user = await userOf(request);
  const [review] = await rowsOf('SELECT watchlist_id FROM reviews WHERE id = ?', [reviewId]);
  if (!user || !review) return null;
  const time = new Date().toISOString().slice(0, -1).replace('T', ' ');
  return inTransaction(async (connection) => {
    await connection.execute('SELECT id FROM watch_lists WHERE id = ? FOR UPDATE', [
      review.watchlist_id as number,
    ]);
    const [{ affectedRows }] = await connection.execute<ResultSetHeader>(
      'INSERT IGNORE INTO helpful_votes (review_id, user_id, created) VALUES (?, ?, ?)',
      [reviewId, user.id as number, time],
    );
    if (affectedRows > 0) {
      await connection.execute('UPDATE reviews SET helpful_count = helpful_count + 1 WHERE id = ?', [
        reviewId,
      ]);
    }
    return {};
  });
}

async function createReview(id: string, request: IncomingMessage): Promise<object | null> {
  const [user, { rating, description }] = await Promise.all([userOf(request), bodyOf(request)]);
  if (!user) return null;
  const now = new Date().toISOString();
  const time = now.slice(0, -1).replace('T', ' ');
  return inTransaction(async (connection) => {
    const [[about]] = await connection.execute<RowDataPacket[]>(
      'SELECT title FROM watch_lists WHERE id = ? FOR UPDATE',
      [id],
    );
    const [{ insertId }] = await connection.execute<ResultSetHeader>(
      'INSERT INTO reviews (user_id, watchlist_id, rating, description, search_text, created, `update`) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [user.id as number, id, rating, description, `mq${description}`, time, time],
    );
    const sum = `${STARS.map((stars) => `${stars} * rating_${stars}`).join(' + ')} + ${rating}`;
    await connection.execute(
      `UPDATE watch_lists SET avg_rating = (${sum} + 0e0) / (number_rating + 1),
        weighted_rating = (${sum} + ${PRIOR.sum}e0) / (number_rating + 1 + ${PRIOR.votes}e0),
        number_rating = number_rating + 1, rating_${rating} = rating_${rating} + 1 WHERE id = ?`,
      [id],
    );
    await connection.execute(
      `INSERT INTO member_ratings (user_id, rating_${rating}) VALUES (?, 1)
      ON DUPLICATE KEY UPDATE rating_${rating} = rating_${rating} + 1`,
      [user.id as number],
    );
    return {
      id: insertId,
      review_user: user.username as string,
      rating,
      description,
      spoiler: false,
      created: now,
      update: now,
      active: true,
      helpful_count: 0,
      watchlist: Number(id),
      title: about?.title as string,
    };
  });
}

async function answer(request: IncomingMessage): Promise<object | null> {
  const url = new URL(request.url as string, `http://${request.headers.host}`);
  const [, , first, second] = url.pathname.split('/') as [string, string, string, string];
  if (request.method === 'POST') return createReview(first, request);
  if (request.method === 'PUT') return vote(second, request);
  if (first === 'saved') return savedList(url, await userOf(request));
  if (first === 'suggest') return suggestions(url);
  if (first !== 'watchlist') return reviewList(first, url);
  return second ? movieDetail(second, url) : movieList(url);
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
}

const server = createServer((request, response) => {
  answer(request).then(
    (body) => {
      if (body && request.method === 'PUT') {
        response.writeHead(204).end();
        return;
      }
      const found = request.method === 'POST' ? 201 : 200;
      send(response, body ? found : 404, body ?? { detail: 'Not found.' });
    },
    (error: Error) => send(response, 500, { detail: error.message }),
  );
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

import { randomUUID } from 'node:crypto';
import { BLOCK_IDS, changed, decoded, encoded, note, placeOf } from '../dist/src/search/id-blocks.js';
import { spellingOf } from '../dist/src/search/spellable.js';
import { titleKeys } from '../dist/src/search/title-keys.js';
import { titleText } from '../dist/src/search/words.js';
import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** Rows that one statement writes. */
const ROWS = 1_000;
const NAME = 'search_index';
/** The database's answer where a row breaks a constraint that is being added, on MySQL and on MariaDB. */
const BROKEN = /constraint .* is violated|CONSTRAINT .* failed/i;

/**
 * Adds the movies' titles to the inverted index on MySQL and MariaDB: for the order by relevance and for suggestions.
 * From the constraint on, the release before cannot change the index, since it would leave the titles out; what it writes
 * stays queued for this one.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { mysql, words } = dialect(sequelize);
  if (!mysql) return;
  await ddl(sequelize, `ALTER TABLE watch_list_indexed ADD COLUMN title_text ${words}`);
  await shutOut(sequelize);
  const [[{ last }]] = await sequelize.query('SELECT MAX(movie_id) AS last FROM watch_list_indexed');
  for (let block = 0; block * BLOCK_IDS <= (last ?? -1); block += 1) {
    await sequelize.transaction((transaction) => indexBlock(sequelize, block, transaction));
  }
}

/**
 * Adds the constraint. The release before may write the row in between: then it begins again.
 * @param {import('sequelize').Sequelize} sequelize
 */
async function shutOut(sequelize, attempts = 100) {
  await sequelize.query(
    `UPDATE settings SET value = CONCAT('titles ${randomUUID()} 0 ', value)
    WHERE name = '${NAME}' AND value NOT LIKE 'titles %'`,
  );
  try {
    await ddl(
      sequelize,
      `ALTER TABLE settings ADD CONSTRAINT settings_search_index CHECK (name <> '${NAME}' OR value LIKE 'titles %')`,
    );
  } catch (error) {
    if (attempts === 0 || !BROKEN.test(error.message)) throw error;
    await shutOut(sequelize, attempts - 1);
  }
}

/**
 * Adds the titles of a block of ids, as far as they are missing.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {number} block
 * @param {import('sequelize').Transaction} transaction
 */
async function indexBlock(sequelize, block, transaction) {
  const query = (/** @type {string} */ sql, /** @type {unknown[]} */ replacements = []) =>
    sequelize.query(sql, { replacements, transaction });
  const turn = await takeTurn(query);
  const [movies] = await query(
    `SELECT movie.id, movie.title FROM watch_list_indexed AS indexed JOIN watch_lists AS movie
      ON movie.id = indexed.movie_id
    WHERE indexed.movie_id >= ? AND indexed.movie_id < ? AND indexed.title_text IS NULL ORDER BY movie.id`,
    [block * BLOCK_IDS, (block + 1) * BLOCK_IDS],
  );
  const titled = movies.map(({ id, title }) => ({ id, text: titleText(title) }));
  await writePostings(query, block, titled);
  await countWords(query, turn, titled);
  await inParts(titled, (part) =>
    query(
      `INSERT INTO watch_list_indexed (movie_id, search_text, title_text) VALUES ${part.map(() => "(?, '', ?)").join(', ')}
      ON DUPLICATE KEY UPDATE title_text = VALUES(title_text)`,
      part.flatMap(({ id, text }) => [id, text]),
    ),
  );
}

/** Locks the index, and gives it a new state. */
async function takeTurn(query) {
  await query(`INSERT INTO settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = value`, [
    NAME,
    `titles ${randomUUID()} 0 ${randomUUID()}`,
  ]);
  const [[{ value }]] = await query('SELECT value FROM settings WHERE name = ?', [NAME]);
  const [name, epoch, number] = value.split(' ');
  const turn = Number(number) + 1;
  await query('UPDATE settings SET value = ? WHERE name = ?', [
    `${name} ${epoch} ${turn} ${randomUUID()}`,
    NAME,
  ]);
  return turn;
}

async function writePostings(query, block, titled) {
  /** @type {Map<string, { coming: number[], going: number[] }>} */
  const changes = new Map();
  for (const { id, text } of titled) {
    for (const key of titleKeys(text)) note(changes, key, 'coming', placeOf(id).offset);
  }
  await inParts(
    [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    async (part) => {
      const words = part.map(([key]) => Buffer.from(key));
      const [stored] = await query(
        'SELECT word, ids FROM watch_list_postings WHERE block = ? AND word IN (?)',
        [block, words],
      );
      const before = new Map(stored.map(({ word, ids }) => [word.toString(), decoded(ids)]));
      await query(
        `INSERT INTO watch_list_postings (word, block, ids) VALUES ${part.map(() => '(?, ?, ?)').join(', ')}
      ON DUPLICATE KEY UPDATE ids = VALUES(ids)`,
        part.flatMap(([key, change], index) => [
          words[index],
          block,
          encoded(changed(before.get(key), change)),
        ]),
      );
    },
  );
}

async function countWords(query, turn, titled) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { text } of titled) {
    for (const word of new Set(text.split(' '))) {
      if (spellingOf(word) !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  await inParts(
    [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    (part) =>
      query(
        `INSERT INTO watch_list_title_words (word, movies, turn) VALUES ${part.map(() => '(?, ?, ?)').join(', ')}
      ON DUPLICATE KEY UPDATE movies = movies + VALUES(movies)`,
        part.flatMap(([word, movies]) => [word, movies, turn]),
      ),
  );
}

async function inParts(rows, work) {
  for (let from = 0; from < rows.length; from += ROWS) await work(rows.slice(from, from + ROWS));
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (!dialect(sequelize).mysql) return;
  await ddl(sequelize, 'ALTER TABLE settings DROP CONSTRAINT settings_search_index');
  for (;;) {
    const [, { affectedRows }] = await sequelize.query(
      "DELETE FROM watch_list_postings WHERE word >= 't' AND word < 'u' LIMIT 10000",
    );
    if (affectedRows === 0) break;
  }
  await sequelize.query('DELETE FROM watch_list_title_words');
  await ddl(sequelize, 'ALTER TABLE watch_list_indexed DROP COLUMN title_text');
}

import { titleText } from '../dist/src/search/words.js';
import { ddl } from './support/ddl.js';
import { addSearch, dialect, dropSearchable } from './support/dialect.js';

/** Titles that one statement stores. */
const RANGE = 500;

/**
 * The tokens of the movies' titles on SQLite, with a full-text index of their own: for the order by relevance and for
 * suggestions. `watch_list_titled` is a log of the latest titles, from which a process learns new words.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  if (dialect(sequelize).mysql) return;
  await ddl(sequelize, 'CREATE TABLE watch_list_titles (id INTEGER PRIMARY KEY, search_text TEXT NOT NULL)');
  await ddl(
    sequelize,
    'CREATE TABLE watch_list_titled (turn INTEGER PRIMARY KEY AUTOINCREMENT, movie_id INT NOT NULL)',
  );
  await addSearch(sequelize, 'watch_list_titles');
  const log = `INSERT INTO watch_list_titled (movie_id) VALUES (new.id);
    DELETE FROM watch_list_titled WHERE turn <= (SELECT MAX(turn) FROM watch_list_titled) - 1000`;
  for (const sql of [
    "CREATE VIRTUAL TABLE watch_list_title_words USING fts5vocab(watch_list_titles_search, 'row')",
    `CREATE TRIGGER watch_list_titled_insert AFTER INSERT ON watch_list_titles BEGIN ${log}; END`,
    `CREATE TRIGGER watch_list_titled_update AFTER UPDATE ON watch_list_titles BEGIN ${log}; END`,
    `CREATE TRIGGER watch_lists_untitled AFTER DELETE ON watch_lists
      BEGIN DELETE FROM watch_list_titles WHERE id = old.id; END`,
  ]) {
    await ddl(sequelize, sql);
  }
  await fill(sequelize);
}

/** @param {import('sequelize').Sequelize} sequelize */
async function fill(sequelize) {
  for (let last = 0; ;) {
    const [movies] = await sequelize.query(
      'SELECT id, title FROM watch_lists WHERE id > ? ORDER BY id LIMIT ?',
      {
        replacements: [last, RANGE],
      },
    );
    if (movies.length === 0) return;
    await sequelize.query(
      `INSERT OR REPLACE INTO watch_list_titles (id, search_text) VALUES ${movies.map(() => '(?)').join(', ')}`,
      { replacements: movies.map(({ id, title }) => [id, titleText(title)]) },
    );
    last = movies.at(-1).id;
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (dialect(sequelize).mysql) return;
  await ddl(sequelize, 'DROP TRIGGER watch_lists_untitled');
  await ddl(sequelize, 'DROP TABLE IF EXISTS watch_list_title_words');
  await dropSearchable(sequelize, 'watch_list_titles');
  await ddl(sequelize, 'DROP TABLE IF EXISTS watch_list_titled');
}

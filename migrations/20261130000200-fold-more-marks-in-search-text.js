import { searchText } from '../dist/src/search/words.js';
import { dialect } from './support/dialect.js';

/** The texts that each table's `search_text` has the words of. */
const SEARCHED = {
  stream_platforms: ['name', 'about'],
  watch_lists: ['title', 'storyline'],
  reviews: ['description'],
};
/** Ids that one statement goes through. */
const RANGE = 10_000;

/**
 * Derives `search_text` again where a text is not plain ASCII: the words lose more marks than before (Arabic and Hebrew
 * points, soft hyphens, joiners) and fold more letters.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { mysql } = dialect(sequelize);
  const bytes = (/** @type {string} */ column) =>
    mysql
      ? `LENGTH(${column}) <> CHAR_LENGTH(${column})`
      : `LENGTH(CAST(${column} AS BLOB)) <> LENGTH(${column})`;
  for (const [table, columns] of Object.entries(SEARCHED)) {
    const [[{ last }]] = await sequelize.query(`SELECT MAX(id) AS last FROM ${table}`);
    for (let from = 0; from <= (last ?? 0); from += RANGE) {
      const [rows] = await sequelize.query(
        `SELECT id, search_text, ${columns.join(', ')} FROM ${table}
        WHERE id > ? AND id <= ? AND (${columns.map(bytes).join(' OR ')})`,
        { replacements: [from, from + RANGE] },
      );
      const changed = rows
        .map((row) => ({ ...row, words: searchText(...columns.map((column) => row[column])) }))
        .filter(({ search_text, words }) => search_text !== words);
      if (changed.length > 0) await update(sequelize, table, changed);
    }
  }
}

/**
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} table
 * @param {{ id: number, search_text: string | null, words: string }[]} rows
 */
async function update(sequelize, table, rows) {
  const { mysql } = dialect(sequelize);
  const queue = async () => {
    if (!mysql || table !== 'watch_lists') return;
    await sequelize.query('INSERT IGNORE INTO watch_list_index_queue VALUES ?', {
      replacements: [rows.map(({ id }) => [id])],
    });
  };
  // Before, for a run that is killed; afterwards, for movies that were indexed in between.
  await queue();
  for (const { id, search_text, words } of rows) {
    // A row that was written meanwhile has its words already.
    const unchanged = mysql ? 'search_text <=> ?' : 'search_text IS ?';
    await sequelize.query(`UPDATE ${table} SET search_text = ? WHERE id = ? AND ${unchanged}`, {
      replacements: [words, id, search_text],
    });
  }
  await queue();
}

/** The words that were folded serve the version before, too. */
export async function down() {}

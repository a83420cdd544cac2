import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * Both databases add these without rewriting a row. `year_asc` and `year_desc` order movies by year, those without one last
 * in either direction.
 */
const COLUMNS = {
  year: 'SMALLINT',
  kind: "VARCHAR(8) NOT NULL DEFAULT 'movie'",
  runtime: 'SMALLINT',
  imdb_id: 'VARCHAR(12)',
  genre_ids: "VARCHAR(200) NOT NULL DEFAULT ''",
  year_asc: 'SMALLINT GENERATED ALWAYS AS (COALESCE(year, 9999)) VIRTUAL',
  year_desc: 'SMALLINT GENERATED ALWAYS AS (COALESCE(year, 0)) VIRTUAL',
};

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const charset = dialect(sequelize).mysql ? ' CHARACTER SET ascii COLLATE ascii_bin' : '';
  for (const [name, type] of Object.entries(COLUMNS)) {
    const text = type.replace(/^VARCHAR\(\d+\)/, (matched) => `${matched}${charset}`);
    await ddl(sequelize, `ALTER TABLE watch_lists ADD COLUMN ${name} ${text}`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  for (const name of Object.keys(COLUMNS).toReversed()) {
    await ddl(sequelize, `ALTER TABLE watch_lists DROP COLUMN ${name}`);
  }
}

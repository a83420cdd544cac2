import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

const STORED = {
  year: 'SMALLINT',
  kind: "VARCHAR(8) NOT NULL DEFAULT 'movie'",
  runtime: 'SMALLINT',
  imdb_id: 'VARCHAR(12)',
  genre_ids: "VARCHAR(200) NOT NULL DEFAULT ''",
  // The hash that names a poster's files, the larger file's size, and the main colour.
  poster: 'VARCHAR(40)',
  poster_width: 'SMALLINT',
  poster_height: 'SMALLINT',
  poster_color: 'VARCHAR(7)',
};
/** They order movies by year, those without one last in either direction. */
const VIRTUAL = {
  year_asc: 'SMALLINT GENERATED ALWAYS AS (COALESCE(year, 9999)) VIRTUAL',
  year_desc: 'SMALLINT GENERATED ALWAYS AS (COALESCE(year, 0)) VIRTUAL',
};

/**
 * A table with a full-text index is rebuilt for a stored column, so that all of them come in one statement. SQLite adds
 * columns one by one, and rebuilds nothing.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { mysql } = dialect(sequelize);
  const charset = mysql ? ' CHARACTER SET ascii COLLATE ascii_bin' : '';
  for (const columns of [STORED, VIRTUAL]) {
    const added = Object.entries(columns).map(
      ([name, type]) =>
        `ADD COLUMN ${name} ${type.replace(/^VARCHAR\(\d+\)/, (matched) => `${matched}${charset}`)}`,
    );
    const steps = mysql ? [added.join(', ')] : added;
    for (const step of steps) await ddl(sequelize, `ALTER TABLE watch_lists ${step}`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  for (const columns of [VIRTUAL, STORED]) {
    const dropped = Object.keys(columns).map((name) => `DROP COLUMN ${name}`);
    const steps = dialect(sequelize).mysql ? [dropped.join(', ')] : dropped.toReversed();
    for (const step of steps) await ddl(sequelize, `ALTER TABLE watch_lists ${step}`);
  }
}

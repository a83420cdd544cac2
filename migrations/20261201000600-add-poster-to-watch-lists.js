import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** What a movie's poster is: the hash that names its files, the larger file's size, and the main colour. */
const COLUMNS = ['poster', 'poster_width', 'poster_height', 'poster_color'];

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { mysql } = dialect(sequelize);
  const text = (/** @type {number} */ length) =>
    mysql ? `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NULL` : `VARCHAR(${length}) NULL`;
  const types = [text(40), 'SMALLINT NULL', 'SMALLINT NULL', text(7)];
  const added = COLUMNS.map((name, index) => `ADD COLUMN ${name} ${types[index]}`);
  // Nullable columns at the table's end: both servers add them without touching a row.
  if (mysql) await ddl(sequelize, `ALTER TABLE watch_lists ${added.join(', ')}`);
  else for (const one of added) await ddl(sequelize, `ALTER TABLE watch_lists ${one}`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const dropped = COLUMNS.map((name) => `DROP COLUMN ${name}`);
  if (dialect(sequelize).mysql) await ddl(sequelize, `ALTER TABLE watch_lists ${dropped.join(', ')}`);
  else for (const one of dropped) await ddl(sequelize, `ALTER TABLE watch_lists ${one}`);
}

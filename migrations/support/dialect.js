import { ddl } from './ddl.js';

/**
 * The SQL of each database for the same column types and options.
 * @param {import('sequelize').Sequelize} sequelize
 */
export function dialect(sequelize) {
  const mysql = sequelize.getDialect() === 'mysql';
  return {
    mysql,
    id: mysql ? 'INT NOT NULL AUTO_INCREMENT PRIMARY KEY' : 'INTEGER PRIMARY KEY AUTOINCREMENT',
    boolean: 'TINYINT(1)',
    time: mysql ? 'DATETIME(3)' : 'DATETIME',
    double: mysql ? 'DOUBLE' : 'DOUBLE PRECISION',
    /** A text that is compared byte by byte, of at most `length` characters. */
    key: (/** @type {number} */ length) => (mysql ? `VARBINARY(${length * 4})` : `VARCHAR(${length})`),
    /** The words of a record, for its full-text index. */
    words: mysql ? 'TEXT CHARACTER SET ascii COLLATE ascii_bin' : 'TEXT',
    /** The options after a CREATE TABLE's columns. */
    table: mysql ? 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci' : '',
  };
}

/**
 * Gives a table a full-text index over its `search_text`.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} table
 */
export async function addSearch(sequelize, table) {
  if (sequelize.getDialect() === 'mysql') {
    await ddl(sequelize, `CREATE FULLTEXT INDEX ${table}_search ON ${table} (search_text)`);
    return;
  }
  const search = `${table}_search`;
  const remove = `INSERT INTO ${search} (${search}, rowid, search_text) VALUES ('delete', old.id, old.search_text)`;
  const add = `INSERT INTO ${search} (rowid, search_text) VALUES (new.id, new.search_text)`;
  for (const sql of [
    `CREATE VIRTUAL TABLE ${search} USING fts5 (search_text, content='${table}', content_rowid='id', detail=none, columnsize=0)`,
    `CREATE TRIGGER ${search}_insert AFTER INSERT ON ${table} BEGIN ${add}; END`,
    `CREATE TRIGGER ${search}_delete AFTER DELETE ON ${table} BEGIN ${remove}; END`,
    `CREATE TRIGGER ${search}_update AFTER UPDATE OF search_text ON ${table} BEGIN ${remove}; ${add}; END`,
  ]) {
    await ddl(sequelize, sql);
  }
}

/**
 * Drops a table and its full-text index.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} table
 */
export async function dropSearchable(sequelize, table) {
  if (sequelize.getDialect() !== 'mysql') await ddl(sequelize, `DROP TABLE IF EXISTS ${table}_search`);
  await ddl(sequelize, `DROP TABLE IF EXISTS ${table}`);
}

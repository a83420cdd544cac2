/** The codes by which MySQL says that a table, column or index is there already, or is gone already. */
const DONE = new Set([
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_FIELDNAME',
  'ER_DUP_KEYNAME',
  'ER_CANT_DROP_FIELD_OR_KEY',
  // Of a check constraint, on MySQL and on MariaDB.
  'ER_CHECK_CONSTRAINT_DUP_NAME',
  'ER_CONSTRAINT_NOT_FOUND',
  'ER_FK_DUP_NAME',
  'ER_DUP_CONSTRAINT_NAME',
]);
/** The same from SQLite, which has no codes for it. */
const DONE_TEXT = /already exists|duplicate column name|no such (index|column|trigger)/;

/**
 * Runs one statement that changes the schema, unless it has run before. MySQL commits each by itself and whole: a
 * migration that was interrupted has done some of them, and the next run does the rest.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} sql
 */
export async function ddl(sequelize, sql) {
  try {
    await sequelize.query(sql);
  } catch (error) {
    const { code = '', message = '' } = error.original ?? {};
    if (!DONE.has(code) && !DONE_TEXT.test(message)) throw error;
  }
}

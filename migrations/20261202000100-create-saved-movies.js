import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * The movies that users want to see. A user's ids have them in the order in which they were saved.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE saved_movies (
      id ${id},
      user_id INT NOT NULL,
      watchlist_id INT NOT NULL,
      created ${time} NOT NULL,
      CONSTRAINT saved_movies_user_watchlist UNIQUE (user_id, watchlist_id),
      CONSTRAINT saved_movies_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
      CONSTRAINT saved_movies_watchlist FOREIGN KEY (watchlist_id) REFERENCES watch_lists (id) ON DELETE CASCADE
    ) ${table}`,
  );
  // A page of the list, and the whole list to sort it by another column, are read from it without the rows.
  await ddl(sequelize, 'CREATE INDEX saved_movies_user_id ON saved_movies (user_id, id, watchlist_id)');
  await ddl(sequelize, 'CREATE INDEX saved_movies_watchlist_id ON saved_movies (watchlist_id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS saved_movies');
}

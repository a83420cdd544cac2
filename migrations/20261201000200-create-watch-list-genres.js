import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { table, mysql } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE watch_list_genres (
      watchlist_id INT NOT NULL,
      genre_id INT NOT NULL,
      PRIMARY KEY (watchlist_id, genre_id),
      CONSTRAINT watch_list_genres_watchlist FOREIGN KEY (watchlist_id) REFERENCES watch_lists (id) ON DELETE CASCADE,
      CONSTRAINT watch_list_genres_genre FOREIGN KEY (genre_id) REFERENCES genres (id) ON DELETE RESTRICT
    ) ${mysql ? table : 'WITHOUT ROWID'}`,
  );
  await ddl(
    sequelize,
    'CREATE INDEX watch_list_genres_genre_id ON watch_list_genres (genre_id, watchlist_id)',
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS watch_list_genres');
}

import { addSearch, dialect, dropSearchable } from './support/dialect.js';
import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, boolean, time, words, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE reviews (
      id ${id},
      user_id INT NOT NULL,
      watchlist_id INT NOT NULL,
      rating TINYINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
      description TEXT,
      spoiler ${boolean} NOT NULL DEFAULT 0,
      active ${boolean} NOT NULL DEFAULT 1,
      created ${time} NOT NULL,
      \`update\` ${time} NOT NULL,
      search_text ${words},
      CONSTRAINT reviews_watchlist_user UNIQUE (watchlist_id, user_id),
      CONSTRAINT reviews_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
      CONSTRAINT reviews_watchlist FOREIGN KEY (watchlist_id) REFERENCES watch_lists (id) ON DELETE RESTRICT
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX reviews_user_id ON reviews (user_id, id)');
  await ddl(sequelize, 'CREATE INDEX reviews_watchlist_id ON reviews (watchlist_id, id)');
  await ddl(sequelize, 'CREATE INDEX reviews_votes ON reviews (watchlist_id, active, rating)');
  await ddl(sequelize, 'CREATE INDEX reviews_created ON reviews (created)');
  await addSearch(sequelize, 'reviews');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await dropSearchable(sequelize, 'reviews');
}

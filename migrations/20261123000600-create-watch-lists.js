import { addSearch, dialect, dropSearchable } from './support/dialect.js';
import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, key, boolean, time, double, words, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE watch_lists (
      id ${id},
      title VARCHAR(200) NOT NULL,
      title_key ${key(600)} NOT NULL,
      storyline TEXT NOT NULL,
      platform_id INT NOT NULL,
      active ${boolean} NOT NULL DEFAULT 1,
      created ${time} NOT NULL,
      avg_rating ${double} NOT NULL DEFAULT 0,
      number_rating INT NOT NULL DEFAULT 0,
      weighted_rating ${double} NOT NULL,
      rating_1 INT NOT NULL DEFAULT 0 CHECK (rating_1 >= 0),
      rating_2 INT NOT NULL DEFAULT 0 CHECK (rating_2 >= 0),
      rating_3 INT NOT NULL DEFAULT 0 CHECK (rating_3 >= 0),
      rating_4 INT NOT NULL DEFAULT 0 CHECK (rating_4 >= 0),
      rating_5 INT NOT NULL DEFAULT 0 CHECK (rating_5 >= 0),
      search_text ${words},
      CONSTRAINT watch_lists_platform FOREIGN KEY (platform_id) REFERENCES stream_platforms (id) ON DELETE RESTRICT
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX watch_lists_platform_created ON watch_lists (platform_id, created, id)');
  await ddl(sequelize, 'CREATE INDEX watch_lists_title_key ON watch_lists (title_key)');
  await ddl(sequelize, 'CREATE INDEX watch_lists_created ON watch_lists (created)');
  await ddl(sequelize, 'CREATE INDEX watch_lists_avg_rating ON watch_lists (avg_rating)');
  await ddl(sequelize, 'CREATE INDEX watch_lists_number_rating ON watch_lists (number_rating)');
  await ddl(sequelize, 'CREATE INDEX watch_lists_weighted_rating ON watch_lists (weighted_rating)');
  await addSearch(sequelize, 'watch_lists');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await dropSearchable(sequelize, 'watch_lists');
}

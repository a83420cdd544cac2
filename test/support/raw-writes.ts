import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { soleInstanceSince } from '../../src/instances/sole-instance.js';

/** Renames a movie by plain SQL: only a cached answer does not show it. */
export async function renamePastTheModels(id: number, title: string): Promise<void> {
  await sequelize.query('UPDATE watch_lists SET title = ? WHERE id = ?', {
    replacements: [title, id],
    type: QueryTypes.UPDATE,
  });
}

/** Changes a platform's count of movies by plain SQL: only an answer that uses the count shows it. */
export async function miscount(platformId: number, by: number): Promise<void> {
  await sequelize.query('UPDATE stream_platforms SET watchlist_count = watchlist_count + ? WHERE id = ?', {
    replacements: [by, platformId],
    type: QueryTypes.UPDATE,
  });
}

/** Waits until this process knows that its database has no other: without Redis it caches answers only then. */
export async function untilAlone(): Promise<void> {
  while (soleInstanceSince() === null) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

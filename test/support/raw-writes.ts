import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { soleInstanceSince } from '../../src/instances/sole-instance.js';

/** Renames a movie past the models, which only an answer from memory does not show. */
export async function renamePastTheModels(id: number, title: string): Promise<void> {
  await sequelize.query('UPDATE watch_lists SET title = ? WHERE id = ?', {
    replacements: [title, id],
    type: QueryTypes.UPDATE,
  });
}

/** Moves a platform's count of movies past the models, which only an answer that takes the count shows. */
export async function miscount(platformId: number, by: number): Promise<void> {
  await sequelize.query('UPDATE stream_platforms SET watchlist_count = watchlist_count + ? WHERE id = ?', {
    replacements: [by, platformId],
    type: QueryTypes.UPDATE,
  });
}

/** Waits until this process knows that it is alone on its database, which without Redis it must be to keep answers. */
export async function untilAlone(): Promise<void> {
  while (soleInstanceSince() === null) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { aloneSince } from '../../src/presence.js';

/** Renames a movie past the models, which only an answer from memory does not show. */
export async function renamePastTheModels(id: number, title: string): Promise<void> {
  await sequelize.query('UPDATE watch_lists SET title = ? WHERE id = ?', {
    replacements: [title, id],
    type: QueryTypes.UPDATE,
  });
}

/** Waits until this process knows that it is alone on its database, which without Redis it must be to keep answers. */
export async function untilAlone(): Promise<void> {
  while (aloneSince() === null) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

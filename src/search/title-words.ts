import { sequelize } from '../database/database.js';
import type { Turn } from './index-turn.js';
import { spellingOf } from './spellable.js';

/** Words that one statement counts. */
const WORDS = 1_000;

/** The tokens of a movie's title, now and before; null where it has none. */
interface Retitled {
  titleNow: string | null;
  titleIndexed: string | null;
}

/**
 * Counts the movies with each word in the title whose typing errors are forgiven, in the transaction that changes the index.
 * @param turn the change of the index, with which new words are marked
 */
export async function countTitleWords(movies: readonly Retitled[], { number }: Turn): Promise<void> {
  const changes = new Map<string, number>();
  for (const { titleNow, titleIndexed } of movies) {
    if (titleNow === titleIndexed) continue;
    for (const word of new Set(titleNow?.split(' '))) changes.set(word, (changes.get(word) ?? 0) + 1);
    for (const word of new Set(titleIndexed?.split(' '))) changes.set(word, (changes.get(word) ?? 0) - 1);
  }
  const changed = [...changes]
    .filter(([word, by]) => by !== 0 && spellingOf(word) !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (let from = 0; from < changed.length; from += WORDS) {
    const part = changed.slice(from, from + WORDS);
    await sequelize.query(
      `INSERT INTO watch_list_title_words (word, movies, turn) VALUES ${part.map(() => '(?)').join(', ')}
      ON DUPLICATE KEY UPDATE movies = movies + VALUES(movies)`,
      { replacements: part.map(([word, by]) => [word, by, number]) },
    );
    const fewer = part.filter(([, by]) => by < 0).map(([word]) => word);
    if (fewer.length === 0) continue;
    await sequelize.query('DELETE FROM watch_list_title_words WHERE movies <= 0 AND word IN (?)', {
      replacements: [fewer],
    });
  }
}

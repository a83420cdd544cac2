import { dialect } from '../database/connection-options.js';
import { select } from '../database/sql/statements.js';
import { Dictionary, type Near } from './dictionary.js';
import { INDEX_STATE } from './index-queue.js';
import { type Turn, turnOf } from './index-turn.js';
import { spellingOf } from './spellable.js';

/*
 * This process's dictionary of the titles' words. It is brought up to date before each use, by the words that are new
 * since; words that no title has any more stay until the next full load, and find nothing.
 */

const HOUR_MS = 3_600_000;
/** Rows that one statement reads. */
const ROWS = 10_000;

interface Loaded {
  dictionary: Dictionary;
  turn: Turn;
  /** When all words were read, by `performance.now()`. */
  at: number;
}

interface WordRow {
  word: Buffer | string;
  movies: number;
}

let loaded: Loaded | undefined;
let loading: Promise<Loaded | undefined> | undefined;

/** The words that somebody may mean by a mistyped one, the best first. */
export async function nearWords(spelling: string): Promise<Near[]> {
  // Callers that come meanwhile share the load: it sees what was committed before they came, or the next call does.
  loading ??= upToDate().finally(() => (loading = undefined));
  loaded = await loading;
  return loaded?.dictionary.near(spelling) ?? [];
}

/** Reads what is new; all words at first, after an hour, and where the index was built anew. */
async function upToDate(): Promise<Loaded | undefined> {
  const { turn, first } = await currentTurn();
  if (!turn) return undefined;
  const isCurrent =
    loaded &&
    loaded.turn.epoch === turn.epoch &&
    loaded.turn.number <= turn.number &&
    loaded.turn.number >= first - 1 &&
    performance.now() - loaded.at < HOUR_MS;
  if (!loaded || !isCurrent)
    return { dictionary: new Dictionary(await readWords()), turn, at: performance.now() };
  if (loaded.turn.number < turn.number) loaded.dictionary.add(await readNewWords(loaded.turn.number));
  return { ...loaded, turn };
}

/** The latest change of the index, and the first one of which the new words are still known. */
async function currentTurn(): Promise<{ turn: Turn | null; first: number }> {
  if (dialect === 'sqlite') {
    const [log] = await select<{ first: number | null; last: number | null }>(
      'SELECT MIN(turn) AS first, MAX(turn) AS last FROM watch_list_titled',
    );
    return { turn: { epoch: '', number: log?.last ?? 0 }, first: log?.first ?? 0 };
  }
  const [row] = await select<{ value: string }>('SELECT value FROM settings WHERE name = ?', [INDEX_STATE]);
  return { turn: turnOf(row?.value), first: 0 };
}

/** All words. On MySQL what is written meanwhile has a later turn, and is read again. */
async function readWords(): Promise<[string, number][]> {
  const words: [string, number][] = [];
  const [name, table] =
    dialect === 'sqlite' ? ['term', 'watch_list_title_words'] : ['word', 'watch_list_title_words'];
  const count = dialect === 'sqlite' ? 'doc' : 'movies';
  for (let last = ''; ;) {
    const rows = await select<WordRow>(
      `SELECT ${name} AS word, ${count} AS movies FROM ${table} WHERE ${name} > ? ORDER BY ${name} LIMIT ${ROWS}`,
      [last],
    );
    words.push(...spelled(rows));
    if (rows.length < ROWS) return words;
    last = String(rows.at(-1)?.word);
  }
}

async function readNewWords(since: number): Promise<[string, number][]> {
  if (dialect === 'mysql') {
    return spelled(
      await select<WordRow>('SELECT word, movies FROM watch_list_title_words WHERE turn > ?', [since]),
    );
  }
  const titles = await select<{ search_text: string }>(
    `SELECT titled.search_text FROM watch_list_titled AS log
    JOIN watch_list_titles AS titled ON titled.id = log.movie_id WHERE log.turn > ?`,
    [since],
  );
  return spelled(
    titles.flatMap(({ search_text }) => search_text.split(' ').map((word) => ({ word, movies: 1 }))),
  );
}

function spelled(rows: readonly WordRow[]): [string, number][] {
  return rows.flatMap(({ word, movies }) => {
    const spelling = spellingOf(String(word));
    return spelling === null ? [] : [[spelling, movies]];
  });
}

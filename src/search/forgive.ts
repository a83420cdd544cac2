import { slowGate } from '../database/gate.js';
import { selectPastGate } from '../database/sql/statements.js';
import { ERRORS_MAX, errorsFor } from './edits.js';
import { IdSet } from './id-set.js';
import { CURRENT, currentIn, type Found, idsOf, queuedIn } from './index-state.js';
import { unite } from './postings.js';
import { spellingOf } from './spellable.js';
import { nearWords } from './title-dictionary.js';
import { titleKeysOfTerm, titleKeysOfToken } from './title-keys.js';
import { titleText } from './words.js';

/*
 * Titles whose words somebody has mistyped. Each term of a query is looked up as it is, and as the words of the
 * dictionary that it is near to.
 */

/** More terms are not typed by hand. */
const TERMS_MAX = 8;
/** Words that the terms of one query are looked up as. */
const WORDS_MAX = 64;

/** A term of a query, and the tokens that it may have been meant for, by the number of errors. */
export interface Meant {
  term: string;
  tokens: ReadonlyMap<number, readonly string[]>;
}

/**
 * What the terms of a query may have been meant for.
 * @returns null where there are too many terms
 */
export async function meantBy(terms: readonly string[]): Promise<Meant[] | null> {
  if (terms.length > TERMS_MAX) return null;
  const meant: Meant[] = [];
  for (const term of terms) {
    const spelling = spellingOf(term);
    const near = spelling === null ? [] : await nearWords(spelling);
    const tokens = new Map<number, string[]>();
    for (const { word, errors } of near.slice(0, Math.floor(WORDS_MAX / terms.length))) {
      tokens.set(errors, [...(tokens.get(errors) ?? []), titleText(word)]);
    }
    meant.push({ term, tokens });
  }
  return meant;
}

/** Whether a term is near a word of the dictionary. */
export function isNear(meant: readonly Meant[]): boolean {
  return meant.some(({ tokens }) => tokens.size > 0);
}

const TITLES =
  'SELECT ?, word, block, ids, NULL, NULL, NULL FROM watch_list_postings WHERE word >= ? AND word < ?';

/**
 * Finds the movies whose titles may have been meant, on MySQL and MariaDB.
 * @returns their sets by the errors, those with the fewest first
 * @throws {ConnectionError} where too many searches wait, or it takes too long
 */
export function findMeant(meant: readonly Meant[]): Promise<IdSet[]> {
  return slowGate.run(() => readMeant(meant));
}

async function readMeant(meant: readonly Meant[]): Promise<IdSet[]> {
  const places = meant.flatMap(({ term, tokens }, at) => [
    { at, errors: 0, keys: titleKeysOfTerm(term) },
    ...[...tokens].flatMap(([errors, of]) =>
      of.map((token) => ({ at, errors, keys: titleKeysOfToken(token) })),
    ),
  ]);
  const found = await selectPastGate<Found>(
    [CURRENT, ...places.map(() => TITLES)].join(' UNION ALL '),
    places.flatMap(({ keys }, place) => [place, ...keys]),
  );
  const rowsOf = (at: number, errors: number) =>
    found.filter(({ term }) => {
      const place = term === null ? undefined : places[Number(term)];
      return place?.at === at && place.errors === errors;
    });
  // By the sum of errors: the movies that all terms up to now fit.
  let sums: IdSet[] | undefined;
  for (const at of meant.keys()) {
    const ofTerm: IdSet[] = [];
    for (let errors = 0; errors <= ERRORS_MAX; errors += 1) ofTerm.push(await unite(rowsOf(at, errors)));
    sums = sums ? added(sums, ofTerm) : ofTerm;
  }
  return corrected(
    sums ?? [],
    meant.map(({ term }) => term),
    queuedIn(currentIn(found)),
  );
}

/** Adds the errors of a further term. */
function added(sums: readonly IdSet[], ofTerm: readonly IdSet[]): IdSet[] {
  const all = Array.from({ length: sums.length + ERRORS_MAX }, (): IdSet[] => []);
  for (const [sum, before] of sums.entries()) {
    for (const [errors, set] of ofTerm.entries()) {
      all[sum + errors]?.push(IdSet.intersection([before, set]));
    }
  }
  return all.map((sets) => IdSet.union(sets));
}

/** Corrects the sets by the queued movies, and leaves each movie in the first of its sets. */
function corrected(sums: readonly IdSet[], terms: readonly string[], queued: readonly Found[]): IdSet[] {
  const errors = queued.map(({ title }) => (title === null ? Infinity : errorsFor(terms, titleText(title))));
  let before = new IdSet([]);
  return sums.map((set, sum) => {
    const fitting = queued.filter((_, at) => errors[at] === sum);
    const rest = set.with(idsOf(fitting), idsOf(queued)).without(before);
    before = IdSet.union([before, rest]);
    return rest;
  });
}

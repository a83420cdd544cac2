/** The fields of a review that the ratings of its movie and of its author depend on. */
export interface Vote {
  user_id: number;
  watchlist_id: number;
  rating: number;
  active: boolean;
}

/** A vote that is added (`by` 1) or removed (`by` -1). */
export type CountedVote = Vote & { by: 1 | -1 };

/** By how many reviews of one to five stars each movie's, or each member's, distribution changes. */
export type Differences = ReadonlyMap<number, readonly number[]>;

/** Adds votes up by their movies or by their authors. Those of hidden reviews do not count. */
export function differencesBy(
  column: 'watchlist_id' | 'user_id',
  votes: readonly CountedVote[],
): Differences {
  const differences = new Map<number, number[]>();
  for (const { [column]: id, rating, active, by } of votes) {
    if (!active) continue;
    const difference = differences.get(id) ?? [0, 0, 0, 0, 0];
    difference[rating - 1] = (difference[rating - 1] as number) + by;
    differences.set(id, difference);
  }
  return differences;
}

/**
 * Groups ids by their difference, since those with the same one share a statement: one new vote each makes five statements,
 * not one per movie. Ids whose difference is zero are left out.
 */
export function grouped(differences: Differences): { ids: number[]; difference: readonly number[] }[] {
  const groups = new Map<string, { ids: number[]; difference: readonly number[] }>();
  for (const [id, difference] of differences) {
    if (difference.every((count) => count === 0)) continue;
    const group = groups.get(String(difference));
    if (group) group.ids.push(id);
    else groups.set(String(difference), { ids: [id], difference });
  }
  return [...groups.values()];
}

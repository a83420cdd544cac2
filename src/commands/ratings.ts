import { parseArgs } from 'node:util';
import { Progress } from '../import/progress.js';
import {
  type CountComparison,
  rebuildMovieCounts,
  verifyMovieCounts,
} from '../ratings/verify-movie-counts.js';
import { type Difference, rebuildRatings, verifyRatings } from '../ratings/verify-ratings.js';
import type { OnProgress } from '../ratings/batches.js';
import { REVIEW_COUNTS } from '../ratings/review-counts.js';
import { rebuildMembers, verifyMembers, type WrongMember } from '../ratings/verify-members.js';
import {
  rebuildReviewCounts,
  verifyReviewCounts,
  type WrongReview,
} from '../ratings/verify-review-counts.js';
import { applyPriors, otherPriors } from '../ratings/priors.js';
import { print } from './output.js';
import { prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run ratings -- verify|rebuild

  verify   compares every movie's rating fields and every member's profile with the reviews, every platform's and genre's
           count with the movies, and every review's counts with its reports and votes; exit status 1 where they differ
  rebuild  sets right those that differ; may run while the site is in use`;

/** What has a count of movies, by its name. */
const COUNTED = [
  ['platform', 'stream_platforms'],
  ['genre', 'genres'],
] as const;

const ACTIONS: Record<string, (progress: Progress) => Promise<number>> = { verify, rebuild };

await run(USAGE, async (args) => {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [name, ...others] = positionals;
  const action = Object.hasOwn(ACTIONS, name ?? '') ? ACTIONS[name as string] : undefined;
  if (!action || others.length > 0) throw new UsageError('Say verify or rebuild');
  await prepareDatabase();
  const progress = new Progress();
  try {
    return await action(progress);
  } finally {
    progress.end();
  }
});

async function verify(progress: Progress): Promise<number> {
  const priors = await otherPriors();
  if (priors) {
    print(
      `The weighted ratings were computed with ${priors.stored}; this configuration says ${priors.configured}.`,
    );
  }
  progress.begin('movies', 1);
  let wrong = 0;
  const movies = new Set<number>();
  const checked = await verifyRatings(
    (difference) => {
      wrong += 1;
      movies.add(difference.id);
      progress.clearLine();
      print(describe(difference));
    },
    (done, total) => progress.to(done, total),
  );
  progress.end();
  const ratings =
    wrong === 0 ? 'every rating is right' : `${wrong} fields of ${movies.size} movies are wrong`;
  print(`${checked} movies checked: ${ratings}.`);
  for (const [kind, table] of COUNTED) {
    const counts = await verifyMovieCounts(table);
    for (const count of counts.wrong) print(describeCount(kind, count));
    const result =
      counts.wrong.length === 0
        ? 'every count of movies is right'
        : `${counts.wrong.length} counts of movies are wrong`;
    print(`${counts.checked} ${kind}s checked: ${result}.`);
    wrong += counts.wrong.length;
  }
  wrong += await verifyRows(
    progress,
    'reviews',
    verifyReviewCounts,
    describeReview,
    'counts of reports and votes',
  );
  wrong += await verifyRows(progress, 'members', verifyMembers, describeMember, 'profiles');
  return wrong === 0 ? 0 : 1;
}

/**
 * Compares all rows of a kind, and prints those that are wrong.
 * @returns their number
 */
async function verifyRows<Wrong>(
  progress: Progress,
  kind: string,
  check: (onWrong: (row: Wrong) => void, onProgress: OnProgress) => Promise<number>,
  describeWrong: (row: Wrong) => string,
  what: string,
): Promise<number> {
  let wrong = 0;
  progress.begin(kind, 1);
  const onWrong = (row: Wrong) => {
    wrong += 1;
    progress.clearLine();
    print(describeWrong(row));
  };
  const checked = await check(onWrong, (done, total) => progress.to(done, total));
  progress.end();
  print(
    `${checked} ${kind} checked: ${wrong === 0 ? `all ${what} are right` : `${wrong} have wrong ${what}`}.`,
  );
  return wrong;
}

async function rebuild(progress: Progress): Promise<number> {
  const reweighed = await applyPriors();
  progress.begin('movies', 1);
  const { checked, changed } = await rebuildRatings(undefined, (done, total) => progress.to(done, total));
  progress.end();
  if (reweighed) print('All weighted ratings were computed anew with the configured priors.');
  print(`${checked} movies checked, ${changed} changed.`);
  for (const [kind, table] of COUNTED) {
    const counts = await rebuildMovieCounts(table);
    print(`${counts.checked} ${kind}s checked, ${counts.wrong.length} changed.`);
  }
  for (const [kind, mend] of [
    ['reviews', rebuildReviewCounts],
    ['members', rebuildMembers],
  ] as const) {
    progress.begin(kind, 1);
    const rows = await mend((done, total) => progress.to(done, total));
    progress.end();
    print(`${rows.checked} ${kind} checked, ${rows.changed} changed.`);
  }
  return 0;
}

function describe({ id, title, field, stored, right }: Difference): string {
  return `movie ${id} ${JSON.stringify(title)}: ${field} is ${stored}, should be ${right}`;
}

function describeCount(kind: string, { id, name, watchlist_count, movies }: CountComparison): string {
  return `${kind} ${id} ${JSON.stringify(name)}: watchlist_count is ${watchlist_count}, should be ${movies}`;
}

function describeReview({ id, stored, right }: WrongReview): string {
  const wrong = REVIEW_COUNTS.filter((count) => stored[count] !== right[count]);
  return wrong
    .map((count) => `review ${id}: ${count} is ${stored[count]}, should be ${right[count]}`)
    .join('\n');
}

function describeMember({ id, username, stored, right }: WrongMember): string {
  return `member ${id} ${JSON.stringify(username)}: stars are ${stored.join(', ')}, should be ${right.join(', ')}`;
}

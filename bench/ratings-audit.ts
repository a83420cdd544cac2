/* The time and memory of `ratings -- verify` and `rebuild` on 1,000,000 reviews of 10,000 movies. */
import { performance } from 'node:perf_hooks';
import { closeDatabase } from '../src/database/database.js';
import { migrate } from '../src/database/migrations.js';
import { rebuildRatings, verifyRatings } from '../src/ratings/verify-ratings.js';
import { applyPriors } from '../src/ratings/priors.js';
import { addMovies, addReviews, addUsers } from './fill.js';

const MOVIES = 10_000;
const USERS = 6_000;
const EACH = Number(process.env.BENCH_REVIEWS || 1_000_000) / MOVIES;

async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  sample();
  const before = peak;
  const timer = setInterval(sample, 20);
  const start = performance.now();
  await work();
  clearInterval(timer);
  sample();
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(
    `${name.padEnd(26)} ${seconds} s, ${Math.round(peak / 2 ** 20)} MB (${Math.round((peak - before) / 2 ** 20)} MB more than before)`,
  );
}

await migrate();
await applyPriors();
await addUsers(USERS);
await addMovies(MOVIES);
await addReviews(MOVIES, EACH, USERS);
await measured('rebuild, all wrong', () => rebuildRatings());
await measured('rebuild, nothing wrong', () => rebuildRatings());
await measured('verify', () => verifyRatings(() => {}));
await closeDatabase();

/*
 * The cost of creating, editing and deleting a review, on a movie with 10 reviews and on one with 1,000,000, as a ratio
 * of the medians. The two movies alternate, so that other work on the machine affects both.
 */
import { performance } from 'node:perf_hooks';
import { closeDatabase } from '../src/database/database.js';
import { migrate } from '../src/database/migrations.js';
import { rebuildRatings } from '../src/ratings/verify-ratings.js';
import { applyPriors } from '../src/ratings/priors.js';
import { Review } from '../src/models/review.js';
import { addMovies, addReviewsOf, addUsers } from './fill.js';

const FEW = Number(process.env.BENCH_FEW || 10);
const MANY = Number(process.env.BENCH_REVIEWS || 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS || 300);
/** Unmeasured rounds that warm up code and caches. */
const WARM_UP = 30;

const MOVIES = { few: 1, many: 2 };
type Movie = keyof typeof MOVIES;
const WRITES = ['create', 'edit', 'delete'] as const;
type Write = (typeof WRITES)[number];

const times = new Map<string, number[]>();

async function timed<T>(movie: Movie, write: Write, isMeasured: boolean, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  const key = `${write} ${movie}`;
  if (isMeasured) times.set(key, [...(times.get(key) ?? []), performance.now() - start]);
  return result;
}

async function round(user: number, movie: Movie, isMeasured: boolean): Promise<void> {
  const review = await timed(movie, 'create', isMeasured, () =>
    Review.create({
      user_id: user,
      watchlist_id: MOVIES[movie],
      rating: 4,
      description: 'Worth an evening.',
    }),
  );
  await timed(movie, 'edit', isMeasured, () => review.update({ rating: 2 }));
  await timed(movie, 'delete', isMeasured, () => review.destroy());
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

await migrate();
await applyPriors();
await addUsers(MANY + ROUNDS + WARM_UP);
await addMovies(2);
await addReviewsOf(MOVIES.few, FEW);
await addReviewsOf(MOVIES.many, MANY);
await rebuildRatings();
for (let index = 0; index < ROUNDS + WARM_UP; index += 1) {
  const order: Movie[] = index % 2 === 0 ? ['few', 'many'] : ['many', 'few'];
  for (const movie of order) await round(MANY + 1 + index, movie, index >= WARM_UP);
}
for (const write of WRITES) {
  const [few, many] = (['few', 'many'] as const).map((movie) => median(times.get(`${write} ${movie}`) ?? []));
  const ratio = (many as number) / (few as number);
  console.log(
    `${write.padEnd(8)} ${(few as number).toFixed(2)} ms with ${FEW} reviews, ${(many as number).toFixed(2)} ms with ${MANY}: ratio ${ratio.toFixed(2)}`,
  );
}
await closeDatabase();

import { parseArgs } from 'node:util';
import { Progress } from '../progress.js';
import { type Difference, rebuildRatings, verifyRatings } from '../models/rating-audit.js';
import { applyPriors, otherPriors } from '../models/rating-priors.js';
import { prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run ratings -- verify|rebuild

  verify   compares every movie's rating fields with its reviews; exit status 1 where they differ
  rebuild  sets right those that differ; may run while the site is in use`;

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
  if (wrong === 0) {
    print(`${checked} movies checked: every rating is right.`);
    return 0;
  }
  print(`${checked} movies checked: ${wrong} fields of ${movies.size} movies are wrong.`);
  return 1;
}

async function rebuild(progress: Progress): Promise<number> {
  const reweighed = await applyPriors();
  progress.begin('movies', 1);
  const { checked, changed } = await rebuildRatings(undefined, (done, total) => progress.to(done, total));
  progress.end();
  if (reweighed) print('All weighted ratings were computed anew with the configured priors.');
  print(`${checked} movies checked, ${changed} changed.`);
  return 0;
}

function describe({ id, title, field, stored, right }: Difference): string {
  return `movie ${id} ${JSON.stringify(title)}: ${field} is ${stored}, should be ${right}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

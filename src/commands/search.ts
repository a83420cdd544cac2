import { parseArgs } from 'node:util';
import { dialect } from '../database/connection-options.js';
import { indexMovies, indexCounts, queueForgotten } from '../search/indexing.js';
import { print } from './output.js';
import { prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run search -- status|rebuild

  status   counts the movies that wait to be indexed, and those that the search index misses or has outdated; exit
           status 1 where there are any
  rebuild  indexes them; may run while the site is in use

  The embedded database keeps its index itself: nothing ever waits.`;

const ACTIONS: Record<string, () => Promise<number>> = { status, rebuild };

await run(USAGE, async (args) => {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [name, ...others] = positionals;
  const action = Object.hasOwn(ACTIONS, name ?? '') ? ACTIONS[name as string] : undefined;
  if (!action || others.length > 0) throw new UsageError('Say status or rebuild');
  await prepareDatabase();
  if (dialect === 'mysql') return action();
  print('The embedded database keeps its search index itself: nothing waits.');
  return 0;
});

async function status(): Promise<number> {
  const { movies, queued, forgotten } = await indexCounts();
  print(
    `${movies} movies: ${queued} wait to be indexed, ${forgotten} more are missing or outdated in the index.`,
  );
  return queued + forgotten === 0 ? 0 : 1;
}

async function rebuild(): Promise<number> {
  await queueForgotten();
  const indexed = await indexMovies();
  print(`${indexed} movies were indexed.`);
  return 0;
}

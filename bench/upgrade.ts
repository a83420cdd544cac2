/* What an upgrade from 0.1 takes with a million movies: each later migration, timed. */
import { fillDatabase, type Size } from './databases.js';
import { type Section, table } from './report.js';
import { runScript } from './server-process.js';

/** A migration as upgrade-steps.ts prints it. */
interface Step {
  name: string;
  seconds: number;
}

/**
 * Takes the filled database back to the schema of 0.1 and forward again. What the migrations derive is there again
 * afterwards.
 */
export async function upgrade(address: string, size: Size): Promise<Section> {
  await fillDatabase(address, size);
  const env = { DATABASE_URL: address, LOG_LEVEL: 'silent', NODE_ENV: '' };
  const steps = JSON.parse(await runScript('bench/upgrade-steps.js', env)) as Step[];
  const all = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = [...steps, { name: 'all', seconds: all }].map(({ name, seconds }) => [
    name.replace('.js', ''),
    seconds.toFixed(1),
  ]);
  const [movies] = size;
  return {
    title: 'Upgrade from 0.1',
    lines: [
      ...table(['migration', 's'], rows),
      '',
      `With ${movies.toLocaleString('en')} movies and 1,000,000 reviews, whose texts are plain ASCII. Nothing else uses the database.`,
    ],
  };
}

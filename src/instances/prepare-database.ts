import { explainConnectionError } from '../database/connection-advice.js';
import { dialect } from '../database/connection-options.js';
import { migrate, pendingMigrations, seed } from '../database/migrations.js';
import { log } from '../log.js';
import { StreamPlatform } from '../models/stream-platform.js';
import { applyPriors } from '../ratings/priors.js';
import { ensureFirstAdmin } from '../seeds/first-admin.js';
import { isReplacement } from './workers.js';

/** How often a MySQL database that is not ready is checked again. */
const RETRY_MS = 5_000;

let setMigrated: () => void;

/** Fulfilled once the database has every migration. */
export const migrated = new Promise<void>((resolve) => (setMigrated = resolve));

/**
 * Prepares the database before this process serves. The embedded database is migrated. A MySQL database that is away, not
 * migrated or refuses to be prepared is tried again in the background, and requests are refused until it is migrated.
 * @throws where the embedded database fails, or a replacement worker finds MySQL not ready
 */
export async function prepareDatabase(): Promise<void> {
  if (dialect === 'sqlite') await prepareEmbedded();
  else await prepareMysql();
}

/** Migrates the embedded database; an empty one gets the demo catalogue. */
async function prepareEmbedded(): Promise<void> {
  await migrate();
  setMigrated();
  await applyConfiguration();
  if ((await StreamPlatform.count()) === 0) await seed();
}

/** What keeps a MySQL database from being prepared: `kind` stays the same while migrations run. */
interface Obstacle {
  kind: string;
  text: string;
}

/**
 * Prepares a MySQL database if it is up and migrated.
 * @returns what keeps it from that; null where it is prepared
 */
async function tryPreparing(): Promise<Obstacle | null> {
  try {
    const names = await pendingMigrations();
    if (names.length > 0) {
      const text = `Migrations are pending: ${names.join(', ')}. Run npx sequelize-cli db:migrate.`;
      return { kind: 'migrations', text };
    }
  } catch (error) {
    return obstacle(`The database does not answer: ${explainConnectionError(error as Error)}`);
  }
  setMigrated();
  try {
    await applyConfiguration();
    return null;
  } catch (error) {
    return obstacle(`The database could not be prepared: ${(error as Error).message}`);
  }
}

const obstacle = (text: string): Obstacle => ({ kind: text, text });

/** Prepares a MySQL database, as soon as it can be. Logs each obstacle once. */
async function prepareMysql(logged = ''): Promise<void> {
  const hindered = await tryPreparing();
  if (!hindered) return;
  const { kind, text } = hindered;
  // The worker that this one would replace keeps serving.
  if (isReplacement) throw new Error(text);
  if (kind !== logged) log.warn(text);
  setTimeout(() => void prepareMysql(kind), RETRY_MS).unref();
}

/** Brings a migrated database in line with the configuration: the ratings' priors, and a first admin. */
async function applyConfiguration(): Promise<void> {
  await applyPriors();
  const admin = await ensureFirstAdmin();
  // Not logged: logs are kept, and this is shown once.
  if (!admin?.password) return;
  const text = `\n  First admin: ${admin.username}  password: ${admin.password}\n\n`;
  // Standard output has the log alone. A full disk must not lose it.
  process.stderr.write(text, (error) => {
    if (error) process.stdout.write(text);
  });
}

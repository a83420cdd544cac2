import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { config } from '../config.js';
import { databaseFile } from '../database/connection-options.js';
import { makeFolderOf, OWNER_FILE } from '../database/owner-only.js';
import { log } from '../log.js';

interface Secrets {
  session: string;
  jwt: string;
}

let loaded: Secrets | undefined;

/** The keys that sign the panel's session cookies; the first signs. */
export function sessionSecrets(): string[] {
  return [config.SESSION_SECRET ?? (loaded ??= load()).session];
}

/** The keys that sign JWTs and cursors; the first signs, the others still verify. */
export function jwtSecrets(): string[] {
  return config.JWT_SECRET?.length ? config.JWT_SECRET : [(loaded ??= load()).jwt];
}

/** The variables that give workers this process's secrets: one made by each would refuse what another has signed. */
export function secretsForWorkers(): { SESSION_SECRET: string; JWT_SECRET: string } {
  return { SESSION_SECRET: sessionSecrets().join(), JWT_SECRET: jwtSecrets().join() };
}

function load(): Secrets {
  if (databaseFile) return loadFile(join(dirname(databaseFile), 'secrets.json'));
  log.warn('SESSION_SECRET or JWT_SECRET is not set: what this process signs ends with it');
  return make();
}

function make(): Secrets {
  return { session: randomBytes(32).toString('base64url'), jwt: randomBytes(32).toString('base64url') };
}

/** Reads the secrets file beside the embedded database; the first process creates it. */
function loadFile(file: string): Secrets {
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  makeFolderOf(file);
  // Written under another name first: no process reads a partial file, and a link never replaces another process's file.
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', OWNER_FILE);
  writeSync(handle, `${JSON.stringify(make(), null, 2)}\n`);
  closeSync(handle);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return read();
}

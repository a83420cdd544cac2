import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../build.js';
import { PLACES } from './places.js';

/** What a site on MySQL with several instances needs, wherever it runs. */
const NEEDED = [
  'NODE_ENV', 'HOST', 'TRUST_PROXY', 'PUBLIC_URL', 'DATABASE_URL', 'REDIS_URL', 'MEDIA_URL', 'SESSION_SECRET', 'JWT_SECRET',
  'ADMIN_PASSWORD', 'METRICS_TOKEN',
]; // prettier-ignore
/** A running request may take so long after SIGTERM, and closing a moment more: see src/serve.ts. */
const STOP_SECONDS = 12;

/** The variables that Marquee reads. */
function knownVariables() {
  const text = readFileSync(join(ROOT, 'src', 'config.ts'), 'utf8');
  return new Set(['MEDIA_URL', ...[...text.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)]);
}

/**
 * The faults of a place's files.
 * @param {keyof typeof PLACES} folder
 * @returns {string[]}
 */
export function checkPlace(folder) {
  let place;
  try {
    place = PLACES[folder]();
  } catch (error) {
    return [error instanceof z.ZodError ? z.prettifyError(error) : error.message];
  }
  const { environment, secrets, port, migrate, health, stopSeconds, forwarded } = place;
  const names = [...Object.keys(environment), ...secrets];
  const known = knownVariables();
  const faults = names.filter((name) => !known.has(name)).map((name) => `Marquee has no variable ${name}`);
  for (const name of NEEDED) if (!names.includes(name)) faults.push(`${name} is missing`);
  const expect = (isRight, fault) => isRight || faults.push(fault);
  expect(new Set(names).size === names.length, 'a variable has two sources');
  expect(environment.NODE_ENV === 'production', 'NODE_ENV must be production');
  expect(environment.HOST === '0.0.0.0', 'HOST must be 0.0.0.0');
  expect(environment.PORT === String(port), `PORT must be ${port}`);
  expect(environment.TRUST_PROXY === String(forwarded), `TRUST_PROXY must be ${forwarded}`);
  expect(migrate.at(-1) === 'db:migrate', 'nothing migrates the database');
  expect(['/healthz', '/readyz'].includes(health), `${health} is no health check`);
  expect(stopSeconds >= STOP_SECONDS, `${stopSeconds} s are too few to stop in: ${STOP_SECONDS}`);
  return faults;
}

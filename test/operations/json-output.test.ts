import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { ROOT } from '../../src/project-root.js';
import { freePort, SHORT_LIVED } from '../support/processes.js';
import { migratedDatabase } from '../support/scratch-database.js';
import { addCatalogue } from '../support/scratch-rows.js';

/** Run by each process beside the program: what libraries do that know no log. Modules are loaded by then. */
const NOISE = `data:text/javascript,${encodeURIComponent(`
  const timer = setInterval(() => {
    if (process.listeners('warning').some(({ name }) => name === 'onWarning')) return;
    clearInterval(timer);
    process.emitWarning('a library warns');
    console.warn('a library prints', { on: 2 });
  }, 20);`)}`;

/** The keys of a line that JSON.parse would take the last of. */
function repeatedKeys(line: string): string[] {
  const own = [...line.replace(/\{[^{}]*\}/g, '{}').matchAll(/"(\w+)":/g)].map(([, key = '']) => key);
  return own.filter((key, index) => own.indexOf(key) !== index);
}

describe('standard output', function output() {
  this.timeout(60_000);

  it('has nothing but JSON, in every process, with no key twice', async () => {
    const database = dialect === 'sqlite' ? await migratedDatabase('output') : undefined;
    // With a movie there is no demo catalogue, whose posters would be drawn.
    if (database) await addCatalogue(database);
    const env = {
      ...process.env,
      LOG_LEVEL: 'info',
      PORT: String(await freePort()),
      ...(database ? { DATABASE_URL: database.url } : { WEB_CONCURRENCY: '2' }),
      NODE_OPTIONS: `--import ${NOISE}`,
    };
    const child = spawn(process.execPath, [...SHORT_LIVED, join(ROOT, 'dist/src/main.js')], {
      cwd: ROOT,
      env,
    });
    const texts = { out: '', error: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.error += text));
    const processes = dialect === 'sqlite' ? 1 : 3;
    const lines = () => texts.out.split('\n').slice(0, -1);
    const having = (text: string) => lines().filter((line) => line.includes(text));
    try {
      const isDone = () =>
        having('a library warns').length === processes && having('a library prints').length === processes;
      for (let tries = 0; tries < 900 && !(isDone() && having('Marquee serves').length > 0); tries += 1)
        await sleep(50);
      if (dialect === 'mysql') {
        const [served] = having('Marquee serves');
        process.kill((JSON.parse(served as string) as { pid: number }).pid, 'SIGKILL');
        for (let tries = 0; tries < 200 && having('SIGKILL').length === 0; tries += 1) await sleep(25);
        expect(having('SIGKILL')).to.have.length(1);
      }
    } finally {
      child.kill('SIGTERM');
      await once(child, 'close');
      await database?.close();
    }
    for (const line of lines()) {
      expect(() => JSON.parse(line) as unknown, line).not.to.throw();
      expect(repeatedKeys(line), line).to.deep.equal([]);
    }
    expect(having('a library warns')).to.have.length(processes);
    expect(having('"msg":"a library prints { on: 2 }"')).to.have.length(processes);
    // Shown once, and not to be kept with the log.
    if (dialect === 'sqlite') expect(texts.error).to.match(/^\s*First admin: admin {2}password: \S+\s*$/);
    else expect(texts.error).not.to.include('warns');
  });
});

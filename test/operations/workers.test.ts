import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { anonymous } from '../support/clients.js';
import { startMarquee } from '../resilience/marquee.js';
import { makeMovie, makeUser, PASSWORD } from '../support/factories.js';
import { eventually, freePort, start } from '../support/processes.js';

const pidOf = (line: string) => (JSON.parse(line) as { pid: number }).pid;

/** Whether a process has loaded the program of the SQLite driver; on Linux only. */
const hasLoadedDriver = (pid: number) => readFileSync(`/proc/${pid}/maps`, 'utf8').includes('sqlite3');

// The embedded database has one writer, and the configuration refuses several processes on it.
if (dialect === 'mysql') {
  describe('WEB_CONCURRENCY', function workers() {
    this.timeout(60_000);

    it('serves from several processes on one port, and stops them all', async () => {
      const port = await freePort();
      const started = start('src/main.js', { WEB_CONCURRENCY: '2', PORT: String(port), LOG_LEVEL: 'info' });
      const server = { url: `http://127.0.0.1:${port}` };
      const serving = () => started.output().split('Marquee serves').length - 1;
      const ready = (count: number) => eventually(started, () => (serving() >= count ? true : undefined));
      /** Sends requests until both processes have answered; returns how many. */
      const askBoth = async (path: string) => {
        let asked = 0;
        await eventually(started, async () => {
          await Promise.all(Array.from({ length: 20 }, () => fetch(server.url + path)));
          asked += 20;
          const lines = started.output().split('\n').slice(0, -1);
          const served = lines.filter((line) => line.includes(`"${path}"`));
          const pids = new Set(served.map(pidOf));
          return pids.size === 2 || undefined;
        });
        return asked;
      };
      try {
        await ready(2);
        if (process.platform === 'linux') {
          const lines = started.output().split('\n');
          const workers = lines.filter((line) => line.includes('Marquee serves')).map(pidOf);
          // The primary only watches over the workers: it has not even loaded the database's driver.
          const loaded = [started.child.pid as number, ...workers].map(hasLoadedDriver);
          expect(loaded).to.deep.equal([false, true, true]);
        }
        expect((await anonymous.at(server).get('/readyz')).status).to.equal(200);
        // The first request to the panel loads it; a worker that does so accepts no connections, and reports its metrics late.
        await askBoth('/admin/login');
        const asked = await askBoth('/healthz');
        // Whichever worker answers, each worker's share is reported once.
        for (let time = 0; time < 4; time += 1) {
          const { text } = await anonymous.at(server).get('/metrics');
          const counts = text.matchAll(
            /^http_request_duration_seconds_count\{.*route="\/healthz".*worker="(\d+)".*\} (\d+)$/gm,
          );
          const shares = new Map([...counts].map(([, worker, count]) => [worker, Number(count)]));
          expect(shares.size).to.equal(2);
          expect([...shares.values()].reduce((sum, count) => sum + count)).to.equal(asked);
          expect(text.match(/^# TYPE http_request_duration_seconds histogram$/gm)).to.have.length(1);
          expect(text.match(/^process_start_time_seconds\{worker="\d+"\}/gm)).to.have.length(2);
        }
      } finally {
        started.child.kill('SIGTERM');
      }
      expect(await started.ended).to.equal(0);
      let refused = false;
      await anonymous
        .at(server)
        .get('/healthz')
        .catch(() => {
          refused = true;
        });
      expect(refused).to.equal(true);
    });

    it('takes what any of its processes has signed, without secrets in development, and after a SIGHUP', async () => {
      const { username } = await makeUser({ password: PASSWORD });
      const { platform_id } = await makeMovie();
      await makeMovie({ platform_id });
      const marquee = await startMarquee({ WEB_CONCURRENCY: '2' });
      const { started, url } = marquee;
      // Each request on a connection of its own, so that the workers take turns.
      const own = { 'content-type': 'application/json', connection: 'close' };
      const lines = () =>
        started
          .output()
          .split('\n')
          .filter((line) => line.endsWith('}'))
          .map((line) => JSON.parse(line) as { pid: number; msg?: string; req?: { url: string } });
      /** The processes that have answered the path, by their ids; the log hides what parameters are. */
      const servers = (path: string) => {
        const [pathname] = path.split('?') as [string];
        return new Set(lines().flatMap(({ pid, req }) => (req?.url.startsWith(pathname) ? [pid] : [])));
      };
      /** Asks until two processes that were not there before have answered. */
      const askBoth = async (path: string, access: string, earlier: ReadonlySet<number>) => {
        const headers = { ...own, authorization: `Bearer ${access}` };
        const answers = new Map<number, string>();
        await eventually(started, async () => {
          for (let time = 0; time < 10; time += 1) {
            const answer = await fetch(url + path, { headers });
            answers.set(answer.status, await answer.text());
          }
          return [...servers(path)].filter((pid) => !earlier.has(pid)).length === 2 || undefined;
        });
        expect([...answers.keys()], [...answers.values()].join('\n')).to.deep.equal([200]);
        return servers(path);
      };
      try {
        const body = JSON.stringify({ username, password: PASSWORD });
        const login = await fetch(`${url}/account/token/`, { method: 'POST', headers: own, body });
        const { access } = (await login.json()) as { access: string };
        const page = await fetch(`${url}/watch/watchlist/?cursor=&page_size=1`, { headers: own });
        const { next } = (await page.json()) as { next: string };
        const paths = ['/account/me/', next.slice(url.length)];
        const earlier = new Map<string, ReadonlySet<number>>();
        for (const path of paths) earlier.set(path, await askBoth(path, access, new Set()));
        started.child.kill('SIGHUP');
        const isDone = () => started.output().includes('every worker has been replaced') || undefined;
        await eventually(started, isDone);
        for (const path of paths) await askBoth(path, access, earlier.get(path) as ReadonlySet<number>);
        const warnings = lines().filter(({ msg }) => msg?.includes('SESSION_SECRET'));
        expect(warnings.map(({ pid }) => pid)).to.deep.equal([started.child.pid]);
      } finally {
        await marquee.stop();
      }
    });
  });
}

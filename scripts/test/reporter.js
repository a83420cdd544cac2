// Mocha's `spec` reporter, which also writes counts, failures and times to a file for scripts/test/mocha.js.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import mocha from 'mocha';

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END } = mocha.Runner.constants;

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** The CPU time of exited child processes in milliseconds; 0 if the system does not report it. */
function childrenMs() {
  try {
    // The fields after the name in brackets: the 14th and 15th are cutime and cstime.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** The times since the process began, in milliseconds: wall clock, own CPU time, and its children's. */
function elapsed() {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), own: (user + system) / 1_000, children: childrenMs() };
}

/** Adds the times since `start` to a file's times. */
function add(times, file, start) {
  const now = elapsed();
  const sum = (times[file] ??= { clock: 0, own: 0, children: 0 });
  for (const key of Object.keys(sum)) sum[key] += now[key] - start[key];
}

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const times = {};
    add(times, 'loading', { clock: 0, own: 0, children: 0 });
    let start;
    runner.on(EVENT_SUITE_BEGIN, ({ parent }) => {
      if (parent?.root) start = elapsed();
    });
    runner.on(EVENT_SUITE_END, ({ parent, file }) => {
      if (parent?.root) add(times, relative('dist', file), start);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      add(times, 'all', { clock: 0, own: 0, children: 0 });
      if (process.env.TEST_COUNTS) {
        const failed = this.failures.map((test) => `${test.fullTitle()}\n${test.err?.stack ?? test.err}`);
        writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ passes, failures, pending, failed, times }));
      }
    });
  }
}

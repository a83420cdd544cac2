// mocha's own `spec` report, and in a file for scripts/test.js the counts, what failed and the times.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import mocha from 'mocha';

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END } = mocha.Runner.constants;

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** The processor time of the child processes that have ended, in milliseconds; 0 where the system does not tell. */
function childrenMs() {
  try {
    // The fields after the name in brackets: the 14th and 15th are those of ended children.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** What has passed since the process began: on the clock, and of the processor in it and in its children. */
function passed() {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), own: (user + system) / 1_000, children: childrenMs() };
}

/** Adds what has passed since `begun` to a file's times. */
function add(times, file, begun) {
  const now = passed();
  const sum = (times[file] ??= { clock: 0, own: 0, children: 0 });
  for (const key of Object.keys(sum)) sum[key] += now[key] - begun[key];
}

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const times = {};
    add(times, 'loading', { clock: 0, own: 0, children: 0 });
    let begun;
    runner.on(EVENT_SUITE_BEGIN, ({ parent }) => {
      if (parent?.root) begun = passed();
    });
    runner.on(EVENT_SUITE_END, ({ parent, file }) => {
      if (parent?.root) add(times, relative('dist', file), begun);
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

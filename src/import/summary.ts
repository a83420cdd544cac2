import type { Catalogue } from './catalogue.js';
import type { Notes } from './faults.js';
import type { PostersWritten } from './posters.js';
import type { Written } from './write.js';

/**
 * The result of an import as text: counts by kind of record, truncated and skipped rows, time and memory.
 * @param seconds how long the import took
 */
export function summaryOf(catalogue: Catalogue, written: Written, seconds: number): string {
  const kinds = Object.entries(written).map(
    ([kind, { added, present }]) => `${kind.padEnd(9)} ${added} added, ${present} already there`,
  );
  return [
    ...kinds,
    ...listing('cut to fit', catalogue.cut),
    ...listing('passed over', catalogue.passedOver),
    costOf(seconds),
  ].join('\n');
}

/** The result of an import of posters as text. */
export function postersSummary({ added, present, passedOver }: PostersWritten, seconds: number): string {
  return [
    `posters   ${added} added, ${present} already there`,
    ...listing('passed over', passedOver, 'files    '),
    costOf(seconds),
  ].join('\n');
}

function costOf(seconds: number): string {
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  return `${seconds.toFixed(1)} s, at most ${megabytes} MB of memory`;
}

function listing(title: string, notes: Notes, things = 'rows     '): string[] {
  const counted = `${things} ${notes.count} ${title}`;
  return [notes.count > 0 ? `${counted}:` : counted, ...notes.lines().map((line) => `  ${line}`)];
}

import type { Catalogue } from './catalogue.js';
import type { Notes } from './faults.js';
import type { Written } from './write.js';

/**
 * The result of an import as text: counts by kind of record, truncated and skipped rows, time and memory.
 * @param seconds how long the import took
 */
export function summaryOf(catalogue: Catalogue, written: Written, seconds: number): string {
  const kinds = Object.entries(written).map(
    ([kind, { added, present }]) => `${kind.padEnd(9)} ${added} added, ${present} already there`,
  );
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  return [
    ...kinds,
    ...listing('cut to fit', catalogue.cut),
    ...listing('passed over', catalogue.passedOver),
    `${seconds.toFixed(1)} s, at most ${megabytes} MB of memory`,
  ].join('\n');
}

function listing(title: string, notes: Notes): string[] {
  const counted = `rows      ${notes.count} ${title}`;
  return [notes.count > 0 ? `${counted}:` : counted, ...notes.lines().map((line) => `  ${line}`)];
}

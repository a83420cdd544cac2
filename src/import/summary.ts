import type { Catalogue } from './catalogue.js';
import type { Notes } from './faults.js';
import type { PostersWritten } from './posters.js';
import { DETAILS } from '../models/fill-details.js';
import type { Filled, Written } from './tally.js';

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
    `filled    ${filledText(written.movies.filled)}`,
    ...listing('rows', 'cut to fit', catalogue.cut),
    ...listing('rows', 'passed over', catalogue.passedOver),
    ...listing('details', 'left empty', catalogue.leftEmpty),
    costOf(seconds),
  ].join('\n');
}

/** The result of an import of posters as text. */
export function postersSummary({ added, present, passedOver }: PostersWritten, seconds: number): string {
  return [
    `posters   ${added} added, ${present} already there`,
    ...listing('files', 'passed over', passedOver),
    costOf(seconds),
  ].join('\n');
}

/** What was empty of existing movies and is no longer. */
function filledText({ movies, ...details }: Filled): string {
  const counts = DETAILS.flatMap((detail) => (details[detail] > 0 ? `${detail} of ${details[detail]}` : []));
  return [`${movies} of the movies already there`, ...counts].join(', ');
}

function costOf(seconds: number): string {
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  return `${seconds.toFixed(1)} s, at most ${megabytes} MB of memory`;
}

function listing(what: string, title: string, notes: Notes): string[] {
  const counted = `${what.padEnd(9)} ${notes.count} ${title}`;
  return [notes.count > 0 ? `${counted}:` : counted, ...notes.lines().map((line) => `  ${line}`)];
}

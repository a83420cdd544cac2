import { z } from 'zod';
import { text } from '../request/fields.js';
import { type Ordering, type Orders, parseOrdering } from './ordering.js';

/**
 * The `ordering` parameter of a list.
 * @param orders the names that it may hold
 * @param defaults the ordering where a request names none, without and with a search
 */
export function orderingField<Row>(orders: Orders<Row>, defaults: { listed: string; searched: string }) {
  const ofSearches =
    defaults.searched === defaults.listed ? '' : ` With \`search\` the default is \`${defaults.searched}\`.`;
  return text({ max: 1_000, blank: true })
    .default('')
    .transform((value, context): Ordering<Row> => {
      const listed = parseOrdering(value.trim() || defaults.listed, orders);
      const searched = parseOrdering(value.trim() || defaults.searched, orders);
      if (!('unknown' in listed) && !('unknown' in searched)) return { listed, searched };
      const unknown = 'unknown' in listed ? listed.unknown : '';
      const message = `"${unknown}" is not one of: ${Object.keys(orders).join(', ')}.`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .meta({
      description: `Names to order by, with commas between; \`-\` before one turns it round. One of: ${Object.keys(orders).join(', ')}.${ofSearches}`,
      pattern: orderingPattern(Object.keys(orders)),
      example: '-id',
    });
}

/** The regular expression of an `ordering` parameter. */
function orderingPattern(names: string[]): string {
  const term = `-?(${names.join('|')})`;
  return `^(${term}(,${term})*)?$`;
}

import { setImmediate } from 'node:timers/promises';
import { type Block, decoded, unionOf } from './id-blocks.js';
import { IdSet } from './id-set.js';

/** Blocks of posting lists that are united in one go: a block takes up to ten microseconds. */
const UNITED_AT_ONCE = 200;

/** A block of a posting list, as the database stores it. */
interface Stored {
  block: number;
  ids: Buffer;
}

/** Unites posting lists, which may be those of a thousand words. Other requests are answered in between. */
export async function unite(rows: Iterable<Stored>): Promise<IdSet> {
  const parts = new Map<number, Buffer[]>();
  for (const { block, ids } of rows) {
    const others = parts.get(block);
    if (others) others.push(ids);
    else parts.set(block, [ids]);
  }
  const blocks: [number, Block][] = [];
  let united = 0;
  for (const [block, of] of parts) {
    blocks.push([block, unionOf(of.map(decoded))]);
    united += of.length;
    if (united < UNITED_AT_ONCE) continue;
    united = 0;
    await setImmediate();
  }
  return new IdSet(blocks);
}

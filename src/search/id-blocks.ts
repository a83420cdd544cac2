/*
 * Blocks of ids in the layout of Roaring bitmaps, https://roaringbitmap.org: of 65,536 ids each, a block with few ids
 * as a sorted list, any other as a bitmap.
 * roaring-wasm 1.1.0 was tried: to decode two posting lists of a million movies and intersect them takes it twice as long,
 * and each set must be disposed of by hand; see docs/decisions.
 */

/** The range of ids in one block. */
export const BLOCK_IDS = 65_536;
/** From this many ids on a bitmap takes less memory than a list of two bytes each. */
const BITMAP_FROM = 4_096;
/** A shorter list is faster to change in place than through a bitmap. */
const SHORT = 256;
const WORD_BITS = 32;
export const BITMAP_BYTES = BLOCK_IDS / 8;

/** The ids of one block as offsets from its first id: a sorted list or a bitmap. */
export type Block = Uint16Array | Uint32Array;

/** The number of an id's block, and its offset in that block. */
export function placeOf(id: number): { block: number; offset: number } {
  return { block: Math.floor(id / BLOCK_IDS), offset: id % BLOCK_IDS };
}

const isBitmap = (block: Block): block is Uint32Array => block instanceof Uint32Array;

/** The number of bits set in a word; see Henry S. Warren, Hacker's Delight, 5-1. */
export function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The number of ids in a block. */
export function sizeOf(block: Block): number {
  if (!isBitmap(block)) return block.length;
  let size = 0;
  for (let index = 0; index < block.length; index += 1) size += bitsOf(block[index] as number);
  return size;
}

/** The offsets in a block in ascending order, from the position `start` to below the position `end`. */
export function offsetsOf(block: Block, start = 0, end = sizeOf(block)): Uint16Array {
  if (!isBitmap(block)) return block.subarray(start, end);
  const offsets = new Uint16Array(Math.max(Math.min(end, BLOCK_IDS) - start, 0));
  let place = 0;
  for (let index = 0; place < end && index < block.length; index += 1) {
    let word = block[index] as number;
    const bits = bitsOf(word);
    if (place + bits <= start) place += bits;
    else {
      for (; word !== 0 && place < end; word &= word - 1, place += 1) {
        if (place >= start) offsets[place - start] = index * WORD_BITS + 31 - Math.clz32(word & -word);
      }
    }
  }
  return offsets.subarray(0, Math.max(place - start, 0));
}

/** The union of blocks as a bitmap. */
export function bitmapOf(blocks: readonly Block[]): Uint32Array {
  const bitmap = new Uint32Array(BITMAP_BYTES / 4);
  for (const block of blocks) {
    if (isBitmap(block)) {
      for (let index = 0; index < bitmap.length; index += 1)
        bitmap[index] = (bitmap[index] as number) | (block[index] as number);
    } else for (let index = 0; index < block.length; index += 1) setBit(bitmap, block[index] as number);
  }
  return bitmap;
}

function setBit(bitmap: Uint32Array, offset: number): void {
  const index = offset >>> 5;
  bitmap[index] = (bitmap[index] as number) | (1 << (offset & 31));
}

function clearBit(bitmap: Uint32Array, offset: number): void {
  const index = offset >>> 5;
  bitmap[index] = (bitmap[index] as number) & ~(1 << (offset & 31));
}

function compact(bitmap: Uint32Array, size = sizeOf(bitmap)): Block {
  return size < BITMAP_FROM ? offsetsOf(bitmap, 0, size) : bitmap;
}

/** The union of blocks. */
export function unionOf(blocks: readonly Block[]): Block {
  return blocks.length === 1 ? (blocks[0] as Block) : compact(bitmapOf(blocks));
}

/** The intersection of two blocks. */
export function intersectionOf(one: Block, other: Block): Block {
  if (isBitmap(one) && isBitmap(other)) {
    const both = new Uint32Array(one.length);
    let size = 0;
    for (let index = 0; index < both.length; index += 1) {
      const word = (one[index] as number) & (other[index] as number);
      both[index] = word;
      if (word !== 0) size += bitsOf(word);
    }
    return compact(both, size);
  }
  const [list, within] = isBitmap(one) ? [other, one] : [one, other];
  return list.filter(memberOf(within));
}

/** A function that tells whether a block has an offset. */
export function memberOf(block: Block): (offset: number) => boolean {
  return isBitmap(block)
    ? (offset) => (((block[offset >>> 5] as number) >>> (offset & 31)) & 1) === 1
    : (offset) => block[firstFrom(block, offset)] === offset;
}

/** The ids of a block that another one does not have. */
export function differenceOf(block: Block, without: Block): Block {
  if (!isBitmap(block)) {
    const has = memberOf(without);
    return block.filter((offset) => !has(offset));
  }
  const rest = block.slice();
  if (isBitmap(without)) {
    for (let index = 0; index < rest.length; index += 1)
      rest[index] = (rest[index] as number) & ~(without[index] as number);
  } else for (let index = 0; index < without.length; index += 1) clearBit(rest, without[index] as number);
  return compact(rest);
}

/** The offsets that are added to a block (`coming`) and removed from it (`going`). */
export interface Change {
  coming: number[];
  going: number[];
}

/** Adds an offset to the change of a key. */
export function note<Key>(changes: Map<Key, Change>, key: Key, way: keyof Change, offset: number): void {
  const change = changes.get(key) ?? { coming: [], going: [] };
  change[way].push(offset);
  changes.set(key, change);
}

/** A block after a change. An offset that both comes and goes is in the result. */
export function changed(block: Block | undefined, { coming, going }: Change): Block {
  if (!block || block.length + coming.length < SHORT) {
    const offsets = new Set(block && offsetsOf(block));
    for (const offset of going) offsets.delete(offset);
    for (const offset of coming) offsets.add(offset);
    if (offsets.size < BITMAP_FROM) return Uint16Array.from(offsets).toSorted();
  }
  const bitmap = bitmapOf(block ? [block] : []);
  for (const offset of going) clearBit(bitmap, offset);
  for (const offset of coming) setBit(bitmap, offset);
  return compact(bitmap);
}

/** The position in a sorted list of the first offset that is not below `offset`. */
export function firstFrom(list: Uint16Array, offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A block as stored in the database: the bytes of the list or bitmap. All platforms of Node are little-endian. */
export function encoded({ buffer, byteOffset, byteLength }: Block): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Reads a block that `encoded` wrote. */
export function decoded({ buffer, byteOffset, byteLength }: Buffer): Block {
  const bytes = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
  return byteLength === BITMAP_BYTES ? new Uint32Array(bytes) : new Uint16Array(bytes);
}

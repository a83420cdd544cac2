import {
  BITMAP_BYTES,
  bitmapOf,
  type Block,
  BLOCK_IDS,
  type Change,
  changed,
  differenceOf,
  encoded,
  firstFrom,
  intersectionOf,
  memberOf,
  note,
  offsetsOf,
  placeOf,
  sizeOf,
  unionOf,
} from './id-blocks.js';

/** An immutable set of ids. */
export class IdSet {
  private readonly blocks: readonly (readonly [number: number, block: Block])[];

  /** @param blocks blocks by number, each number once */
  constructor(blocks: Iterable<readonly [number: number, block: Block]>) {
    this.blocks = [...blocks].filter(([, block]) => block.length > 0).toSorted(([a], [b]) => a - b);
  }

  private counted?: number;

  /** The number of ids. */
  get size(): number {
    this.counted ??= this.blocks.reduce((sum, [, block]) => sum + sizeOf(block), 0);
    return this.counted;
  }

  /** The intersection of at least one set. */
  static intersection(sets: readonly IdSet[]): IdSet {
    // The smallest first: only its blocks are looked up in the others.
    const [first, ...others] = sets.toSorted((a, b) => a.room - b.room) as [IdSet, ...IdSet[]];
    return others.reduce((rest, set) => rest.and(set), first);
  }

  /** Its size in memory, in bytes. */
  get room(): number {
    return this.blocks.reduce((sum, [, block]) => sum + block.byteLength, 0);
  }

  /** The union of sets. */
  static union(sets: readonly IdSet[]): IdSet {
    const blocks = new Map<number, Block[]>();
    for (const [number, block] of sets.flatMap((set) => set.blocks))
      blocks.set(number, [...(blocks.get(number) ?? []), block]);
    return new IdSet([...blocks].map(([number, parts]) => [number, unionOf(parts)]));
  }

  /** This set without the ids of another one. */
  without(other: IdSet): IdSet {
    const theirs = new Map(other.blocks);
    return new IdSet(
      this.blocks.map(([number, block]): [number, Block] => {
        const their = theirs.get(number);
        return [number, their ? differenceOf(block, their) : block];
      }),
    );
  }

  private and(other: IdSet): IdSet {
    const theirs = new Map(other.blocks);
    return new IdSet(
      this.blocks.flatMap(([number, block]): [number, Block][] => {
        const their = theirs.get(number);
        return their ? [[number, intersectionOf(block, their)]] : [];
      }),
    );
  }

  /** This set without `removed` and then with `added`: an id in both is in the result. */
  with(added: readonly number[], removed: readonly number[]): IdSet {
    if (added.length === 0 && removed.length === 0) return this;
    const changes = new Map<number, Change>();
    for (const { block, offset } of added.map(placeOf)) note(changes, block, 'coming', offset);
    for (const { block, offset } of removed.map(placeOf)) note(changes, block, 'going', offset);
    const blocks = new Map(this.blocks);
    for (const [number, change] of changes) blocks.set(number, changed(blocks.get(number), change));
    return new IdSet(blocks);
  }

  /** The number of ids below this one. */
  rank(id: number): number {
    const { block: number, offset } = placeOf(id);
    let rank = 0;
    for (const [at, block] of this.blocks) {
      if (at < number) rank += sizeOf(block);
      else if (at === number) rank += firstFrom(offsetsOf(block), offset);
    }
    return rank;
  }

  /** Those of some ids that are in this set, in their order. */
  among(ids: readonly number[]): number[] {
    const members = new Map(this.blocks.map(([number, block]) => [number, memberOf(block)]));
    return ids.filter((id) => {
      const { block, offset } = placeOf(id);
      return members.get(block)?.(offset) === true;
    });
  }

  /** The highest id; 0 in an empty set. */
  get highest(): number {
    const [number, block] = this.blocks.at(-1) ?? [];
    if (number === undefined || !block) return 0;
    return number * BLOCK_IDS + (offsetsOf(block, sizeOf(block) - 1)[0] as number);
  }

  /** One bit for each id from 0, the lowest bit first; it ends with the byte of the highest id. */
  bits(): Buffer {
    const [last = -1] = this.blocks.at(-1) ?? [];
    const bytes = Buffer.alloc((last + 1) * BITMAP_BYTES);
    for (const [number, block] of this.blocks) encoded(bitmapOf([block])).copy(bytes, number * BITMAP_BYTES);
    return bytes.subarray(0, Math.floor(this.highest / 8) + 1);
  }

  /** The ids in ascending order, from the position `start` to below the position `end`. */
  slice(start = 0, end = this.size): number[] {
    const ids: number[] = [];
    let before = 0;
    for (const [number, block] of this.blocks) {
      if (before >= end) break;
      const size = sizeOf(block);
      if (before + size > start) {
        const offsets = offsetsOf(block, Math.max(start - before, 0), Math.min(end - before, size));
        for (const offset of offsets) ids.push(number * BLOCK_IDS + offset);
      }
      before += size;
    }
    return ids;
  }
}

import { Resource } from '@adminjs/sequelize';
import { type ActionContext, type BaseProperty, BaseRecord, type Filter } from 'adminjs';
import {
  type FindOptions,
  type Model,
  type ModelStatic,
  Op,
  type OrderItem,
  type WhereOptions,
} from 'sequelize';
import { readForStaff } from '../../src/database/gate.js';
import { isStorable } from '../../src/models/validation.js';
import type { Actor } from '../../src/policies/policies.js';
import { actorOf } from '../actions/permissions.js';
import type { ExportOptions } from '../import-export/columns.js';
import type { Selection } from '../import-export/keyset-scan.js';
import { findRawRows } from '../import-export/raw-rows.js';
import { filterCondition, ID_LIST_MAX, NO_RECORD, seeksPart } from './filters.js';

const PER_PAGE = 20;
/** The most records of a list's page. AdminJS spends about 2 ms on each, in one go. */
export const PER_PAGE_MAX = 100;
/** From this offset on a page's ids are read first. */
const DEFERRED_FROM = 1_000;

/** The attributes of a model that the panel knows. Attributes that are not readable do not exist for it. */
export interface ResourceFields {
  readable: string[];
  writable: string[];
  /** By property: the attribute that holds its case-folded text, which filters and sorting use. */
  caseFolded?: Record<string, string>;
  /** Attributes that hold a list of texts. A form shows it as a text with a line for each. No column holds them. */
  lists?: string[];
  /** By property: the columns that order it, ascending and descending, where that is not the attribute itself. */
  orderedBy?: Record<string, { ASC: string; DESC: string }>;
  /** Properties whose filters the resource reads itself, see `customFilter`. */
  ownFilters?: string[];
  /** Text properties whose filter compares the whole text. */
  exactMatch?: string[];
  exported?: ExportOptions;
  /** Locks a record that a form is about to change, with all that the change locks before it in the lock order. */
  lock?: (id: number, params: Record<string, unknown>) => Promise<unknown>;
}

/** A list's order as the query string has it, not validated. */
export interface Sort {
  sortBy?: string;
  direction?: string;
}

/** The parts of AdminJS's context that a call has. AdminJS makes some of its calls without any. */
export type Context = Partial<ActionContext>;

/**
 * The read side of a model in the panel. Replaces the reads of AdminJS's Sequelize adapter, whose text filters are
 * escaped as regular expressions and which answers 500 to an unknown sort column or page size.
 */
export class ReadResource<M extends Model = Model> extends Resource {
  constructor(
    readonly model: ModelStatic<M>,
    readonly fields: ResourceFields,
  ) {
    super(model);
  }

  override properties(): BaseProperty[] {
    return super.properties().filter((property) => this.fields.readable.includes(property.path()));
  }

  override property(path: string): BaseProperty | null {
    return this.properties().find((property) => property.path() === path) ?? null;
  }

  override async count(filter: Filter, _context?: Context): Promise<number> {
    const where = await this.where(filter);
    return readForStaff(() => this.model.count({ where }));
  }

  override async find(
    filter: Filter,
    options: { limit?: unknown; offset?: unknown; sort?: Sort },
    context?: Context,
  ): Promise<BaseRecord[]> {
    const order = this.listOrder(filter, options.sort);
    const limit = integerWithin(options.limit, PER_PAGE, 1, PER_PAGE_MAX);
    const offset = integerWithin(options.offset, 0, 0, Number.MAX_SAFE_INTEGER);
    const attributes = this.readableBy(actorOf(context?.currentAdmin));
    const selected = await this.where(filter);
    const page = { where: selected, limit, offset };
    if (offset >= DEFERRED_FROM) {
      // An index has the ids in order; the skipped rows would take several times as long.
      page.where = { id: await this.idsOf({ where: selected, order, limit, offset }) } as WhereOptions;
      page.offset = 0;
    }
    const records = await readForStaff(() => this.model.findAll({ attributes, order, ...page }));
    return records.map((record) => this.toRecord(record));
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id], context);
    return record ?? null;
  }

  override async findMany(ids: unknown[], context?: Context): Promise<BaseRecord[]> {
    // As digits alone: "0x1" and "1e0" are numbers too.
    const digits = ids.map(String).filter((id) => /^[1-9]\d*$/.test(id));
    const validIds = digits.map(Number).filter(Number.isSafeInteger);
    const records = await this.model.findAll({
      attributes: this.readableBy(actorOf(context?.currentAdmin)),
      where: { id: { [Op.in]: validIds } } as WhereOptions,
      order: [['id', 'ASC']],
    });
    return records.map((record) => this.toRecord(record));
  }

  /** All records of a list in its order, with the attributes that the actor may read, for `scanByKeyset`. */
  async selection(filter: Filter, sort: Sort, context: Context): Promise<Selection> {
    return {
      attributes: this.readableBy(actorOf(context.currentAdmin)),
      where: await this.where(filter),
      ...this.sortColumn(sort),
    };
  }

  /** The attributes that an actor may read. By default all readable ones. */
  protected readableBy(_actor: Actor | null): string[] {
    return this.fields.readable;
  }

  /** The condition of a filter whose path is no attribute, or one of `ownFilters`; null if there is no such filter. */
  protected async customFilter(_path: string, _value: unknown): Promise<WhereOptions | null> {
    return null;
  }

  /** A list's order. The id comes last, so that the order is the same on every page. */
  protected listOrder(_filter: Filter, sort?: Sort): OrderItem[] {
    const { column, way } = this.sortColumn(sort);
    return [[column, way], ...(column === 'id' ? [] : [['id', way] as OrderItem])];
  }

  /** The condition of all filters of a list. */
  protected async where(filter: Filter): Promise<WhereOptions> {
    const all = Object.values(filter.filters).map(async ({ path, value }) => {
      // No stored text has these characters, and the databases fail on them.
      if (typeof value === 'string' && !isStorable(value)) return NO_RECORD;
      const property = this.fields.readable.includes(path) ? this.property(path) : null;
      if (!property || this.fields.ownFilters?.includes(path)) return this.customFilter(path, value);
      const match = {
        model: this.model.name,
        caseFolded: this.fields.caseFolded?.[path],
        exactMatch: this.fields.exactMatch?.includes(path),
      };
      const condition = filterCondition(property, value, match);
      return condition && seeksPart(property, value, match) ? this.resolved(condition) : condition;
    });
    const conditions = await Promise.all(all);
    return { [Op.and]: conditions.filter((condition) => condition !== null) };
  }

  /** Replaces a condition by the ids of the few records that meet it, so that no order walks the table for them. */
  private async resolved(condition: WhereOptions): Promise<WhereOptions> {
    const ids = await this.idsOf({ where: condition, limit: ID_LIST_MAX + 1 });
    return ids.length <= ID_LIST_MAX ? { id: ids } : condition;
  }

  private async idsOf(options: FindOptions): Promise<number[]> {
    const rows = await readForStaff(() =>
      findRawRows<{ id: number }>(this.model, { ...options, attributes: ['id'] }),
    );
    return rows.map(({ id }) => id);
  }

  private sortColumn({ sortBy = 'id', direction }: Sort = {}): { column: string; way: 'ASC' | 'DESC' } {
    const way = direction === 'desc' ? 'DESC' : 'ASC';
    const isColumn = this.property(sortBy) && !this.fields.lists?.includes(sortBy);
    const { caseFolded, orderedBy } = this.fields;
    return { column: isColumn ? (orderedBy?.[sortBy]?.[way] ?? caseFolded?.[sortBy] ?? sortBy) : 'id', way };
  }

  private toRecord(instance: M): BaseRecord {
    const values = instance.toJSON<Record<string, unknown>>();
    for (const name of this.fields.lists ?? []) {
      if (Array.isArray(values[name])) values[name] = values[name].join('\n');
    }
    return new BaseRecord(values, this);
  }
}

/** An integer between two bounds; `fallback` if `value` is no number. */
function integerWithin(value: unknown, fallback: number, least: number, most: number): number {
  const number = Math.trunc(Number(value ?? fallback));
  return Number.isNaN(number) ? fallback : Math.min(Math.max(number, least), most);
}

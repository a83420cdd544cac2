import {
  type Action,
  type ActionContext,
  type ActionRequest,
  type BaseRecord,
  Filter,
  type SearchActionResponse,
} from 'adminjs';
import { literal, type Model, Op, type OrderItem, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { foldCase, isStorable } from '../../src/models/validation.js';
import { inSet, matching } from '../../src/reads/condition.js';
import type { IdSet } from '../../src/search/id-set.js';
import { searchTerms } from '../../src/search/words.js';
import { ID_LIST_MAX, NO_RECORD } from './filters.js';
import { PanelResource } from './panel-resource.js';
import type { Context, Sort } from './read-resource.js';

/** How many records a picker offers. */
const PICKER_MAX = 50;

/** A model that the full-text index covers: its list has a search box that finds what the API's `search` finds. */
export class SearchableResource<M extends Model = Model> extends PanelResource<M> {
  /** The filters whose search finds too many records to rank them. */
  readonly #common = new WeakSet<Filter>();

  override async find(
    filter: Filter,
    options: Parameters<PanelResource['find']>[1],
    context?: Context,
  ): Promise<BaseRecord[]> {
    const text = filter.get('search')?.value;
    const terms = typeof text === 'string' && isStorable(text) ? searchTerms(text) : [];
    const ids = terms.length > 0 ? await this.findIds(terms) : null;
    if (ids && ids.size > ID_LIST_MAX) this.#common.add(filter);
    return super.find(filter, options, context);
  }

  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    if (typeof value !== 'string') return null;
    if (path === 'search') return this.hasWords(value);
    const column = this.titleColumn();
    return path === 'beginning' && column ? hasPrefix(column, value) : null;
  }

  /** If the search is the only filter, the number of its matches is the list's length. */
  override async count(filter: Filter, context?: Context): Promise<number> {
    const [first, ...others] = Object.values(filter.filters);
    if (first?.path !== 'search' || others.length > 0 || typeof first.value !== 'string')
      return super.count(filter, context);
    const terms = isStorable(first.value) ? searchTerms(first.value) : [];
    const ids = terms.length > 0 ? await this.findIds(terms) : null;
    return ids?.size ?? super.count(filter, context);
  }

  /** The ids of the records that match all terms, or null if only the full-text index can tell. */
  protected async findIds(_terms: readonly string[]): Promise<IdSet | null> {
    return null;
  }

  /** The condition that a record has all words of a text, which no record has if there are none; null for a blank text. */
  private async hasWords(text: string): Promise<WhereOptions | null> {
    const terms = searchTerms(text);
    if (terms.length === 0) return text.trim() === '' ? null : NO_RECORD;
    const ids = await this.findIds(terms);
    if (ids && ids.size <= ID_LIST_MAX) return { id: ids.slice() };
    const { tableName, name } = this.model;
    const { sql, values } = ids ? inSet(ids, name) : matching(tableName, terms, name);
    let bound = 0;
    return literal(sql.replaceAll('?', () => sequelize.escape(values[bound++] as string)));
  }

  /**
   * Ranks the matches of a search: titles that equal the text, then those that begin with it as whole words, then those
   * that begin with it, then the others. Any other order than the list's default takes precedence. Very many matches
   * have that order, too: ranking them would take seconds.
   */
  protected override listOrder(filter: Filter, sort?: Sort): OrderItem[] {
    const order = super.listOrder(filter, sort);
    const text = filter.get('search')?.value;
    const column = this.titleColumn();
    const isDefault = sort?.sortBy === this.decorate().options.sort?.sortBy;
    if (typeof text !== 'string' || !isStorable(text) || !column || !isDefault) return order;
    if (this.#common.has(filter)) return order;
    const key = foldCase(text.trim());
    const startsWith = (prefix: string) =>
      `${column} >= ${sequelize.escape(prefix)} AND ${column} < ${sequelize.escape(afterPrefix(prefix))}`;
    const rank = `CASE WHEN ${column} = ${sequelize.escape(key)} THEN 0
      WHEN ${startsWith(`${key} `)} THEN 1 WHEN ${startsWith(key)} THEN 2 ELSE 3 END`;
    return [literal(rank), ...order];
  }

  /** The attribute that holds the title's case-folded text. */
  private titleColumn(): string | undefined {
    return Object.values(this.fields.caseFolded ?? {})[0];
  }

  /** The records that a picker offers for a text: those whose titles begin with it, then those that have its words. */
  async pick(text: string, sortBy: string, context: Context): Promise<BaseRecord[]> {
    const byPrefix = await this.beginningWith(text, sortBy, context);
    if (byPrefix.length === PICKER_MAX) return byPrefix;
    const ids = new Set(byPrefix.map((record) => record.id()));
    const found = await this.#offered({ search: text }, sortBy, context);
    const byWords = found.filter((record) => !ids.has(record.id()));
    return [...byPrefix, ...byWords].slice(0, PICKER_MAX);
  }

  /** The records that a picker offers for the beginning of their titles. */
  protected beginningWith(text: string, sortBy: string, context: Context): Promise<BaseRecord[]> {
    return this.#offered({ beginning: text }, sortBy, context);
  }

  #offered(filters: Record<string, string>, sortBy: string, context: Context): Promise<BaseRecord[]> {
    const order = { sortBy, direction: 'asc' };
    return this.find(new Filter(filters, this), { limit: PICKER_MAX, sort: order }, context);
  }
}

/** The condition that a column of folded texts begins with a text, as a range of its index. */
export function hasPrefix(column: string, text: string): WhereOptions {
  const key = foldCase(text);
  return { [column]: { [Op.gte]: key, [Op.lt]: afterPrefix(key) } };
}

/** The exclusive upper bound of the texts that begin with `prefix`. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

/** Options of a list action: shows the search box of `components/lists/searchable-list.tsx`. */
export const withSearchBox = { custom: { search: true } };

/** Options of a search action: answers AdminJS's pickers of related records. */
export const pickerSearch: Partial<Action<SearchActionResponse>> = {
  handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
    const { resource, currentAdmin } = context;
    if (!(resource instanceof SearchableResource)) throw new TypeError(`${resource.id()} is not searchable`);
    const title = resource.decorate().titleProperty().name();
    const records = await resource.pick(request.params.query ?? '', title, context);
    return { records: records.map((record) => record.toJSON(currentAdmin)) };
  },
};

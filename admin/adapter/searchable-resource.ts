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
import { type Context, PanelResource, type Sort } from './panel-resource.js';

/** How many records a picker offers. */
const PICKED = 50;

/** Of more records than this it takes less to go through all there are than to look each up. */
const LISTED_MAX = 10_000;

/** A model whose words the full-text index finds, as the API's `search` does. */
export class SearchedResource<M extends Model = Model> extends PanelResource<M> {
  protected override async special(path: string, value: unknown): Promise<WhereOptions | null> {
    if (typeof value !== 'string') return null;
    if (path === 'search') return this.searching(value);
    return path === 'beginning' ? this.beginning(value) : null;
  }

  /** Where nothing but a search filters, what it found is the list's length. */
  override async count(filter: Filter, context?: Context): Promise<number> {
    const [first, ...others] = Object.values(filter.filters);
    if (first?.path !== 'search' || others.length > 0 || typeof first.value !== 'string')
      return super.count(filter, context);
    const terms = isStorable(first.value) ? searchTerms(first.value) : [];
    const found = terms.length > 0 ? await this.findIds(terms) : null;
    return found?.size ?? super.count(filter, context);
  }

  /** The ids of the records that have words for all of some terms; null where only the full-text index tells. */
  protected async findIds(_terms: readonly string[]): Promise<IdSet | null> {
    return null;
  }

  /** The condition that a record has all words of a text; null where there are none. */
  private async searching(text: string): Promise<WhereOptions | null> {
    const terms = searchTerms(text);
    if (terms.length === 0) return null;
    const found = await this.findIds(terms);
    if (found && found.size <= LISTED_MAX) return { id: found.slice() };
    const { tableName, name } = this.model;
    const { sql, values } = found ? inSet(found, name) : matching(tableName, terms, name);
    return literal(sql.replace('?', () => sequelize.escape(values[0] as string)));
  }

  /** What was searched for comes in the order of the titles that it is, or begins; unless another order is asked for. */
  protected override listOrder(filter: Filter, sort?: Sort): OrderItem[] {
    const order = super.listOrder(filter, sort);
    const text = filter.get('search')?.value;
    const [column] = Object.values(this.fields.keys ?? {});
    const preset = sort?.sortBy === this.decorate().options.sort?.sortBy;
    if (typeof text !== 'string' || !isStorable(text) || !column || !preset) return order;
    const key = foldCase(text.trim());
    const from = (beginning: string) =>
      `${column} >= ${sequelize.escape(beginning)} AND ${column} < ${sequelize.escape(`${beginning}\u{10FFFF}`)}`;
    const rank = `CASE WHEN ${column} = ${sequelize.escape(key)} THEN 0
      WHEN ${from(`${key} `)} THEN 1 WHEN ${from(key)} THEN 2 ELSE 3 END`;
    return [literal(rank), ...order];
  }

  /** The condition that a record's title begins so, which an index answers. */
  private beginning(text: string): WhereOptions {
    const key = foldCase(text);
    const [column] = Object.values(this.fields.keys ?? {});
    return column ? { [column]: { [Op.gte]: key, [Op.lt]: `${key}\u{10FFFF}` } } : {};
  }

  /** The records to pick from for a text: first those whose titles begin with it, then those that have its words. */
  async pick(text: string, sortBy: string, context: Context): Promise<BaseRecord[]> {
    const find = (filters: Record<string, string>) =>
      this.find(new Filter(filters, this), { limit: PICKED, sort: { sortBy, direction: 'asc' } }, context);
    const found = await find({ beginning: text });
    if (found.length === PICKED) return found;
    const known = new Set(found.map((record) => record.id()));
    const others = (await find({ search: text })).filter((record) => !known.has(record.id()));
    return [...found, ...others].slice(0, PICKED);
  }
}

/** The options of a searched resource's list, by which its search box appears. */
export const searchable = { custom: { search: true } };

/** Answers AdminJS's pickers of related records. */
export const picking: Partial<Action<SearchActionResponse>> = {
  handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
    const { resource, currentAdmin } = context;
    const title = resource.decorate().titleProperty().name();
    const records = await (resource as unknown as SearchedResource).pick(
      request.params.query ?? '',
      title,
      context,
    );
    return { records: records.map((record) => record.toJSON(currentAdmin)) };
  },
};

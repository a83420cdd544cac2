import {
  type Action,
  type ActionContext,
  type ActionRequest,
  type BaseRecord,
  Filter,
  type SearchActionResponse,
} from 'adminjs';
import { literal, type Model, Op, type OrderItem, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { foldCase, isStorable } from '../../src/models/rules.js';
import { searchCondition } from '../../src/models/search.js';
import { type Context, PanelResource, type Sort } from './resource.js';

/** How many records a picker offers. */
const PICKED = 50;

/** A model whose words the full-text index finds, as the API's `search` does. */
export class SearchedResource<M extends Model = Model> extends PanelResource<M> {
  protected override special(path: string, value: unknown): WhereOptions | null {
    if (typeof value !== 'string') return null;
    if (path === 'search') return searchCondition(this.model, value);
    return path === 'beginning' ? this.beginning(value) : null;
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

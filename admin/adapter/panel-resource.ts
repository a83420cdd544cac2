import { Resource } from '@adminjs/sequelize';
import { type ActionContext, BaseProperty, BaseRecord, type Filter, NotFoundError } from 'adminjs';
import {
  EmptyResultError,
  type Model,
  type ModelStatic,
  Op,
  type OrderItem,
  type WhereOptions,
} from 'sequelize';
import { transaction } from '../../src/database/transactions.js';
import { isStorable } from '../../src/models/validation.js';
import type { Actor } from '../../src/policies/policies.js';
import { actorOf } from '../actions/standard-actions.js';
import { columnsOf, type Exported, rowsOf } from '../import-export/columns.js';
import type { Rows } from '../import-export/formats.js';
import { walk } from '../import-export/keyset-scan.js';
import { condition, NONE } from './filters.js';
import { faultsOf, type Faults, ofNew, refusal } from './validation-errors.js';
import { inputOf } from './form-values.js';

const PER_PAGE = 20;
const PER_PAGE_MAX = 500;

/** Of a transaction that builds or loads what it writes: it begins anew each time. */
const ANEW = { repeatable: true };

/** What the panel knows of a model. Attributes that are not listed as readable do not exist for it. */
export interface Fields {
  readable: string[];
  writable: string[];
  /** By property: the attribute that holds its text without regard to case. */
  keys?: Record<string, string>;
  /** Texts that are only looked for whole. */
  whole?: string[];
  exported?: Exported;
}

/** What a list is sorted by, as its address says; anything may be in it. */
export interface Sort {
  sortBy?: string;
  direction?: string;
}

/** The parts of AdminJS's context that come along with a call; AdminJS makes some of its calls without any. */
export type Context = Partial<ActionContext>;

/** A model in the panel: the adapter, mended. Each write is one transaction, and each fault stands at its field. */
export class PanelResource<M extends Model = Model> extends Resource {
  constructor(
    protected readonly model: ModelStatic<M>,
    protected readonly fields: Fields,
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
    return this.model.count({ where: await this.where(filter) });
  }

  override async find(
    filter: Filter,
    options: { limit?: unknown; offset?: unknown; sort?: Sort },
    context?: Context,
  ): Promise<BaseRecord[]> {
    const records = await this.model.findAll({
      attributes: this.visible(actorOf(context?.currentAdmin)),
      where: await this.where(filter),
      order: this.listOrder(filter, options.sort),
      limit: whole(options.limit, PER_PAGE, 1, PER_PAGE_MAX),
      offset: whole(options.offset, 0, 0, Number.MAX_SAFE_INTEGER),
    });
    return records.map((record) => this.record(record));
  }

  /** All that a list shows and the actor may see, in its order: the columns, and the rows, some at a time. */
  async exported(
    filter: Filter,
    sort: Sort,
    context: Context,
  ): Promise<{ columns: string[]; parts: AsyncGenerator<Rows> }> {
    const attributes = this.visible(actorOf(context.currentAdmin));
    const { model } = this;
    const selection = { attributes, where: await this.where(filter), ...this.order(sort) };
    const naming = this.fields.exported ?? {};
    async function* parts(): AsyncGenerator<Rows> {
      for await (const records of walk(model, selection)) yield rowsOf(records, attributes, naming);
    }
    return { columns: columnsOf(attributes, naming), parts: parts() };
  }

  /** What a file with these records is called, without a format's ending. */
  fileName(): string {
    return this.fields.exported?.file ?? this.id();
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id], context);
    return record ?? null;
  }

  override async findMany(ids: unknown[], context?: Context): Promise<BaseRecord[]> {
    const known = ids.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
    const records = await this.model.findAll({
      attributes: this.visible(actorOf(context?.currentAdmin)),
      where: { id: { [Op.in]: known } } as WhereOptions,
      order: [['id', 'ASC']],
    });
    return records.map((record) => this.record(record));
  }

  override async create(
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<Record<string, unknown>> {
    return transaction(() => this.write(this.model.build(), params, context), ANEW);
  }

  override async update(
    id: unknown,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<Record<string, unknown>> {
    return transaction(async () => {
      const instance = await this.model.findByPk(Number(id));
      if (!instance) throw gone();
      return this.write(instance, params, context);
    }, ANEW);
  }

  override async delete(id: unknown, _context?: Context): Promise<void> {
    await transaction(async () => {
      const instance = await this.model.findByPk(Number(id));
      // Whoever deletes what another has just deleted has what they want.
      await this.attempt(async () => instance?.destroy());
    }, ANEW);
  }

  /** Deletes records, all or none. One call of the model's, which locks all that they touch before the first goes. */
  async deleteMany(ids: unknown[]): Promise<void> {
    await this.attempt(() => this.model.destroy({ where: { id: ids.map(Number) } as WhereOptions }));
  }

  /** Whether staff can write that attribute at all. */
  takes(attribute: string): boolean {
    return this.fields.writable.includes(attribute);
  }

  /** The attributes that an actor may see; by default all readable ones. */
  protected visible(_actor: Actor | null): string[] {
    return this.fields.readable;
  }

  /** The attributes of a record that an actor may write. */
  protected writable(_actor: Actor | null, _instance: M): string[] {
    return this.fields.writable;
  }

  /** The condition of a filter on something that is no attribute; null where there is no such filter. */
  protected async special(_path: string, _value: unknown): Promise<WhereOptions | null> {
    return null;
  }

  /** Puts more than attributes into a record that is about to be stored; gives what is wrong with it. */
  protected async prepare(
    _instance: M,
    _params: Record<string, unknown>,
    _context?: Context,
  ): Promise<Faults> {
    return {};
  }

  /** What else is written in the same transaction, after the record. */
  protected async complete(
    _instance: M,
    _params: Record<string, unknown>,
    _context?: Context,
  ): Promise<void> {}

  private async write(instance: M, params: Record<string, unknown>, context?: Context) {
    const actor = actorOf(context?.currentAdmin);
    const form = { ...params, ...this.flagsAsSent(context) };
    const { values, faults } = inputOf(form, this.writable(actor, instance), this.property.bind(this));
    return transaction(async () => {
      instance.set(values as never);
      const ofModel = await this.modelFaults(instance);
      const found = {
        ...(instance.isNewRecord ? ofNew(ofModel, values) : ofModel),
        ...(await this.prepare(instance, params, context)),
        ...faults,
      };
      if (Object.keys(found).length > 0) throw refusal(found);
      await this.attempt(async () => {
        await instance.save();
        await this.complete(instance, params, context);
      });
      const stored = await this.findOne(instance.get('id'), context);
      if (!stored) throw gone();
      return stored.params;
    });
  }

  /** What the form said of the yes-or-no properties, before AdminJS made a yes of it. */
  private flagsAsSent({ sent = {} }: Context = {}): Record<string, unknown> {
    const flags = Object.entries(sent as object).filter(
      ([name]) => this.property(name)?.type() === 'boolean',
    );
    return Object.fromEntries(flags);
  }

  private async modelFaults(instance: M): Promise<Faults> {
    try {
      await instance.validate();
      return {};
    } catch (error) {
      const faults = faultsOf(error, this.shownAs());
      if (!faults) throw error;
      return faults;
    }
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof EmptyResultError) throw gone();
      const faults = faultsOf(error, this.shownAs());
      throw faults ? refusal(faults) : error;
    }
  }

  private shownAs(): Record<string, string> {
    const keys = Object.entries(this.fields.keys ?? {});
    return Object.fromEntries(keys.map(([property, key]) => [key, property]));
  }

  private order({ sortBy = 'id', direction }: Sort = {}): { column: string; way: 'ASC' | 'DESC' } {
    const column = this.property(sortBy) ? (this.fields.keys?.[sortBy] ?? sortBy) : 'id';
    return { column, way: direction === 'desc' ? 'DESC' : 'ASC' };
  }

  /** A list's order; the id makes it one that does not change from page to page. */
  protected listOrder(_filter: Filter, sort?: Sort): OrderItem[] {
    const { column, way } = this.order(sort);
    return [[column, way], ...(column === 'id' ? [] : [['id', way] as OrderItem])];
  }

  /** The condition of a list's filters. */
  protected async where(filter: Filter): Promise<WhereOptions> {
    const all = Object.values(filter.filters).map(async ({ path, value }) => {
      // No record has such a text, and the databases stumble over it.
      if (typeof value === 'string' && !isStorable(value)) return NONE;
      const property = this.fields.readable.includes(path) ? this.property(path) : null;
      if (!property) return this.special(path, value);
      const key = this.fields.keys?.[path];
      return condition(property, value, {
        model: this.model.name,
        key,
        whole: this.fields.whole?.includes(path),
      });
    });
    const conditions = await Promise.all(all);
    return { [Op.and]: conditions.filter((one) => one !== null) };
  }

  private record(instance: M): BaseRecord {
    return new BaseRecord(instance.toJSON<Record<string, unknown>>(), this);
  }
}

function gone(): NotFoundError {
  return new NotFoundError('This record has been deleted meanwhile.', 'PanelResource');
}

/** A whole number between bounds, or `otherwise` where `value` is none. */
function whole(value: unknown, otherwise: number, least: number, most: number): number {
  const number = Math.trunc(Number(value ?? otherwise));
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
}

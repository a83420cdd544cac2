import {
  type Attributes,
  type BulkCreateOptions,
  type CreationAttributes,
  type DestroyOptions,
  type InstanceDestroyOptions,
  Model,
  type ModelStatic,
  Op,
  type SaveOptions,
  type Transaction,
  type UpdateOptions,
  type WhereOptions,
} from 'sequelize';
import { currentTransaction } from '../transaction-context.js';
import { transaction } from '../transactions.js';
import { throughModel } from './write-guard.js';

/** The options of a bulk call that select its rows. */
interface Selection {
  where?: WhereOptions;
  limit?: number | null;
  truncate?: boolean;
}

/** For transactions that load the records that they write or delete. */
const REPEATABLE = { repeatable: true };

/**
 * A model whose hooks cannot be bypassed. Each write runs in a transaction. The bulk calls, which Sequelize sends to the
 * database without instance hooks, go record by record. Calls that cannot work so throw and name an alternative.
 */
export abstract class HookedModel<A extends object, C extends object> extends Model<A, C> {
  /** The derived attributes of each attribute. They are saved with it even where `fields` leaves them out. */
  static readonly following: Readonly<Record<string, readonly string[]>> = {};

  override async save(options: SaveOptions<A> = {}): Promise<this> {
    refuseShortcuts(this.constructor, options);
    const { following } = this.constructor as typeof HookedModel;
    const fields = options.fields?.flatMap((field) => [field, ...(following[field as string] ?? [])]);
    const saving = {
      ...options,
      ...(fields && { fields: fields as (keyof A)[] }),
      hooks: true,
      validate: true,
    };
    return transaction(() => throughModel(() => super.save(saving)));
  }

  override async destroy(options: InstanceDestroyOptions = {}): Promise<void> {
    refuseOtherTransaction(options);
    return transaction(() => throughModel(() => super.destroy({ ...options, hooks: true })), REPEATABLE);
  }

  /**
   * Takes, in lock order, every lock that changing these records one by one will need.
   * @param values the values to write; null where the records are deleted
   */
  protected static async lockAll(_ids: number[], _values: object | null): Promise<void> {}

  /** As in Sequelize, but record by record with its hooks, and atomic. */
  // A subclass cannot declare the overloads of Sequelize's declaration.
  // oxlint-disable-next-line typescript/no-explicit-any
  static override async update(values: object, options: UpdateOptions): Promise<any> {
    refuseOtherTransaction(options);
    if (!options.where) throw new Error(`${this.name}.update needs a where`);
    return transaction(async () => {
      const records = await this.lockSelected(options as Selection, values);
      const fields = options.fields && { fields: options.fields };
      for (const record of records) await record.update(values, { ...fields });
      return [records.length];
    }, REPEATABLE);
  }

  /** As in Sequelize, but record by record with its hooks, and atomic. */
  static override async destroy<M extends Model>(
    this: ModelStatic<M>,
    options: DestroyOptions<Attributes<M>> = {},
  ): Promise<number> {
    refuseOtherTransaction(options);
    if (!options.where && !options.truncate) {
      throw new Error(`${this.name}.destroy needs a where, or truncate for all records`);
    }
    return transaction(async () => {
      const model = this as unknown as typeof HookedModel;
      const records = await model.lockSelected(options, null);
      for (const record of records) await record.destroy();
      return records.length;
    }, REPEATABLE);
  }

  /** Loads the records of a bulk call, with all of their locks taken before the first write. */
  private static async lockSelected(selection: Selection, values: object | null): Promise<Model[]> {
    const model = this as unknown as ModelStatic<Model>;
    const where = selection.where ?? {};
    const limit = selection.limit ?? undefined;
    const found = await model.findAll({ attributes: ['id'], where, limit, order: ['id'] });
    const ids = found.map((record) => record.get('id') as number);
    if (ids.length === 0) return [];
    await this.lockAll(ids, values);
    return model.findAll({ where: { [Op.and]: [where, { id: ids }] }, order: ['id'] });
  }

  /** Whether the model's bulk hooks do for many new records what its instance hooks do for each. */
  static readonly createsInBulk: boolean = false;

  /** As in Sequelize, but atomic and with all hooks. */
  static override async bulkCreate<M extends Model>(
    this: ModelStatic<M>,
    rows: readonly CreationAttributes<M>[],
    options: BulkCreateOptions<Attributes<M>> = {},
  ): Promise<M[]> {
    refuseShortcuts(this, options);
    return transaction(async () => {
      if ((this as unknown as typeof HookedModel).createsInBulk) {
        return throughModel(
          () => Model.bulkCreate.call(this, rows as never, { validate: true }) as unknown as Promise<M[]>,
        );
      }
      const records: M[] = [];
      for (const row of rows) records.push(await this.create(row));
      return records;
    });
  }

  /** Always refuses: it would bypass the hooks. */
  static override upsert(): never {
    throw new Error(
      `${this.name}.upsert would pass by the hooks: use create, or find the record and update it`,
    );
  }

  /** Always refuses, as do `decrement` and the instance methods, which call it: it would bypass the hooks. */
  static override increment(): never {
    throw new Error(`${this.name}.increment would pass by the hooks: find the record and update it`);
  }

  /** Always refuses: it opens a second transaction beside that of the hooks. */
  static override findOrCreate(): never {
    throw new Error(`${this.name}.findOrCreate would wait for itself: use findCreateFind`);
  }

  /** Always refuses: it would delete the rows without the hooks. */
  static override drop(): never {
    throw new Error(`${this.name}.drop would pass by the hooks: undo the migration of its table`);
  }

  /** Always refuses: it would create the table differently from its migration, or replace it. */
  static override sync(): never {
    throw new Error(`${this.name}.sync would pass by the migrations: write a migration`);
  }
}

/** Refuses options that change or replace rows without hooks, or write outside of their transaction. */
function refuseShortcuts(
  model: { name: string },
  options: Pick<BulkCreateOptions, 'ignoreDuplicates' | 'updateOnDuplicate' | 'transaction'>,
): void {
  refuseOtherTransaction(options);
  if (options.ignoreDuplicates || options.updateOnDuplicate) {
    throw new Error(
      `${model.name} takes new rows only: leave out ignoreDuplicates and updateOnDuplicate, look for the rows first`,
    );
  }
}

/** Refuses a transaction that the queries of the hooks would not join. */
function refuseOtherTransaction({ transaction }: { transaction?: Transaction | null }): void {
  if (transaction !== undefined && (transaction === null || transaction !== currentTransaction())) {
    throw new Error(
      'Leave the transaction option out: what runs within transaction() of transactions.ts joins by itself',
    );
  }
}

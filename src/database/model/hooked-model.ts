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

/** What a bulk call says about the rows that it means. */
interface Selection {
  where?: WhereOptions;
  limit?: number | null;
  truncate?: boolean;
}

/** Of a transaction that loads what it writes, or deletes: it begins anew each time. */
const ANEW = { repeatable: true };

/**
 * A model whose hooks cannot be passed by: each write runs in a transaction, and the bulk calls, which Sequelize sends
 * to the database without the instances' hooks, go record by record here. What cannot be done so throws, and says what
 * to call instead.
 */
export abstract class HookedModel<A extends object, C extends object> extends Model<A, C> {
  /** By attribute: those that follow from it. They are saved with it, whatever fields a caller names. */
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
    return transaction(() => throughModel(() => super.destroy({ ...options, hooks: true })), ANEW);
  }

  /**
   * Takes, in the order of locks, what changing these records one by one will lock.
   * @param values what is written to them; none where they are deleted
   */
  protected static async lockAll(_ids: number[], _values: object | null): Promise<void> {}

  /** As Sequelize's, record by record with its hooks; all or none are changed. */
  // The overloads of Sequelize's own declaration cannot be written by a subclass.
  // oxlint-disable-next-line typescript/no-explicit-any
  static override async update(values: object, options: UpdateOptions): Promise<any> {
    refuseOtherTransaction(options);
    if (!options.where) throw new Error(`${this.name}.update needs a where`);
    return transaction(async () => {
      const records = await this.lockSelected(options as Selection, values);
      const fields = options.fields && { fields: options.fields };
      for (const record of records) await record.update(values, { ...fields });
      return [records.length];
    }, ANEW);
  }

  /** As Sequelize's, record by record with its hooks; all or none are deleted. */
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
    }, ANEW);
  }

  /** The records that a bulk call means, locked together before any of them is written. */
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

  /** Whether the model's bulk hooks do for many new records at once all that its instances' hooks do for each. */
  static readonly createsInBulk: boolean = false;

  /** As Sequelize's; all or none are created, and no hook is passed by. */
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

  /** Writes past the hooks; always refuses. */
  static override upsert(): never {
    throw new Error(
      `${this.name}.upsert would pass by the hooks: use create, or find the record and update it`,
    );
  }

  /** Writes past the hooks, as `decrement` and an instance's do, which end here; always refuses. */
  static override increment(): never {
    throw new Error(`${this.name}.increment would pass by the hooks: find the record and update it`);
  }

  /** Opens a transaction of its own beside that of the hooks; always refuses. */
  static override findOrCreate(): never {
    throw new Error(`${this.name}.findOrCreate would wait for itself: use findCreateFind`);
  }

  /** Would take the rows away unseen by the hooks; always refuses. */
  static override drop(): never {
    throw new Error(`${this.name}.drop would pass by the hooks: undo the migration of its table`);
  }

  /** Would make the table otherwise than its migration does, or anew; always refuses. */
  static override sync(): never {
    throw new Error(`${this.name}.sync would pass by the migrations: write a migration`);
  }
}

/** Refuses the options by which rows change or vanish unseen by hooks, or are written outside their transaction. */
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

/** Refuses a transaction that the hooks' queries would not run in. */
function refuseOtherTransaction({ transaction }: { transaction?: Transaction | null }): void {
  if (transaction !== undefined && (transaction === null || transaction !== currentTransaction())) {
    throw new Error(
      'Leave the transaction option out: what runs within transaction() of database.ts joins by itself',
    );
  }
}

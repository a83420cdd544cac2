import {
  type Attributes,
  type BulkCreateOptions,
  type DestroyOptions,
  Model,
  type CreationAttributes,
  type InstanceDestroyOptions,
  type ModelStatic,
  type SaveOptions,
  type UpdateOptions,
} from 'sequelize';
import { transaction } from '../database.js';

/**
 * A model whose hooks cannot be passed by: each write runs in a transaction, and the bulk calls, which Sequelize sends
 * to the database without the instances' hooks, go record by record here.
 */
export abstract class HookedModel<A extends object, C extends object> extends Model<A, C> {
  override save(options?: SaveOptions<A>): Promise<this> {
    return transaction(() => super.save({ ...options, hooks: true, validate: true }));
  }

  override destroy(options?: InstanceDestroyOptions): Promise<void> {
    return transaction(() => super.destroy({ ...options, hooks: true }));
  }

  /** As Sequelize's, record by record with its hooks; all or none are changed. */
  // The overloads of Sequelize's own declaration cannot be written by a subclass.
  // oxlint-disable-next-line typescript/no-explicit-any
  static override async update(values: object, options: UpdateOptions): Promise<any> {
    return transaction(async () => {
      const records = await (this as unknown as ModelStatic<Model>).findAll({
        where: options.where ?? {},
        limit: options.limit,
      });
      for (const record of records) await record.update(values);
      return [records.length];
    });
  }

  /** As Sequelize's, record by record with its hooks; all or none are deleted. */
  static override async destroy<M extends Model>(
    this: ModelStatic<M>,
    options: DestroyOptions<Attributes<M>> = {},
  ): Promise<number> {
    return transaction(async () => {
      const records = await this.findAll({ where: options.where ?? {}, limit: options.limit });
      for (const record of records) await record.destroy();
      return records.length;
    });
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
        return Model.bulkCreate.call(this, rows as never, { validate: true }) as unknown as M[];
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
}

/** Refuses the options of `bulkCreate` by which rows change or vanish unseen by hooks. */
function refuseShortcuts(model: { name: string }, options: BulkCreateOptions): void {
  if (options.ignoreDuplicates || options.updateOnDuplicate) {
    throw new Error(
      `${model.name}.bulkCreate takes new rows only: leave out ignoreDuplicates and updateOnDuplicate`,
    );
  }
}

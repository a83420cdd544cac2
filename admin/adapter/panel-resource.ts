import { NotFoundError } from 'adminjs';
import { EmptyResultError, type Model, Op, type WhereOptions } from 'sequelize';
import { transaction } from '../../src/database/transactions.js';
import type { Actor } from '../../src/policies/policies.js';
import { actorOf } from '../actions/permissions.js';
import { parseForm } from './form-values.js';
import { type Context, ReadResource } from './read-resource.js';
import { versionOf } from './record-version.js';
import {
  type FieldErrors,
  fieldErrorsOf,
  requiredOnCreate,
  type UniqueKey,
  validationError,
} from './validation-errors.js';

const CHANGED_MEANWHILE = 'This record has been changed meanwhile.';

/** The writes below load or build every record that they store, so their transaction may run again. */
const RETRYABLE = { repeatable: true };

/**
 * A model in the panel. Replaces the writes of AdminJS's Sequelize adapter, which run outside a transaction: here each
 * write is one transaction, and each validation error is reported at its field.
 */
export class PanelResource<M extends Model = Model> extends ReadResource<M> {
  override async create(
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<Record<string, unknown>> {
    return transaction(() => this.write(this.model.build(), params, context), RETRYABLE);
  }

  override async update(
    id: unknown,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<Record<string, unknown>> {
    return transaction(async () => {
      if (context?.version !== undefined) await this.refuseStale(Number(id), params, context);
      const instance = await this.model.findByPk(Number(id));
      if (!instance) throw deletedMeanwhile();
      return this.write(instance, params, context);
    }, RETRYABLE);
  }

  /**
   * Locks a record and compares it with the version that its form was filled from.
   * @throws {ValidationError} if it has changed; then `context.isStale` is set
   */
  private async refuseStale(id: number, params: Record<string, unknown>, context: Context): Promise<void> {
    await this.translateErrors(() => this.fields.lock?.(id, params) ?? Promise.resolve());
    const stored = await this.findOne(id, context);
    if (!stored) throw deletedMeanwhile();
    context.isStale = versionOf(stored, this.fields.writable) !== context.version;
    if (context.isStale) throw validationError({ id: CHANGED_MEANWHILE });
  }

  /** Deletes a record. One that has just been deleted by another request is no error. */
  override async delete(id: unknown, _context?: Context): Promise<void> {
    await transaction(async () => {
      const instance = await this.model.findByPk(Number(id));
      await this.translateErrors(async () => instance?.destroy());
    }, RETRYABLE);
  }

  /** Deletes records, all or none. The model's bulk call locks all that they touch before it deletes the first. */
  async deleteMany(ids: unknown[]): Promise<void> {
    await this.translateErrors(() => this.model.destroy({ where: { id: ids.map(Number) } as WhereOptions }));
  }

  /** Whether any member of staff can write an attribute. */
  isWritable(attribute: string): boolean {
    return this.fields.writable.includes(attribute);
  }

  /** The attributes of a record that an actor may write. By default all writable ones. */
  protected writableBy(_actor: Actor | null, _instance: M): string[] {
    return this.fields.writable;
  }

  /** Hook before a record is stored, in its transaction. May set more of the record. Returns validation errors. */
  protected async beforeSave(
    _instance: M,
    _params: Record<string, unknown>,
    _context?: Context,
  ): Promise<FieldErrors> {
    return {};
  }

  /** Hook after a record is stored, in the same transaction. */
  protected async afterSave(
    _instance: M,
    _params: Record<string, unknown>,
    _context?: Context,
  ): Promise<void> {}

  private async write(instance: M, params: Record<string, unknown>, context?: Context) {
    const actor = actorOf(context?.currentAdmin);
    const form = { ...params, ...this.asSent(context) };
    const { values, errors } = parseForm(
      form,
      this.writableBy(actor, instance),
      this.property.bind(this),
      this.fields.lists,
    );
    return transaction(async () => {
      // `values` has only keys of writable attributes, which the types of a generic model cannot tell.
      instance.set(values as never);
      const invalid = await this.modelErrors(instance);
      const allErrors = {
        ...(instance.isNewRecord ? requiredOnCreate(invalid, values) : invalid),
        ...(await this.beforeSave(instance, params, context)),
        ...errors,
      };
      if (Object.keys(allErrors).length > 0)
        throw validationError({ ...(await this.takenKeys(instance, allErrors)), ...allErrors });
      await this.translateErrors(async () => {
        await instance.save();
        await this.afterSave(instance, params, context);
      });
      const stored = await this.findOne(instance.get('id'), context);
      if (!stored) throw deletedMeanwhile();
      return stored.params;
    });
  }

  /**
   * The form's booleans and numbers as they were sent: AdminJS turns any text but an empty one into true, and an empty one
   * into 0.
   */
  private asSent({ sent = {} }: Context = {}): Record<string, unknown> {
    const converted = Object.entries(sent as object).filter(([name]) =>
      ['boolean', 'number'].includes(this.property(name)?.type() ?? ''),
    );
    return Object.fromEntries(converted);
  }

  /** The faults of unique values that another record has: the database finds them only where there are no others. */
  private async takenKeys(instance: M, others: FieldErrors): Promise<FieldErrors> {
    const { uniqueKeys = {} } = this.model as unknown as { uniqueKeys?: Record<string, UniqueKey> };
    const faults: FieldErrors = {};
    for (const { fields, msg } of Object.values(uniqueKeys)) {
      const shown = fields.map((field) => this.shownAs()[field] ?? field);
      const values = Object.fromEntries(fields.map((field) => [field, instance.get(field)]));
      // The database could not compare an invalid value.
      if (!msg || shown.some((field) => field in others)) continue;
      if (Object.values(values).some((value) => value === null || value === undefined)) continue;
      const where = { ...values, id: { [Op.ne]: Number(instance.get('id') ?? 0) } };
      if ((await this.model.count({ where: where as WhereOptions })) === 0) continue;
      for (const field of shown) faults[field] = msg;
    }
    return faults;
  }

  private async modelErrors(instance: M): Promise<FieldErrors> {
    try {
      await instance.validate();
      return {};
    } catch (error) {
      const errors = fieldErrorsOf(error, this.shownAs());
      if (!errors) throw error;
      return errors;
    }
  }

  /** Runs `work` and rethrows a model's error as the one that AdminJS shows. */
  private async translateErrors(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof EmptyResultError) throw deletedMeanwhile();
      const errors = fieldErrorsOf(error, this.shownAs());
      throw errors ? validationError(errors) : error;
    }
  }

  private shownAs(): Record<string, string> {
    const pairs = Object.entries(this.fields.caseFolded ?? {});
    return Object.fromEntries(pairs.map(([property, attribute]) => [attribute, property]));
  }
}

function deletedMeanwhile(): NotFoundError {
  return new NotFoundError('This record has been deleted meanwhile.', 'PanelResource');
}

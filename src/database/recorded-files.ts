import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type QueryInterface, QueryTypes } from 'sequelize';
import { dialect } from './connection-options.js';
import { sequelize } from './database.js';
import { ROOT } from '../project-root.js';

/** What a file exports. */
type Directions = Record<'up' | 'down', (context: QueryInterface) => Promise<void>>;

/** sequelize-cli's table of the files that have run. */
const COLUMNS = '(name VARCHAR(255) NOT NULL UNIQUE PRIMARY KEY)';
const TABLE_OPTIONS = dialect === 'mysql' ? 'DEFAULT CHARSET=utf8 COLLATE utf8_unicode_ci' : '';

/** Files of which each runs once in a database, in the order of their names. They and their record are sequelize-cli's. */
export class RecordedFiles {
  readonly #folder: string;

  /**
   * @param folder below the project's root
   * @param record the table of those that have run
   */
  constructor(
    folder: string,
    readonly record: string,
  ) {
    this.#folder = join(ROOT, folder);
  }

  /** The names of the files that have run. */
  async executed(): Promise<string[]> {
    if (!(await sequelize.getQueryInterface().tableExists(this.record))) return [];
    const rows = await sequelize.query<{ name: string }>(`SELECT name FROM ${this.record} ORDER BY name`, {
      type: QueryTypes.SELECT,
    });
    return rows.map(({ name }) => name);
  }

  /**
   * The names of the files that have not run.
   * @param executed those that have run, if the caller knows
   */
  async pending(executed?: readonly string[]): Promise<string[]> {
    const files = (await readdir(this.#folder)).filter((name) => name.endsWith('.js')).toSorted();
    const done = new Set(executed ?? (await this.executed()));
    return files.filter((name) => !done.has(name));
  }

  /**
   * Runs files and records each.
   * @param names by default those that have not run
   * @throws {Error} where one fails, which names it
   */
  async up(names?: string[]): Promise<void> {
    await sequelize.query(`CREATE TABLE IF NOT EXISTS ${this.record} ${COLUMNS} ${TABLE_OPTIONS}`);
    for (const name of names ?? (await this.pending())) {
      await this.#run('up', name);
      await sequelize.query(`INSERT INTO ${this.record} (name) VALUES (?)`, { replacements: [name] });
    }
  }

  /** Undoes the files that have run, the last one first, down to the one with this name. */
  async downTo(first: string): Promise<void> {
    for (const name of (await this.executed()).filter((done) => done >= first).toReversed()) {
      await this.#run('down', name);
      await sequelize.query(`DELETE FROM ${this.record} WHERE name = ?`, { replacements: [name] });
    }
  }

  async #run(direction: 'up' | 'down', name: string): Promise<void> {
    try {
      const file = (await import(pathToFileURL(join(this.#folder, name)).href)) as Directions;
      await file[direction](sequelize.getQueryInterface());
    } catch (error) {
      throw new Error(`${name} failed (${direction}): ${(error as Error).message}`, { cause: error });
    }
  }
}

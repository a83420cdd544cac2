import { Sequelize } from 'sequelize';
import { sqlite3 } from '../../src/database/sqlite3.js';

/** A SQLite file, as another program than Marquee opens it. */
export function sqliteFile(storage: string): Sequelize {
  return new Sequelize({ dialect: 'sqlite', dialectModule: sqlite3, storage, logging: false });
}

import * as driver from '@appthreat/sqlite3';

export type { Database } from '@appthreat/sqlite3';

/** The driver of the embedded database. Its types lack the default export, and only that has the constants. */
export const sqlite3 = (driver as unknown as { default: driver.sqlite3 }).default;

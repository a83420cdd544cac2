import { randomUUID } from 'node:crypto';
import { config } from '../config.js';
import { RecordReader, type Row } from '../database/model/record-reader.js';
import { select } from '../database/sql/statements.js';
import { transaction } from '../database/transactions.js';
import { issueTo } from './issuing.js';
import { JwtFamily } from '../models/jwt-family.js';
import { User } from '../models/user.js';

const DAY_MS = 86_400_000;

/** Begins a family: one login, with its first refresh token. @throws {StaleLogin} */
export function beginFamily(user: User): Promise<JwtFamily> {
  const values = { user_id: user.id, refresh_id: randomUUID(), expires: expiry() };
  return issueTo(user, () => JwtFamily.create(values));
}

/** Finds a family and its user; null where the family has ended. */
export async function findFamily(id: number): Promise<JwtFamily | null> {
  const [row] = await select<Row>(BY_ID, [id]);
  if (!row) return null;
  const family = families.record(row);
  family.user = owners.record(row);
  return family;
}

/**
 * Exchanges a refresh token for the next one. A token that is used twice was copied, and it is unknown which holder is the
 * thief: the whole family ends.
 * @returns the family with its next refresh token, or null where the token is refused
 */
export function rotateFamily(id: number, refreshId: string): Promise<JwtFamily | null> {
  return transaction(async () => {
    const family = await JwtFamily.findByPk(id, { lock: true });
    if (family?.refresh_id === refreshId)
      return family.update({ refresh_id: randomUUID(), expires: expiry() });
    await family?.destroy();
    return null;
  });
}

function expiry(): Date {
  return new Date(Date.now() + config.JWT_REFRESH_DAYS * DAY_MS);
}

const families = new RecordReader(JwtFamily, 'family');
const owners = new RecordReader(User, 'owner');

/** Runs for every request with a JWT. */
const BY_ID = `SELECT ${families.columns}, ${owners.columns}
  FROM jwt_families AS family JOIN users AS owner ON owner.id = family.user_id WHERE family.id = ?`;

import { config } from '../config.js';
import { RecordReader, type Row } from '../database/model/record-reader.js';
import { batchLoader, questionMarks } from '../database/sql/batch.js';
import { select } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { AuthToken, CLIENT_MAX } from '../models/auth-token.js';
import { User } from '../models/user.js';
import { issueTo } from './issuing.js';
import { hashSecretKey, makeSecretKey } from './secret-key.js';

const DAY_MS = 86_400_000;

/**
 * Issues an opaque token.
 * @param client the client's own name for itself, as in `User-Agent`
 * @returns the key: 64 hexadecimal digits. Only its hash is stored
 * @throws {StaleLogin} where the login is no longer good
 */
export async function issueToken(user: User, client = ''): Promise<string> {
  const key = makeSecretKey();
  const expires = new Date(Date.now() + config.TOKEN_TTL_DAYS * DAY_MS);
  const values = {
    user_id: user.id,
    key_hash: hashSecretKey(key),
    client: client.slice(0, CLIENT_MAX),
    expires,
  };
  await issueTo(user, () => AuthToken.create(values));
  return key;
}

/** Finds the unexpired token with this key, and its user; null where there is none. */
export async function findToken(key: string): Promise<AuthToken | null> {
  const row = await readToken(hashSecretKey(key));
  if (!row) return null;
  const token = tokens.record(row);
  token.user = owners.record(row);
  return token;
}

const tokens = new RecordReader(AuthToken, 'token');
const owners = new RecordReader(User, 'owner');

const BY_KEYS = `SELECT ${tokens.columns}, ${owners.columns}
  FROM auth_tokens AS token JOIN users AS owner ON owner.id = token.user_id
  WHERE token.expires > ? AND token.key_hash IN`;

/** Runs for every request with a token. */
const readToken = batchLoader(
  (row: Row) => row.token_key_hash as string,
  (hashes: string[]) =>
    select<Row>(`${BY_KEYS} ${questionMarks(hashes.length)}`, [storedTime(new Date()), ...hashes]),
);

import { randomBytes } from 'node:crypto';
import { Op } from 'sequelize';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { write } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { transaction } from '../database/transactions.js';
import { ImportPart } from '../models/import-part.js';
import { lockUsers } from '../ratings/locks.js';
import type { NamedFile } from './reading/archive.js';

/*
 * The file of a dry run is kept for the import that may follow: in the database, since that may come to another process. A
 * member has one, for an hour.
 */

const KEPT_MS = 3_600_000;
/** The bytes of a piece: few enough for a statement of any server. */
const PART_BYTES = 500_000;
/** How many pieces there may be of all members; beyond them the oldest go. */
const PARTS_MAX = 1_000;

const INSERT = 'INSERT INTO import_parts (user_id, part, upload, content, expires) VALUES (?, ?, ?, ?, ?)';

/**
 * Keeps a member's file in place of the one before.
 * @returns the key by which it is taken
 */
export async function keepFile(userId: number, { name, content: bytes }: NamedFile): Promise<string> {
  // The name decides what some files are; JSON has no line break of its own.
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(name)}\n`), bytes]);
  const upload = randomBytes(16).toString('hex');
  const work = async () => {
    await lockUsers([userId], { alone: true });
    await destroyOneByOne(ImportPart, { user_id: userId });
    const expires = storedTime(new Date(Date.now() + KEPT_MS));
    for (let part = 0; part * PART_BYTES < content.length; part += 1) {
      const piece = content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      await write(INSERT, [userId, part, upload, piece, expires]);
    }
  };
  await transaction(work, { repeatable: true });
  await dropOldest();
  return upload;
}

async function dropOldest(): Promise<void> {
  const [beyond] = await ImportPart.findAll({
    attributes: ['id'],
    order: [['id', 'DESC']],
    offset: PARTS_MAX,
    limit: 1,
  });
  if (beyond) await destroyOneByOne(ImportPart, { id: { [Op.lte]: beyond.id } });
}

/** The file that a member has kept under a key; null where it is another, or gone in whole or in part. */
export async function keptFile(userId: number, upload: string): Promise<NamedFile | null> {
  const parts = await ImportPart.findAll({
    where: { user_id: userId, upload, expires: { [Op.gt]: new Date() } },
    order: ['part'],
  });
  const isWhole = parts.length > 0 && parts.every(({ part }, index) => part === index);
  if (!isWhole) return null;
  const whole = Buffer.concat(parts.map(({ content }) => content));
  const end = whole.indexOf('\n');
  return { name: JSON.parse(whole.toString('utf8', 0, end)) as string, content: whole.subarray(end + 1) };
}

/** Forgets a member's file, when it is imported. */
export async function forgetFile(userId: number): Promise<void> {
  await destroyOneByOne(ImportPart, { user_id: userId });
}

import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { sequelize } from '../database/database.js';
import { lockSetting } from '../database/sql/row-locks.js';
import { withoutStatementLimit, transaction } from '../database/transactions.js';
import { reweighAll } from './votes.js';

/** The setting with the priors of the stored weighted ratings. */
const PRIORS_SETTING = 'rating_priors';
/** The configured priors as text. */
const PRIORS = `C=${config.RATING_PRIOR_MEAN} m=${config.RATING_PRIOR_VOTES}`;

/** The stored and the configured priors as text; null where they are the same, or none are stored. */
export async function otherPriors(): Promise<{ stored: string; configured: string } | null> {
  const stored = await storedPriors();
  return stored === null || stored === PRIORS ? null : { stored, configured: PRIORS };
}

async function storedPriors(): Promise<string | null> {
  const [row] = await sequelize.query<{ value: string }>(`SELECT value FROM settings WHERE name = ?`, {
    replacements: [PRIORS_SETTING],
    type: QueryTypes.SELECT,
  });
  return row?.value ?? null;
}

/**
 * Recomputes all weighted ratings if the configured priors have changed since they were computed.
 * @returns whether they were recomputed
 */
export async function applyPriors(): Promise<boolean> {
  if ((await storedPriors()) === PRIORS) return false;
  return transaction(async () => {
    if ((await lockSetting(PRIORS_SETTING)) === PRIORS) return false;
    await withoutStatementLimit(reweighAll);
    await sequelize.query('UPDATE settings SET value = ? WHERE name = ?', {
      replacements: [PRIORS, PRIORS_SETTING],
    });
    return true;
  });
}

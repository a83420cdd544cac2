import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
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

async function storedPriors(lock = ''): Promise<string | null> {
  const [row] = await sequelize.query<{ value: string }>(`SELECT value FROM settings WHERE name = ?${lock}`, {
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
  const ignore = dialect === 'mysql' ? 'IGNORE' : 'OR IGNORE';
  return transaction(async () => {
    // Inserted before it is locked, so that processes that start together wait for one another.
    await sequelize.query(`INSERT ${ignore} INTO settings (name, value) VALUES (?, '')`, {
      replacements: [PRIORS_SETTING],
    });
    if ((await storedPriors(dialect === 'mysql' ? ' FOR UPDATE' : '')) === PRIORS) return false;
    await withoutStatementLimit(reweighAll);
    await sequelize.query('UPDATE settings SET value = ? WHERE name = ?', {
      replacements: [PRIORS, PRIORS_SETTING],
    });
    return true;
  });
}

import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { withoutStatementLimit, transaction } from '../database/transactions.js';
import { reweighAll } from './votes.js';

/** The setting that holds the priors which the stored weighted ratings were computed with. */
const PRIORS_SETTING = 'rating_priors';
const PRIORS = `C=${config.RATING_PRIOR_MEAN} m=${config.RATING_PRIOR_VOTES}`;

/** The priors that the stored weighted ratings were computed with, as text, where they are not the configured ones. */
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
 * Computes all weighted ratings anew where they were computed with other priors than the configured ones, which may
 * change between starts.
 * @returns whether anything had to be computed
 */
export async function applyPriors(): Promise<boolean> {
  if ((await storedPriors()) === PRIORS) return false;
  const ignore = dialect === 'mysql' ? 'IGNORE' : 'OR IGNORE';
  return transaction(async () => {
    // The row is there before it is locked, so that processes which start together wait for one another.
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

import { timeText } from '../database/sql/time.js';
import type { Source } from './list-sql.js';

/** A token without its key, as stored in the database. */
export interface TokenRow {
  id: number;
  client: string;
  created: string;
  last_used: string | null;
  expires: string;
}

/** The source of lists of tokens. */
export const TOKENS: Source = {
  table: 'auth_tokens',
  columns: `record.id, record.client, ${['created', 'last_used', 'expires'].map((name) => timeText('record', name)).join(', ')}`,
  joins: '',
};

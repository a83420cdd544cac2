import { timeText } from '../database/sql/time.js';
import type { Source } from './list.js';

/** A token without its key, as the database has it. */
export interface TokenRow {
  id: number;
  client: string;
  created: string;
  last_used: string | null;
  expires: string;
}

/** The tokens, as lists show them. */
export const TOKENS: Source = {
  table: 'auth_tokens',
  columns: `record.id, record.client, ${['created', 'last_used', 'expires'].map((name) => timeText('record', name)).join(', ')}`,
  joins: '',
};

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
  columns: 'record.id, record.client, record.created, record.last_used, record.expires',
  joins: '',
};

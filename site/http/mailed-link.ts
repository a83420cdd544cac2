import { ApiError, invalid } from '../../src/http/errors.js';
import type { Visit } from './page.js';

/** The token of the mailed link that a page was opened by; empty where it has none. */
export function tokenOf({ query }: Visit): string {
  return query.get('token') ?? '';
}

/**
 * Tells the faults of the token as faults of the whole form, which has no field for it.
 * @throws {ApiError} always
 */
export function withoutTokenField(error: unknown): never {
  if (!(error instanceof ApiError) || !('token' in error.body)) throw error;
  const { token, ...others } = error.body as Record<string, string[]>;
  throw invalid({ ...others, non_field_errors: token ?? [] });
}

import { expect } from 'chai';
import { startCommand } from '../support/processes.js';

/** What a command says on this database; empty where it succeeds. */
export async function connectionFault(url: string): Promise<string> {
  const { status, error, out } = await startCommand('ratings', ['verify'], { env: { DATABASE_URL: url } });
  if (status === 0) return '';
  expect([status, out]).to.deep.equal([1, '']);
  expect(error, 'no stack').not.to.match(/^\s+at /m);
  return error;
}

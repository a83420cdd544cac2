import { expect } from 'chai';
import type { Review } from '../../src/models/review.js';
import { clientOf, type UserClient } from './clients.js';
import { makeUsers } from './factories.js';

/** Reports a review through the API, by this many new users. */
export async function report(
  review: Review,
  times: number,
  reason = 'Insults others',
): Promise<UserClient[]> {
  const clients = await Promise.all((await makeUsers(times)).map(clientOf));
  for (const client of clients) {
    const { status } = await client.post(`/watch/review/${review.id}/report/`, { reason });
    expect(status).to.equal(201);
  }
  return clients;
}

import { expect } from 'chai';
import { staffClient } from '../support/panel.js';

describe('filters of admin lists', () => {
  const client = staffClient('admin', 'zoe');

  it('refuse a bound that cannot be read, by name, and an export with it', async () => {
    for (const [name, values] of Object.entries({
      created: ['never', '2026-02-30', '2026-01-01T25:00', '0999-01-01', '10000-01-01', '31.01.2026'],
      avg_rating: ['abc', '1e999'],
    })) {
      for (const bound of ['~~from', '~~to', '']) {
        if (name === 'avg_rating' && bound === '') continue;
        for (const value of values) {
          const query = new URLSearchParams({ [`filters.${name}${bound}`]: value });
          const { status, body } = await client.read(`watch_lists/actions/list?${query}`);
          expect(status).to.equal(200);
          expect(body.notice?.type).to.equal('error');
          expect(body.notice?.message).to.match(new RegExp(`^The filter "${name}" must be a `));
          expect(body.records).to.deep.equal([]);
          const file = await client.fetch(`/admin/export/watch_lists/csv?${query}`);
          expect(file.status).to.equal(400);
          expect(await file.json()).to.deep.equal({ detail: body.notice?.message });
        }
      }
    }
    for (const resource of ['reviews', 'moderation_queue', 'audit_log']) {
      const { body } = await client.read(`${resource}/actions/list?filters.created~~to=never`);
      expect(body.notice?.message, resource).to.contain('"created"');
    }
    const users = await client.read('users/actions/list?filters.date_joined~~from=2026-02-30');
    expect(users.body.notice?.message).to.contain('"date_joined"');
  });
});

import { expect } from 'chai';
import { AuditEntry, type Change } from '../../../src/audit/audit-entry.js';
import { Review } from '../../../src/models/review.js';
import { anonymous, asUser, type Client, clientOf } from '../../support/clients.js';
import {
  makeMovie,
  makePlatform,
  makeRatedMovie,
  makeReview,
  makeUser,
  PASSWORD,
} from '../../support/factories.js';
import { staffClient } from '../../support/panel.js';
import { auditEntries, changesOf, onlyEntry } from './entries.js';

describe('audit log of the API', () => {
  const staff = staffClient('admin', 'ada');
  let api: Client;
  beforeEach(async () => {
    api = (await clientOf(staff.user)).at(staff.panel);
  });

  it('has what admins write, with the address and the id of the request', async () => {
    const { id } = await makePlatform({ name: 'Lumen' });
    const body = { title: 'Heat', storyline: 'Cops.', platform: id };
    const created = await api.post('/watch/watchlist/', body, { 'X-Request-Id': 'abc-1' });
    const path = `/watch/watchlist/${created.body.id as number}/`;
    await api.patch(path, { title: 'Heat 2' });
    await api.delete(path);
    const all = await auditEntries();
    expect(all.map(({ action }) => action)).to.deep.equal(['create', 'update', 'delete']);
    expect(all[0]).to.include({ door: 'api', actor: 'ada', request_id: 'abc-1' });
    expect(changesOf(all[0] as AuditEntry).title).to.deep.equal({ after: 'Heat' });
    for (const { address } of all) expect(address).to.match(/127\.0\.0\.1$/);
  });

  it('has what moderators do to the reviews of others, and not to their own', async () => {
    const moderator = await makeUser({ role: 'moderator', username: 'mia' });
    const client = await clientOf(moderator);
    const review = await makeReview();
    const own = await makeReview({ user_id: moderator.id });
    await client.patch(`/watch/review/${review.id}/`, { active: false });
    await client.patch(`/watch/review/${own.id}/`, { rating: 1 });
    expect(await onlyEntry()).to.include({ record_id: review.id, actor: 'mia', actor_role: 'moderator' });
  });

  it('has no entry for what users do with their own records', async () => {
    const registration = { username: 'uma', email: 'uma@example.org', password: PASSWORD };
    await anonymous.post('/account/register/', { ...registration, password2: PASSWORD });
    const client = await asUser({ password: PASSWORD });
    const movie = await makeMovie();
    const { body } = await client.post(`/watch/${movie.id}/review-create/`, { rating: 4 });
    await client.patch(`/watch/review/${body.id as number}/`, { rating: 2 });
    await client.patch('/account/me/', { email: 'new@example.org' });
    expect((await client.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
    expect(await auditEntries()).to.deep.equal([]);
  });

  describe('in the transaction of a change', () => {
    it('is not written if the change fails', async () => {
      await makePlatform({ name: 'Taken' });
      const { id } = await makePlatform();
      expect((await api.patch(`/watch/platformlist/${id}/`, { name: 'TAKEN' })).status).to.equal(400);
      await staff.send(`users/bulk/bulkDelete?recordIds=${(await makeUser()).id},${staff.user.id}`);
      expect(await auditEntries()).to.deep.equal([]);
    });

    it('undoes the change if the entry cannot be written', async () => {
      const movie = await makeRatedMovie([5]);
      AuditEntry.addHook('beforeBulkCreate', 'full', () => {
        throw new Error('No space left');
      });
      try {
        expect((await api.patch(`/watch/watchlist/${movie.id}/`, { title: 'Lost' })).status).to.equal(500);
        expect((await api.delete(`/watch/watchlist/${movie.id}/`)).status).to.equal(500);
        expect((await api.post('/account/logout-all/')).status).to.equal(500);
      } finally {
        AuditEntry.removeHook('beforeBulkCreate', 'full');
      }
      expect((await movie.reload()).title).to.not.equal('Lost');
      expect(await Review.count()).to.equal(1);
      expect((await api.get('/account/me/')).status).to.equal(200);
      expect(await auditEntries()).to.deep.equal([]);
    });

    it('has one entry for each of many concurrent changes', async () => {
      const movie = await makeMovie({ title: 'Version 0' });
      const names = Array.from({ length: 8 }, (_, index) => `Version ${index + 1}`);
      await Promise.all(names.map((title) => api.patch(`/watch/watchlist/${movie.id}/`, { title })));
      const changes = (await auditEntries()).map((entry) => changesOf(entry).title as Change);
      expect(changes.map(({ after }) => after)).to.have.members(names);
      // Each entry starts from the value that the one before it set.
      expect(changes.map(({ before }) => before)).to.deep.equal([
        'Version 0',
        ...changes.slice(0, -1).map(({ after }) => after),
      ]);
    });
  });
});

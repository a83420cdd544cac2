import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { sequelize } from '../../src/database/database.js';
import { AuditEntry, type Change } from '../../src/audit/audit-entry.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asUser, type Client, clientOf } from '../support/clients.js';
import {
  makeMovie,
  makePlatform,
  makeRatedMovie,
  makeReview,
  makeUser,
  PASSWORD,
} from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

/** The entries so far, oldest first. */
function entries(): Promise<AuditEntry[]> {
  return AuditEntry.findAll({ order: ['id'] });
}

async function onlyEntry(): Promise<AuditEntry> {
  const all = await entries();
  expect(all.map(({ action, resource }) => `${action} ${resource}`)).to.have.length(1);
  return all[0] as AuditEntry;
}

const changesOf = ({ changes }: AuditEntry) => JSON.parse(changes) as Record<string, Change>;

/** Puts the `before` or `after` of an entry back; gives the notice. */
async function restore(client: PanelClient, entry: AuditEntry, version: string) {
  const { body } = await client.send(`audit_log/records/${entry.id}/restore`, { version });
  return body.notice;
}

describe('audit log', function () {
  // The first to load the panel.
  this.timeout(30_000);
  let panel: Server;
  let admin: User;
  let staff: PanelClient;
  let api: Client;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    admin = await makeMember('admin', 'ada');
    staff = await PanelClient.loggedIn(panel, admin);
    api = (await clientOf(admin)).at(panel);
  });

  describe('of the panel', () => {
    it('tells who changed what of which record, from where, before and after', async () => {
      const movie = await makeMovie({ title: 'Heat' });
      await staff.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat 2', active: false });
      const entry = await onlyEntry();
      expect(entry).to.include({
        actor: 'ada',
        actor_id: admin.id,
        actor_role: 'admin',
        door: 'panel',
        action: 'update',
        resource: 'watch_lists',
        record_id: movie.id,
        record_title: 'Heat 2',
      });
      expect(entry.address).to.match(/127\.0\.0\.1$/);
      expect(changesOf(entry)).to.deep.equal({
        title: { before: 'Heat', after: 'Heat 2' },
        active: { before: true, after: false },
      });
    });

    it('says nothing where nothing was changed', async () => {
      const movie = await makeMovie();
      await staff.send(`watch_lists/records/${movie.id}/edit`, { title: movie.title });
      await staff.send(`watch_lists/records/${movie.id}/edit`, { title: '' });
      expect(await entries()).to.deep.equal([]);
    });

    it('counts what a deletion takes along', async () => {
      const movie = await makeRatedMovie([5, 4, 1]);
      await makeMovie({ platform_id: movie.platform_id });
      await staff.send(`watch_lists/records/${movie.id}/delete`);
      await staff.send(`stream_platforms/records/${movie.platform_id}/delete`);
      const [first, second] = await entries();
      expect(first).to.include({ action: 'delete', record_title: movie.title, cascaded: '{"reviews":3}' });
      expect(changesOf(first as AuditEntry).storyline).to.deep.equal({ before: movie.storyline });
      expect(second).to.include({ action: 'delete', cascaded: '{"watch_lists":1}' });
    });

    it('has an entry for each record of a bulk action, or none', async () => {
      await makeRatedMovie([5, 4]);
      const reviews = await Review.findAll();
      await staff.send(`reviews/bulk/bulkDelete?recordIds=${reviews.map(({ id }) => id).join(',')}`);
      const all = await entries();
      expect(all.map(({ record_id }) => record_id)).to.deep.equal(reviews.map(({ id }) => id));
      expect(new Set(all.map(({ request_id }) => request_id)).size).to.equal(1);
    });

    it('counts what an import brings, and nothing where it is only tried', async () => {
      const form = new FormData();
      form.set(
        'platforms',
        new Blob(['name,about,website\nLumen,Films,https://lumen.example\n']),
        'platforms.csv',
      );
      for (const step of ['check', 'write'])
        await (await staff.fetch(`/admin/import/${step}`, { method: 'POST', body: form })).text();
      const entry = await onlyEntry();
      expect(entry).to.include({ actor: 'ada', resource: 'stream_platforms' });
      expect(['create', 'import']).to.include(entry.action);
    });

    it('tells who closed the reports of a review that stays', async () => {
      const review = await makeReview();
      await ReviewReport.create({ review_id: review.id, user_id: (await makeUser()).id, reason: 'Spam' });
      await staff.send(`reviews/records/${review.id}/keep`);
      expect(await onlyEntry()).to.include({ action: 'keep', cascaded: '{"review_reports":1}' });
    });

    it('never holds a password, a hash or a token', async () => {
      const values = { username: 'carla', email: 'carla@example.org', password: PASSWORD };
      await staff.send('users/actions/new', values);
      const user = (await User.byUsername('carla')) as User;
      const token = await issueToken(user);
      await PanelClient.loggedIn(panel, await user.update({ role: 'moderator' }));
      const email = 'c@example.org';
      await staff.send(`users/records/${user.id}/edit`, { password: 'other-harbour-99', email });
      await staff.send(`users/records/${user.id}/delete`);
      const all = await entries();
      expect(all.map(({ action }) => action)).to.deep.equal([
        'create',
        'update',
        'password',
        'logout',
        'delete',
      ]);
      expect(all[1]?.changes).to.equal(`{"email":{"before":"carla@example.org","after":"${email}"}}`);
      expect(all[2]?.changes).to.equal('{}');
      expect(all[3]?.cascaded).to.equal('{"auth_tokens":1,"sessions":1}');
      const [rows] = await sequelize.query('SELECT * FROM audit_log');
      const text = JSON.stringify(rows);
      for (const secret of [PASSWORD, 'other-harbour-99', 'argon2', token, '_key', 'password":'])
        expect(text).to.not.include(secret);
    });

    it('stays as it was written', async () => {
      const movie = await makeMovie();
      await staff.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat' });
      const entry = await onlyEntry();
      for (const path of [
        'actions/new',
        `records/${entry.id}/edit`,
        `records/${entry.id}/delete`,
        `bulk/bulkDelete?recordIds=${entry.id}`,
      ])
        expect((await staff.send(`audit_log/${path}`, { actor: 'x' })).status, path).to.equal(403);
      const where = { id: entry.id };
      const queries = sequelize.getQueryInterface();
      for (const attempt of [
        () => entry.update({ actor: 'x' }),
        () => entry.destroy(),
        () => AuditEntry.update({ actor: 'x' }, { where }),
        () => AuditEntry.destroy({ truncate: true }),
        () => queries.bulkDelete('audit_log', where),
        () => queries.bulkUpdate('audit_log', { actor: 'x' }, where),
      ])
        expect(await attempt().then(() => 'done', String)).to.match(/stays as it was|would pass by/);
      expect((await onlyEntry()).actor).to.equal('ada');
    });

    it('is read by admins alone, and filtered', async () => {
      const movie = await makeMovie({ title: 'Heat' });
      const other = await makeMovie();
      await staff.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat 2' });
      await staff.send(`watch_lists/records/${other.id}/delete`);
      const moderator = await makeMember('moderator', 'mia');
      const client = await PanelClient.loggedIn(panel, moderator);
      const review = await makeReview({ watchlist_id: movie.id });
      const hidden = { active: false, hidden_reason: 'Rude' };
      await client.send(`reviews/records/${review.id}/edit`, hidden);
      const found = async (filters: Record<string, string>) => {
        const query = Object.entries(filters).map(([name, value]) => `filters.${name}=${value}`);
        const { body } = await staff.read(`audit_log/actions/list?${query.join('&')}`);
        return body.records?.map(({ params }) => `${String(params.actor)} ${String(params.action)}`);
      };
      expect(await found({})).to.deep.equal(['mia update', 'ada delete', 'ada update']);
      expect(await found({ actor: 'MIA' })).to.deep.equal(['mia update']);
      expect(await found({ action: 'delete' })).to.deep.equal(['ada delete']);
      expect(await found({ resource: 'watch_lists', record_id: String(movie.id) })).to.have.length(1);
      expect(await found({ 'created~~from': '2999-01-01' })).to.deep.equal([]);
      expect((await client.read('audit_log/actions/list')).status).to.equal(403);
      expect((await client.read(`watch_lists/records/${movie.id}/history`)).status).to.equal(403);
    });

    it('stays readable when its actor is gone', async () => {
      const second = await makeMember('admin', 'bea');
      const movie = await makeMovie();
      const client = await PanelClient.loggedIn(panel, second);
      await client.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat' });
      await second.destroy();
      const { id } = await onlyEntry();
      const { body } = await staff.read(`audit_log/records/${id}/show`);
      expect(body.record?.params.actor).to.equal('bea');
    });
  });

  describe('of the API', () => {
    it('has what admins write, with the address and the id of the request', async () => {
      const { id } = await makePlatform({ name: 'Lumen' });
      const body = { title: 'Heat', storyline: 'Cops.', platform: id };
      const created = await api.post('/watch/watchlist/', body, { 'X-Request-Id': 'abc-1' });
      const path = `/watch/watchlist/${created.body.id as number}/`;
      await api.patch(path, { title: 'Heat 2' });
      await api.delete(path);
      const all = await entries();
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

    it('has nothing of what users do with what is theirs', async () => {
      const registration = { username: 'uma', email: 'uma@example.org', password: PASSWORD };
      await anonymous.post('/account/register/', { ...registration, password2: PASSWORD });
      const client = await asUser({ password: PASSWORD });
      const movie = await makeMovie();
      const { body } = await client.post(`/watch/${movie.id}/review-create/`, { rating: 4 });
      await client.patch(`/watch/review/${body.id as number}/`, { rating: 2 });
      await client.patch('/account/me/', { email: 'new@example.org' });
      expect((await client.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
      expect(await entries()).to.deep.equal([]);
    });
  });

  describe('and its changes', () => {
    it('fail together where the change fails', async () => {
      await makePlatform({ name: 'Taken' });
      const { id } = await makePlatform();
      expect((await api.patch(`/watch/platformlist/${id}/`, { name: 'TAKEN' })).status).to.equal(400);
      await staff.send(`users/bulk/bulkDelete?recordIds=${(await makeUser()).id},${admin.id}`);
      expect(await entries()).to.deep.equal([]);
    });

    it('fail together where the entry fails', async () => {
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
      expect(await entries()).to.deep.equal([]);
    });

    it('are one entry for each change, however many at once', async () => {
      const movie = await makeMovie({ title: 'Version 0' });
      const names = Array.from({ length: 8 }, (_, index) => `Version ${index + 1}`);
      await Promise.all(names.map((title) => api.patch(`/watch/watchlist/${movie.id}/`, { title })));
      const changes = (await entries()).map((entry) => changesOf(entry).title as Change);
      expect(changes.map(({ after }) => after)).to.have.members(names);
      // Each begins where the one before it ended.
      expect(changes.map(({ before }) => before)).to.deep.equal([
        'Version 0',
        ...changes.slice(0, -1).map(({ after }) => after),
      ]);
    });
  });

  describe('restores', () => {
    it('the fields of a version, and tells of it', async () => {
      const movie = await makeMovie({ title: 'Heat', storyline: 'Cops.' });
      await api.patch(`/watch/watchlist/${movie.id}/`, { title: 'Heet', storyline: 'Cops?' });
      await api.patch(`/watch/watchlist/${movie.id}/`, { active: false });
      const [first] = await entries();
      await staff.read(`audit_log/records/${first?.id}/restore?version=before`);
      expect((await movie.reload()).title).to.equal('Heet');
      expect(await restore(staff, first as AuditEntry, 'before')).to.include({ message: 'restored' });
      expect(await movie.reload()).to.include({ title: 'Heat', storyline: 'Cops.', active: false });
      expect((await entries()).at(-1)).to.include({ action: 'restore', restored_id: first?.id });
      expect(await restore(staff, first as AuditEntry, 'before')).to.include({ message: 'alreadyRestored' });
    });

    it('a hidden review, and the ratings with it', async () => {
      const movie = await makeRatedMovie([5, 1]);
      const review = (await Review.findOne({ where: { rating: 1 } })) as Review;
      await api.patch(`/watch/review/${review.id}/`, { active: false });
      expect((await movie.reload()).avg_rating).to.equal(5);
      expect(await restore(staff, await onlyEntry(), 'before')).to.include({ message: 'restored' });
      expect((await movie.reload()).avg_rating).to.equal(3);
      await expectRatingsExact();
    });

    it('nothing that is against the rules, and no record that is gone', async () => {
      const platform = await makePlatform({ name: 'Lumen' });
      await api.patch(`/watch/platformlist/${platform.id}/`, { name: 'Lumen 2' });
      await makePlatform({ name: 'Lumen' });
      const entry = await onlyEntry();
      expect(await restore(staff, entry, 'before')).to.deep.include({
        message: 'cannotRestore',
        options: { faults: 'A platform with this name already exists.' },
      });
      await api.delete(`/watch/platformlist/${platform.id}/`);
      expect(await restore(staff, entry, 'before')).to.include({ message: 'cannotRestoreDeleted' });
      const user = await makeUser();
      await staff.send(`users/records/${user.id}/edit`, { password: 'other-harbour-99' });
      const password = (await entries()).at(-1) as AuditEntry;
      expect(await restore(staff, password, 'before')).to.include({ message: 'nothingToRestore' });
    });

    it('nothing for moderators', async () => {
      const movie = await makeMovie();
      await api.patch(`/watch/watchlist/${movie.id}/`, { title: 'Heat' });
      const client = await PanelClient.loggedIn(panel, await makeMember('moderator'));
      const path = `audit_log/records/${(await onlyEntry()).id}/restore`;
      expect((await client.send(path, { version: 'before' })).status).to.equal(403);
      expect((await WatchList.findByPk(movie.id))?.title).to.equal('Heat');
    });
  });
});

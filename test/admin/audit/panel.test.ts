import { expect } from 'chai';
import { issueToken } from '../../../src/auth/tokens.js';
import { sequelize } from '../../../src/database/database.js';
import { AuditEntry } from '../../../src/audit/audit-entry.js';
import { ReviewReport } from '../../../src/models/review-report.js';
import { Review } from '../../../src/models/review.js';
import { User } from '../../../src/models/user.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser, PASSWORD } from '../../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../../support/panel.js';
import { auditEntries, changesOf, onlyEntry } from './entries.js';

describe('audit log of the panel', () => {
  const staff = staffClient('admin', 'ada');

  it('tells who changed what of which record, from where, before and after', async () => {
    const movie = await makeMovie({ title: 'Heat' });
    await staff.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat 2', active: false });
    const entry = await onlyEntry();
    expect(entry).to.include({
      actor: 'ada',
      actor_id: staff.user.id,
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

  it('has no entry if nothing was changed', async () => {
    const movie = await makeMovie();
    await staff.send(`watch_lists/records/${movie.id}/edit`, { title: movie.title });
    await staff.send(`watch_lists/records/${movie.id}/edit`, { title: '' });
    expect(await auditEntries()).to.deep.equal([]);
  });

  it('counts the records that a deletion cascades to', async () => {
    const movie = await makeRatedMovie([5, 4, 1]);
    await makeMovie({ platform_id: movie.platform_id });
    await staff.send(`watch_lists/records/${movie.id}/delete`);
    await staff.send(`stream_platforms/records/${movie.platform_id}/delete`);
    const [first, second] = await auditEntries();
    expect(first).to.include({ action: 'delete', record_title: movie.title, cascaded: '{"reviews":3}' });
    expect(changesOf(first as AuditEntry).storyline).to.deep.equal({ before: movie.storyline });
    expect(second).to.include({ action: 'delete', cascaded: '{"watch_lists":1}' });
  });

  it('has an entry for each record of a bulk action, or none', async () => {
    await makeRatedMovie([5, 4]);
    const reviews = await Review.findAll();
    await staff.send(`reviews/bulk/bulkDelete?recordIds=${reviews.map(({ id }) => id).join(',')}`);
    const all = await auditEntries();
    expect(all.map(({ record_id }) => record_id)).to.deep.equal(reviews.map(({ id }) => id));
    expect(new Set(all.map(({ request_id }) => request_id)).size).to.equal(1);
  });

  it('counts what an import adds, and has no entry for a check', async () => {
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

  it('names the actor who closed the reports of a review that stays', async () => {
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
    await user.update({ role: 'moderator' });
    expect((await new PanelClient(staff.panel).logIn('carla')).status).to.equal(303);
    const email = 'c@example.org';
    await staff.send(`users/records/${user.id}/edit`, {
      password: 'other-harbour-99',
      email,
      own_password: PASSWORD,
    });
    await staff.send(`users/records/${user.id}/delete`);
    const all = await auditEntries();
    expect(all.map(({ action }) => action)).to.deep.equal([
      'create',
      'login',
      'update',
      'password',
      'logout',
      'delete',
    ]);
    expect(all[2]?.changes).to.equal(`{"email":{"before":"carla@example.org","after":"${email}"}}`);
    expect(all[3]?.changes).to.equal('{}');
    expect(all[4]?.cascaded).to.equal('{"auth_tokens":1,"sessions":1}');
    const [rows] = await sequelize.query('SELECT * FROM audit_log');
    const text = JSON.stringify(rows);
    for (const secret of [PASSWORD, 'other-harbour-99', 'argon2', token, '_key', 'password":'])
      expect(text).to.not.include(secret);
  });

  it('cannot be changed', async () => {
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

  it('can be read and filtered by admins only', async () => {
    const movie = await makeMovie({ title: 'Heat' });
    const other = await makeMovie();
    await staff.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat 2' });
    await staff.send(`watch_lists/records/${other.id}/delete`);
    const moderator = await makeMember('moderator', 'mia');
    const client = await PanelClient.loggedIn(staff.panel, moderator);
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

  it('stays readable when its actor is deleted', async () => {
    const second = await makeMember('admin', 'bea');
    const movie = await makeMovie();
    const client = await PanelClient.loggedIn(staff.panel, second);
    await client.send(`watch_lists/records/${movie.id}/edit`, { title: 'Heat' });
    await second.destroy();
    const { id } = await onlyEntry();
    const { body } = await staff.read(`audit_log/records/${id}/show`);
    expect(body.record?.params.actor).to.equal('bea');
  });
});

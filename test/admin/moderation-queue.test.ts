import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { User } from '../../src/models/user.js';
import { clientOf } from '../support/clients.js';
import { makeRatedMovie, makeReview, makeUser, makeUsers } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';
import { expectRatingsExact } from '../support/ratings.js';
import { report } from '../support/reports.js';
import { skip } from '../support/skip.js';

/** Compares every review's count with its reports, by SQL that does not go through the app. */
async function expectCountsExact(): Promise<void> {
  const wrong = await sequelize.query(
    `SELECT id, open_reports FROM reviews WHERE open_reports <>
      (SELECT COUNT(*) FROM review_reports WHERE review_id = reviews.id AND closed IS NULL)`,
    { type: QueryTypes.SELECT },
  );
  expect(wrong).to.deep.equal([]);
}

/** Expects a write to be refused by the model. */
async function expectRefusal(write: Promise<unknown>): Promise<void> {
  const error: unknown = await write.catch((thrown: unknown) => thrown);
  expect(String(error)).to.include('write the reports');
}

describe('the moderation queue', () => {
  const client = staffClient('moderator');

  const listed = async (query = '') => {
    const { body } = await client.read(`moderation_queue/actions/list${query}`);
    return body.records ?? [];
  };
  const queued = async () => (await listed()).map(({ params }) => Number(params.id));

  it('has the most reported reviews first, with their counts and reasons', async () => {
    const reviews = [await makeReview(), await makeReview(), await makeReview(), await makeReview()] as const;
    const [once, never, thrice, twice] = reviews;
    await report(once, 1, 'Spam');
    await report(thrice, 3);
    await report(twice, 2, 'Tells the end');
    const records = await listed();
    expect(records.map(({ params }) => params.id)).to.deep.equal([thrice.id, twice.id, once.id]);
    expect(records.map(({ params }) => params.open_reports)).to.deep.equal([3, 2, 1]);
    expect(records[2]?.params.reports).to.have.nested.property('[0].reason', 'Spam');
    expect(await queued()).to.not.include(never.id);
    const { body } = await client.read(`reviews/records/${twice.id}/show`);
    const reports = body.record?.params.reports as { reason: string; closed: null }[];
    expect(reports.map(({ reason, closed }) => [reason, closed])).to.deep.equal([
      ['Tells the end', null],
      ['Tells the end', null],
    ]);
    expect(JSON.stringify(body)).to.not.include('hidden_by');
    const filtered = await listed('?filters.open_reports~~from=2&sortBy=open_reports&direction=asc');
    expect(filtered.map(({ params }) => params.id)).to.deep.equal([twice.id, thrice.id]);
  });

  it('is read from an index', async function onSqlite() {
    if (dialect === 'mysql') skip(this, 'asks for a plan of SQLite');
    const plan = await sequelize.query<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT * FROM reviews WHERE open_reports > 0 ORDER BY open_reports DESC, id DESC LIMIT 20',
      { type: QueryTypes.SELECT },
    );
    expect(plan.map(({ detail }) => detail).join()).to.match(/USING INDEX reviews_open_reports/);
    expect(plan.map(({ detail }) => detail).join()).to.not.include('TEMP B-TREE');
  });

  it('drops a review that is hidden or kept, and takes it again at a later report', async () => {
    const movie = await makeRatedMovie([5, 1]);
    const [kept, hidden] = (await Review.findAll({ where: { watchlist_id: movie.id }, order: ['id'] })) as [
      Review,
      Review,
    ];
    const [reporter] = await report(kept, 2);
    await report(hidden, 1);
    const keep = await client.send(`moderation_queue/records/${kept.id}/keep`);
    expect(keep.body.notice?.type, JSON.stringify(keep.body.notice)).to.equal('success');
    expect(await queued()).to.deep.equal([hidden.id]);
    await client.send(`moderation_queue/records/${hidden.id}/hide`, { hidden_reason: 'Insult' });
    expect(await queued()).to.deep.equal([]);
    expect((await kept.reload()).active).to.equal(true);
    const { active, hidden_reason } = await hidden.reload();
    expect([active, hidden_reason]).to.deep.equal([false, 'Insult']);
    expect(await ReviewReport.count({ where: { closed: null } })).to.equal(0);

    // A user reports a review once.
    expect((await reporter?.post(`/watch/review/${kept.id}/report/`, { reason: 'x' }))?.status).to.equal(400);
    await report(kept, 1, 'Still insulting');
    expect(await queued()).to.deep.equal([kept.id]);
    await expectCountsExact();
  });

  it('drops a review that is hidden through the API or the form', async () => {
    const [one, two] = [await makeReview(), await makeReview()];
    await report(one, 1);
    await report(two, 1);
    const moderator = await clientOf(await makeUser({ role: 'moderator' }));
    expect((await moderator.patch(`/watch/review/${one.id}/`, { active: false })).status).to.equal(200);
    const form = await client.send(`reviews/records/${two.id}/edit`, { active: 'false' });
    expect(form.body.record?.errors.hidden_reason?.message).to.equal('This field may not be blank.');
    await client.send(`reviews/records/${two.id}/edit`, { active: 'false', hidden_reason: 'Spam' });
    expect(await queued()).to.deep.equal([]);
    await expectCountsExact();
  });

  it('counts right under concurrent reports, decisions and deletions', async () => {
    const movie = await makeRatedMovie([1, 2, 3, 4, 5]);
    const reviews = await Review.findAll({ where: { watchlist_id: movie.id }, order: ['id'] });
    const ids = reviews.map(({ id }) => id);
    const users = await makeUsers(6);
    const clients = await Promise.all(users.map(clientOf));
    for (const client of clients.slice(0, 3)) {
      for (const id of ids) await client.post(`/watch/review/${id}/report/`, { reason: 'x' });
    }
    await expectCountsExact();
    const admin = await PanelClient.loggedIn(client.panel, await makeMember('admin'));
    const answers = await Promise.all([
      ...clients
        .slice(3)
        .flatMap((client) => ids.map((id) => client.post(`/watch/review/${id}/report/`, { reason: 'y' }))),
      client.send(`moderation_queue/bulk/hideSelected?recordIds=${ids.slice(0, 3).join()}`, {
        hidden_reason: 'Spam',
      }),
      client.send(`moderation_queue/bulk/keepSelected?recordIds=${ids.slice(2, 4).toReversed().join()}`),
      client.send(`reviews/bulk/restoreSelected?recordIds=${ids.slice(0, 2).join()}`),
      admin.send(`users/bulk/bulkDelete?recordIds=${users[1]?.id},${users[0]?.id}`),
      admin.send(`users/records/${users[5]?.id}/delete`),
      admin.send(`reviews/records/${ids[4]}/delete`),
      ReviewReport.destroy({ where: { user_id: users[2]?.id } }),
    ]);
    const statuses = answers.map((answer) => (typeof answer === 'number' ? 200 : answer.status));
    expect(statuses.filter((status) => status >= 500)).to.deep.equal([]);
    expect(await User.count({ where: { id: users.map(({ id }) => id) } })).to.equal(3);
    expect(await ReviewReport.count()).to.be.above(5);
    await expectCountsExact();
    await expectRatingsExact();
  });

  it('counts right when reports are written through the models', async () => {
    const review = await makeReview();
    const [first, second] = (await makeUsers(2)) as [User, User];
    const made = await ReviewReport.create({ review_id: review.id, user_id: first.id, reason: 'x' });
    await ReviewReport.bulkCreate([{ review_id: review.id, user_id: second.id, reason: 'y' }]);
    await made.update({ closed: new Date() });
    await expectCountsExact();
    await ReviewReport.update({ closed: null }, { where: { review_id: review.id } });
    expect((await review.reload()).open_reports).to.equal(2);
    await made.destroy();
    expect((await review.reload()).open_reports).to.equal(1);
    await second.destroy();
    expect((await review.reload()).open_reports).to.equal(0);
    await expectRefusal(review.update({ open_reports: 3 }));
  });
});

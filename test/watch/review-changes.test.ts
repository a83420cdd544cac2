import { expect } from 'chai';
import { anonymous, asAdmin, asUser, clientOf } from '../support/clients.js';
import { makeReview, makeUser } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';

describe('a review', () => {
  it('is edited by its author, who keeps what PATCH leaves out', async () => {
    const author = await asUser();
    const review = await makeReview({
      user_id: author.user.id, rating: 2, description: 'Old.', spoiler: true, created: new Date(Date.UTC(2020, 0, 1)),
    }); // prettier-ignore
    const path = `/watch/review/${review.id}/`;
    const { body: before } = await anonymous.get(path);
    const { status, body } = await author.patch(path, { rating: '5' });
    expect(status).to.equal(200);
    const { update, ...rest } = body;
    const { update: updated, ...unchanged } = before;
    expect(rest).to.deep.equal({ ...unchanged, rating: 5 });
    expect(Date.parse(update)).to.be.at.least(Date.parse(updated));
    expect(Date.now() - Date.parse(update)).to.be.below(60_000);
    expect((await anonymous.get(path)).body).to.deep.equal(body);
  });

  it('keeps what PUT may leave out', async () => {
    const author = await asUser();
    const fields = { user_id: author.user.id, description: 'Old.', spoiler: true, active: false };
    const review = await makeReview(fields);
    const { status, body } = await author.put(`/watch/review/${review.id}/`, { rating: 1 });
    expect(status).to.equal(200);
    expect(body).to.include({ rating: 1, description: 'Old.', spoiler: true, active: false });
    expectFields(await author.put(`/watch/review/${review.id}/`, { description: 'x' }), 'rating');
  });

  it('keeps what a form omits', async () => {
    const author = await asUser();
    const review = await makeReview({ user_id: author.user.id, spoiler: true });
    const { status, body } = await author.form('PATCH', `/watch/review/${review.id}/`, { rating: '1' });
    expect(status).to.equal(200);
    expect(body).to.include({ rating: 1, spoiler: true, active: true });
  });

  it('is refused with invalid values, and stays unchanged', async () => {
    const author = await asUser();
    const review = await makeReview({ user_id: author.user.id });
    const path = `/watch/review/${review.id}/`;
    const { body } = await anonymous.get(path);
    for (const method of ['PUT', 'PATCH']) {
      expectFields(
        await author.json(method, path, { rating: 6, description: 'x'.repeat(2_001) }),
        'rating',
        'description',
      );
      expectFields(await author.json(method, path, { rating: 4, spoiler: 'x' }), 'spoiler');
    }
    expect((await anonymous.get(path)).body).to.deep.equal(body);
  });

  it('is deleted by its author', async () => {
    const author = await asUser();
    const review = await makeReview({ user_id: author.user.id });
    const answer = await author.delete(`/watch/review/${review.id}/`);
    expect(answer.status, answer.text).to.equal(204);
    expect(answer.text).to.equal('');
    expectDetail(await author.get(`/watch/review/${review.id}/`), 404);
    expectDetail(await author.delete(`/watch/review/${review.id}/`), 404);
  });

  it('keeps its author when an admin edits it', async () => {
    const review = await makeReview({ user_id: (await makeUser({ username: 'ann' })).id });
    const { status, body } = await (await asAdmin()).patch(`/watch/review/${review.id}/`, { rating: 1 });
    expect(status).to.equal(200);
    expect(body).to.include({ review_user: 'ann', rating: 1 });
  });

  it('shows the movie’s current title', async () => {
    const review = await makeReview();
    await (await asAdmin()).patch(`/watch/watchlist/${review.watchlist_id}/`, { title: 'Renamed' });
    expect((await anonymous.get(`/watch/review/${review.id}/`)).body.title).to.equal('Renamed');
  });

  it('cannot be changed with the author’s revoked token', async () => {
    const author = await clientOf(await makeUser());
    const review = await makeReview({ user_id: author.user.id });
    await author.post('/account/logout/');
    expectDetail(await author.delete(`/watch/review/${review.id}/`), 401);
  });
});

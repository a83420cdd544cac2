import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { clientOf } from '../support/clients.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser } from '../support/factories.js';
import { staffClient } from '../support/panel.js';
import { expectRatingsExact } from '../support/ratings.js';
import { report } from '../support/reports.js';

describe('moderation in the panel', () => {
  const client = staffClient('moderator');

  it('hides, restores and marks a selection, and moves the ratings', async () => {
    const movie = await makeRatedMovie([1, 2, 5]);
    const other = await makeRatedMovie([4]);
    const all = (await Review.findAll({ order: ['id'] })).map(({ id }) => id);
    const bulk = (name: string, ids: number[], fields = {}) =>
      client.send(`reviews/bulk/${name}?recordIds=${ids.join()}`, fields);
    const reason = { hidden_reason: 'Off topic' };

    const blank = await bulk('hideSelected', all, { hidden_reason: ' ' });
    expect(blank.body.record?.errors.hidden_reason?.message).to.equal('This field may not be blank.');
    const long = await bulk('hideSelected', all, { hidden_reason: 'x'.repeat(501) });
    expect(long.body.record?.errors.hidden_reason?.message).to.equal(
      'Ensure this field has no more than 500 characters.',
    );
    const shown = await client.read(`reviews/bulk/hideSelected?recordIds=${all.join()}`);
    expect(shown.body.records).to.have.length(4);
    expect(await Review.count({ where: { active: false } })).to.equal(0);

    await bulk('hideSelected', all.slice(0, 2), reason);
    expect((await movie.reload()).avg_rating).to.equal(5);
    await bulk('hideSelected', all, { hidden_reason: 'Another' });
    expect((await other.reload()).number_rating).to.equal(0);
    expect((await Review.findByPk(all[0]))?.hidden_reason, 'of what was hidden before').to.equal('Off topic');
    const restored = await bulk('restoreSelected', all.slice(1));
    expect(restored.body.notice).to.include({ type: 'success', message: 'restoreDone' });
    expect((await movie.reload()).avg_rating).to.equal(3.5);
    expect((await Review.findByPk(all[1]))?.hidden_reason).to.equal(null);
    await bulk('markSpoilerSelected', all);
    expect(await Review.count({ where: { spoiler: true } })).to.equal(4);
    await bulk('unmarkSpoilerSelected', all.slice(0, 1));
    expect(await Review.count({ where: { spoiler: true } })).to.equal(3);
    await expectRatingsExact();
  });

  it('offers moderators the allowed actions on a review only', async () => {
    const review = await makeReview();
    const offered = async (resource = 'reviews') => {
      const { body } = await client.read(`${resource}/records/${review.id}/show`);
      const { recordActions, bulkActions } = body.record as unknown as Record<string, { name: string }[]>;
      return { one: recordActions?.map(({ name }) => name), many: bulkActions?.map(({ name }) => name) };
    };
    expect(await offered()).to.deep.equal({
      one: ['show', 'edit', 'hide', 'markSpoiler'],
      many: ['hideSelected', 'markSpoilerSelected'],
    });
    await report(review, 1);
    expect((await offered('moderation_queue')).one).to.deep.equal(['show', 'hide', 'keep', 'markSpoiler']);
    await client.send(`reviews/records/${review.id}/hide`, { hidden_reason: 'Spam' });
    await client.send(`reviews/records/${review.id}/markSpoiler`);
    expect((await offered()).one).to.deep.equal(['show', 'edit', 'restore', 'unmarkSpoiler']);
    for (const path of ['edit', 'delete', 'new'])
      expect((await client.send(`moderation_queue/records/${review.id}/${path}`)).status, path).to.be.oneOf([
        403, 404,
      ]);
    const movie = await makeMovie();
    for (const name of ['activate', 'deactivate', 'move']) {
      expect((await client.send(`watch_lists/records/${movie.id}/${name}`)).status).to.equal(403);
      const bulk = await client.send(`watch_lists/bulk/${name}Selected?recordIds=${movie.id}`);
      expect(bulk.status).to.equal(403);
    }
  });

  it('changes nothing by GET, and answers 404 for a deleted record', async () => {
    const review = await makeReview();
    for (const name of ['hide', 'markSpoiler']) {
      await client.read(`reviews/records/${review.id}/${name}?hidden_reason=x`);
      await client.read(`reviews/bulk/${name}Selected?recordIds=${review.id}&hidden_reason=x`);
    }
    const { active, spoiler } = await review.reload();
    expect([active, spoiler]).to.deep.equal([true, false]);
    expect((await client.send('reviews/bulk/keepSelected?recordIds=999999')).status).to.equal(404);
  });

  it('shows the reason to staff only', async () => {
    const author = await clientOf(await makeUser());
    const review = await makeReview({ user_id: author.user.id });
    await client.send(`reviews/records/${review.id}/hide`, { hidden_reason: 'A secret of the staff' });
    const { body } = await client.read(`reviews/records/${review.id}/show`);
    expect(body.record?.params.hidden_reason).to.equal('A secret of the staff');
    expect((await author.get(`/watch/review/${review.id}/`)).text).to.not.include('secret');
  });
});

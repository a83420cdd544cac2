import { expect } from 'chai';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { SavedMovie } from '../../src/models/saved-movie.js';
import type { User } from '../../src/models/user.js';
import type { WatchList } from '../../src/models/watch-list.js';
import { moviePath } from '../../site/paths.js';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { pageText, postForm, sessionOf } from '../support/site.js';

/** Where an answer leads. */
const leadsTo = (answer: Response) => [answer.status, answer.headers.get('location')];

describe('the forms of the page of a movie', () => {
  let movie: WatchList;
  let user: User;
  let path: string;
  let cookie: string;
  beforeEach(async () => {
    movie = await makeMovie();
    user = await makeUser();
    path = moviePath(movie);
    cookie = await sessionOf(user);
  });

  const send = (fields: Record<string, string>, query = '') =>
    postForm(`${path}${query}`, fields, { cookie });
  const own = () => Review.findOne({ where: { user_id: user.id, watchlist_id: movie.id } });

  it('lead visitors to sign in, and back', async () => {
    const next = `/login?next=${encodeURIComponent(path)}`;
    expect(await pageText(path)).to.include(`href="${next}"`);
    for (const form of ['review', 'delete', 'report-1', `saved-${movie.id}`]) {
      expect(leadsTo(await postForm(path, { form, rating: '5' }))).to.deep.equal([303, next]);
    }
    expect(await Review.count()).to.equal(0);
  });

  it('post, save and delete one’s review', async () => {
    expect(await pageText(path, { cookie })).to.include('Post review');
    const written = await send({ form: 'review', rating: '4', description: 'One\r\ntwo', spoiler: 'yes' });
    expect(leadsTo(written)).to.deep.equal([303, path]);
    const review = (await own()) as Review;
    expect([review.rating, review.description, review.spoiler]).to.deep.equal([4, 'One\ntwo', true]);
    const text = await pageText(path, { cookie });
    expect(text)
      .to.include('>Save<')
      .and.to.match(/value="4" checked/)
      .and.to.include('\nOne\ntwo</textarea>');
    await send({ form: 'review', review: String(review.id), rating: '2', description: '' });
    await review.reload();
    expect([review.rating, review.description, review.spoiler]).to.deep.equal([2, '', false]);
    expect(await pageText(`${path}?delete=yes`, { cookie })).to.include('Delete your review?');
    for (let time = 0; time < 2; time += 1) {
      const deleted = await send({ form: 'delete', review: String(review.id) });
      expect(leadsTo(deleted)).to.deep.equal([303, path]);
    }
    expect(await own()).to.equal(null);
  });

  it('show what was typed and the faults', async () => {
    const long = 'x'.repeat(2_001);
    const answer = await send({ form: 'review', description: long, spoiler: 'yes' });
    expect(answer.status).to.equal(400);
    const text = await answer.text();
    expect(text)
      .to.include(long)
      .and.to.include('href="#review-rating"')
      .and.to.include('name="spoiler" value="yes" checked');
    expect(text).to.include('Ensure this field has no more than 2000 characters.');
    const german = await postForm(path, { form: 'review' }, { cookie, language: 'de' });
    expect(await german.text()).to.include('Bewertung: Dieses Feld ist nötig.');
    expect((await send({ form: 'review', rating: '9' })).status).to.equal(400);
    expect(await own()).to.equal(null);
  });

  it('take the same review twice as one, and another one not', async () => {
    const fields = { form: 'review', rating: '5', description: 'Good' };
    const answers = await Promise.all([send(fields), send(fields), send(fields)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    const other = await send({ ...fields, rating: '1' });
    expect(other.status).to.equal(400);
    expect(await other.text())
      .to.include('You have already reviewed this movie!')
      .and.to.include('>Save<');
    expect((await own())?.rating).to.equal(5);
  });

  it('offer to post again what was deleted while one wrote', async () => {
    const review = await makeReview({ user_id: user.id, watchlist_id: movie.id });
    await review.destroy();
    const answer = await send({
      form: 'review',
      review: String(review.id),
      rating: '3',
      description: 'Kept',
    });
    expect(answer.status).to.equal(400);
    const text = await answer.text();
    expect(text).to.include('deleted in the meantime').and.to.include('Post review').and.to.include('Kept');
  });

  it('change nobody else’s review', async () => {
    const review = await makeReview({ watchlist_id: movie.id, rating: 3 });
    const named = { review: String(review.id) };
    expect((await send({ form: 'review', ...named, rating: '1' })).status).to.equal(403);
    expect((await send({ form: 'delete', ...named })).status).to.equal(403);
    for (const id of ['1/helpful', '../1', '', 'x']) {
      expect((await send({ form: 'delete', review: id })).status, id).to.equal(404);
    }
    for (const form of ['', 'other', 'helpful-', 'report-x', 'constructor']) {
      expect((await send({ form })).status, form).to.equal(404);
    }
    await review.reload();
    expect(review.rating).to.equal(3);
  });

  it('find reviews helpful and take it back, in the list as it was', async () => {
    const review = await makeReview({ watchlist_id: movie.id, rating: 5 });
    const name = `helpful-${review.id}`;
    const back = `${path}?sort=lowest&stars=5#review-${review.id}`;
    for (let time = 0; time < 2; time += 1) {
      const answer = await send({ form: name, helpful: 'yes' }, '?sort=lowest&stars=5&other=1');
      expect(leadsTo(answer)).to.deep.equal([303, back]);
    }
    expect(await HelpfulVote.count()).to.equal(1);
    const text = await pageText(path, { cookie });
    expect(text).to.match(/name="helpful" value="no" aria-pressed="true"/);
    const other = await sessionOf(await makeUser());
    expect(await pageText(path, { cookie: other })).to.match(
      /name="helpful" value="yes" aria-pressed="false"/,
    );
    await send({ form: name, helpful: 'no' });
    expect(await HelpfulVote.count()).to.equal(0);
    expect((await send({ form: 'helpful-999999', helpful: 'yes' })).status).to.equal(404);
  });

  it('report a review once', async () => {
    const review = await makeReview({ watchlist_id: movie.id });
    const form = `report-${review.id}`;
    const empty = await send({ form, reason: ' ' });
    expect(empty.status).to.equal(400);
    expect(await empty.text()).to.match(/<details class="report" open>.*This field may not be blank\./s);
    const answer = await send({ form, reason: 'Spam' });
    const back = answer.headers.get('location') ?? '';
    expect(back).to.equal(`${path}?reported=${review.id}#review-${review.id}`);
    expect(await pageText(back.split('#')[0] as string, { cookie })).to.include('Thank you. A moderator');
    expect(await ReviewReport.count()).to.equal(1);
    const again = await send({ form, reason: 'Spam' });
    expect(await again.text()).to.include('You have already reported this review!');
  });

  it('put the movie on the watchlist and take it off', async () => {
    const name = `saved-${movie.id}`;
    for (const saved of ['yes', 'yes']) {
      expect(leadsTo(await send({ form: name, saved }))).to.deep.equal([303, path]);
    }
    expect(await SavedMovie.count()).to.equal(1);
    expect(await pageText(path, { cookie })).to.match(/name="saved" value="no" aria-pressed="true"/);
    await send({ form: name, saved: 'no' });
    expect(await SavedMovie.count()).to.equal(0);
  });

  it('say to the author that a review is hidden, and lead staff to the panel', async () => {
    const review = await makeReview({ user_id: user.id, watchlist_id: movie.id, description: 'Mine' });
    await review.update({ active: false });
    expect(await pageText(path, { cookie })).to.include('A moderator has hidden this review.');
    expect(await pageText(path)).to.not.include('Mine');
    const shown = await makeReview({ watchlist_id: movie.id });
    const moderator = await pageText(path, {
      cookie: await sessionOf(await makeUser({ role: 'moderator' })),
    });
    expect(moderator).to.include(`/admin/resources/reviews/records/${shown.id}/hide`);
    expect(moderator).to.not.include(`/records/${review.id}/hide`).and.to.not.include('/watch_lists/');
    const admin = await pageText(path, { cookie: await sessionOf(await makeUser({ role: 'admin' })) });
    expect(admin).to.include(`/admin/resources/watch_lists/records/${movie.id}/edit`);
    expect(await pageText(path, { cookie })).to.not.include('/admin/');
  });

  it('show each member their own, thirty at once', async () => {
    const members = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const user = await makeUser();
        await makeReview({ user_id: user.id, watchlist_id: movie.id, description: `by-${user.username}` });
        return { user, cookie: await sessionOf(user) };
      }),
    );
    const texts = await Promise.all(
      Array.from({ length: 30 }, (_each, at) =>
        pageText(path, { cookie: members[at % 6]?.cookie as string }),
      ),
    );
    for (const [at, text] of texts.entries()) {
      const typed = /<textarea[^>]*id="review-description"[^>]*>\s*([^<]*)</.exec(text)?.[1];
      expect(typed).to.equal(`by-${members[at % 6]?.user.username}`);
    }
  });
});

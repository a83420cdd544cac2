import { expect } from 'chai';
import { HelpfulVote } from '../../../src/models/helpful-vote.js';
import { Review } from '../../../src/models/review.js';
import { ReviewReport } from '../../../src/models/review-report.js';
import { SavedMovie } from '../../../src/models/saved-movie.js';
import type { WatchList } from '../../../src/models/watch-list.js';
import { moviePath } from '../../../site/paths.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { button, notice, takeRefusals, yours } from '../../support/movie-page.js';
import { type SiteTab, siteTab } from '../../support/site-tab.js';

/** Writes a review, changes it and deletes it. */
async function reviewAndRegret(tab: SiteTab, path: string): Promise<void> {
  await tab.go(path);
  await button(tab, 'Post review').click();
  await yours(tab).getByRole('alert').getByText('Rating: This field is required.').waitFor();
  await yours(tab).getByLabel('4 stars').check();
  await yours(tab).getByRole('textbox', { name: 'Review' }).fill('Fine.\nAnd long.');
  await yours(tab).getByLabel('Contains spoilers').check();
  await button(tab, 'Post review').click();
  expect(await notice(tab).textContent()).to.equal('Your review is posted.');
  const review = tab.page.locator('article.review');
  expect(await review.locator('blockquote').isVisible()).to.equal(false);
  await review.getByText('gives the plot away').click();
  expect(await review.locator('blockquote').innerText()).to.equal('Fine.\nAnd long.');
  expect(await tab.page.locator('.average b').textContent()).to.equal('4.00');
  expect(await yours(tab).getByLabel('4 stars').isChecked()).to.equal(true);
  await yours(tab).getByLabel('2 stars').check();
  await button(tab, 'Save').click();
  expect(await notice(tab).textContent()).to.equal('Your review is saved.');
  expect(await tab.page.locator('.average b').textContent()).to.equal('2.00');
  await button(tab, 'Delete').click();
  await yours(tab).getByText('Delete your review?').waitFor();
  await yours(tab).getByRole('link', { name: 'Keep it' }).click();
  expect(await Review.count()).to.equal(1);
  await button(tab, 'Delete').click();
  await yours(tab).getByText('Delete your review?').waitFor();
  await button(tab, 'Delete').click();
  expect(await notice(tab).textContent()).to.equal('Your review is deleted.');
  expect(await tab.page.getByText('Not rated yet').isVisible()).to.equal(true);
  expect(await Review.count()).to.equal(0);
}

/** Finds a review helpful, reports it, and puts the movie on the watchlist. */
async function markAll(tab: SiteTab): Promise<void> {
  const { page } = tab;
  const helpful = page.getByRole('button', { name: /^Helpful/ });
  await helpful.click();
  await page.locator('[aria-pressed=true]', { hasText: 'Helpful' }).waitFor();
  expect(await HelpfulVote.count()).to.equal(1);
  await helpful.click();
  await page.locator('[aria-pressed=false]', { hasText: 'Helpful' }).waitFor();
  expect(await HelpfulVote.count()).to.equal(0);
  await page.getByRole('button', { name: 'Watchlist' }).click();
  await page.locator('[aria-pressed=true]', { hasText: 'Watchlist' }).waitFor();
  expect(await SavedMovie.count()).to.equal(1);
  await page.locator('.report summary').click();
  await page.getByRole('button', { name: 'Send report' }).click();
  await page.getByText('What is wrong with it?: This field may not be blank.').waitFor();
  await page.getByLabel('What is wrong with it?').fill('Spam');
  await page.getByRole('button', { name: 'Send report' }).click();
  await page.getByText('Thank you. A moderator will look at this review.').waitFor();
  expect(await ReviewReport.count()).to.equal(1);
}

describe('reviewing a movie', function suite() {
  const tab = siteTab(this);
  let movie: WatchList;
  let path: string;
  beforeEach(async () => {
    movie = await makeMovie({ title: 'Heat', year: 1995, genres: ['Crime'] });
    path = moviePath(movie);
  });

  it('is reviewed by a member, who changes and deletes the review', async () => {
    await tab.become(await makeUser());
    await reviewAndRegret(tab, path);
    takeRefusals(tab);
  });

  it('is marked without loading the page again', async () => {
    await makeReview({ watchlist_id: movie.id });
    await tab.become(await makeUser());
    await tab.go(path);
    await tab.page.evaluate(() => Object.assign(globalThis, { isSame: true }));
    await markAll(tab);
    expect(await tab.page.evaluate(() => 'isSame' in globalThis)).to.equal(true);
    expect(await tab.page.evaluate(() => document.activeElement?.textContent)).to.include('Thank you');
    takeRefusals(tab);
  });

  it('leads who is signed out meanwhile to sign in', async () => {
    await makeReview({ watchlist_id: movie.id });
    await tab.become(await makeUser());
    await tab.go(path);
    await tab.window.clearCookies();
    await tab.page.getByRole('button', { name: /^Helpful/ }).click();
    await tab.page.waitForURL((url) => url.pathname === '/login');
    expect(new URL(tab.page.url()).searchParams.get('next')).to.equal(path);
  });

  it('keeps a draft for its author alone, until it is posted', async () => {
    const [ann, bob] = [await makeUser(), await makeUser()];
    await tab.become(ann);
    await tab.go(path);
    const text = () => yours(tab).getByRole('textbox', { name: 'Review' });
    await text().fill('Half a thou');
    await yours(tab).getByLabel('3 stars').check();
    const asked: string[] = [];
    tab.page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await text().press('End');
    await text().pressSequentially('ght');
    await tab.go('/movies');
    expect(asked).to.deep.equal(['beforeunload']);
    await tab.become(bob);
    await tab.go(path);
    expect(await text().inputValue()).to.equal('');
    await tab.become(ann);
    await tab.go(path);
    expect(await text().inputValue()).to.equal('Half a thought');
    expect(await yours(tab).getByLabel('3 stars').isChecked()).to.equal(true);
    expect(await yours(tab).getByText('This is your draft').isVisible()).to.equal(true);
    await button(tab, 'Post review').click();
    await notice(tab).waitFor();
    expect(await yours(tab).getByText('This is your draft').isVisible()).to.equal(false);
    expect(await tab.page.evaluate(() => Object.keys(localStorage))).to.deep.equal([]);
    await text().fill('Another thought');
    await tab.page.getByRole('link', { name: 'Movies', exact: true }).click();
    await tab.go(path);
    await button(tab, 'Discard it').click();
    expect(await text().inputValue()).to.equal('Half a thought');
    expect(await tab.page.evaluate(() => Object.keys(localStorage))).to.deep.equal([]);
  });

  it('is reviewed by keyboard alone', async () => {
    await tab.become(await makeUser());
    await tab.go(`${path}#yours`);
    const { keyboard } = tab.page;
    await keyboard.press('Tab');
    const focused = () => tab.page.evaluate(() => document.activeElement?.id);
    expect(await focused()).to.equal('review-rating');
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Tab']) await keyboard.press(key);
    expect(await focused()).to.equal('review-description');
    await keyboard.type('Typed.');
    for (const key of ['Tab', 'Space', 'Tab', 'Enter']) await keyboard.press(key);
    await notice(tab).waitFor();
    const review = await Review.findOne({ rejectOnEmpty: true });
    expect([review.rating, review.description, review.spoiler]).to.deep.equal([3, 'Typed.', true]);
  });
});

describe('reviewing a movie without JavaScript', function suite() {
  const tab = siteTab(this, { javaScript: false, width: 360 });

  it('is reviewed by a member, who changes and deletes the review', async () => {
    const { page } = tab;
    const path = moviePath(await makeMovie());
    await tab.go(path);
    expect(await page.getByRole('link', { name: 'Sign in to review' }).getAttribute('href')).to.equal(
      `/login?next=${encodeURIComponent(path)}`,
    );
    await tab.become(await makeUser());
    await reviewAndRegret(tab, path);
    takeRefusals(tab);
  });

  it('is marked', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id });
    await tab.become(await makeUser());
    await tab.go(moviePath(movie));
    await markAll(tab);
    await tab.go('/watchlist');
    await tab.page.getByRole('button', { name: /^Take off/ }).click();
    expect(await notice(tab).textContent()).to.equal('The movie is off your watchlist.');
    takeRefusals(tab);
  });
});

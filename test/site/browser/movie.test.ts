import { expect } from 'chai';
import { HelpfulVote } from '../../../src/models/helpful-vote.js';
import { Review } from '../../../src/models/review.js';
import { ReviewReport } from '../../../src/models/review-report.js';
import { SavedMovie } from '../../../src/models/saved-movie.js';
import type { WatchList } from '../../../src/models/watch-list.js';
import { memberPath, moviePath } from '../../../site/paths.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { type SiteTab, siteTab } from '../../support/site-tab.js';

const HOSTILE = '</textarea></blockquote><script>alert(1)</script><img src=x onerror=alert(1)>"\'`{{7*7}}';

/** The member's form of a movie's page. */
const yours = ({ page }: SiteTab) => page.getByRole('complementary', { name: 'Your review' });

const button = (tab: SiteTab, name: string) => yours(tab).getByRole('button', { name, exact: true });

const notice = ({ page }: SiteTab) => page.locator('.notice');

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

/** Expects a form that was refused to be the only fault. */
function takeRefusals({ faults }: SiteTab): void {
  const others = faults.filter((fault) => !fault.includes('status of 400'));
  faults.splice(0, faults.length, ...others);
}

describe('a movie in the browser', function suite() {
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

  it('shows hostile text as text', async () => {
    const author = await makeUser();
    const user = await makeUser({ role: 'admin' });
    await movie.update({ title: HOSTILE, storyline: HOSTILE, genres: [HOSTILE.slice(0, 40)] });
    await makeReview({ user_id: author.id, watchlist_id: movie.id, description: HOSTILE });
    await makeReview({
      user_id: user.id,
      watchlist_id: movie.id,
      description: `\n${HOSTILE}`,
      spoiler: true,
    });
    await SavedMovie.keep(user.id, movie.id);
    await tab.become(user);
    tab.page.on('dialog', (dialog) => {
      tab.faults.push(dialog.message());
      void dialog.dismiss();
    });
    await tab.go(moviePath(movie));
    expect(await tab.page.locator('h1').textContent()).to.equal(HOSTILE);
    expect(await tab.page.locator('.story').textContent()).to.equal(HOSTILE);
    expect(await yours(tab).getByRole('textbox', { name: 'Review' }).inputValue()).to.equal(`\n${HOSTILE}`);
    await yours(tab).getByRole('textbox', { name: 'Review' }).fill(HOSTILE);
    await button(tab, 'Save').click();
    await notice(tab).waitFor();
    for (const page of [moviePath(movie), memberPath(author.username), '/watchlist', '/']) {
      await tab.go(page);
      expect(
        await tab.page.locator('script:not([src], [type="application/ld+json"]), img[src=x]').count(),
        page,
      ).to.equal(0);
      expect(await tab.page.locator('main').textContent(), page).to.include(HOSTILE);
    }
  });

  it('has nothing for axe in any state', async () => {
    const user = await makeUser({ role: 'admin' });
    expect(await tab.go(path).then(() => tab.axeFindings()), 'empty').to.deep.equal([]);
    await makeReview({ watchlist_id: movie.id, spoiler: true });
    await makeReview({ watchlist_id: movie.id, description: null });
    const own = await makeReview({ watchlist_id: movie.id, user_id: user.id });
    await own.update({ active: false });
    await SavedMovie.keep(user.id, movie.id);
    const states = [path, `${path}?stars=3&sort=helpful`, `${path}?page=9`, memberPath(user.username)];
    const find = async (state: string) => {
      await tab.go(state);
      for (const summary of await tab.page.locator('main summary:visible').all()) await summary.click();
      expect(await tab.axeFindings(), state).to.deep.equal([]);
    };
    for (const state of states) await find(state);
    await tab.become(user);
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.page.emulateMedia({ colorScheme });
      const shown = colorScheme === 'dark' ? [path] : [...states.slice(2), `${path}?delete=yes`, path];
      for (const state of ['/watchlist', ...shown]) await find(state);
      await yours(tab)
        .getByRole('textbox', { name: 'Review' })
        .evaluate((text) => text.removeAttribute('maxlength'));
      await yours(tab).getByRole('textbox', { name: 'Review' }).fill('x'.repeat(2_001));
      await button(tab, 'Save').click();
      await yours(tab).getByRole('alert').waitFor();
      expect(await tab.axeFindings(), 'refused').to.deep.equal([]);
    }
    await SavedMovie.forget(user.id, movie.id);
    await find('/watchlist');
    tab.faults.splice(0, tab.faults.length, ...tab.faults.filter((fault) => !/status of 40[04]/.test(fault)));
  });
});

describe('a movie without JavaScript', function suite() {
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

describe('a movie at 360 pixels, in German', function suite() {
  const tab = siteTab(this, { width: 360, language: 'de-DE' });

  it('keeps within the window, whatever was written', async () => {
    const words = [
      'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4),
      'حديقة الحيوان',
      '東京物語'.repeat(30),
    ];
    const user = await makeUser({ username: `${'W'.repeat(40)}.${'w'.repeat(40)}` });
    for (const word of words) {
      const movie = await makeMovie({ title: word, storyline: word.repeat(3), genres: [word.slice(0, 40)] });
      const author = await makeUser();
      await makeReview({ watchlist_id: movie.id, user_id: author.id, description: word.repeat(10) });
      await makeReview({ watchlist_id: movie.id, user_id: user.id, description: word });
      await SavedMovie.keep(user.id, movie.id);
      await tab.window.clearCookies();
      for (const path of [moviePath(movie), memberPath(user.username)]) {
        await tab.go(path);
        expect(await tab.isTooWide(), path).to.equal(false);
      }
      await tab.become(user);
      for (const path of [moviePath(movie), `${moviePath(movie)}?delete=yes`, '/watchlist']) {
        await tab.go(path);
        expect(await tab.isTooWide(), path).to.equal(false);
      }
    }
  });
});

import { expect } from 'chai';
import { SavedMovie } from '../../../src/models/saved-movie.js';
import type { WatchList } from '../../../src/models/watch-list.js';
import { memberPath, moviePath } from '../../../site/paths.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { button, notice, yours } from '../../support/movie-page.js';
import { siteTab } from '../../support/site-tab.js';

const HOSTILE = '</textarea></blockquote><script>alert(1)</script><img src=x onerror=alert(1)>"\'`{{7*7}}';

describe('a movie in the browser', function suite() {
  const tab = siteTab(this);
  let movie: WatchList;
  let path: string;
  beforeEach(async () => {
    movie = await makeMovie({ title: 'Heat', year: 1995, genres: ['Crime'] });
    path = moviePath(movie);
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

import { expect } from 'chai';
import { memberPath, moviePath } from '../../../site/paths.js';
import { SavedMovie } from '../../../src/models/saved-movie.js';
import type { User } from '../../../src/models/user.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { type SiteTab, siteTab } from '../../support/site-tab.js';

/** Makes what pages show; gives their paths and a member. */
async function makePages(): Promise<{ paths: string[]; member: User }> {
  const member = await makeUser({ username: 'margarethe.von.trotta' });
  const movie = await makeMovie({
    title: 'The Lost Honour of Katharina Blum, or: How Violence Develops',
    genres: ['Drama', 'Documentary', 'Psychological thriller'],
    year: 1975,
    runtime: 106,
  });
  await makeReview({ watchlist_id: movie.id, user_id: member.id, description: 'Quiet, and furious.' });
  await makeReview({ watchlist_id: movie.id, rating: 5 });
  await SavedMovie.keep(member.id, movie.id);
  const paths = [
    '/',
    '/movies?genre=Drama',
    moviePath(movie),
    '/search?q=honour',
    '/platforms',
    `/platforms/${movie.platform_id}`,
    memberPath(member.username),
    '/watchlist',
    '/settings',
    '/login',
    '/register',
    '/no-such-page',
  ];
  return { paths, member };
}

/** Runs in the page: the texts that their boxes cut off, besides those that end in an ellipsis at any size. */
function cutTexts(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main *, header *, footer *')]
    .filter((box) => {
      const { overflow, textOverflow, webkitLineClamp } = getComputedStyle(box);
      const isMeant = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
      const isForReadersOnly = box.clientWidth <= 1;
      return (
        box instanceof HTMLElement &&
        box.innerText.trim() !== '' &&
        overflow.includes('hidden') &&
        !isMeant &&
        !isForReadersOnly &&
        (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
      );
    })
    .map((box) => `${box.tagName} ${box.className}: ${box.innerText.slice(0, 80)}`);
}

async function checkPages(tab: SiteTab): Promise<void> {
  const { paths, member } = await makePages();
  for (const isMember of [false, true]) {
    if (isMember) await tab.become(member);
    for (const path of paths) {
      await tab.go(path);
      expect(await tab.isTooWide(), `${path} is wider than the window`).to.equal(false);
      expect(await tab.page.evaluate(cutTexts), `${path} cuts texts off`).to.deep.equal([]);
      await tab.shoot(`text-${tab.page.viewportSize()?.width}-${isMember}-${path.split('/').join('_')}`);
    }
  }
  // The page that is not there.
  tab.faults.splice(0);
}

/** WCAG 2.2, 1.4.4 Resize Text. */
describe('text of twice the size', function twice() {
  const tab = siteTab(this);

  it('keeps within the window, and is not cut off', async () => {
    const tools = await tab.window.newCDPSession(tab.page);
    const setSize = (standard: number) => tools.send('Page.setFontSizes', { fontSizes: { standard } });
    await setSize(32);
    await checkPages(tab);
    // Other tests use the tab too. A page that is shown would move.
    await tab.go('/healthz');
    await setSize(16);
    await tools.detach();
  });
});

/** WCAG 2.2, 1.4.10 Reflow: 1280 pixels at 400 % are 320. */
describe('a window of 320 pixels', function narrow() {
  const tab = siteTab(this, { width: 320, height: 640 });

  it('shows every page without scrolling in two directions', async () => {
    await checkPages(tab);
  });
});

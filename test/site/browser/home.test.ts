import { expect } from 'chai';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { siteTab } from '../../support/site-tab.js';

/** A few movies in several scripts, rated and not. */
async function fillCatalogue(): Promise<void> {
  const titles = [
    'Metropolis',
    '기생충',
    'طعم گيلاس',
    'Donaudampfschifffahrtsgesellschaftskapitän',
    'Сталкер',
    'M',
  ];
  for (const title of titles) {
    const movie = await makeMovie({ title, year: 1927, storyline: 'Something happens. '.repeat(20) });
    if (title !== 'M') await makeReview({ watchlist_id: movie.id, rating: 4, description: 'Seen twice.' });
  }
}

describe('the home page in a browser', function () {
  const wide = siteTab(this);

  it('has no findings of axe, light and dark, for visitors and members', async () => {
    await fillCatalogue();
    for (const colorScheme of ['light', 'dark'] as const) {
      await wide.page.emulateMedia({ colorScheme });
      await wide.go('/');
      expect(await wide.axeFindings(), colorScheme).to.deep.equal([]);
    }
    await wide.become(await makeUser({ username: 'ann' }));
    await wide.go('/');
    await wide.page.getByText('ann', { exact: true }).click();
    expect(await wide.axeFindings()).to.deep.equal([]);
    await wide.page.keyboard.press('Escape');
    expect(await wide.page.getByRole('link', { name: 'Settings' }).isVisible()).to.equal(false);
  });

  it('switches language and colours, and stays where one was', async () => {
    await fillCatalogue();
    await wide.go('/?lang=en');
    await wide.page.getByRole('button', { name: 'Deutsch' }).click();
    await wide.page.getByRole('heading', { name: 'Was sehen Sie heute Abend?' }).waitFor();
    await wide.page.getByRole('button', { name: 'Dunkel' }).click();
    await wide.page.getByRole('button', { name: 'Dunkel', pressed: true }).waitFor();
    const paper = await wide.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(paper).to.equal('rgb(18, 14, 28)');
  });

  it('is usable by keyboard from the first key on', async () => {
    await wide.go('/');
    await wide.page.keyboard.press('Tab');
    const focused = () => wide.page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).to.equal('Skip to content');
    await wide.page.keyboard.press('Enter');
    expect(await wide.page.evaluate(() => document.activeElement?.id)).to.equal('main');
  });
});

describe('the home page on a phone without JavaScript', function () {
  const phone = siteTab(this, { javaScript: false, width: 360, height: 740, language: 'de-DE' });

  it('is no wider than the phone, and leads to films', async () => {
    await fillCatalogue();
    await phone.go('/');
    await phone.page.getByRole('heading', { name: 'Neu dabei' }).waitFor();
    const width = await phone.page.locator('body').evaluate((body) => body.scrollWidth);
    expect(width).to.equal(360);
    const head = await phone.page.getByRole('banner').boundingBox();
    expect(head?.height, 'the head, which every page has').to.be.below(120);
    const best = phone.page.locator('section', {
      has: phone.page.getByRole('heading', { name: 'Am besten bewertet' }),
    });
    expect(await best.getByRole('link', { name: /^Metropolis/ }).count()).to.be.above(0);
    expect(await best.getByRole('link', { name: /^M\b/ }).count(), 'a movie without a rating').to.equal(0);
    expect(await phone.page.getByRole('link', { name: /^M\b/ }).first().getAttribute('href')).to.match(
      /^\/movies\/\d+\/m$/,
    );
  });
});

import { expect } from 'chai';
import { Review } from '../../../src/models/review.js';
import { ReviewReport } from '../../../src/models/review-report.js';
import { axeFindings } from '../../support/axe.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

/** Makes reviews with a report each. */
async function makeReported(count: number): Promise<Review[]> {
  const movie = await makeMovie({ title: 'Metropolis' });
  const reviews: Review[] = [];
  for (let index = 0; index < count; index += 1) {
    const review = await makeReview({
      watchlist_id: movie.id,
      description: `${'Long text. '.repeat(20)}End ${index}`,
    });
    await ReviewReport.create({
      review_id: review.id,
      user_id: (await makeUser()).id,
      reason: `Reason ${index}`,
    });
    reviews.push(review);
  }
  return reviews;
}

describe('lists of the panel in a browser', function () {
  const tab = panelTab(this);
  const { go, row } = tab;
  const button = (name: string) => tab.page.getByRole('button', { name, exact: true });
  const focusedRow = () => tab.page.evaluate(() => document.activeElement?.closest('tr')?.dataset.id);

  const violations = () => axeFindings(tab.page);

  it('decide the queue by one key a review, with the whole text and the author’s record', async () => {
    const reviews = await makeReported(5);
    await tab.enter('moderator');
    await go('resources/moderation_queue');
    await row('End 4').getByText('Reviews: 1, hidden: 0, open reports: 1').waitFor();
    await tab.page.locator('[data-count="5"]').waitFor();
    expect(await tab.page.getByText(/\(user\d+\)/).count()).to.equal(0);
    await tab.page.keyboard.press('j');
    for (const [index, key] of ['1', 'd', '2', 'd', '1'].entries()) {
      await tab.page.waitForFunction(
        (left) => document.querySelectorAll('.list-table tbody tr').length === left,
        reviews.length - index,
      );
      await tab.page.waitForFunction(() => document.activeElement?.closest('tr') !== null);
      await tab.page.keyboard.press(key);
    }
    await tab.page.getByText('Nothing is waiting for a decision.').waitFor();
    const hidden = await Review.findAll({ where: { active: false } });
    expect(
      hidden.map(({ hidden_reason }) => String(hidden_reason)).toSorted((a, b) => a.localeCompare(b)),
    ).to.deep.equal(['Insults somebody', 'Insults somebody', 'Is an advertisement']);
    const [decided] = hidden;
    await go(`resources/reviews/records/${decided?.id}/show`);
    await tab.page.getByText(/moderator\d+: Changed/).waitFor();
  });

  it('are cards on a phone, where one moderates and signs out', async () => {
    const [review] = await makeReported(1);
    await tab.enter('moderator');
    await tab.page.setViewportSize({ width: 390, height: 844 });
    for (const [path, text] of [
      ['resources/moderation_queue', 'End 0'],
      ['resources/reviews', 'Long text.'],
      ['resources/watch_lists', 'Metropolis'],
    ] as const) {
      await go(path);
      await row(text).waitFor();
      const cut = await tab.page.locator('.list').evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(cut, path).to.equal(0);
      expect(await violations(), path).to.deep.equal([]);
    }
    await go('resources/moderation_queue');
    await row('End 0').getByTestId('actions-dropdown').click();
    await tab.page.getByRole('menuitem', { name: 'Hide' }).click();
    await button('Insults somebody').click();
    expect(await violations()).to.deep.equal([]);
    await tab.page.locator('form').getByRole('button', { name: 'Hide' }).click();
    await tab.page.getByText('Hidden: 1').waitFor();
    expect((await review?.reload())?.hidden_reason).to.equal('Insults somebody');
    const out = await tab.page.getByRole('link', { name: 'Log out' }).boundingBox();
    expect((out?.x ?? 0) + (out?.width ?? 999)).to.be.at.most(390);
    expect(out?.height).to.be.at.least(44);
    await tab.page.getByRole('link', { name: 'Log out' }).click();
    await tab.page.getByLabel('Username').waitFor();
  });

  it('are used by the keyboard: rows, menus, drawers, search, filters and columns', async () => {
    const { id } = await makePlatform({ name: 'Lumière' });
    for (const title of ['Up', 'Solaris', 'Metropolis'])
      await makeMovie({ title, platform_id: id, active: title !== 'Up' });
    await tab.enter('admin');
    await go('resources/watch_lists?sortBy=title&direction=asc');
    await row('Metropolis').waitFor();
    await tab.page.getByRole('navigation', { name: 'Pages' }).getByText('1–3 of 3').waitFor();
    expect(await tab.page.getByRole('columnheader', { name: 'Title' }).getAttribute('aria-sort')).to.equal(
      'ascending',
    );
    await tab.page.keyboard.press('j');
    await tab.page.keyboard.press('j');
    expect(await focusedRow()).to.equal(await row('Solaris').getAttribute('data-id'));

    const dots = row('Solaris').getByTestId('actions-dropdown');
    await dots.press('Enter');
    await tab.page.getByRole('menuitem', { name: 'View' }).waitFor();
    await tab.page.keyboard.press('End');
    await tab.page.keyboard.press('Escape');
    await tab.page.waitForFunction(() => document.activeElement?.matches('[data-testid="actions-dropdown"]'));
    await dots.press(' ');
    await tab.page.getByRole('menuitem', { name: 'Switch off' }).press('Enter');
    await tab.page.getByRole('dialog', { name: 'Switch off' }).waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.page.waitForFunction(() => document.activeElement?.closest('tr') !== null);
    expect(await focusedRow()).to.equal(await row('Solaris').getAttribute('data-id'));

    await button('Switched off').click();
    await row('Solaris').waitFor({ state: 'detached' });
    await button('Take off: Active No').click();
    await row('Solaris').waitFor();
    await button('Columns').click();
    await tab.page.getByRole('checkbox', { name: 'Year' }).uncheck();
    await button('Done').click();
    expect(await tab.page.getByRole('columnheader', { name: 'Year' }).count()).to.equal(0);
    await tab.page.keyboard.press('/');
    await tab.page.keyboard.type('nothing like it');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByText('Nothing matches.').waitFor();
    await tab.page.keyboard.press('Control+k');
    await tab.page.keyboard.type('solar');
    await tab.page.getByRole('dialog').getByRole('link', { name: 'Solaris' }).click();
    await tab.page.getByRole('heading', { name: 'Solaris', exact: true }).waitFor();
    await go('resources/watch_lists?page=9');
    await tab.page.getByText('The list has no page 9.').waitFor();
  });
});

import { expect } from 'chai';
import { Review } from '../../../src/models/review.js';
import { ReviewReport } from '../../../src/models/review-report.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeRatedMovie, makeReview, makeUser } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

describe('moderation and movies in a browser', function () {
  const tab = panelTab(this);
  const { go, row } = tab;

  const enter = async (role: 'moderator' | 'admin', path: string) => {
    await tab.enter(role);
    await go(path);
  };
  const select = (text: string) =>
    row(text).locator('input[type=checkbox], [role=checkbox]').first().click({ force: true });

  it('hides a selection of the queue with a reason', async () => {
    const [rude, spam, fine] = [
      await makeReview({ description: 'Rude words' }),
      await makeReview({ description: 'Cheap watches' }),
      await makeReview({ description: 'Fine words' }),
    ];
    for (const { id } of [rude, spam, fine])
      await ReviewReport.create({ review_id: id, user_id: (await makeUser()).id, reason: `Reason ${id}` });
    await enter('moderator', 'resources/moderation_queue');
    await row('Rude words').getByText(`Reason ${rude.id}`).waitFor();
    expect(await tab.page.getByRole('button', { name: /delete/i }).count()).to.equal(0);
    await select('Rude words');
    await select('Cheap watches');
    await tab.page.getByText('Hide', { exact: true }).first().click();
    const button = tab.page.locator('form').getByRole('button', { name: 'Hide' });
    await button.click();
    await tab.page.getByText('This field may not be blank.').first().waitFor();
    await tab.page.getByLabel('Reason for hiding').fill('Against the rules');
    await button.click();
    await tab.page.getByText('Hidden: 2').waitFor();
    await row('Rude words').waitFor({ state: 'detached' });
    await row('Fine words').waitFor();
    const hidden = await Review.findAll({ where: { active: false }, order: ['id'] });
    expect(hidden.map(({ id, hidden_reason }) => [id, hidden_reason])).to.deep.equal([
      [rude.id, 'Against the rules'],
      [spam.id, 'Against the rules'],
    ]);
  });

  it('finds movies by the search box', async () => {
    for (const title of ['Up', 'It', 'Metropolis']) await makeMovie({ title, storyline: 'Somebody waits.' });
    await enter('moderator', 'resources/watch_lists');
    const box = tab.page.getByRole('searchbox', { name: 'Search' });
    await row('Metropolis').waitFor();
    for (const [text, title] of [
      ['up', 'Up'],
      ['it', 'It'],
    ] as const) {
      await box.fill(text);
      await box.press('Enter');
      await row('Metropolis').waitFor({ state: 'detached' });
      await tab.page.getByRole('cell', { name: title, exact: true }).waitFor();
    }
    await box.fill('');
    await row('Metropolis').waitFor();
  });

  it('moves a selection to another platform', async () => {
    await makePlatform({ name: 'Lumière' });
    for (const title of ['Up', 'Solaris', 'Metropolis']) await makeMovie({ title });
    await enter('admin', 'resources/watch_lists');
    await row('Metropolis').waitFor();
    await select('Metropolis');
    await select('Solaris');
    await tab.page.getByText('Move to platform', { exact: true }).first().click();
    await tab.page.locator('form').getByRole('combobox').last().fill('lum');
    await tab.page.getByRole('option', { name: 'Lumière' }).click();
    await tab.page.locator('form').getByRole('button', { name: 'Move to platform' }).click();
    await tab.page.getByText('Moved: 2').waitFor();
    await row('Metropolis').getByText('Lumière').waitFor();
    const moved = await WatchList.findAll({ include: ['platform'], where: { '$platform.name$': 'Lumière' } });
    expect(moved.map(({ title }) => title).toSorted()).to.deep.equal(['Metropolis', 'Solaris']);
  });

  it('shows the distribution of a movie and its latest reviews', async () => {
    const movie = await makeRatedMovie([5, 5, 5, 1, 2, 3]);
    await makeReview({ watchlist_id: movie.id, rating: 4, description: 'The latest word' });
    await makeReview({ description: 'Of another movie' });
    await enter('moderator', `resources/watch_lists/records/${movie.id}/show`);
    const bars = tab.page.getByTestId('distribution');
    await bars.getByRole('row', { name: '5 stars 3 (43%)' }).waitFor();
    await bars.getByRole('row', { name: '1 star 1 (14%)' }).waitFor();
    await tab.page.getByTestId('latest-reviews').getByText('The latest word').waitFor();
    await tab.page.getByRole('link', { name: 'All reviews (7)' }).click();
    await row('The latest word').waitFor();
    expect(await row('Of another movie').count()).to.equal(0);
  });
});

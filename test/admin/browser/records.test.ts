import { expect } from 'chai';
import { Review } from '../../../src/models/review.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { axeFindings } from '../../support/axe.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../../support/factories.js';
import { logIn } from '../../support/browser.js';
import { panelTab } from '../../support/panel-tab.js';

const RATED = [
  ['Up', 5],
  ['Arrival', 4],
  ['Metropolis', 3],
] as const;

describe('admin panel in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');
  const { go, row } = tab;
  beforeEach(async () => {
    const { id } = await makePlatform({ name: 'Lumière' });
    for (const [title, rating] of RATED) {
      const movie = await makeMovie({ title, platform_id: id });
      const description = `About ${title}. ${'Much to say. '.repeat(20)}`;
      await makeReview({ watchlist_id: movie.id, rating, description });
    }
  });

  it('shows a wrong password on the login page', async () => {
    await tab.become();
    await go('');
    await logIn(tab.page, 'ada', 'wrong');
    expect(await tab.page.getByLabel('Password').getAttribute('type')).to.equal('password');
    await tab.page.getByText('Please enter the username and password').waitFor();
    // The browser reports the 401 itself.
    expect(tab.faults.splice(0).join()).to.include('401');
  });

  it('logs in and counts the records', async () => {
    await tab.become();
    await go('');
    await logIn(tab.page, 'ada');
    await tab.page.getByRole('link', { name: '3 Movies' }).waitFor();
    expect(await tab.page.title()).to.equal('Marquee');
  });

  it('lists movies', async () => {
    await go('');
    await tab.page.getByRole('link', { name: '3 Movies' }).click();
    await row('Metropolis').getByText('Lumière').waitFor();
    await tab.page.getByRole('link', { name: 'Average rating' }).waitFor();
    expect(await row('Up').textContent()).to.include('★★★★★');
  });

  it('filters movies', async () => {
    await go('resources/watch_lists');
    await tab.page.getByText('Filter', { exact: true }).first().click();
    await tab.page.locator('[name="filter-title"]').fill('METRO');
    await tab.page.locator('[name="filter-avg_rating~~from"]').fill('2');
    await tab.page.getByRole('button', { name: 'Apply changes' }).click();
    await row('Arrival').waitFor({ state: 'detached' });
    await row('Metropolis').waitFor();
  });

  it('creates a movie with a platform from the picker', async () => {
    await go('resources/watch_lists/actions/new');
    await tab.page.locator('#title').fill('Playtime');
    await tab.page.locator('form').getByRole('combobox').first().fill('lum');
    await tab.page.getByRole('option', { name: 'Lumière' }).click();
    await tab.page.locator('#storyline').fill('A city of glass.\nAnd Hulot.');
    await tab.page.getByTestId('button-save').click();
    await row('Playtime').getByText('Lumière').waitFor();
    const movie = await WatchList.findOne({ where: { title: 'Playtime' } });
    expect(movie?.storyline).to.equal('A city of glass.\nAnd Hulot.');
  });

  it('shows an error at its field', async () => {
    await go('resources/stream_platforms/actions/new');
    await tab.page.locator('#name').fill('LUMIÈRE');
    await tab.page.locator('#about').fill('x');
    await tab.page.locator('#website').fill('https://x.example');
    await tab.page.getByTestId('button-save').click();
    await tab.page.getByText('A platform with this name already exists.').first().waitFor();
  });

  it('leads from a movie to those beside it in the list, and to its page on the site', async () => {
    await go('resources/watch_lists?sortBy=title&direction=asc');
    await row('Arrival').getByRole('link', { name: 'Arrival' }).click();
    const links = tab.page.getByRole('navigation', { name: 'Beside this one' });
    await links.getByRole('link', { name: 'Next' }).click();
    await tab.page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
    await links.getByRole('link', { name: 'Next' }).click();
    await tab.page.getByRole('heading', { name: 'Up', exact: true }).waitFor();
    await links.getByRole('link', { name: 'Next' }).waitFor({ state: 'detached' });
    expect(await axeFindings(tab.page)).to.deep.equal([]);
    await links.getByRole('link', { name: 'Previous' }).click();
    await tab.page.getByRole('heading', { name: 'Metropolis', exact: true }).waitFor();
    await links.getByRole('link', { name: 'On the site' }).click();
    await tab.page.waitForURL(/\/movies\/\d+\/metropolis$/);
    await tab.page.getByRole('heading', { name: 'Metropolis', level: 1 }).waitFor();
  });

  it('leads on over the end of a page, which stays the one to return to until then', async () => {
    const { id } = await makePlatform({ name: 'Zenith' });
    const titles = Array.from({ length: 21 }, (_, index) => `Film ${String(index + 10)}`);
    for (const title of titles) await makeMovie({ title, platform_id: id });
    const query = 'sortBy=title&direction=asc';
    await go(`resources/watch_lists?filters.title=Film&${query}`);
    await row('Film 29').getByRole('link', { name: 'Film 29' }).click();
    const links = tab.page.getByRole('navigation', { name: 'Beside this one' });
    await links.getByRole('link', { name: 'Next' }).waitFor();
    const place = () =>
      tab.page.evaluate(
        () =>
          (JSON.parse(sessionStorage.getItem('marquee.list:watch_lists') ?? '{}') as { page: number }).page,
      );
    expect(await place()).to.equal(1);
    await links.getByRole('link', { name: 'Next' }).click();
    await tab.page.getByRole('heading', { name: 'Film 30', exact: true }).waitFor();
    expect(await place()).to.equal(2);
    await links.getByRole('link', { name: 'Previous' }).click();
    await tab.page.getByRole('heading', { name: 'Film 29', exact: true }).waitFor();
    expect(await place()).to.equal(1);
  });

  it('has no page on the site of a member who is not active', async () => {
    const gone = await makeUser({ username: 'gone', is_active: false });
    const here = await makeUser({ username: 'here' });
    const site = tab.page.getByRole('link', { name: 'On the site' });
    await go(`resources/users/records/${here.id}/show`);
    expect(await site.getAttribute('href')).to.equal('/members/here');
    await go(`resources/users/records/${gone.id}/show`);
    await tab.page.getByRole('heading', { name: 'gone', exact: true }).waitFor();
    expect(await site.count()).to.equal(0);
  });

  it('shows a movie', async () => {
    const movie = await WatchList.findOne({ where: { title: 'Up' } });
    await go(`resources/watch_lists/records/${movie?.id}/show`);
    await tab.page.getByText('Weighted rating').waitFor();
    await tab.page.getByRole('heading', { name: 'Up', exact: true }).waitFor();
    expect(await tab.page.title()).to.equal('Up – Marquee');
    expect(
      await tab.page.getByRole('navigation', { name: 'Where you are' }).getByText(/./).allTextContents(),
    ).to.include.members(['Dashboard', 'Movies', 'Up']);
    await tab.page
      .getByRole('link', { name: 'Switch off' })
      .or(tab.page.getByRole('button', { name: 'Switch off' }))
      .first()
      .click();
    await tab.page.locator('form').getByRole('button', { name: 'Switch off' }).click();
    await tab.page.getByText('Switched off: 1').waitFor();
    await tab.page.waitForURL(`**/watch_lists/records/${movie?.id}/show`);
  });

  it('edits the rating of a review', async () => {
    const movie = (await WatchList.findOne({ where: { title: 'Arrival' } })) as WatchList;
    const review = await Review.findOne({ where: { watchlist_id: movie.id } });
    await go(`resources/reviews/records/${review?.id}/edit`);
    await tab.page.locator('form').getByRole('combobox').nth(2).press('ArrowDown');
    await tab.page.getByRole('option', { name: '★☆☆☆☆' }).click();
    await tab.page.getByTestId('button-save').click();
    await row('About Arrival').waitFor();
    expect((await movie.reload()).avg_rating).to.equal(1);
  });

  it('shows the form of a user', async () => {
    await go('resources/users');
    await row('ada@example.org').waitFor();
    await row('ada@example.org').getByText('Admin').first().click();
    await tab.page.getByText('E-mail').first().waitFor();
    await tab.page.getByText('Edit', { exact: true }).first().click();
    await tab.page.locator('#password').waitFor();
  });

  it('deletes a movie', async () => {
    const movie = (await WatchList.findOne({ where: { title: 'Up' } })) as WatchList;
    await go(`resources/watch_lists/records/${movie.id}/show`);
    await tab.page.getByText('Delete', { exact: true }).first().click();
    await tab.page.getByText('all its reviews').waitFor();
    await tab.page.getByRole('button', { name: 'Confirm' }).click();
    await row('Metropolis').waitFor();
    expect(await WatchList.findByPk(movie.id)).to.equal(null);
    expect(await Review.count({ where: { watchlist_id: movie.id } })).to.equal(0);
  });

  it('deletes selected reviews', async () => {
    await go('resources/reviews');
    await row('About Arrival').waitFor();
    await tab.page
      .locator('thead input[type=checkbox], thead [role=checkbox]')
      .first()
      .click({ force: true });
    await tab.page.getByText('Delete selected').first().click();
    await tab.page.getByRole('button', { name: /Confirm/ }).click();
    await tab.page.getByText('Deleted 3 records').waitFor();
    expect(await Review.count()).to.equal(0);
  });

  it('logs out', async () => {
    await go('');
    await tab.page.getByText('ada').first().click();
    await tab.page.getByText('Log out').click();
    await tab.page.getByLabel('Username').waitFor();
    await go('');
    await tab.page.getByLabel('Username').waitFor();
  });

  it('shows moderators what they may do', async () => {
    const movie = (await WatchList.findOne({ where: { title: 'Arrival' } })) as WatchList;
    const review = await makeReview({ watchlist_id: movie.id, rating: 2, description: 'Rude words' });
    await tab.enter('moderator');
    await go('');
    await tab.page
      .getByRole('link', { name: /Reviews/ })
      .first()
      .waitFor();
    expect(await tab.page.getByText('Users').count()).to.equal(0);
    await go('resources/reviews');
    await row('Rude words').waitFor();
    await go(`resources/reviews/records/${review.id}/edit`);
    await tab.page.getByTestId('button-save').waitFor();
    await tab.page.getByTestId('summary').getByText('Rude words').waitFor();
    expect(await tab.page.locator('form').getByRole('combobox').count()).to.equal(0);
    await tab.page.locator('label[for=active]').click();
    await tab.page.locator('#hidden_reason').fill('Insult');
    await tab.page.getByTestId('button-save').click();
    await row('Rude words').waitFor();
    expect((await review.reload()).active).to.equal(false);
    expect((await movie.reload()).number_rating).to.equal(1);
  });
});

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { issueToken } from '../../../src/auth/tokens.js';
import { AuthToken } from '../../../src/models/auth-token.js';
import { makeMovie, makePlatform, makeReview } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';
import { makeMember } from '../../support/panel.js';

describe('audit log in a browser', function () {
  this.timeout(60_000);
  const tab = panelTab();
  const { go, row, shoot } = tab;
  let page: Page;
  beforeEach(async () => {
    await tab.enter('admin', 'ada');
    ({ page } = tab);
  });

  it('leads from a movie to its history, shows before and after, and restores', async () => {
    const lumiere = await makePlatform({ name: 'Lumière' });
    const nightreel = await makePlatform({ name: 'Nightreel' });
    const movie = await makeMovie({ title: 'Arrival', platform_id: lumiere.id });
    await go(`resources/watch_lists/records/${movie.id}/edit`);
    await page.locator('#title').fill('Departure');
    await page.locator('form').getByRole('combobox').first().fill('night');
    await page.getByRole('option', { name: 'Nightreel' }).click();
    await page.getByTestId('button-save').click();
    await row('Departure').getByText('Nightreel').waitFor();

    await go(`resources/watch_lists/records/${movie.id}/show`);
    await page.getByText('History', { exact: true }).first().click();
    await row('Title, Platform').waitFor();
    await shoot('audit-list');
    await row('Title, Platform').getByText('Changed').click();
    const title = row('Arrival');
    await title.waitFor();
    expect(await title.textContent()).to.equal('TitleArrivalDeparture');
    expect(await row('Lumière').textContent()).to.include(`Nightreel (#${nightreel.id})`);
    await shoot('audit-entry');
    await page.getByRole('button', { name: 'Restore this version' }).first().click();
    await page.getByText('The fields are back').waitFor();
    expect(await movie.reload()).to.include({ title: 'Arrival', platform_id: lumiere.id });

    await page.getByRole('link', { name: 'Departure' }).click();
    await page.getByText('Arrival').first().waitFor();
    await go('resources/audit_log');
    await row('Restored a version').waitFor();
    await movie.destroy();
    await row('Changed').getByText('Changed').click();
    await page.getByText('The record has been deleted').waitFor();
    expect(await page.getByRole('button', { name: 'Restore this version' }).count()).to.equal(0);
    await shoot('audit-deleted');
  });

  it('shows how many reviews a user wrote, and ends the user’s tokens', async () => {
    const user = await makeMember('user', 'writer');
    await makeReview({ user_id: user.id, description: 'By the writer' });
    await issueToken(user);
    await go('resources/users');
    await row('writer@example.org').getByRole('link', { name: '1', exact: true }).waitFor();
    await shoot('users');
    await go(`resources/users/records/${user.id}/show`);
    await page.getByText('End all sessions and tokens').first().click();
    await page.getByText('Every session and token of writer').waitFor();
    await shoot('end-logins');
    await page.getByRole('button', { name: 'End all sessions and tokens' }).click();
    await page.getByText('Ended 1 session or token').waitFor();
    expect(await AuthToken.count()).to.equal(0);
    await page.getByRole('link', { name: '1', exact: true }).click();
    await row('By the writer').waitFor();
  });
});

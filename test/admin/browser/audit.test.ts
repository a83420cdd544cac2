import { expect } from 'chai';
import { issueToken } from '../../../src/auth/tokens.js';
import { AuthToken } from '../../../src/models/auth-token.js';
import { makeMovie, makePlatform, makeReview } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';
import { makeMember } from '../../support/panel.js';

describe('audit log in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');
  const { go, row, shoot } = tab;

  it('links a movie to its history, shows before and after, and restores', async () => {
    const lumiere = await makePlatform({ name: 'Lumière' });
    const nightreel = await makePlatform({ name: 'Nightreel' });
    const movie = await makeMovie({ title: 'Arrival', platform_id: lumiere.id });
    await go(`resources/watch_lists/records/${movie.id}/edit`);
    await tab.page.locator('#title').fill('Departure');
    await tab.page.locator('form').getByRole('combobox').first().fill('night');
    await tab.page.getByRole('option', { name: 'Nightreel' }).click();
    await tab.page.getByTestId('button-save').click();
    await row('Departure').getByText('Nightreel').waitFor();

    await go(`resources/watch_lists/records/${movie.id}/show`);
    await tab.page.getByText('History', { exact: true }).first().click();
    await row('Title, Platform').waitFor();
    await shoot('audit-list');
    await row('Title, Platform').getByText('Changed').click();
    const title = row('Arrival');
    await title.waitFor();
    expect(await title.textContent()).to.equal('TitleArrivalDeparture');
    expect(await row('Lumière').textContent()).to.include(`Nightreel (#${nightreel.id})`);
    await shoot('audit-entry');
    await tab.page.getByRole('button', { name: 'Restore this version' }).first().click();
    await tab.page.getByText('The fields are back').waitFor();
    expect(await movie.reload()).to.include({ title: 'Arrival', platform_id: lumiere.id });

    await tab.page.getByRole('link', { name: 'Departure' }).click();
    await tab.page.getByText('Arrival').first().waitFor();
    await go('resources/audit_log');
    await row('Restored a version').waitFor();
    await movie.destroy();
    await row('Changed').getByText('Changed').click();
    await tab.page.getByText('The record has been deleted').waitFor();
    expect(await tab.page.getByRole('button', { name: 'Restore this version' }).count()).to.equal(0);
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
    await tab.page.getByText('End all sessions and tokens').first().click();
    await tab.page.getByText('Every session and token of writer').waitFor();
    await shoot('end-logins');
    await tab.page.getByRole('button', { name: 'End all sessions and tokens' }).click();
    await tab.page.getByText('Ended 1 session or token').waitFor();
    expect(await AuthToken.count()).to.equal(0);
    await tab.page.getByRole('link', { name: '1', exact: true }).click();
    await row('By the writer').waitFor();
  });
});

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AuditEntry } from '../../../src/audit/audit-entry.js';
import { User } from '../../../src/models/user.js';
import { makeUser, PASSWORD } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';
import { PanelClient } from '../../support/panel.js';

const FORM = 'resources/users/actions/new';

describe('links to the panel in a browser', function () {
  this.timeout(60_000);
  const tab = panelTab(this);
  const { go, row } = tab;
  let page: Page;
  beforeEach(async () => {
    await tab.enter('admin', 'ada');
    ({ page } = tab);
  });

  const address = () => page.url().replace(tab.panel.url, '');
  const save = () => page.getByTestId('button-save').click();
  /** Picks a role, by its name in the list. */
  const pickRole = async (name: string) => {
    await page.locator('form').getByRole('combobox').first().click();
    await page.getByRole('option', { name }).click();
  };

  it('fill no form and lead nowhere, from outside and inside the application', async () => {
    await go(`${FORM}?username=m&email=m@example.org&role=admin&redirectUrl=http://elsewhere.example/`);
    await page.locator('#username').waitFor();
    expect(await page.locator('#username').inputValue()).to.equal('');
    expect(await page.getByTestId('button-cancel').count()).to.equal(0);
    expect(address()).to.equal(`/admin/${FORM}`);
    // As a link within the application would: the server sees nothing of it.
    await page.evaluate((path) => {
      history.pushState({}, '', `${path}?username=m&redirectUrl=javascript:alert(1)&page=2`);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, `/admin/${FORM}`);
    await page.waitForURL(`**/admin/${FORM}?page=2`);
    expect(await page.locator('#username').inputValue()).to.equal('');
    expect(await page.getByTestId('button-cancel').count()).to.equal(0);
  });

  it('cannot run a script on the login page', async () => {
    await tab.become();
    await go(`login?next=${encodeURIComponent(`/admin/resources/a'-(window.broken=1)-'`)}`);
    await page.getByLabel('Username').waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'broken') as unknown)).to.equal(undefined);
  });

  it('make no staff: the form asks for one’s own password', async () => {
    await go(FORM);
    await page.locator('#username').fill('carla');
    await page.locator('#email').fill('carla@example.org');
    await page.locator('#password').fill('louder-harbour-72');
    expect(await page.getByLabel('Your password').count()).to.equal(0);
    await pickRole('Admin');
    await page.getByLabel('Your password').fill('wrong');
    await save();
    await page.getByText('Your password was entered incorrectly.').first().waitFor();
    expect(await User.byUsername('carla')).to.equal(null);
    await tab.shoot('own password');
    await page.getByLabel('Your password').fill(PASSWORD);
    await save();
    await row('carla').waitFor();
    expect((await User.byUsername('carla'))?.role).to.equal('admin');
  });

  it('ask in German, too', async () => {
    const { id } = await makeUser({ username: 'carla' });
    await page.goto(`${tab.panel.url}/healthz`);
    await page.evaluate(() => localStorage.setItem('i18nextLng', 'de'));
    await go(`resources/users/records/${id}/edit`);
    await page.locator('#username').waitFor();
    expect(await page.getByLabel('Ihr Passwort').count()).to.equal(0);
    await pickRole('Moderator');
    await page.getByLabel('Ihr Passwort').waitFor();
    await save();
    await page.getByText('Für diese Änderung ist Ihr eigenes Passwort nötig.').first().waitFor();
    await page.getByLabel('Ihr Passwort').fill(PASSWORD);
    await save();
    await row('carla').waitFor();
    expect((await User.byUsername('carla'))?.role).to.equal('moderator');
  });

  it('restore no rights without it', async () => {
    const user = await makeUser({ username: 'carla' });
    const client = await PanelClient.loggedIn(tab.panel, (await User.byUsername('ada')) as User);
    await client.send(`users/records/${user.id}/edit`, { role: 'moderator', own_password: PASSWORD });
    await client.send(`users/records/${user.id}/edit`, { role: 'user', own_password: PASSWORD });
    const entry = await AuditEntry.findOne({ where: { record_id: user.id }, order: [['id', 'ASC']] });
    await go(`resources/audit_log/records/${entry?.id}/show`);
    await page.getByRole('button', { name: 'Restore this version' }).last().click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Restore this version' }).last().click();
    await page.getByText('The fields are back').first().waitFor();
    expect((await user.reload()).role).to.equal('moderator');
  });
});

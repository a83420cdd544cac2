import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { User } from '../../../src/models/user.js';
import { Authenticator, setUpOtp } from '../../support/authenticator.js';
import { axeFindings } from '../../support/axe.js';
import { logIn } from '../../support/browser.js';
import { clientOf } from '../../support/clients.js';
import { makeUser, PASSWORD } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

/** Expects that axe finds nothing at all, and that the page fits the window. */
async function expectFine(page: Page): Promise<void> {
  expect(await axeFindings(page)).to.deep.equal([]);
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(isTooWide, 'wider than the window').to.equal(false);
}

describe('the second factor in the panel, in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');

  it('is asked for on a page of its own', async () => {
    const { page } = tab;
    const user = (await User.byUsername('ada')) as User;
    const app = await setUpOtp(await clientOf(user));
    await tab.become();
    await tab.go('resources/genres');
    await logIn(page, 'ada');
    await page.getByLabel('Code').fill('1');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('The code is wrong').waitFor();
    expect(tab.faults.splice(0).join()).to.include('401');
    await expectFine(page);
    await page.getByLabel('Code').fill(await app.fresh());
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL('**/admin/resources/genres');
  });

  it('is set up on the page of one’s own account, also on a phone', async () => {
    const { page } = tab;
    await tab.go('');
    await page.getByRole('link', { name: 'ada' }).click();
    await page.getByRole('heading', { name: 'Your account: ada' }).waitFor();
    await tab.shoot('own account');
    await page.setViewportSize({ width: 390, height: 844 });
    await expectFine(page);
    const region = page.getByRole('region', { name: 'Second factor' });
    await region.getByLabel('Password').fill(PASSWORD);
    await region.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: 'A square to scan' }).waitFor();
    await expectFine(page);
    await tab.shoot('own account set-up');
    const user = (await User.byUsername('ada')) as User;
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code').fill(new Authenticator(user.id, secret).code());
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    await expectFine(page);
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByText('It is on').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectFine(page);
  });

  it('of somebody else is reset with the own password', async () => {
    const { page } = tab;
    const ben = await makeUser({ username: 'ben', password: PASSWORD });
    await setUpOtp(await clientOf(ben));
    await tab.go(`resources/users/records/${ben.id}/resetOtp`);
    await page.getByLabel('Your password').fill('x');
    await page.getByRole('button', { name: 'Reset second factor' }).click();
    await page.getByText('Your password was entered incorrectly.').first().waitFor();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Reset second factor' }).click();
    await page.getByText('The second factor is off').waitFor();
  });
});

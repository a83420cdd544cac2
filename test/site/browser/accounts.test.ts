import { expect } from 'chai';
import { issueReset } from '../../../src/auth/password-resets.js';
import { AuthToken } from '../../../src/models/auth-token.js';
import { User } from '../../../src/models/user.js';
import { makeReview, makeUser, PASSWORD } from '../../support/factories.js';
import { sharedBrowser } from '../../support/browser.js';
import { sharedUrl } from '../../support/server.js';
import { siteTab, type SiteTab } from '../../support/site-tab.js';

const NEW = 'louder-lantern-29';

/** Expects that axe finds nothing on the page, and that it fits the window. */
async function expectFine(tab: SiteTab): Promise<void> {
  expect(await tab.axeFindings()).to.deep.equal([]);
  expect(await tab.isTooWide(), 'wider than the window').to.equal(false);
}

/** Forgets the refusals that the browser reports by itself. */
function forgetRefusals(tab: SiteTab): void {
  const others = tab.faults.filter((fault) => !/status of (400|429)/.test(fault));
  tab.faults.splice(0, tab.faults.length, ...others);
}

async function signIn({ page }: Pick<SiteTab, 'page'>, username: string, password = PASSWORD) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

for (const javaScript of [true, false])
  describe(`accounts in a browser ${javaScript ? 'with' : 'without'} scripts`, function () {
    const tab = siteTab(this, { javaScript });
    const { go } = tab;

    it('sign up, out and in again, back to where one was', async () => {
      const { page } = tab;
      await go('/preferences?next=1');
      await go('/');
      await page.getByRole('banner').getByRole('link', { name: 'Sign up' }).click();
      await page.getByLabel('Username').fill('ann');
      await page.getByLabel('Email').fill('ann@example.org');
      await page.getByLabel('Password', { exact: true }).fill(NEW);
      await page.getByLabel('Repeat password').fill('other-lantern-29');
      await page.getByRole('button', { name: 'Sign up' }).click();
      await page
        .getByText('The two password fields didn’t match.')
        .or(page.getByText("didn't match"))
        .first()
        .waitFor();
      if (javaScript)
        expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-summary'))).to.equal(
          true,
        );
      expect(await page.getByLabel('Username').inputValue()).to.equal('ann');
      expect(await page.getByLabel('Password', { exact: true }).inputValue()).to.equal('');
      forgetRefusals(tab);
      await page.getByLabel('Password', { exact: true }).fill(NEW);
      await page.getByLabel('Repeat password').fill(NEW);
      await page.getByRole('button', { name: 'Sign up' }).click();
      await page.getByText('Welcome! Your account is ready.').waitFor();
      await page.getByRole('banner').getByText('ann', { exact: true }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
      await page.goBack();
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
      await go('/settings');
      await signIn(tab, 'ann', NEW);
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
    });

    it('sign in on two devices and end one', async () => {
      await makeUser({ username: 'ann', password: PASSWORD });
      const phone = await (
        await sharedBrowser()
      ).newContext({
        userAgent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
        javaScriptEnabled: javaScript,
        locale: 'en-GB',
      });
      try {
        const other = await phone.newPage();
        await other.goto(`${sharedUrl()}/login`);
        await signIn({ page: other }, 'ann');
        await other.getByRole('banner').getByText('ann', { exact: true }).waitFor();
        await go('/login?next=/settings');
        await signIn(tab, 'ann');
        await tab.page.getByRole('button', { name: 'Sign out: Safari on iPhone' }).click();
        await tab.page.getByText('The device is signed out.').waitFor();
        expect(await AuthToken.count()).to.equal(1);
        await other.goto(`${sharedUrl()}/settings`);
        await other.getByRole('heading', { name: 'Sign in' }).waitFor();
      } finally {
        await phone.close();
      }
    });

    it('set a new password by the mailed link', async () => {
      const user = await makeUser({ username: 'ann' });
      await go(`/reset-password?token=${await issueReset(user)}`);
      const { page } = tab;
      await page.getByLabel('New password').fill(NEW);
      await page.getByLabel('Repeat password').fill(NEW);
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByText('Your password is set. Sign in with it.').waitFor();
      await signIn(tab, 'ann', NEW);
      await page.getByRole('banner').getByText('ann', { exact: true }).waitFor();
    });
  });

describe('accounts on a phone, in German', function () {
  const tab = siteTab(this, { width: 360, height: 740, language: 'de-DE', colors: 'dark' });
  const { go } = tab;

  it('have pages and faults in which axe finds nothing', async () => {
    const { page } = tab;
    for (const path of [
      '/login',
      '/register',
      '/forgot-password',
      '/reset-password?token=x',
      '/confirm-email?token=x',
    ]) {
      await go(path);
      await expectFine(tab);
      await page.getByRole('main').getByRole('button').first().click();
      await page.locator('[data-summary], [role=status]:not(.notice-area)').first().waitFor();
      await expectFine(tab);
      expect(await page.getByRole('main').innerText()).to.not.match(/This |Enter |link is/);
    }
    forgetRefusals(tab);
    await go('/forgot-password?sent=1');
    await expectFine(tab);
  });

  it('have settings in which axe finds nothing', async () => {
    const user = await makeUser({
      username: 'a'.repeat(150),
      email: `${'e'.repeat(60)}@${'x.'.repeat(60)}example.org`,
    });
    await tab.become(user);
    const { page } = tab;
    await go('/settings');
    await page.getByText('Dieses Gerät').waitFor();
    await expectFine(tab);
    for (const button of ['Passwort ändern', 'Konto löschen']) {
      await page.getByRole('button', { name: button }).click();
      await page.locator('[data-summary]').waitFor();
      await expectFine(tab);
    }
    forgetRefusals(tab);
    await go('/logout');
    await expectFine(tab);
  });
});

describe('accounts by keyboard', function () {
  const tab = siteTab(this);

  it('sign in, and delete the account', async () => {
    const { page } = tab;
    const { keyboard } = page;
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    await makeReview({ user_id: user.id });
    await tab.go('/login?next=/settings');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.type('ann');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Delete account' }).waitFor();
    await expectFine(tab);
    const form = page.locator('form[data-form=delete]');
    await form.getByLabel('Password').focus();
    await keyboard.type(PASSWORD);
    await keyboard.press('Tab');
    expect(await form.getByRole('button').evaluate((button) => button.matches(':focus-visible'))).to.equal(
      true,
    );
    await keyboard.press('Enter');
    await page.getByText('Your account is deleted, with all that was yours.').waitFor();
    await expectFine(tab);
    expect(await User.count()).to.equal(0);
  });

  it('never reach the field that is for programs', async () => {
    await tab.go('/register');
    const trap = tab.page.locator('[name=company_fax]');
    await tab.page.getByLabel('Repeat password').focus();
    await tab.page.keyboard.press('Tab');
    expect(await trap.evaluate((field) => field === document.activeElement)).to.equal(false);
    expect(await tab.page.getByRole('textbox', { name: 'Leave this field empty' }).count()).to.equal(0);
    expect((await trap.boundingBox())?.x).to.be.below(0);
  });
});

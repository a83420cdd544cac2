import { expect } from 'chai';
import { Authenticator, setUpOtp } from '../../support/authenticator.js';
import { clientOf } from '../../support/clients.js';
import { makeUser, PASSWORD } from '../../support/factories.js';
import { siteTab, type SiteTab } from '../../support/site-tab.js';

/** Expects that axe finds nothing on the page, and that it fits the window. */
async function expectFine(tab: SiteTab, name: string): Promise<void> {
  await tab.shoot(name);
  expect(await tab.axeFindings(), name).to.deep.equal([]);
  expect(await tab.isTooWide(), `${name}: wider than the window`).to.equal(false);
}

/** Forgets the refusals that the browser reports by itself. */
function forgetRefusals({ faults }: SiteTab): void {
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('status of 400')));
}

describe('the second factor on a phone', function () {
  const tab = siteTab(this, { width: 360, height: 740, language: 'de-DE' });

  it('is set up and switched off in German, by keyboard', async () => {
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    await tab.become(user);
    const { page } = tab;
    await tab.go('/settings');
    const setting = page.getByRole('region', { name: 'Zweiter Faktor' });
    await setting.getByLabel('Passwort').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Zweiten Faktor einrichten' }).waitFor();
    await page.getByRole('img', { name: 'Quadrat' }).waitFor();
    await expectFine(tab, 'factor confirm');
    const app = new Authenticator(user.id, (await page.locator('.secret').innerText()).replaceAll(' ', ''));
    await page.getByLabel('Code').fill('1');
    await page.keyboard.press('Enter');
    await page.getByText('Der Code ist falsch').first().waitFor();
    await expectFine(tab, 'factor confirm refused');
    forgetRefusals(tab);
    await page.getByLabel('Code').fill(app.code());
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Drucken' }).waitFor();
    await expectFine(tab, 'factor codes');
    await tab.window.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Kopieren' }).click();
    await page.getByRole('status').getByText('Kopiert').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')).to.have.length(10);
    await page.getByRole('button', { name: 'Ich habe sie aufbewahrt' }).click();
    await page.getByText('Der zweite Faktor ist an.').waitFor();
    await expectFine(tab, 'factor on');
    await setting.getByLabel('Passwort').fill(PASSWORD);
    await setting.getByLabel('Code').fill(copied.split('\n')[4] as string);
    await setting.getByRole('button', { name: 'Ausschalten' }).click();
    await page.getByText('Der zweite Faktor ist aus.').waitFor();
  });
});

for (const javaScript of [true, false])
  describe(`signing in with a code ${javaScript ? 'with' : 'without'} scripts`, function () {
    const tab = siteTab(this, { javaScript, width: 360, height: 740 });

    it('leads back to where one was', async () => {
      const user = await makeUser({ username: 'ann', password: PASSWORD });
      const app = await setUpOtp(await clientOf(user));
      const { page } = tab;
      await tab.go('/watchlist');
      await page.getByLabel('Username').fill('ann');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
      expect(await page.content()).not.to.include(PASSWORD);
      if (javaScript) await expectFine(tab, 'login code');
      await page.getByLabel('Code').fill(await app.fresh());
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL('**/watchlist');
    });
  });

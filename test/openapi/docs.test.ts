import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openPage, openWindow, sharedBrowser } from '../support/browser.js';
import { asUser, anonymous, type UserClient } from '../support/clients.js';
import { PASSWORD } from '../support/factories.js';
import { type Server, startServer } from '../support/server.js';

describe('/docs/', function () {
  this.timeout(60_000);

  it('loads only files of this server', async () => {
    const { text, headers } = await anonymous.get('/docs/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).to.include("default-src 'none'").and.not.include('unsafe');
    expect(text).to.not.match(/(src|href)="(https?:)?\/\//);
    const assets = [...text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(assets).to.have.length(4);
    for (const path of assets) {
      const asset = await anonymous.get(path);
      expect(asset.status, path).to.equal(200);
      expect(asset.headers.get('cache-control'), path).to.match(
        /\d\.\d/.test(path) ? /immutable/ : /^no-cache$/,
      );
    }
    expect((await anonymous.get('/docs')).text).to.equal(text);
    for (const path of ['/docs/nothing.js', '/docs/constructor', '/docs/..%2fpackage.json']) {
      expect((await anonymous.get(path)).status, path).to.equal(404);
    }
  });

  describe('in a browser', () => {
    let server: Server;
    let user: UserClient;
    let page: Page;
    let faults: string[];
    // One page for all tests: a new one would load Swagger UI in another process of the browser.
    before(async () => {
      server = await startServer();
      ({ page, faults } = await openPage(await openWindow(await sharedBrowser()), server));
    });
    after(async () => {
      await page.context().close();
      await server.close();
    });
    beforeEach(async () => {
      user = await asUser({ password: PASSWORD });
      await page.goto(`${server.url}/docs/#/Accounts/getAccount`);
    });
    afterEach(async () => {
      await page.goto(`${server.url}/healthz`);
      expect(faults.splice(0)).to.deep.equal([]);
    });

    /** Fills in "Authorize" for a scheme, reads the account, and returns the answer that the page shows. */
    async function tryWith(scheme: string, credentials: string) {
      await page.getByRole('button', { name: 'Authorize', exact: true }).first().click();
      const form = page.locator('.auth-container').filter({ hasText: scheme });
      await form.getByRole('textbox').fill(credentials);
      await form.getByRole('button', { name: 'Apply credentials' }).click();
      await page.getByRole('button', { name: 'Close', exact: true }).first().click();
      const operation = page.locator('#operations-Accounts-getAccount');
      await operation.getByRole('button', { name: 'Execute' }).click();
      const answer = operation.locator('.live-responses-table .response');
      await answer.waitFor();
      return {
        status: await answer.locator('.response-col_status').innerText(),
        text: await answer.innerText(),
      };
    }

    it('tries the API with a token', async () => {
      const { status, text } = await tryWith('token (apiKey)', user.key);
      expect(status).to.include('200');
      expect(text).to.include(user.user.email);
    });

    it('tries the API with a JWT', async () => {
      const { body } = await anonymous.post('/account/token/', {
        username: user.user.username,
        password: PASSWORD,
      });
      const { status, text } = await tryWith('jwt (http, Bearer)', body.access);
      expect(status).to.include('200');
      expect(text).to.include(user.user.email);
    });
  });
});

import { expect } from 'chai';
import { SESSION_COOKIE } from '../../site/http/session.js';
import { issueEmailChange } from '../../src/auth/email-changes.js';
import { issueReset } from '../../src/auth/password-resets.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { EmailChange } from '../../src/models/email-change.js';
import { anonymous } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { mailbox, partsOf } from '../support/mailbox.js';
import { eventually, start, withProcess } from '../support/processes.js';
import { withServer } from '../support/server.js';
import { cookiesOf, getPage, pageText, postForm, sessionOf } from '../support/site.js';

const NEW = 'louder-lantern-29';
const fresh = { form: 'reset-password', new_password: NEW, new_password2: NEW };

describe('/forgot-password', () => {
  it('mails a link to the page that sets a new password, in the visitor’s language', async () => {
    const user = await makeUser({ username: 'ann', email: 'ann@example.org', password: PASSWORD });
    const box = await mailbox();
    try {
      const env = { SMTP_URL: box.url, PUBLIC_URL: 'https://movies.example.org' };
      await withProcess(env, async ({ url }) => {
        const headers = { Origin: env.PUBLIC_URL };
        const cookie = 'marquee.language=de';
        const asked = await postForm('/forgot-password', { email: user.email }, { url, headers, cookie });
        expect(asked.headers.get('location')).to.equal('/forgot-password?sent=1');
        expect(await pageText('/forgot-password?sent=1', { url, cookie })).to.include('E-Mail unterwegs');
        const { text, html } = partsOf(await box.mail(user.email));
        const link = /https:\/\/\S+/.exec(text)?.[0] ?? '';
        expect(text).to.include('Guten Tag ann,').and.include('Der Link gilt eine Stunde');
        expect(html).to.include('<html lang="de">').and.include(`href="${link}"`);
        expect(link).to.match(/^https:\/\/movies\.example\.org\/reset-password\?token=[0-9a-f]{64}$/);
        const { pathname, search } = new URL(link);
        expect(text).to.include(`danach fragt: ${search.slice('?token='.length)}`);
        const done = await postForm(pathname + search, fresh, { url, headers });
        expect(done.headers.get('location')).to.equal('/login');
      });
    } finally {
      box.close();
    }
    const login = await anonymous.post('/account/login/', { username: 'ann', password: NEW });
    expect(login.status).to.equal(200);
  });

  it('answers the same for addresses that nobody has', async () => {
    await makeUser({ email: 'ann@example.org' });
    const answers = await Promise.all(
      ['ann@example.org', 'nobody@example.org'].map((email) => postForm('/forgot-password', { email })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.get('location')))).to.have.property('size', 1);
    const wrong = await postForm('/forgot-password', { form: 'forgot-password', email: 'x' });
    expect(wrong.status).to.equal(400);
    expect(await wrong.text()).to.include('Enter a valid email address.');
  });

  it('counts with the resets of the API', async () => {
    await withServer({ THROTTLE_LOGIN: { limit: 2, windowMs: 60_000 } }, async (server) => {
      const email = 'ann@example.org';
      await anonymous.at(server).post('/account/password-reset/', { email });
      const send = () =>
        postForm('/forgot-password', { form: 'forgot-password', email }, { url: server.url });
      expect((await send()).status).to.equal(303);
      const refused = await send();
      expect(refused.status).to.equal(429);
      expect(await refused.text())
        .to.include('Request was throttled.')
        .and.include('value="ann@example.org"');
    });
  });

  it('says where no mail can be sent', async () => {
    const secrets = { SESSION_SECRET: 'x'.repeat(32), JWT_SECRET: 'y'.repeat(32) };
    const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://movies.example.org', ...secrets };
    await withProcess(env, async ({ url }) => {
      const text = await pageText('/forgot-password', { url });
      expect(text).to.include('This site cannot send mail.').and.not.include('name="email"');
    });
  });
});

describe('/reset-password', () => {
  it('sets the password, ends every session and leads to signing in', async () => {
    const user = await makeUser({ username: 'ann', password: PASSWORD });
    const cookie = await sessionOf(user);
    const path = `/reset-password?token=${await issueReset(user)}`;
    expect(await pageText(path)).to.include('Set a new password');
    const answer = await postForm(path, fresh, { cookie });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/login']);
    expect(cookiesOf(answer)[SESSION_COOKIE]).to.equal('');
    expect(await AuthToken.count()).to.equal(0);
    expect((await postForm('/login', { username: 'ann', password: NEW })).status).to.equal(303);
    const again = await postForm(path, fresh, { language: 'de' });
    expect(again.status).to.equal(400);
    expect(await again.text()).to.include('Der Link ist falsch, schon benutzt oder abgelaufen.');
  });

  it('shows the faults of the password, and does not spend the token', async () => {
    const user = await makeUser({ username: 'lanternlady' });
    const path = `/reset-password?token=${await issueReset(user)}`;
    const weak = { form: 'reset-password', new_password: 'lanternlady1', new_password2: 'x' };
    const refused = await postForm(path, weak);
    const text = await refused.text();
    expect(text).to.include('too similar to the username').and.include("didn't match");
    expect(text).to.not.include('lanternlady1');
    expect((await postForm(path, fresh)).status).to.equal(303);
  });

  it('says that a link without its token is not complete', async () => {
    expect(await pageText('/reset-password')).to.include('The link is not complete.');
    expect(await pageText('/confirm-email')).to.include('The link is not complete.');
  });

  it('keeps the token out of other addresses, other sites and the log', async () => {
    const token = await issueReset(await makeUser());
    const page = await getPage(`/reset-password?token=${token}`);
    expect(page.headers.get('referrer-policy')).to.equal('same-origin');
    const text = await page.text();
    for (const [, address] of text.matchAll(/(?:href|src|action|content)="([^"]*)"/g))
      expect(address).to.not.include(token);
    const started = start('test/support/api-process.js', { LOG_LEVEL: 'info' });
    try {
      const output = (pattern: RegExp) => eventually(started, () => pattern.exec(started.output())?.[0]);
      const url = await output(/http:\/\/127\.0\.0\.1:\d+/);
      await pageText(`/reset-password?token=${token}`, { url });
      await postForm(`/reset-password?token=${token}`, { form: 'reset-password' }, { url });
      await pageText(`/confirm-email?token=${token}`, { url });
      await output(/\/confirm-email/);
    } finally {
      started.child.kill('SIGKILL');
      await started.ended;
    }
    expect(started.output()).to.include('/reset-password?token=…').and.not.include(token);
  });
});

describe('/confirm-email', () => {
  it('confirms by its button, not by the link alone', async () => {
    const user = await makeUser({ email: 'ann@example.org' });
    const path = `/confirm-email?token=${await issueEmailChange(user, 'new@example.org')}`;
    expect(await pageText(path)).to.include('Confirm your new address');
    expect((await user.reload()).email).to.equal('ann@example.org');
    expect(await EmailChange.count()).to.equal(1);
    const answer = await postForm(path, { form: 'confirm-email' });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/']);
    expect((await user.reload()).email).to.equal('new@example.org');
    const again = await postForm(path, { form: 'confirm-email' });
    expect(again.status).to.equal(400);
    expect(await again.text()).to.include('The link is wrong, spent or expired.');
  });
});

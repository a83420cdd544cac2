import { expect } from 'chai';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { cookiesOf, getPage, pageText, postForm, sessionOf } from '../support/site.js';
import { SESSION_COOKIE } from '../../site/http/session.js';

describe('pages', () => {
  it('are HTML in the visitor’s language', async () => {
    const english = await getPage('/');
    expect(english.status).to.equal(200);
    expect(english.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(english.headers.get('content-language')).to.equal('en');
    expect(await english.text()).to.include('<html lang="en"');
    const german = await getPage('/', { language: 'de-AT,de;q=0.8' });
    expect(german.headers.get('content-language')).to.equal('de');
    expect(await german.text()).to.include('Was sehen Sie heute Abend?');
    expect(await pageText('/?lang=de')).to.include('<html lang="de"');
  });

  it('escape what people wrote', async () => {
    const movie = await makeMovie({ title: '<script>alert(1)</script> & "more"' });
    await makeReview({ watchlist_id: movie.id, description: '</blockquote><img src=x onerror=alert(1)>' });
    const text = await pageText('/');
    expect(text).to.include('&lt;script').and.to.include('&amp;');
    expect(text).to.not.include('<script>alert');
    expect(text).to.not.include('<img src=x');
  });

  it('keep a choice of language and colours in cookies', async () => {
    const chosen = await postForm('/preferences', { language: 'de', next: '/movies?genre=Drama' });
    expect(chosen.status).to.equal(303);
    expect(chosen.headers.get('location')).to.equal('/movies?genre=Drama');
    const cookie = Object.entries(cookiesOf(chosen))
      .map((pair) => pair.join('='))
      .join('; ');
    expect(await pageText('/', { cookie })).to.include('<html lang="de"');
    const dark = await postForm('/preferences', { theme: 'dark', next: 'https://elsewhere.example/' });
    expect(dark.headers.get('location')).to.equal('/');
    const theme = `marquee.theme=${cookiesOf(dark)['marquee.theme'] ?? ''}`;
    expect(await pageText('/', { cookie: theme })).to.include('data-theme="dark"');
  });

  it('refuse forms of other sites', async () => {
    const sources: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null' },
    ];
    for (const headers of sources) {
      const refused = await postForm('/preferences', { language: 'de' }, { headers });
      expect(refused.status).to.equal(403);
      expect(refused.headers.getSetCookie()).to.deep.equal([]);
    }
  });

  it('lead from a slash at the end to the address without', async () => {
    const answer = await getPage('/preferences/?a=1');
    expect(answer.status).to.equal(301);
    expect(answer.headers.get('location')).to.equal('/preferences?a=1');
  });

  it('answer unknown paths with a page for browsers, and JSON for others', async () => {
    const page = await getPage('/nothing-here');
    expect(page.status).to.equal(404);
    const text = await page.text();
    expect(text).to.include('Page not found').and.to.include(page.headers.get('x-request-id'));
    const json = await getPage('/nothing-here', { headers: { Accept: '*/*' } });
    expect(await json.json()).to.deep.equal({ detail: 'Not found.' });
    const api = await getPage('/watch/nothing-here/');
    expect(await api.json()).to.deep.equal({ detail: 'Not found.' });
  });

  it('refuse methods that they do not have', async () => {
    const answer = await fetch((await getPage('/')).url, { method: 'DELETE' });
    expect(answer.status).to.equal(405);
    expect(answer.headers.get('allow')).to.equal('GET, HEAD, OPTIONS');
  });

  it('show a member what is theirs, and never keep it for others', async () => {
    const ann = await makeUser({ username: 'ann' });
    const bob = await makeUser({ username: 'bob' });
    const [first, second] = [await sessionOf(ann), await sessionOf(bob)];
    const pages = await Promise.all(
      [first, second, undefined, first, second, undefined].map((cookie) =>
        getPage('/', { ...(cookie && { cookie }) }),
      ),
    );
    const texts = await Promise.all(pages.map((page) => page.text()));
    expect(texts.map((text) => /ann|bob|Sign in/.exec(text)?.[0])).to.deep.equal([
      'ann',
      'bob',
      'Sign in',
      'ann',
      'bob',
      'Sign in',
    ]);
    expect(pages[0]?.headers.get('cache-control')).to.equal('private, no-cache');
  });

  it('take away the cookie of a session that has ended', async () => {
    const user = await makeUser();
    const cookie = await sessionOf(user);
    await user.update({ is_active: false });
    const answer = await getPage('/', { cookie });
    expect(answer.status).to.equal(200);
    expect(cookiesOf(answer)[SESSION_COOKIE]).to.equal('');
  });

  it('open by a session, which opens nothing of the API', async () => {
    const cookie = await sessionOf(await makeUser());
    expect((await getPage('/account/me/', { cookie, headers: { Accept: '*/*' } })).status).to.equal(401);
    const value = cookie.slice(cookie.indexOf('=') + 1);
    const asToken = await getPage('/account/me/', {
      headers: { Accept: '*/*', Authorization: `Token ${value}` },
    });
    expect(asToken.status).to.equal(401);
  });

  it('follow every change at once', async () => {
    const movie = await makeMovie({ title: 'Before' });
    expect(await pageText('/')).to.include('Before');
    await movie.update({ title: 'Afterwards' });
    expect(await pageText('/'))
      .to.include('Afterwards')
      .and.to.not.include('Before<');
  });
});

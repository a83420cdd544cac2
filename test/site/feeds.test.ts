import { expect } from 'chai';
import { parseAtomFeed } from 'feedsmith';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { getPage } from '../support/site.js';
import { sharedUrl } from '../support/server.js';
import { expectValid } from '../support/xml.js';

/** A feed, valid and parsed. */
async function feedAt(path: string, language = 'en') {
  const answer = await getPage(path, { language });
  expect(answer.status).to.equal(200);
  expect(answer.headers.get('content-type')).to.equal('application/atom+xml; charset=utf-8');
  const text = await answer.text();
  await expectValid(text, 'atom');
  return { text, feed: parseAtomFeed(text) };
}

describe('feeds', () => {
  it('have the latest reviews, the newest first', async () => {
    const movie = await makeMovie({ title: 'Heat' });
    const ann = await makeUser({ username: 'ann' });
    const first = await makeReview({
      watchlist_id: movie.id,
      user_id: ann.id,
      rating: 4,
      description: 'One.',
    });
    const second = await makeReview({ watchlist_id: movie.id, rating: 1, description: null });
    await makeReview({ watchlist_id: movie.id, active: false });
    const { feed } = await feedAt('/feed.xml');
    const { entries = [] } = feed;
    expect(feed.title?.value ?? feed.title).to.equal('Marquee: latest reviews');
    expect(feed.id).to.equal(`${sharedUrl()}/feed.xml`);
    expect(entries).to.have.lengthOf(2);
    const [newer, older] = entries;
    expect(newer?.content).to.equal(undefined);
    expect(newer?.id).to.match(new RegExp(`^tag:127\\.0\\.0\\.1,\\d{4}-\\d\\d-\\d\\d:review/${second.id}$`));
    expect(older?.title?.value ?? older?.title).to.equal('Heat: 4 of 5 stars');
    expect(older?.authors?.[0]).to.deep.equal({ name: 'ann', uri: `${sharedUrl()}/members/ann` });
    expect(older?.links?.[0]?.href).to.equal(`${sharedUrl()}/movies/${movie.id}/heat#review-${first.id}`);
    expect(older?.published).to.equal(first.created.toISOString());
  });

  it('keep the ids of reviews that change, and show when they did', async () => {
    const review = await makeReview();
    const before = (await feedAt('/feed.xml')).feed;
    await review.update({ description: 'Seen again.', rating: 2 });
    const after = (await feedAt('/feed.xml')).feed;
    expect(after.entries?.[0]?.id).to.equal(before.entries?.[0]?.id);
    const updated = after.entries?.[0]?.updated ?? '';
    expect(updated > (before.entries?.[0]?.updated ?? '')).to.equal(true);
    expect(after.updated).to.equal(updated);
  });

  it('escape what people wrote, twice in content', async () => {
    const movie = await makeMovie({ title: ']]> <b>&amp;"\u0001' });
    await makeReview({
      watchlist_id: movie.id,
      description: '<script>alert(1)</script>\u0008 & more\n\nA second\nparagraph. \u{1f600}',
    });
    const { text, feed } = await feedAt('/feed.xml');
    expect(text).to.not.include('<script').and.to.not.include('<b>');
    const [entry] = feed.entries ?? [];
    expect(entry?.title?.value ?? entry?.title).to.equal(']]> <b>&amp;": 3 of 5 stars');
    expect(entry?.content?.value).to.equal(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p><p>A second<br>paragraph. \u{1f600}</p>',
    );
  });

  it('give no spoilers away', async () => {
    await makeReview({ description: 'The butler did it.', spoiler: true });
    const { text } = await feedAt('/feed.xml');
    expect(text).to.include('gives the plot away').and.to.not.include('butler');
  });

  it('are valid without reviews, and in German', async () => {
    const { feed } = await feedAt('/feed.xml', 'de');
    expect(feed.title?.value ?? feed.title).to.equal('Marquee: neueste Kritiken');
    expect(feed.entries ?? []).to.deep.equal([]);
    const { feed: asked } = await feedAt('/feed.xml?lang=de');
    expect(asked.links?.find(({ rel }) => rel === 'self')?.href).to.equal(`${sharedUrl()}/feed.xml?lang=de`);
    expect(asked.id).to.equal(feed.id);
  });

  it('of a member have only that member’s reviews', async () => {
    const ann = await makeUser({ username: 'ann+1@x' });
    await makeReview({ user_id: ann.id, description: 'Mine.' });
    await makeReview({ user_id: ann.id, active: false, description: 'Hidden.' });
    await makeReview({ description: 'Another’s.' });
    const { text, feed } = await feedAt('/members/ann%2B1%40x/feed.xml');
    expect(feed.entries).to.have.lengthOf(1);
    const misspelt = await getPage('/members/ANN%2B1%40X/feed.xml');
    expect([misspelt.status, misspelt.headers.get('location')]).to.deep.equal([
      301,
      '/members/ann%2B1%40x/feed.xml',
    ]);
    expect((await getPage('/members/nobody/feed.xml')).status).to.equal(404);
    expect(text).to.include('Mine.').and.to.not.include('Hidden.').and.to.not.include('Another');
  });

  it('answer 304 to a reader that has them', async () => {
    await makeReview();
    const tag = (await getPage('/feed.xml')).headers.get('etag') ?? '';
    const headers = { 'If-None-Match': tag };
    expect((await getPage('/feed.xml', { headers })).status).to.equal(304);
    await makeReview();
    expect((await getPage('/feed.xml', { headers })).status).to.equal(200);
  });
});

import { expect } from 'chai';
import { asAdmin, clientOf, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../support/factories.js';
import { staffClient } from '../support/panel.js';

type Fields = Record<string, string>;

const LONG = 'x'.repeat(2_001);

const PLATFORM: Fields = { name: 'Fresh', about: 'Films', website: 'https://fresh.example.org' };
const MOVIE: Fields = { title: 'Fresh', storyline: 'Somebody waits.' };
const USER: Fields = { username: 'fresh', email: 'fresh@example.org', password: 'quiet-harbour-71' };

/** Invalid values by resource, in fields that the API and the panel share. */
const FAULTS: Record<string, Fields[]> = {
  stream_platforms: [
    { name: '' },
    { name: '  ' },
    { name: 'x'.repeat(31) },
    { name: 'TAKEN' },
    { name: 'a\0b' },
    { about: '' },
    { about: 'x'.repeat(151) },
    { website: '' },
    { website: 'nowhere' },
    { website: 'ftp://x.example.org' },
    { website: `https://${'x'.repeat(100)}.example.org` },
    { name: '', about: '', website: '' },
  ],
  watch_lists: [
    { title: '' },
    { title: '\t' },
    { title: 'x'.repeat(201) },
    { title: 'a\0b' },
    { storyline: '' },
    { storyline: LONG },
    { title: '', storyline: LONG },
    { active: 'perhaps' },
    { active: 'perhaps', title: '' },
  ],
  reviews: [
    { rating: '0' },
    { rating: '6' },
    { rating: '4.5' },
    { rating: 'x' },
    { description: LONG },
    { spoiler: 'perhaps' },
    { spoiler: '2', rating: '6' },
  ],
  users: [
    { username: '' },
    { username: 'bad name' },
    { username: 'x'.repeat(151) },
    { username: 'TAKEN' },
    { email: '' },
    { email: 'nowhere' },
    { email: 'Taken@Example.org' },
    { password: '12345678' },
    { password: 'short1' },
  ],
};

describe('the forms of the panel', () => {
  const client = staffClient('admin');
  let api: UserClient;
  beforeEach(async () => {
    api = await asAdmin();
  });

  /** The API's error messages by field. */
  const said = async (path: string, fields: Fields, method: 'post' | 'patch' = 'post') => {
    const { status, body } = await api[method](path, fields);
    expect(status, JSON.stringify(fields)).to.equal(400);
    // The original's words are for its clients alone.
    const { error: _original, ...faults } = body as Record<string, string[]>;
    return Object.fromEntries(Object.entries(faults).map(([name, texts]) => [name, texts.join(' ')]));
  };
  /** The panel's error messages by field. */
  const shown = async (path: string, fields: Fields) => {
    const { body } = await client.send(path, fields);
    expect(body.notice?.type, JSON.stringify(fields)).to.equal('error');
    return Object.fromEntries(
      Object.entries(body.record?.errors ?? {}).map(([name, { message }]) => [name, message]),
    );
  };

  it("show the API's errors for platforms", async () => {
    await makePlatform({ name: 'Taken' });
    for (const wrong of FAULTS.stream_platforms ?? []) {
      const fields = { ...PLATFORM, ...wrong };
      expect(await shown('stream_platforms/actions/new', fields), JSON.stringify(wrong)).to.deep.equal(
        await said('/watch/platformlist/', fields),
      );
    }
    const taken = await shown('stream_platforms/actions/new', { ...PLATFORM, name: 'TAKEN', website: 'no' });
    expect(Object.keys(taken).toSorted()).to.deep.equal(['name', 'website']);
    const { name: _name, ...nameless } = PLATFORM;
    expect(await shown('stream_platforms/actions/new', nameless)).to.deep.equal(
      await said('/watch/platformlist/', nameless),
    );
  });

  it("show the API's errors for movies", async () => {
    const { id } = await makePlatform();
    for (const wrong of FAULTS.watch_lists ?? []) {
      const fields = { ...MOVIE, ...wrong };
      expect(
        await shown('watch_lists/actions/new', { ...fields, platform_id: String(id) }),
        JSON.stringify(wrong),
      ).to.deep.equal(await said('/watch/watchlist/', { ...fields, platform: String(id) }));
    }
    // The field is `platform` in the API and `platform_id` in the panel.
    const { platform } = await said('/watch/watchlist/', MOVIE);
    expect(await shown('watch_lists/actions/new', MOVIE)).to.deep.equal({ platform_id: platform });
  });

  it("show the API's errors for reviews", async () => {
    const [movie, author] = [await makeMovie(), await makeUser()];
    const parents = { watchlist_id: String(movie.id), user_id: String(author.id) };
    for (const wrong of FAULTS.reviews ?? []) {
      const fields = { rating: '3', ...wrong };
      expect(
        await shown('reviews/actions/new', { ...parents, ...fields }),
        JSON.stringify(wrong),
      ).to.deep.equal(await said(`/watch/${movie.id}/review-create/`, fields));
    }
    const { id } = await makeReview({ watchlist_id: movie.id, user_id: author.id });
    for (const wrong of FAULTS.reviews ?? []) {
      expect(await shown(`reviews/records/${id}/edit`, wrong), JSON.stringify(wrong)).to.deep.equal(
        await said(`/watch/review/${id}/`, wrong, 'patch'),
      );
    }
    const again = await (await clientOf(author)).post(`/watch/${movie.id}/review-create/`, { rating: 3 });
    const twice = await shown('reviews/actions/new', { ...parents, rating: '3' });
    expect(twice.watchlist_id).to.equal(again.body.non_field_errors[0]);
  });

  it("show the API's errors for users", async () => {
    await makeUser({ username: 'Taken', email: 'taken@example.org' });
    for (const wrong of FAULTS.users ?? []) {
      const fields = { ...USER, ...wrong };
      expect(await shown('users/actions/new', fields), JSON.stringify(wrong)).to.deep.equal(
        await said('/account/register/', { ...fields, password2: fields.password ?? '' }),
      );
    }
  });
});

import { expect } from 'chai';
import { type Answer, anonymous, asAdmin, Client } from '../support/clients.js';
import { makeMovie, PASSWORD } from '../support/factories.js';

type Fields = Record<string, string | number | boolean>;
type Send = (client: Client, method: string, path: string, fields: Fields) => Promise<Answer>;

const texts = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

/** The three encodings that the original's clients send. */
const ENCODINGS: Record<string, Send> = {
  JSON: (client, method, path, fields) => client.json(method, path, fields),
  'a form': (client, method, path, fields) => client.form(method, path, texts(fields)),
  'a multipart form': (client, method, path, fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(texts(fields))) body.append(name, value);
    return client.send(method, path, { body });
  },
};

/** A client that logs in as the original's do, with `Token KEY`. */
const withToken = (token: string) => new Client({ Authorization: `Token ${token}` });

for (const [encoding, send] of Object.entries(ENCODINGS)) {
  describe(`a client of the original that sends ${encoding}`, () => {
    const account = { username: 'ana', email: 'ana@example.org', password: PASSWORD, password2: PASSWORD };
    const register = (changes: Fields = {}) =>
      send(anonymous, 'POST', '/account/register/', { ...account, ...changes });

    it('registers, logs in and out', async () => {
      const registered = await register({ username: ' ana ', email: ' ana@example.org ' });
      expect(registered.status, registered.text).to.equal(201);
      expect(registered.body).to.include({
        response: 'Registration Successful!',
        username: 'ana',
        email: 'ana@example.org',
      });
      expect(registered.body.token).to.be.a('string');

      const login = await send(anonymous, 'POST', '/account/login/', {
        username: 'ANA',
        password: PASSWORD,
      });
      expect([login.status, Object.keys(login.body)]).to.deep.equal([200, ['token']]);

      const client = withToken(login.body.token);
      const logout = await send(client, 'POST', '/account/logout/', { anything: 'at all' });
      expect(logout.status).to.equal(200);
      expect((await client.get('/account/me/')).status).to.equal(401);
    });

    it('registers with digits as name and password, as numbers where the encoding has them', async () => {
      const password = 8_203_417_755_091;
      const refused = await register({ username: 20_260, password, password2: password });
      expect([refused.status, Object.keys(refused.body)]).to.deep.equal([400, ['password']]);
      expect((await register({ username: 20_260 })).body.username).to.equal('20260');
      const login = await send(anonymous, 'POST', '/account/login/', {
        username: 20_260,
        password: PASSWORD,
      });
      expect(login.status).to.equal(200);
    });

    it('is refused a registration in the words of the original', async () => {
      const differing = await register({ password2: 'another-secret-71' });
      expect([differing.status, differing.body]).to.deep.equal([
        400,
        {
          password2: ["The two password fields didn't match."],
          error: 'P1 and P2 should be same',
        },
      ]);
      await register();
      const taken = await register({ username: 'bea', email: 'ANA@example.org' });
      expect([taken.status, taken.body]).to.deep.equal([
        400,
        { email: ['A user with that email already exists.'], error: 'Email already exists!' },
      ]);
      const wrong = await send(anonymous, 'POST', '/account/login/', { username: 'ana', password: 'wrong' });
      expect([wrong.status, wrong.body]).to.deep.equal([
        400,
        { non_field_errors: ['Unable to log in with provided credentials.'] },
      ]);
    });

    it('as an admin writes platforms and movies', async () => {
      const admin = await asAdmin();
      const platform = await send(admin, 'POST', '/watch/platformlist/', {
        name: ' Aurora ',
        about: ' Films. ',
        website: ' https://aurora.example/ ',
      });
      expect(platform.status, platform.text).to.equal(201);
      expect(platform.body).to.include({
        name: 'Aurora',
        about: ' Films. ',
        website: 'https://aurora.example/',
      });

      const movie = await send(admin, 'POST', '/watch/watchlist/', {
        title: 'Heat',
        storyline: 'A thief plans one last robbery.',
        platform: platform.body.id,
        active: true,
      });
      expect(movie.status, movie.text).to.equal(201);
      expect(movie.body).to.include({ title: 'Heat', platform: 'Aurora', active: true, number_rating: 0 });
      const path = `/watch/watchlist/${movie.body.id}/`;
      const changed = await send(admin, 'PUT', path, {
        title: 'Heat',
        storyline: 'Two men meet.',
        platform: 'aurora',
        active: false,
      });
      expect(changed.body).to.include({ storyline: 'Two men meet.', active: false, platform: 'Aurora' });
      expect((await send(admin, 'DELETE', path, { reason: 'none' })).status).to.equal(204);
      const gone = await anonymous.get(path);
      expect([gone.status, gone.body]).to.deep.equal([404, { detail: 'Not found.', error: 'not found' }]);
    });

    it('reviews a movie once, changes the review and takes it back', async () => {
      const movie = await makeMovie();
      const client = withToken((await register()).body.token);
      const path = `/watch/${movie.id}/review-create/`;
      const review = await send(client, 'POST', path, { rating: 4, description: 'Good.' });
      expect(review.status, review.text).to.equal(201);
      // A form that leaves out `active` hid the review in the original.
      expect(review.body).to.include({ review_user: 'ana', rating: 4, description: 'Good.', active: true });
      const again = await send(client, 'POST', path, { rating: 5 });
      expect([again.status, again.body]).to.deep.equal([
        400,
        { non_field_errors: ['You have already reviewed this movie!'] },
      ]);

      const own = `/watch/review/${review.body.id}/`;
      expect((await send(client, 'PUT', own, { rating: 5, description: 'Better.' })).body.rating).to.equal(5);
      expect((await anonymous.get(`/watch/watchlist/${movie.id}/`)).text).to.include('"avg_rating":5.0,');
      expect((await send(anonymous, 'PUT', own, { rating: 1 })).status).to.equal(401);
      expect((await send(client, 'DELETE', own, {})).status).to.equal(204);
      expect((await anonymous.get(`/watch/watchlist/${movie.id}/`)).text).to.include('"avg_rating":0.0,');
    });
  });
}

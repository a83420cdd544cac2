import { expect } from 'chai';
import { findToken } from '../src/auth/tokens.js';
import { apiRoutes } from '../src/api/routes.js';
import type { User } from '../src/models/user.js';
import { WatchList } from '../src/models/watch-list.js';
import { anonymous, asUser, type Client, clientOf } from './support/clients.js';
import { makeMovie, makeReview, makeUser, PASSWORD } from './support/factories.js';
import { expectDetail } from './support/refusals.js';

/** The roles of the client. `author` wrote the review in the paths; the others did not. */
const ROLES = ['anonymous', 'user', 'author', 'moderator', 'admin'] as const;
type Role = (typeof ROLES)[number];

/** One request: its status for the roles that are allowed; the others get 401 or 403. */
interface Line {
  method: string;
  path: string;
  body?: (scene: Scene) => unknown;
  ok: number;
  may: readonly Role[];
}

/** The records that the paths and bodies name. */
interface Scene {
  author: User;
  ids: Record<'platform' | 'movie' | 'unreviewed' | 'review', number>;
}

const EVERYONE = ROLES;
const KNOWN = ROLES.slice(1);
const ADMIN = ['admin'] as const;
const AUTHOR = ['author', 'admin'] as const;
/** Who may judge the author's review: the author is told that it is their own. */
const OTHERS = ['user', 'moderator', 'admin'] as const;
const ANOTHER_PASSWORD = 'louder-lantern-29';

const platform = () => ({ name: 'Lumen', about: 'Films.', website: 'https://lumen.example.org' });
const movie = ({ ids }: Scene) => ({ title: 'Heat', storyline: 'Cops.', platform: ids.platform });

const LINES: Line[] = [
  { method: 'GET', path: '/watch/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/platformlist/', ok: 200, may: EVERYONE },
  { method: 'POST', path: '/watch/platformlist/', body: platform, ok: 201, may: ADMIN },
  { method: 'GET', path: '/watch/platformlist/<platform>/', ok: 200, may: EVERYONE },
  { method: 'PUT', path: '/watch/platformlist/<platform>/', body: platform, ok: 200, may: ADMIN },
  { method: 'PATCH', path: '/watch/platformlist/<platform>/', body: () => ({}), ok: 200, may: ADMIN },
  { method: 'DELETE', path: '/watch/platformlist/<platform>/', ok: 204, may: ADMIN },
  { method: 'GET', path: '/watch/watchlist/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/watchlist2/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/suggest/?q=a', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/trending/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/titles/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/latest-reviews/', ok: 200, may: EVERYONE },
  { method: 'POST', path: '/watch/watchlist/', body: movie, ok: 201, may: ADMIN },
  { method: 'GET', path: '/watch/watchlist/<movie>/', ok: 200, may: EVERYONE },
  { method: 'PUT', path: '/watch/watchlist/<movie>/', body: movie, ok: 200, may: ADMIN },
  { method: 'PATCH', path: '/watch/watchlist/<movie>/', body: () => ({}), ok: 200, may: ADMIN },
  { method: 'DELETE', path: '/watch/watchlist/<movie>/', ok: 204, may: ADMIN },
  { method: 'GET', path: '/watch/genres/', ok: 200, may: EVERYONE },
  // Without a picture the status is 400.
  { method: 'PUT', path: '/watch/watchlist/<movie>/poster/', ok: 400, may: ADMIN },
  { method: 'DELETE', path: '/watch/watchlist/<movie>/poster/', ok: 204, may: ADMIN },
  { method: 'GET', path: '/watch/<movie>/review/', ok: 200, may: EVERYONE },
  {
    method: 'POST',
    path: '/watch/<unreviewed>/review-create/',
    body: () => ({ rating: 4 }),
    ok: 201,
    may: KNOWN,
  },
  { method: 'GET', path: '/watch/review/<review>/', ok: 200, may: EVERYONE },
  { method: 'PUT', path: '/watch/review/<review>/', body: () => ({ rating: 4 }), ok: 200, may: AUTHOR },
  { method: 'PATCH', path: '/watch/review/<review>/', body: () => ({ rating: 4 }), ok: 200, may: AUTHOR },
  {
    method: 'PATCH',
    path: '/watch/review/<review>/',
    body: () => ({ spoiler: true }),
    ok: 200,
    may: ['author', 'moderator', 'admin'],
  },
  { method: 'DELETE', path: '/watch/review/<review>/', ok: 204, may: AUTHOR },
  {
    method: 'POST',
    path: '/watch/review/<review>/report/',
    body: () => ({ reason: 'Spam' }),
    ok: 201,
    may: OTHERS,
  },
  { method: 'PUT', path: '/watch/review/<review>/helpful/', ok: 204, may: OTHERS },
  { method: 'DELETE', path: '/watch/review/<review>/helpful/', ok: 204, may: OTHERS },
  { method: 'GET', path: '/watch/reviews/?username=ann', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/watch/users/<username>/', ok: 200, may: EVERYONE },
  { method: 'GET', path: '/account/saved/', ok: 200, may: KNOWN },
  { method: 'GET', path: '/account/export/', ok: 200, may: KNOWN },
  // Without a file the status is 400.
  { method: 'POST', path: '/account/import/', ok: 400, may: KNOWN },
  { method: 'GET', path: '/account/marks/?movie=<movie>', ok: 200, may: KNOWN },
  { method: 'PUT', path: '/account/saved/<movie>/', ok: 204, may: KNOWN },
  { method: 'DELETE', path: '/account/saved/<movie>/', ok: 204, may: KNOWN },
  // Open to everyone; without a valid body the status is 400.
  { method: 'POST', path: '/account/register/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/login/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/token/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/token/refresh/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/password-reset/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/password-reset/confirm/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'GET', path: '/account/email/confirm/', ok: 400, may: EVERYONE },
  { method: 'POST', path: '/account/email/confirm/', body: () => ({}), ok: 400, may: EVERYONE },
  { method: 'GET', path: '/account/me/', ok: 200, may: KNOWN },
  { method: 'PATCH', path: '/account/me/', body: () => ({}), ok: 200, may: KNOWN },
  { method: 'DELETE', path: '/account/me/', body: () => ({ password: PASSWORD }), ok: 204, may: KNOWN },
  { method: 'POST', path: '/account/logout/', ok: 200, may: KNOWN },
  { method: 'POST', path: '/account/logout-all/', ok: 200, may: KNOWN },
  { method: 'POST', path: '/account/otp/', body: () => ({ password: PASSWORD }), ok: 200, may: KNOWN },
  { method: 'POST', path: '/account/otp/confirm/', body: () => ({}), ok: 400, may: KNOWN },
  // There is none.
  { method: 'DELETE', path: '/account/otp/', ok: 404, may: KNOWN },
  { method: 'GET', path: '/account/tokens/', ok: 200, may: KNOWN },
  { method: 'DELETE', path: '/account/tokens/<token>/', ok: 204, may: KNOWN },
  {
    method: 'POST',
    path: '/account/password/',
    body: () => ({ old_password: PASSWORD, new_password: ANOTHER_PASSWORD, new_password2: ANOTHER_PASSWORD }),
    ok: 200,
    may: KNOWN,
  },
];

async function makeScene(password?: string): Promise<Scene> {
  const author = await makeUser({ password });
  // Not the last admin: that one could not delete their account.
  await makeUser({ role: 'admin' });
  const review = await makeReview({ user_id: author.id });
  const { platform_id } = (await WatchList.findByPk(review.watchlist_id)) as WatchList;
  const unreviewed = await makeMovie({ platform_id });
  const ids = {
    platform: platform_id,
    movie: review.watchlist_id,
    unreviewed: unreviewed.id,
    review: review.id,
  };
  return { author, ids };
}

/** A client of the role, and the id of its token, or of none. */
async function clientFor(role: Role, { author }: Scene, password?: string): Promise<[Client, number]> {
  if (role === 'anonymous') return [anonymous, 1];
  const client = role === 'author' ? await clientOf(author) : await asUser({ password, role });
  return [client, (await findToken(client.key))?.id ?? 0];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A line of the API's table or of this one, as `METHOD /path/:id/`. */
const cell = (method: string, path: string) =>
  `${method} ${path.replace(/<(\w+)>/, (_, name) => (name === 'username' ? ':username' : ':id')).replace(/\?.*/, '')}`;

/** A path of a route with some id, or a name that no user has. */
const sample = (path: string) => path.replace(/:\w+/, '1');

/** The endpoints under /account/ that need no credentials. */
const DOORS = new Set([
  'POST /account/register/',
  'POST /account/login/',
  'POST /account/token/',
  'POST /account/token/refresh/',
  'POST /account/password-reset/',
  'POST /account/password-reset/confirm/',
  'GET /account/email/confirm/',
  'POST /account/email/confirm/',
]);

describe('policies', () => {
  it('are tested for every route of the API, and for no other', () => {
    const routes = apiRoutes.map(({ method, path }) => cell(method, path));
    const tried = LINES.map(({ method, path }) => cell(method, path));
    expect([...new Set(tried)]).to.have.members(routes);
  });

  it('refuse clients without credentials all writes except logins, and everything under /account/', async () => {
    for (const { method, path } of apiRoutes) {
      const isPublic = method === 'GET' && !path.startsWith('/account/');
      const open = isPublic || DOORS.has(cell(method, path));
      const { status } = await anonymous.json(method, sample(path), method === 'GET' ? undefined : {});
      if (!open) expect(status, cell(method, path)).to.equal(401);
      else expect(status, cell(method, path)).not.to.be.oneOf([401, 403]);
    }
  });

  it('allow no role a method that a path has no route for', async () => {
    const routes = new Set(apiRoutes.map(({ method, path }) => cell(method, path)));
    const clients = [
      anonymous,
      await asUser(),
      await asUser({ role: 'moderator' }),
      await asUser({ role: 'admin' }),
    ];
    let refused = 0;
    for (const path of new Set(apiRoutes.map((route) => route.path))) {
      for (const method of METHODS.filter((name) => !routes.has(cell(name, path)))) {
        for (const client of clients) {
          const body = method === 'GET' ? undefined : {};
          expectDetail(await client.json(method, sample(path), body), 405);
          refused += 1;
        }
      }
    }
    expect(refused).to.be.above(100);
  });

  for (const { method, path, body, ok, may } of LINES) {
    const fields = body ? JSON.stringify(body({ ids: {} } as Scene)) : '';
    const password = fields.includes(PASSWORD) ? PASSWORD : undefined;

    it(`${method} ${path} ${fields} ${may.join(', ')}`, async () => {
      let scene = await makeScene(password);
      for (const role of ROLES) {
        const [client, token] = await clientFor(role, scene, password);
        const ids = { ...scene.ids, token, username: scene.author.username };
        const address = path.replace(/<(\w+)>/, (_, name) => String(ids[name as keyof typeof ids]));
        const answer = await client.json(method, address, body?.(scene));
        if (may.includes(role)) {
          expect(answer.status, `${role}: ${answer.text}`).to.equal(ok);
          // The next role needs an unchanged scene.
          if (method !== 'GET') scene = await makeScene(password);
        } else if (may === OTHERS && role === 'author') {
          expect(answer.status, role).to.equal(400);
        } else {
          expectDetail(answer, role === 'anonymous' ? 401 : 403);
        }
      }
    });
  }
});

import { expect } from 'chai';
import { anonymous, asAdmin } from '../support/clients.js';
import { makeReview } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every path of the contract and its methods. */
const PATHS: [string, string[]][] = [
  ['/account/register/', ['POST']],
  ['/account/login/', ['POST']],
  ['/account/logout/', ['POST']],
  ['/account/logout-all/', ['POST']],
  ['/account/me/', ['GET', 'PATCH', 'DELETE']],
  ['/account/password/', ['POST']],
  ['/account/tokens/', ['GET']],
  ['/account/tokens/1/', ['DELETE']],
  ['/account/password-reset/', ['POST']],
  ['/account/password-reset/confirm/', ['POST']],
  ['/watch/', ['GET']],
  ['/watch/platformlist/', ['GET', 'POST']],
  ['/watch/platformlist/<platform>/', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/watch/watchlist/', ['GET', 'POST']],
  ['/watch/watchlist/<movie>/', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/watch/<movie>/review-create/', ['POST']],
  ['/watch/<movie>/review/', ['GET']],
  ['/watch/review/<review>/', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/watch/review/<review>/report/', ['POST']],
  ['/watch/reviews/', ['GET']],
];

async function withIds(path: string): Promise<string> {
  if (!path.includes('<')) return path;
  const review = await makeReview();
  const { body } = await anonymous.get(`/watch/watchlist/${review.watchlist_id}/`);
  return path
    .replace('<platform>', body.platform_id)
    .replace('<movie>', body.id)
    .replace('<review>', String(review.id));
}

function allowed(headers: Headers): string[] {
  const methods = (headers.get('allow') ?? '').split(/\s*,\s*/).filter(Boolean);
  return methods.filter((method) => method !== 'HEAD' && method !== 'OPTIONS').toSorted();
}

describe('methods', () => {
  for (const [template, methods] of PATHS) {
    const others = METHODS.filter((method) => !methods.includes(method));

    it(`${template} refuses ${others.join(', ')} with 405 and says what it allows`, async () => {
      const path = await withIds(template);
      const admin = await asAdmin();
      for (const method of others) {
        const answer = await admin.send(method, path);
        expectDetail(answer, 405);
        expect(allowed(answer.headers), `${method} ${path}`).to.deep.equal(methods.toSorted());
      }
    });

    it(`${template} answers OPTIONS with what it allows`, async () => {
      const admin = await asAdmin();
      const answer = await admin.send('OPTIONS', await withIds(template));
      expect(answer.status).to.be.oneOf([200, 204]);
      expect(allowed(answer.headers)).to.deep.equal(methods.toSorted());
    });
  }

  it('answers OPTIONS on an unknown path with 404', async () => {
    expect((await anonymous.send('OPTIONS', '/watch/nope/')).status).to.equal(404);
  });

  for (const [template, methods] of PATHS.filter(
    ([path, methods]) => path.startsWith('/watch/') && methods.includes('GET'),
  )) {
    it(`${template} answers HEAD as GET, without the body`, async () => {
      const path = (await withIds(template)).replace('/reviews/', '/reviews/?username=ann');
      const get = await anonymous.get(path);
      const head = await anonymous.send('HEAD', path);
      expect(head.status, methods.join()).to.equal(get.status).and.to.equal(200);
      expect(head.text).to.equal('');
      for (const header of ['content-type', 'etag', 'link']) {
        expect(head.headers.get(header), header).to.equal(get.headers.get(header));
      }
    });
  }

  it('answers HEAD for a missing record with 404', async () => {
    expect((await anonymous.send('HEAD', '/watch/watchlist/987654/')).status).to.equal(404);
  });
});

import { expect } from 'chai';
import { anonymous, clientOf } from '../support/clients.js';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { withProcess } from '../support/processes.js';
import { WatchList } from '../../src/models/watch-list.js';

describe('LIST_STYLE=array', () => {
  it('answers a list without a paging parameter with its first 1,000 rows, and any other as a page', async () => {
    const movie = await makeMovie({ title: 'Alpha' });
    await WatchList.bulkCreate(
      Array.from({ length: 1_000 }, (_, index) => ({
        title: `Beta ${index}`,
        storyline: 'x',
        platform_id: movie.platform_id,
      })),
    );
    const review = await makeReview({ watchlist_id: movie.id });
    const token = await clientOf(await makeUser());
    await withProcess({ LIST_STYLE: 'array' }, async (server) => {
      const client = anonymous.at(server);
      const movies = await client.get('/watch/watchlist/?ordering=-id&fields=id');
      expect(movies.body).to.be.an('array').with.length(1_000);
      const document = (await client.get('/openapi.json')).body;
      const { schema } = document.paths['/watch/watchlist/'].get.responses[200].content['application/json'];
      const union = document.components.schemas[schema.$ref.split('/').at(-1)];
      expect(union.anyOf[0].items.$ref).to.match(/\/Movie$/);
      expect(movies.headers.get('etag')).to.match(/^"/);
      const [, next] = /^<(.*)>; rel="next"$/.exec(movies.headers.get('link') ?? '') ?? [];
      const rest = await client.get(next as string);
      expect(rest.body).to.deep.include({ count: 1_001, next: null, results: [{ id: movie.id }] });

      for (const [path, id] of [
        ['/watch/platformlist/', movie.platform_id],
        ['/watch/watchlist/?search=alpha', movie.id],
        ['/watch/watchlist.json?title=alpha', movie.id],
        [`/watch/${movie.id}/review/`, review.id],
      ] as const) {
        const { body, headers } = await client.get(path);
        expect(body, path).to.have.length(1);
        expect(body[0].id, path).to.equal(id);
        expect(headers.get('link'), path).to.equal(null);
      }
      expect((await client.get('/watch/watchlist/?title=nothing')).body).to.deep.equal([]);
      expect((await token.at(server).get('/watch/watchlist/?title=alpha')).body).to.have.length(1);
      for (const paging of ['page=1', 'page_size=5', 'limit=5', 'offset=0', 'cursor='])
        expect((await client.get(`/watch/watchlist/?${paging}`)).body, paging).to.have.property('results');
      expect((await client.get('/watch/watchlist2/')).body.results).to.have.length(5);
      expect((await client.get('/watch/watchlist/?page=x')).status).to.equal(400);
    });
  });
});

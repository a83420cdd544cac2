import { expect } from 'chai';
import { anonymous, asAdmin, Client } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';
import { withServer } from '../support/server.js';

function count(route: string, method: string, status: number): string {
  return `http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`;
}

describe('/metrics', () => {
  it('counts and times requests by route, method and status', async () => {
    const movie = await makeMovie();
    await withServer({}, async (server) => {
      await anonymous.at(server).get(`/watch/watchlist/${movie.id}/`);
      await anonymous.at(server).get(`/watch/watchlist/${movie.id}`);
      await (await asAdmin()).at(server).post('/watch/platformlist/', {});
      await anonymous.at(server).get('/nowhere');
      const answer = await anonymous.at(server).get('/metrics');
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
      expect(answer.text).to.include(`${count('/watch/watchlist/:id/', 'GET', 200)} 2`);
      expect(answer.text).to.include(`${count('/watch/platformlist/', 'POST', 400)} 1`);
      expect(answer.text).to.include(`${count('none', 'GET', 404)} 1`);
      expect(answer.text).to.include('nodejs_eventloop_lag_seconds');
      expect(answer.text).not.to.include(`/watch/watchlist/${movie.id}`);
    });
  });

  it('is at this path alone, whose other spellings a proxy would not block', async () => {
    await withServer({}, async (server) => {
      for (const path of ['/metrics/', '/METRICS', '/Metrics', '/metrics%20', '/./metrics/']) {
        expectDetail(await anonymous.at(server).get(path), 404);
      }
    });
  });

  it('requires METRICS_TOKEN if it is set', async () => {
    await withServer({ METRICS_TOKEN: 'let-me-measure' }, async (server) => {
      const refused = await anonymous.at(server).get('/metrics');
      expectDetail(refused, 401);
      expect(refused.headers.get('www-authenticate')).to.equal('Bearer');
      expectDetail(await new Client({ Authorization: 'Bearer other' }).at(server).get('/metrics'), 401);
      const answer = await new Client({ Authorization: 'Bearer let-me-measure' }).at(server).get('/metrics');
      expect(answer.status).to.equal(200);
    });
  });
});

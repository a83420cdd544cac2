import { get as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { makeMovie, makeReview } from '../support/factories.js';
import { renamePastTheModels, untilAlone } from '../support/raw-writes.js';
import { type Server, startServer } from '../support/server.js';

interface Reply {
  status: number;
  /** Every header line, sorted by name. Values that differ in every answer are replaced by their form. */
  headers: string[];
  text: string;
}

/** A header line, with its value replaced where it differs in every answer. */
function formOf(header: string): string {
  return header
    .replace(/^(x-request-id): [\da-f-]{36}$/, '$1: ID')
    .replace(/^(date): .*/, '$1: DATE')
    .replace(/^(ratelimit): .*/, (whole) => whole.replaceAll(/\b(r|t)=\d+/g, '$1=N'))
    .replace(/^(retry-after): \d+$/, '$1: N');
}

const isTag = (header: string) => header.startsWith('etag: ');

const tagOf = ({ headers }: Reply) => headers.find(isTag)?.slice('etag: '.length) ?? '';

const nextOf = ({ text: body }: Reply) => (JSON.parse(body) as { next: string }).next;

/** The metric of requests for reviews with this status. */
const requestsOf = (status: number) =>
  `http_request_duration_seconds_count{route="/watch/:id/review/",method="GET",status="${status}"}`;

/** Sends a request with exactly these headers, `Host` included. */
async function get(url: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { headers, agent: false }, resolve).once('error', reject);
  });
  const { rawHeaders } = response;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name.toLowerCase()}: ${rawHeaders[index + 1] ?? ''}`] : [],
  );
  return {
    status: response.statusCode ?? 0,
    headers: lines.map(formOf).toSorted(),
    text: await text(response),
  };
}

describe('a cached answer', () => {
  let server: Server;
  const changes = {
    CACHE_SECONDS: 3_600,
    CORS_ORIGINS: ['https://site.example.org'],
    THROTTLE_REVIEW_LIST: { limit: 6, windowMs: 60_000 },
  };
  before(async () => {
    server = await startServer(changes);
    await untilAlone();
  });
  after(() => server.close());

  /** The number of requests by route, method and status. */
  const counted = async () => {
    const lines = (await get(`${server.url}/metrics`)).text.split('\n');
    const counts = lines.filter((line) =>
      line.startsWith('http_request_duration_seconds_count{route="/watch'),
    );
    return new Map(counts.map((line) => line.split(/ (?=\d+$)/) as [string, string]));
  };

  it('has the headers of a fresh one for every kind of request and status, and is measured as one', async () => {
    const movie = await makeMovie();
    for (let index = 0; index < 3; index += 1) await makeReview({ watchlist_id: movie.id });
    const paths = [
      '/watch/watchlist/?page_size=1',
      `/watch/watchlist/${movie.id}/?fields=id,title`,
      '/watch/platformlist/',
    ];
    for (const path of paths) {
      const fresh = await get(server.url + path);
      await renamePastTheModels(movie.id, `Past the models ${path}`);
      const kept = await get(server.url + path);
      expect(kept, path).to.deep.equal(fresh);
      const unchanged = await get(server.url + path, { 'If-None-Match': tagOf(fresh) });
      // Equivalent addresses that are not cached yet.
      const other = `${server.url}${path}${path.includes('?') ? '' : '?'}&`;
      const anew = await get(`${other}&`, { 'If-None-Match': tagOf(await get(other)) });
      expect([unchanged.status, anew.status, unchanged.text], path).to.deep.equal([304, 304, '']);
      const [kept304, fresh304] = [unchanged, anew].map((reply) =>
        reply.headers.filter((line) => !isTag(line)),
      );
      expect(kept304, path).to.deep.equal(fresh304);
      const compressed = await get(server.url + path, { 'Accept-Encoding': 'gzip, br', Accept: 'text/html' });
      expect(compressed, path).to.deep.equal(fresh);
    }
    const reviews = `${server.url}/watch/${movie.id}/review/?page_size=2`;
    const before = await counted();
    const answers = [];
    for (let index = 0; index < 8; index += 1) answers.push(await get(reviews));
    const after = await counted();
    expect(answers[1]).to.deep.equal(answers[0]);
    const [refused] = answers.slice(-1);
    const neverKept = await get(`${reviews}&page=2`);
    expect([refused?.status, neverKept.status]).to.deep.equal([429, 429]);
    expect(refused?.headers).to.deep.equal(neverKept.headers);
    const more = (status: number) =>
      Number(after.get(requestsOf(status)) ?? 0) - Number(before.get(requestsOf(status)) ?? 0);
    expect([more(200), more(429)]).to.deep.equal([6, 2]);
  });

  it('is used only for GET without a body', async () => {
    const movie = await makeMovie({ title: 'Once' });
    const url = `${server.url}/watch/watchlist/${movie.id}/`;
    await get(url);
    await renamePastTheModels(movie.id, 'Twice');
    expect((await get(url)).text).to.include('Once');
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).to.deep.equal([200, '']);
    expect((await fetch(url, { method: 'DELETE' })).status).to.equal(401);
    for (const headers of [{ Authorization: 'Basic eA==' }, { Origin: 'https://site.example.org' }] as Record<
      string,
      string
    >[]) {
      expect(await (await fetch(url, { headers })).text()).to.include('Twice');
    }
  });

  it('uses the Host of its own request, and never that of another', async () => {
    for (let index = 0; index < 2; index += 1) await makeMovie();
    const path = '/watch/watchlist/?page_size=1';
    for (const Host of [
      'evil.example.org',
      'evil.example.org@x"',
      'films.example.org:8080',
      'evil.example.org',
    ]) {
      const named = nextOf(await get(server.url + path, { Host }));
      const wanted = /["@]/.test(Host) ? server.url : `http://${Host}`;
      expect(new URL(named).origin).to.equal(wanted);
      expect(new URL(nextOf(await get(server.url + path))).origin).to.equal(server.url);
    }
    const forwarded = { 'X-Forwarded-Host': 'evil.example.org', 'X-Forwarded-Proto': 'https' };
    expect(new URL(nextOf(await get(server.url + path, forwarded))).origin, 'nobody to be trusted').to.equal(
      server.url,
    );
  });

  it('uses the headers of a trusted proxy', async () => {
    for (let index = 0; index < 2; index += 1) await makeMovie();
    const proxied = await startServer({
      ...changes,
      TRUST_PROXY: 1,
      THROTTLE_ANON: { limit: 5, windowMs: 60_000 },
    });
    try {
      const url = `${proxied.url}/watch/watchlist/?page_size=1`;
      const at = (host: string, address: string) =>
        get(url, { 'X-Forwarded-Host': host, 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': address });
      for (const host of ['one.example.org', 'two.example.org', 'one.example.org']) {
        expect((await at(host, '192.0.2.1')).text).to.include(`"next":"https://${host}/watch/watchlist/`);
      }
      for (let index = 0; index < 2; index += 1) await at('one.example.org', '192.0.2.1');
      expect((await at('one.example.org', '192.0.2.1')).status, 'its sixth').to.equal(429);
      expect((await at('one.example.org', '192.0.2.2')).status, "another's first").to.equal(200);
    } finally {
      await proxied.close();
    }
  });
});

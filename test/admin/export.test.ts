import { connect } from 'node:net';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { addMovies, addReviews, addUsers } from '../../bench/fill.js';
import { Review } from '../../src/models/review.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../support/factories.js';
import { emptyDatabase, type Server } from '../support/server.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';

describe('admin panel: export', function () {
  this.timeout(60_000);
  const admin = staffClient('admin', 'ada');

  const download = async (path: string, client: PanelClient = admin) => {
    const response = await client.fetch(`/admin/export/${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const csv = async (path: string, client: PanelClient = admin) => {
    const { text } = await download(path, client);
    return parse(text, { columns: true, bom: true }) as Record<string, string>[];
  };

  const byLastLogin = async (direction: string) => {
    const users = await csv(`users/csv?filters.username=user&sortBy=last_login&direction=${direction}`);
    return users.map(({ username }) => username);
  };

  it('exports a list as filtered and sorted', async () => {
    const { id } = await makePlatform({ name: 'Lumière' });
    for (const title of ['Ordet', 'Nosferatu', 'Metropolis']) await makeMovie({ title, platform_id: id });
    await makeMovie({ title: 'Elsewhere' });
    const query = `filters.platform_id=${id}&sortBy=title&direction=asc&page=3&perPage=1`;
    const { headers, text } = await download(`watch_lists/csv?${query}`);
    expect(headers.get('content-type')).to.match(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).to.match(
      /^attachment; filename="?marquee-movies-\d{4}-\d\d-\d\d\.csv"?$/,
    );
    expect(text.split('\n')[0]).to.match(
      /^id,title,platform_id,platform,storyline,active,created,avg_rating/,
    );
    expect((await csv(`watch_lists/csv?${query}`)).map(({ title }) => title)).to.deep.equal([
      'Metropolis',
      'Nosferatu',
      'Ordet',
    ]);
    expect(JSON.parse((await download(`watch_lists/json?${query}`)).text)[0]).to.include({
      title: 'Metropolis',
      platform: 'Lumière',
      active: true,
    });
    const lines = (await download(`watch_lists/ndjson?${query}`)).text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).title)).to.deep.equal(['Metropolis', 'Nosferatu', 'Ordet']);
  });

  it('exports the details of movies, the genres as text in CSV and as a list in JSON', async () => {
    await makeMovie({
      year: 1955,
      kind: 'show',
      genres: ['Faith|Hope', 'Drama'],
      runtime: 126,
      imdb_id: 'tt0048452',
    });
    await makeMovie({});
    const known = {
      year: '1955',
      kind: 'show',
      genres: 'Drama|Faith\\|Hope',
      runtime: '126',
      imdb_id: 'tt0048452',
    };
    const unknown = { year: '', kind: 'movie', genres: '', runtime: '', imdb_id: '' };
    const order = 'sortBy=id&direction=asc';
    const [first, second] = await csv(`watch_lists/csv?${order}`);
    expect(first).to.include(known);
    expect(second).to.include(unknown);
    const [movie] = JSON.parse((await download(`watch_lists/json?${order}`)).text) as object[];
    expect(movie).to.deep.include({ year: 1955, genres: ['Drama', 'Faith|Hope'], runtime: 126 });
    for (const query of ['sortBy=genres', 'filters.genres=Drama', 'filters.year=1955']) {
      expect((await download(`watch_lists/csv?${query}`)).status, query).to.equal(200);
    }
  });

  it('exports an empty list', async () => {
    expect((await download('reviews/json')).text).to.equal('[]\n');
    expect((await download('reviews/ndjson')).text).to.equal('');
    expect((await download('reviews/csv?bom=1')).text).to.match(/^id,watchlist,title,user_id,username/);
    const bytes = await (await admin.fetch('/admin/export/reviews/csv?bom=1')).arrayBuffer();
    expect([...new Uint8Array(bytes).subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
  });

  it('keeps formulas from being run', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "'=1", '＝1', '\u00a0=1', 'a;=1+1', 'a=1', "'tis"];
    for (const description of texts) await makeReview({ description });
    const cells = (await csv('reviews/csv?sortBy=id&direction=asc')).map(({ description }) => description);
    const disarmed = [
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t'=1",
      "''=1",
      "'＝1",
      "'\u00a0=1",
      "a;'=1+1",
      'a=1',
      "'tis",
    ];
    expect(cells).to.deep.equal(disarmed);
    const plain = JSON.parse((await download('reviews/json?sortBy=id&direction=asc')).text) as {
      description: string;
    }[];
    expect(plain.map(({ description }) => description)).to.deep.equal(texts);
  });

  it('exports what each role may see, and never a hash', async () => {
    const moderator = await PanelClient.loggedIn(admin.panel, await makeMember('moderator'));
    await makeReview({ active: false });
    expect(await csv('reviews/csv', moderator)).to.have.length(1);
    expect((await download('users/csv', moderator)).status).to.equal(403);
    const [header] = (await download('users/csv')).text.split('\n');
    expect(header).to.equal('id,username,email,role,is_active,date_joined,last_login');
    expect((await download('users/json')).text).not.to.match(/password|argon2|_key/);
  });

  it('refuses clients without a session, other sites and unknown resources', async () => {
    expect((await download('users/csv', new PanelClient(admin.panel))).status).to.equal(303);
    expect((await download('sessions/csv')).status).to.equal(404);
    expect((await download('reviews/xml')).status).to.equal(404);
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await admin.fetch('/admin/export/reviews/csv', { headers })).status).to.equal(403);
  });

  it('keeps the order where values are missing or equal', async () => {
    const dates = [null, new Date(0), null, new Date(86_400_000), new Date(0)];
    const users = [];
    for (const last_login of dates) users.push(await makeUser({ last_login }));
    const [none1, first1, none2, later, first2] = users.map(({ username }) => username);
    expect(await byLastLogin('asc')).to.deep.equal([none1, none2, first1, first2, later]);
    expect(await byLastLogin('desc')).to.deep.equal([later, first2, first1, none2, none1]);
  });

  it('exports each of many records once, and stops when the client disconnects', async () => {
    await emptyDatabase();
    await addUsers(120);
    await addMovies(175);
    await addReviews(175, 120, 120);
    await admin.become(await makeMember('admin'));
    const { text } = await download('reviews/ndjson?sortBy=rating&direction=desc');
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; rating: number });
    expect(rows).to.have.length(21_000);
    expect(new Set(rows.map(({ id }) => id)).size).to.equal(21_000);
    expect(rows.every(({ rating }, index) => rating <= (rows[index - 1]?.rating ?? 5))).to.equal(true);

    let finds = 0;
    Review.addHook('beforeFind', 'counted', () => void (finds += 1));
    try {
      await leaveEarly(admin.panel, '/admin/export/reviews/ndjson', admin.cookie);
      const made = finds;
      await new Promise((resolve) => setTimeout(resolve, 100));
      // The running query and perhaps the next one; a whole export runs 44.
      expect(finds).to.be.within(1, 30);
      expect(finds - made).to.be.at.most(2);
    } finally {
      Review.removeHook('beforeFind', 'counted');
    }

    // What has been read is sent, however it is compressed, while the next rows are awaited.
    for (const encoding of ['br', 'gzip']) {
      let reads = 0;
      let release!: () => void;
      const held = new Promise<void>((resolve) => (release = resolve));
      Review.addHook('beforeFind', 'held', () => ((reads += 1) > 2 ? held : undefined));
      try {
        const path = '/admin/export/reviews/csv';
        const response = await admin.fetch(path, { headers: { 'accept-encoding': encoding } });
        expect(response.headers.get('content-encoding')).to.equal(encoding);
        const reader = response.body?.getReader();
        const first = await reader?.read();
        expect(Buffer.from(first?.value as Uint8Array).toString()).to.match(/^id,/);
        await reader?.cancel();
      } finally {
        release();
        Review.removeHook('beforeFind', 'held');
      }
    }
  });
});

/** Requests a page, reads the start of the response and closes the connection. */
function leaveEarly(panel: Server, path: string, cookie: string): Promise<void> {
  const { hostname, port } = new URL(panel.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`);
    socket.once('data', () => socket.destroy());
    socket.once('error', reject).once('close', () => resolve());
  });
}

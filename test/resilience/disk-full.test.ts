import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { skip } from '../support/skip.js';
import { type SmallDisk, smallDisk } from '../support/small-disk.js';
import { type Marquee, startMarquee } from './marquee.js';

const DISK = '6m';
/** The size of a file that fills the disk, and is deleted to make room again. */
const ASIDE = 2 * 2 ** 20;
const ADMIN = { username: 'admin', password: 'quiet-harbour-71' };

describe('an embedded database on a disk that is full', function diskFull() {
  this.timeout(60_000);
  let small: SmallDisk | undefined;
  let disk: string | undefined;
  let marquee: Marquee | undefined;

  before(async function diskOrSkip() {
    if (dialect === 'mysql') skip(this, 'is about the embedded database');
    small = smallDisk(this, DISK);
    disk = small.folder;
    writeFileSync(join(disk, 'aside'), Buffer.alloc(ASIDE));
    marquee = await startMarquee({
      DATABASE_URL: `sqlite:${join(disk, 'app.sqlite')}`,
      ADMIN_PASSWORD: ADMIN.password,
    });
  });

  after(async () => {
    marquee?.started.child.kill('SIGKILL');
    await marquee?.started.ended;
    small?.close();
  });

  const ask = async (path: string, body?: object, token?: string) => {
    const response = await fetch(`${marquee?.url}${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Token ${token}` }) },
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await response.json(),
    };
  };

  it('answers 503, stores nothing partially, keeps serving reads, and writes again once there is room', async () => {
    const login = await ask('/account/login/', ADMIN);
    const { token } = login.body as { token: string };
    const count = async () => ((await ask('/watch/watchlist/')).body as { count: number }).count;
    const film = { title: 'Long', storyline: 'x'.repeat(2_000), platform: '1' };
    let stored = await count();
    let last = await ask('/watch/watchlist/', film, token);
    while (last.status === 201 && stored < 3_000) {
      stored += 1;
      last = await ask('/watch/watchlist/', film, token);
    }
    expect(last.status).to.equal(503);
    expect(last.body).to.deep.equal({ detail: 'There is no room left to store this.' });
    expect(last.retryAfter).to.equal('60');
    expect(await count(), 'what was acknowledged, and nothing else').to.equal(stored);

    rmSync(join(disk as string, 'aside'));
    expect((await ask('/watch/watchlist/', film, token)).status).to.equal(201);
    expect((await ask('/watch/1/review-create/', { rating: 3 }, token)).status).to.be.oneOf([201, 400]);
    expect(await count()).to.equal(stored + 1);
  });
});

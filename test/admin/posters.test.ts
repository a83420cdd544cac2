import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';
import { anotherJpeg, posterOf } from '../support/pictures.js';

describe('posters in the admin panel', () => {
  const client = staffClient('admin');
  let id: number;

  beforeEach(async () => {
    ({ id } = await makeMovie({ title: 'Heat' }));
  });

  /** Sends a picture as the panel's page does. */
  async function send(content: Buffer, as: PanelClient = client, to: number | string = id) {
    const body = new FormData();
    body.set('poster', new Blob([new Uint8Array(content)]), 'heat.jpg');
    return as.fetch(`/admin/posters/${to}`, { method: 'POST', body });
  }
  const remove = (as: PanelClient = client) => as.fetch(`/admin/posters/${id}/remove`, { method: 'POST' });

  it('are set, listed and taken off, and the audit log has each change', async () => {
    const first = await send(await anotherJpeg());
    expect(first.status).to.equal(200);
    const { poster } = (await first.json()) as { poster: string };
    expect((await posterOf(id))?.small).to.include(poster);
    const { body } = await client.read('watch_lists/actions/list');
    expect(body.records?.[0]?.params.poster).to.equal(poster);
    expect(await (await remove()).json()).to.deep.equal({ poster: null });
    expect(await posterOf(id)).to.equal(null);
    const entries = await AuditEntry.findAll({ where: { resource: 'watch_lists' }, order: ['id'] });
    expect(entries.map(({ action, door, actor }) => ({ action, door, actor }))).to.deep.equal(
      Array.from({ length: 2 }, () => ({ action: 'update', door: 'panel', actor: client.user.username })),
    );
    expect(entries.map(({ changes }) => JSON.parse(changes) as object)).to.deep.equal([
      { poster: { before: null, after: poster } },
      { poster: { before: poster, after: null } },
    ]);
  });

  it('are refused like the API does, with a text for the page', async () => {
    expect((await send(Buffer.from('<svg/>'))).status).to.equal(415);
    expect((await send(Buffer.alloc(0))).status).to.equal(400);
    expect((await send(Buffer.alloc(11 * 2 ** 20, 1))).status).to.equal(413);
    for (const nobody of [999_999, 0, 'abc']) {
      expect((await send(await anotherJpeg(), client, nobody)).status, String(nobody)).to.equal(404);
    }
    expect(await posterOf(id)).to.equal(null);
  });

  it('are for admins on the panel’s own pages', async () => {
    const moderator = await PanelClient.loggedIn(client.panel, await makeMember('moderator'));
    expect((await send(await anotherJpeg(), moderator)).status).to.equal(403);
    expect((await remove(moderator)).status).to.equal(403);
    const foreign = await client.fetch(`/admin/posters/${id}/remove`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).to.equal(403);
    expect((await send(await anotherJpeg(), new PanelClient(client.panel))).status, 'logged out').to.equal(
      303,
    );
    expect(await posterOf(id)).to.equal(null);
  });

  it('stay as they are when the form is saved, and are in no export', async () => {
    await send(await anotherJpeg());
    const { poster } = (await WatchList.findByPk(id)) as WatchList;
    await client.send(`watch_lists/records/${id}/edit`, { title: 'Heat 2', poster: 'x' });
    const saved = (await WatchList.findByPk(id)) as WatchList;
    expect([saved.title, saved.poster]).to.deep.equal(['Heat 2', poster]);
    const csv = await (await client.fetch('/admin/export/watch_lists/csv')).text();
    expect(csv).to.include('Heat 2').and.not.include('poster');
  });
});

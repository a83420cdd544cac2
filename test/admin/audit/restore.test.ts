import { expect } from 'chai';
import type { AuditEntry } from '../../../src/audit/audit-entry.js';
import { Review } from '../../../src/models/review.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { type Client, clientOf } from '../../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie, makeUser } from '../../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../../support/panel.js';
import { expectRatingsExact } from '../../support/ratings.js';
import { auditEntries, onlyEntry } from './entries.js';

/** Restores the `before` or `after` of an entry; returns the notice. */
async function restore(client: PanelClient, entry: AuditEntry, version: string) {
  const { body } = await client.send(`audit_log/records/${entry.id}/restore`, { version });
  return body.notice;
}

describe('audit log restores', () => {
  const staff = staffClient('admin', 'ada');
  let api: Client;
  beforeEach(async () => {
    api = (await clientOf(staff.user)).at(staff.panel);
  });

  it('the fields of a version, and records it', async () => {
    const movie = await makeMovie({ title: 'Heat', storyline: 'Cops.' });
    await api.patch(`/watch/watchlist/${movie.id}/`, { title: 'Heet', storyline: 'Cops?' });
    await api.patch(`/watch/watchlist/${movie.id}/`, { active: false });
    const [first] = await auditEntries();
    await staff.read(`audit_log/records/${first?.id}/restore?version=before`);
    expect((await movie.reload()).title).to.equal('Heet');
    expect(await restore(staff, first as AuditEntry, 'before')).to.include({ message: 'restored' });
    expect(await movie.reload()).to.include({ title: 'Heat', storyline: 'Cops.', active: false });
    expect((await auditEntries()).at(-1)).to.include({ action: 'restore', restored_id: first?.id });
    expect(await restore(staff, first as AuditEntry, 'before')).to.include({ message: 'alreadyRestored' });
  });

  it('a hidden review, and the ratings with it', async () => {
    const movie = await makeRatedMovie([5, 1]);
    const review = (await Review.findOne({ where: { rating: 1 } })) as Review;
    await api.patch(`/watch/review/${review.id}/`, { active: false });
    expect((await movie.reload()).avg_rating).to.equal(5);
    expect(await restore(staff, await onlyEntry(), 'before')).to.include({ message: 'restored' });
    expect((await movie.reload()).avg_rating).to.equal(3);
    await expectRatingsExact();
  });

  it('no invalid version, and no deleted record', async () => {
    const platform = await makePlatform({ name: 'Lumen' });
    await api.patch(`/watch/platformlist/${platform.id}/`, { name: 'Lumen 2' });
    await makePlatform({ name: 'Lumen' });
    const entry = await onlyEntry();
    expect(await restore(staff, entry, 'before')).to.deep.include({
      message: 'cannotRestore',
      options: { faults: 'A platform with this name already exists.' },
    });
    await api.delete(`/watch/platformlist/${platform.id}/`);
    expect(await restore(staff, entry, 'before')).to.include({ message: 'cannotRestoreDeleted' });
    const user = await makeUser();
    await staff.send(`users/records/${user.id}/edit`, { password: 'other-harbour-99' });
    const password = (await auditEntries()).at(-1) as AuditEntry;
    expect(await restore(staff, password, 'before')).to.include({ message: 'nothingToRestore' });
  });

  it('nothing for moderators', async () => {
    const movie = await makeMovie();
    await api.patch(`/watch/watchlist/${movie.id}/`, { title: 'Heat' });
    const client = await PanelClient.loggedIn(staff.panel, await makeMember('moderator'));
    const path = `audit_log/records/${(await onlyEntry()).id}/restore`;
    expect((await client.send(path, { version: 'before' })).status).to.equal(403);
    expect((await WatchList.findByPk(movie.id))?.title).to.equal('Heat');
  });
});

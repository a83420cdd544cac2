import { expect } from 'chai';
import { ImportPart } from '../../src/models/import-part.js';
import { Review } from '../../src/models/review.js';
import { asUser } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { csv, importFile } from '../support/own-data.js';
import { expectFields } from '../support/refusals.js';

const ratings = (stars: number) => csv('Date,Name,Year,URI,Rating', `,Heat,1995,u,${stars}`);
const KEEP = '?dry_run=true&keep=true';

describe('a file that a dry run keeps', () => {
  it('is imported by its key, once, by its owner, and not in place of a later one', async () => {
    await makeMovie({ title: 'Heat', year: 1995 });
    const [client, other] = [await asUser(), await asUser()];
    const first = await importFile(client, 'ratings.csv', ratings(2), KEEP);
    // More than one piece: the rest are blank lines.
    const padded = ratings(4) + '\n'.repeat(1_200_000);
    const second = await importFile(client, 'watched ratings.csv', padded, KEEP);
    expect(second.body).to.deep.include({ added: 1 });
    expect(await ImportPart.count()).to.equal(3);
    const byKey = (key: string, by = client) => by.send('POST', `/account/import/?kept=${key}`);
    expectFields(await byKey(first.body.kept), 'file');
    expectFields(await byKey(second.body.kept, other), 'file');
    expectFields(await byKey('nonsense'), 'kept');
    expect(await Review.count()).to.equal(0);
    const { body } = await byKey(second.body.kept);
    expect(body).to.deep.include({ added: 1, kept: null });
    expect((await Review.findOne())?.rating).to.equal(4);
    expectFields(await byKey(second.body.kept), 'file');
    expect(await ImportPart.count()).to.equal(0);
  });

  it('is kept by no other dry run, ends after an hour, and goes with its owner', async () => {
    const client = await asUser();
    expect((await importFile(client, 'ratings.csv', ratings(2), '?dry_run=true')).body.kept).to.equal(null);
    const { body } = await importFile(client, 'ratings.csv', ratings(2), KEEP);
    await ImportPart.update({ expires: new Date() }, { where: { user_id: client.user.id } });
    expectFields(await client.send('POST', `/account/import/?kept=${body.kept}`), 'file');
    await client.user.destroy();
    expect(await ImportPart.count()).to.equal(0);
  });
});

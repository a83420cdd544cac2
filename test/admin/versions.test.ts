import { expect } from 'chai';
import { makeMovie, makePlatform, makeReview, makeUser } from '../support/factories.js';
import { type Answer, staffClient } from '../support/panel.js';

/** An answer to a form, with what a conflict adds. */
type FormAnswer = Answer['body'] & {
  record?: { version?: string };
  conflict?: { version: string; params: Record<string, unknown> };
};

describe('admin panel: versions of records', () => {
  const admin = staffClient('admin');

  const form = async (path: string) => (await admin.read(`${path}/edit`)).body as FormAnswer;
  const save = async (path: string, fields: Record<string, string>) =>
    (await admin.send(`${path}/edit`, fields)).body as FormAnswer;

  it('refuse a form of an older one, name the record as it is, and write nothing', async () => {
    const review = await makeReview({ description: 'A tpyo' });
    const path = `reviews/records/${review.id}`;
    const { version } = (await form(path)).record as { version: string };
    await review.update({ active: false, hidden_reason: 'Insult' });
    const refused = await save(path, { description: 'A typo', version });
    expect(refused.conflict?.params).to.include({ active: false, hidden_reason: 'Insult' });
    expect(await review.reload()).to.include({ description: 'A tpyo', hidden_reason: 'Insult' });
    const saved = await save(path, { description: 'A typo', version: refused.conflict?.version ?? '' });
    expect(saved.conflict).to.equal(undefined);
    expect(await review.reload()).to.include({
      description: 'A typo',
      active: false,
      hidden_reason: 'Insult',
    });
  });

  it('are of each kind of record, and do not change with what no form writes', async () => {
    const movie = await makeMovie({ genres: ['Drama'] });
    const user = await makeUser();
    for (const [path, fields] of [
      [`watch_lists/records/${movie.id}`, { title: 'Renamed', genres: 'Drama\nComedy' }],
      [`stream_platforms/records/${(await makePlatform()).id}`, { about: 'Renamed' }],
      [`users/records/${user.id}`, { username: `renamed${user.id}` }],
    ] as const) {
      const { version } = (await form(path)).record as { version: string };
      if (path.startsWith('watch')) await makeReview({ watchlist_id: movie.id, rating: 5 });
      const saved = await save(path, { ...fields, version });
      expect(saved.conflict, path).to.equal(undefined);
      expect(saved.record?.errors, path).to.deep.equal({});
      expect(saved.record?.version, path).not.to.equal(version);
      expect((await save(path, { ...fields, version })).conflict, path).to.be.an('object');
    }
  });

  it('let one of many forms through that are sent at once', async () => {
    const platforms = [await makePlatform(), await makePlatform()];
    const movie = await makeMovie({ platform_id: platforms[0]?.id as number });
    const path = `watch_lists/records/${movie.id}`;
    const { version } = (await form(path)).record as { version: string };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        save(path, {
          title: `Title ${index}`,
          ...(index % 2 && { platform_id: String(platforms[1]?.id) }),
          version,
        }),
      ),
    );
    expect(answers.filter(({ conflict }) => !conflict)).to.have.length(1);
  });
});

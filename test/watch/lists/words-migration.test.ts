import { expect } from 'chai';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { QueryTypes } from 'sequelize';
import { dialect } from '../../../src/database/connection-options.js';
import { sequelize } from '../../../src/database/database.js';
import { Review } from '../../../src/models/review.js';
import { StreamPlatform } from '../../../src/models/stream-platform.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { ROOT } from '../../../src/project-root.js';
import { indexMovies, queueForgotten } from '../../../src/search/indexing.js';
import { anonymous } from '../../support/clients.js';
import { makeMovie, makeReview } from '../../support/factories.js';
import { idsOf } from '../../support/lists.js';

const LIST = '/watch/watchlist/';

describe('the migration of the words', () => {
  it('lets rows be found whose texts were stored by an older version', async () => {
    const movie = await makeMovie({ title: 'שָׁלוֹם', storyline: 'Nothing.' });
    const review = await makeReview({ watchlist_id: movie.id, description: 'co\u00adoperate' });
    await StreamPlatform.update({ about: 'مُحَمَّد' }, { where: { id: movie.platform_id } });
    const plain = await makeMovie({ title: 'Plain' });
    await indexMovies();
    for (const table of ['watch_lists', 'reviews', 'stream_platforms'])
      await sequelize.query(`UPDATE ${table} SET search_text = 'mqold'`);
    await queueForgotten();
    await indexMovies();
    const asked: [string, number][] = [
      [`${LIST}?search=${encodeURIComponent('שלום')}`, movie.id],
      [`/watch/${movie.id}/review/?search=cooperate`, review.id],
      [`/watch/platformlist/?search=${encodeURIComponent('محمد')}`, movie.platform_id],
    ];
    for (const [path] of asked) expect(idsOf(await anonymous.get(path)), path).to.deep.equal([]);

    const file = join(ROOT, 'migrations', '20261130000200-fold-more-marks-in-search-text.js');
    const { up } = (await import(pathToFileURL(file).href)) as { up: (context: unknown) => Promise<void> };
    for (const run of ['first', 'second']) {
      await up(sequelize.getQueryInterface());
      for (const [path, id] of asked)
        expect(idsOf(await anonymous.get(`${path}&fields=id&run=${run}`)), path).to.deep.equal([id]);
      await indexMovies();
    }
    for (const [path, id] of asked)
      expect(idsOf(await anonymous.get(`${path}&fields=id&run=indexed`)), path).to.deep.equal([id]);
    expect((await WatchList.findByPk(plain.id))?.search_text).to.equal('mqold');
    expect(await Review.count({ where: { search_text: 'mqold' } })).to.equal(0);
    if (dialect === 'sqlite') return;
    const queued = await sequelize.query('SELECT movie_id FROM watch_list_index_queue', {
      type: QueryTypes.SELECT,
    });
    expect(queued).to.deep.equal([]);
  });
});

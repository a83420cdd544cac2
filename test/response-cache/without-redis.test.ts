import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { anonymous } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { withProcess } from '../support/processes.js';

// The embedded database is served by one process.
if (dialect === 'mysql') {
  describe('several processes on one database', function several() {
    this.timeout(60_000);

    it('do not use the response cache, even without Redis', async () => {
      const movie = await makeMovie();
      const path = `/watch/watchlist/${movie.id}/`;
      // The tests' own app is one of the processes.
      await withProcess({ CACHE_SECONDS: '3600' }, async (server) => {
        for (const client of [anonymous, anonymous.at(server)]) {
          await client.get(path);
          const title = `Past the models ${client === anonymous ? 'here' : 'there'}`;
          await sequelize.query('UPDATE watch_lists SET title = ? WHERE id = ?', {
            replacements: [title, movie.id],
            type: QueryTypes.UPDATE,
          });
          expect((await client.get(path)).body.title).to.equal(title);
        }
      });
    });
  });
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { auditPages } from '../../../bench/page-audits.js';
import { ROOT } from '../../../src/project-root.js';
import { Review } from '../../../src/models/review.js';
import { makeMovie, makeReview, makeUser, makeUsers } from '../../support/factories.js';
import { onMysql } from '../../support/scratch-database.js';
import { sharedUrl } from '../../support/server.js';
import { skip } from '../../support/skip.js';

const AUDIT_MS = 180_000;
const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
const REVIEWS = 1_000;

describe('Lighthouse', function suite() {
  this.timeout(AUDIT_MS);

  before(function lighthouseOrSkip() {
    if (onMysql) skip(this, 'audits pages, which are the same on each database: runs on the embedded one');
    if (existsSync(join(ROOT, 'tools', 'lighthouse', 'node_modules'))) return;
    skip(this, 'Lighthouse is missing: npm ci --ignore-scripts --prefix tools/lighthouse');
  });

  it('finds nothing on home, list, search, profile and a movie with 1,000 reviews', async () => {
    const movie = await makeMovie({ title: 'Heat', year: 1995, genres: ['Crime'] });
    const ann = await makeUser({ username: 'ann' });
    const others = await makeUsers(REVIEWS - 1);
    await makeReview({ watchlist_id: movie.id, user_id: ann.id, description: 'Holds up.', spoiler: true });
    await Review.bulkCreate(
      others.map(({ id }, at) => ({
        user_id: id,
        watchlist_id: movie.id,
        rating: 1 + (at % 5),
        description: `Seen ${at} times.`,
      })),
    );
    const url = sharedUrl();
    const audited = await auditPages({
      pages: [
        { url: `${url}/` },
        { url: `${url}/movies` },
        { url: `${url}/movies/${movie.id}/heat` },
        { url: `${url}/members/ann` },
        // Search engines are kept from searches on purpose.
        { url: `${url}/search?q=heat`, skip: ['is-crawlable'] },
      ],
      categories: CATEGORIES,
    });
    const faults = audited.flatMap(({ url, failed }) => failed.map((one) => `${url}: ${one}`));
    expect(faults).to.deep.equal([]);
    for (const { scores, url } of audited) {
      expect(scores, url).to.deep.equal({ accessibility: 100, 'best-practices': 100, seo: 100 });
    }
  });
});

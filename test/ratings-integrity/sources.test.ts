import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';

const FOLDERS = ['src', 'admin', 'seeders', 'migrations', 'bench'];

/** The source files, to be searched for writes that bypass the models: plain SQL runs no hooks. */
function sources(): { file: string; text: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[jt]sx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  ).map((path) => ({ file: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}

function filesWith(pattern: RegExp): string[] {
  return sources()
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .toSorted();
}

describe('the sources', () => {
  it('write rating fields in votes.ts only', () => {
    // An assignment to a column or a field; a local constant writes neither.
    const assignment =
      /^(?!\s*const\b).*\b(avg_rating|number_rating|weighted_rating|rating_[1-5$]\S*) = [^=]/m;
    expect(filesWith(assignment)).to.deep.equal([
      // The bare server that the benchmark compares with; it has its own database.
      'bench/raw.ts',
      'src/ratings/votes.ts',
    ]);
  });

  it('write members’ ratings and reviews’ counts in their own files only', () => {
    expect(filesWith(/(INSERT INTO|REPLACE INTO|UPDATE|DELETE FROM) member_ratings\b/)).to.deep.equal([
      'bench/raw.ts',
      'migrations/20261202000400-create-member-ratings.js',
      'src/ratings/member-ratings.ts',
    ]);
    expect(filesWith(/\bSET\b[^;]*?\b(open_reports|helpful_count|\$\{count\}) =\s/)).to.deep.equal([
      'bench/raw.ts',
      'migrations/20261123001300-add-reports-to-reviews.js',
      'migrations/20261202000300-add-helpful-count-to-reviews.js',
      'src/ratings/report-counts.ts',
      'src/ratings/review-counts.ts',
      'src/ratings/withheld-reviews.ts',
    ]);
    expect(filesWith(/(INSERT INTO|DELETE FROM) helpful_votes\b/)).to.deep.equal([
      'src/ratings/helpful-votes.ts',
    ]);
    expect(filesWith(/deleteRows\('saved_movies'/)).to.deep.equal(['src/ratings/saved-movies.ts']);
  });

  it('write counts of movies in movie-counts.ts only', () => {
    expect(filesWith(/\bSET\s+watchlist_count\b/i)).to.deep.equal([
      'bench/fill-details.ts',
      'bench/fill.ts',
      'migrations/20261123001500-add-watchlist-count-to-stream-platforms.js',
      'src/ratings/movie-counts.ts',
    ]);
  });

  it('write reviews by plain SQL only where the ratings are updated too', () => {
    expect(filesWith(/(INSERT\s+(IGNORE\s+)?INTO|REPLACE\s+INTO|DELETE\s+FROM)\s+reviews\b/i)).to.deep.equal([
      // Fills a data set for benchmarks; `ratings -- rebuild` then sets the figures.
      'bench/fill.ts',
      'bench/raw.ts',
      'src/models/insert-reviews.ts',
    ]);
    // Members' imports and the path of members' reviews: they count each in the same transaction.
    const callers = filesWith(/\binsertReviews\((?!reviews:)/);
    expect(callers).to.deep.equal(['src/models/add-reviews.ts', 'src/models/new-review.ts']);
    expect(filesWith(/\bcountVotes\(/)).to.include.members(callers);
    const weighs = /UPDATE\s+reviews\b[^;]*\bSET\b[^;]*\b(rating|active|watchlist_id|user_id)\s*=/i;
    expect(filesWith(weighs)).to.deep.equal([]);
    expect(filesWith(/deleteRows\('reviews'/)).to.deep.equal(['src/ratings/cascades.ts']);
  });

  it('open transactions in transactions.ts only, where the writers of an embedded database queue', () => {
    expect(filesWith(/\bsequelize\.transaction\(/)).to.deep.equal([
      // On MySQL and MariaDB alone.
      'migrations/20261201000730-index-titles.js',
      'src/database/transactions.ts',
    ]);
  });

  it('never bypass the models through the query interface', () => {
    expect(filesWith(/\.bulk(Insert|Update|Delete)\(/)).to.deep.equal([]);
  });
});

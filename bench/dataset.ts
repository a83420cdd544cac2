/*
 * Fills the database of DATABASE_URL for the comparison with a bare server: users, movies, and reviews by Zipf's law.
 * Arguments: how many movies, how many users, and how many reviews the most popular movie would have without a limit.
 */
import { closeDatabase } from '../src/database.js';
import { migrate } from '../src/migrations.js';
import { rebuildRatings } from '../src/models/rating-audit.js';
import { applyPriors } from '../src/models/rating-priors.js';
import { AuthToken } from '../src/models/auth-token.js';
import { User } from '../src/models/user.js';
import { addCatalogue, addUsers, addZipfReviews } from './fill.js';

/** Movies beyond these have no reviews. */
const REVIEWED = 10_000;
const PLATFORMS = 20;

const [movies = 10_000, users = 6_000, scale = 141_000] = process.argv.slice(2).map(Number);
await migrate();
await applyPriors();
await addUsers(users);
await addCatalogue(PLATFORMS, movies);
await addZipfReviews(Math.min(movies, REVIEWED), users, scale);
await rebuildRatings();
const reviewer = await User.create({ username: 'reviewer', email: 'reviewer@bench.example.org' });
// The one line of output: the token that the measurements write reviews with.
process.stdout.write(`${await AuthToken.issue(reviewer)}\n`);
await closeDatabase();

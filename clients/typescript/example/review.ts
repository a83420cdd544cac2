// Signs up, searches for a movie and reviews it. The package has it compiled, for any Node.js from 20.19 on:
// node node_modules/marquee-client/example/review.js http://127.0.0.1:3000 USERNAME PASSWORD SEARCH
import { randomUUID } from 'node:crypto';
import { createClient } from 'marquee-client';

const [baseUrl = 'http://127.0.0.1:3000', username = 'ana', password = '', search = ''] =
  process.argv.slice(2);
const marquee = createClient({ baseUrl });

const registered = await marquee.POST('/account/register/', {
  body: { username, email: `${username}@example.org`, password, password2: password },
});
if (!registered.data) throw new Error(`Signing up failed: ${JSON.stringify(registered.error)}`);
marquee.useToken(registered.data.token);

const found = await marquee.GET('/watch/watchlist/', {
  params: { query: { search, ordering: '-weighted_rating', page_size: 1 } },
});
const movie = found.data?.results[0];
if (!movie) throw new Error(`No movie is found by "${search}": ${JSON.stringify(found.error)}`);

const reviewed = await marquee.POST('/watch/{id}/review-create/', {
  params: { path: { id: movie.id }, header: { 'Idempotency-Key': randomUUID() } },
  body: { rating: 5, description: 'Holds up on every viewing.' },
});
if (!reviewed.data) throw new Error(`The review was refused: ${JSON.stringify(reviewed.error)}`);

const { review_user, rating, title } = reviewed.data;
console.log(`${review_user} gave ${title} ${rating} of 5 stars`);

import { expect } from 'chai';
import { asUser } from '../support/clients.js';
import { makeMovie, makeReview } from '../support/factories.js';
import { expectFields } from '../support/refusals.js';

const PATH = '/account/marks/';

describe('/account/marks/', () => {
  it('tells which movies one has saved and which reviews one finds helpful', async () => {
    const [ann, bob] = [await asUser(), await asUser()];
    const movies = [await makeMovie(), await makeMovie(), await makeMovie()].map(({ id }) => id);
    const reviews = [await makeReview(), await makeReview(), await makeReview()].map(({ id }) => id);
    const [, movie, other] = movies;
    const [, review, another] = reviews;
    await ann.put(`/account/saved/${movie}/`);
    await bob.put(`/account/saved/${other}/`);
    await ann.put(`/watch/review/${another}/helpful/`);
    await ann.put(`/watch/review/${review}/helpful/`);
    const query = [...movies.map((id) => `movie=${id}`), ...reviews.map((id) => `review=${id}`)].join('&');
    const answer = await ann.get(`${PATH}?${query}&movie=999999&review=${review}`);
    expect(answer.body).to.deep.equal({ saved: [movie], helpful: [review, another] });
    expect((await bob.get(`${PATH}?${query}`)).body).to.deep.equal({ saved: [other], helpful: [] });
    await ann.delete(`/account/saved/${movie}/`);
    expect((await ann.get(`${PATH}?movie=${movie}`)).body).to.deep.equal({ saved: [], helpful: [] });
  });

  it('takes no query, one id, and 100 of a kind', async () => {
    const ann = await asUser();
    const none = { saved: [], helpful: [] };
    expect((await ann.get(PATH)).body).to.deep.equal(none);
    const hundred = Array.from({ length: 100 }, (_each, at) => `movie=${at + 1}`);
    expect((await ann.get(`${PATH}?${hundred.join('&')}`)).body).to.deep.equal(none);
    expectFields(await ann.get(`${PATH}?${[...hundred, 'movie=1'].join('&')}`), 'movie');
    for (const wrong of ['abc', '0', '-1', '1.5', '']) {
      expectFields(await ann.get(`${PATH}?review=${wrong}`), 'review');
    }
  });
});

import { expect } from 'chai';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { moviePath } from '../../site/paths.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser } from '../support/factories.js';
import { getPage, pageText } from '../support/site.js';

/** The stars of the reviews of a page, in their order. */
const starsOf = (text: string) =>
  [...text.matchAll(/<article.*?aria-label="(\d) of 5 stars"/gs)].map(([, stars]) => Number(stars));

describe('the page of a movie', () => {
  it('shows the movie and how it is rated', async () => {
    const movie = await makeRatedMovie([5, 5, 2], {
      title: 'Heat & Dust',
      year: 1983,
      runtime: 130,
      genres: ['Drama', 'Romance'],
      storyline: 'Two women, sixty years apart.',
      active: false,
    });
    const text = await pageText(moviePath(movie));
    expect(text).to.include('<title>Heat &amp; Dust (1983) · Marquee</title>');
    for (const part of [
      'Two women, sixty years apart.',
      '130 minutes',
      'href="/movies?genre=Romance"',
      '<b>4.00</b>',
      '3 ratings',
      'Weighted rating: 3.62',
      `href="${moviePath(movie)}?stars=5#reviews"`,
      '5 stars: 2 ratings',
      'at the moment.',
    ]) {
      expect(text).to.include(part);
    }
    expect(text).to.not.include('?stars=4#reviews');
    const german = await pageText(moviePath(movie), { language: 'de' });
    for (const part of ['<b>4,00</b>', '3 Bewertungen', '130 Minuten', 'Gewichtete Bewertung: 3,62']) {
      expect(german).to.include(part);
    }
  });

  it('has one address', async () => {
    const movie = await makeMovie({ title: 'Amélie – 東京' });
    const path = moviePath(movie);
    expect(path).to.equal(`/movies/${movie.id}/amelie-%E6%9D%B1%E4%BA%AC`);
    for (const other of ['', '/other', '/AMELIE', '/', `/${'x'.repeat(300)}`]) {
      const answer = await getPage(`/movies/${movie.id}${other}?stars=5&x=%C3%A9`);
      expect(answer.status, other).to.equal(301);
      if (other !== '/') expect(answer.headers.get('location')).to.equal(`${path}?stars=5&x=%C3%A9`);
    }
    expect((await getPage(`/movies/0${movie.id}`)).headers.get('location')).to.equal(path);
    expect((await getPage(path)).status).to.equal(200);
    const wordless = await makeMovie({ title: '!!!' });
    expect((await getPage(`/movies/${wordless.id}`)).status).to.equal(200);
  });

  it('is a 404 for what is no movie', async () => {
    const { id } = await makeMovie();
    for (const wrong of [`${id + 1}`, '0', '-1', '1e3', 'abc', '1.5', '%20', '9'.repeat(30), '٣']) {
      const answer = await getPage(`/movies/${wrong}`);
      expect(answer.status, wrong).to.equal(404);
      expect(await answer.text()).to.include('Page not found');
    }
  });

  it('orders, filters and pages the reviews', async () => {
    const movie = await makeRatedMovie([3, 5, 1, ...Array.from({ length: 20 }, () => 4)]);
    const path = moviePath(movie);
    expect(starsOf(await pageText(`${path}?sort=highest`)).slice(0, 2)).to.deep.equal([5, 4]);
    expect(starsOf(await pageText(`${path}?sort=lowest`)).slice(0, 3)).to.deep.equal([1, 3, 4]);
    expect(starsOf(await pageText(`${path}?sort=lowest&page=2`))).to.deep.equal([4, 4, 5]);
    expect(starsOf(await pageText(`${path}?stars=3`))).to.deep.equal([3]);
    expect(await pageText(`${path}?stars=2`)).to.include('No review has so many stars.');
    const helpful = (await Review.findOne({ where: { watchlist_id: movie.id, rating: 1 } })) as Review;
    await HelpfulVote.create({ review_id: helpful.id, user_id: (await makeUser()).id });
    expect(starsOf(await pageText(`${path}?sort=helpful`))[0]).to.equal(1);
  });

  it('takes addresses that choose nothing as there is', async () => {
    const movie = await makeRatedMovie([4, 2]);
    const path = moviePath(movie);
    for (const query of ['sort=best', 'stars=6', 'stars=abc', 'sort=__proto__']) {
      const answer = await getPage(`${path}?${query}`);
      expect(answer.status, query).to.equal(200);
      expect(starsOf(await answer.text()), query).to.have.length(2);
    }
    for (const number of ['99', 'abc', '0', '-1']) {
      const past = await getPage(`${path}?page=${number}`);
      expect(past.status).to.equal(404);
      expect(await past.text())
        .to.include(`There is no page ${number}.`)
        .and.to.include('2 reviews');
    }
  });

  it('covers spoilers, and escapes what was written', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, spoiler: true, description: '<b>It was</b> the butler' });
    const text = await pageText(moviePath(movie));
    expect(text).to.match(
      /<details class="spoiler"><summary>.*?<\/summary><blockquote dir="auto">&lt;b>It was&lt;\/b>/s,
    );
  });
});

import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { Genre } from '../../src/models/genre.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { staffClient } from '../support/panel.js';

/** The id of the genre with this name. */
async function idOf(name: string): Promise<number> {
  return (await Genre.findOne({ where: { name_key: name.toLowerCase() } }))?.id ?? 0;
}

/** A movie's genres, as the API shows them. */
async function genresOf({ id }: { id: number }): Promise<string[]> {
  return (await anonymous.get(`/watch/watchlist/${id}/`)).body.genres;
}

describe('genres in the panel', () => {
  const client = staffClient('admin');

  /** The genres that a field offers for a text. */
  const offered = async (text: string) =>
    (await client.read(`genres/actions/search/${text}`)).body.records?.map(({ params }) => params.name);

  it('are listed with their numbers of movies, which nobody can write, and are renamed', async () => {
    const movie = await makeMovie({ genres: ['Drama', 'Crime'] });
    const { body } = await client.read('genres/actions/list');
    expect(body.records?.map(({ params }) => [params.name, params.watchlist_count])).to.deep.equal([
      ['Crime', 1],
      ['Drama', 1],
    ]);
    const id = await idOf('Drama');
    const edited = await client.send(`genres/records/${id}/edit`, { name: 'Dramas', watchlist_count: 9 });
    expect(edited.body.notice?.type).to.equal('success');
    expect(await genresOf(movie)).to.deep.equal(['Crime', 'Dramas']);
    const taken = await client.send(`genres/records/${id}/edit`, { name: 'CRIME' });
    expect(taken.body.record?.errors.name?.message).to.equal('A genre with this name already exists.');
    const tooLong = await client.send(`genres/records/${id}/edit`, { name: 'x'.repeat(41) });
    expect(tooLong.body.record?.errors.name?.message).to.contain('no more than 40 characters');
    await expectMovieCountsExact();
  });

  it('are deleted where no movie has them', async () => {
    const movie = await makeMovie({ genres: ['Drama', 'Crime'] });
    const refused = await client.send(`genres/records/${await idOf('Drama')}/delete`);
    expect(refused.body.notice?.message).to.contain('1 movies have this genre');
    const several = await client.send(`genres/bulk/bulkDelete?recordIds=${await idOf('Drama')}`);
    expect(several.body.notice?.type).to.equal('error');
    expect(await Genre.count()).to.equal(2);
    await movie.update({ genres: ['Crime'] });
    const deleted = await client.send(`genres/records/${await idOf('Drama')}/delete`);
    expect(deleted.body.notice?.type).to.equal('success');
    expect(await Genre.count()).to.equal(1);
  });

  it('are merged: each movie has the other one once, the counts are exact, and the log has one deed', async () => {
    const both = await makeMovie({ genres: ['Sci-Fi', 'Science fiction', 'Drama'] });
    const one = await makeMovie({ genres: ['Sci-Fi'] });
    const third = await makeMovie({ genres: ['SF'] });
    const before = await anonymous.get(`/watch/watchlist/${third.id}/`);
    const into = await idOf('Science fiction');
    const ids = [await idOf('Sci-Fi'), await idOf('SF')];
    const { body } = await client.send(`genres/bulk/mergeSelected?recordIds=${ids.join()}`, {
      merge_into: into,
    });
    expect(body.notice, JSON.stringify(body)).to.include({ type: 'success', message: 'mergeDone' });
    expect(await genresOf(both)).to.deep.equal(['Drama', 'Science fiction']);
    for (const movie of [one, third]) expect(await genresOf(movie)).to.deep.equal(['Science fiction']);
    const after = await anonymous.get(`/watch/watchlist/${third.id}/`);
    expect(after.headers.get('etag')).not.to.equal(before.headers.get('etag'));
    expect(await Genre.count()).to.equal(2);
    await expectMovieCountsExact();
    const stored = await WatchList.findAll({ order: ['id'] });
    expect(stored.map(({ genre_ids }) => genre_ids.split(',').includes(String(into)))).to.deep.equal([
      true,
      true,
      true,
    ]);
    const merges = await AuditEntry.findAll({ where: { action: 'merge' } });
    expect(
      merges.map(({ record_id, record_title, cascaded }) => [record_id, record_title, cascaded]),
    ).to.deep.equal([[into, 'Science fiction', '{"genres":2,"watch_lists":3}']]);
  });

  it('are not merged into themselves, into nothing, or into what does not exist', async () => {
    await makeMovie({ genres: ['Drama', 'Crime'] });
    const [drama, crime] = [await idOf('Drama'), await idOf('Crime')];
    for (const [into, text] of [
      ['', 'This field may not be null.'],
      ['x', 'This field may not be null.'],
      ['999999', 'Invalid pk "999999" - object does not exist.'],
      [String(crime), 'A genre cannot be merged into itself.'],
    ] as const) {
      const path = `genres/bulk/mergeSelected?recordIds=${drama},${crime}`;
      const { body } = await client.send(path, { merge_into: into });
      expect(body.record?.errors.merge_into?.message, into).to.equal(text);
    }
    expect(await Genre.count()).to.equal(2);
    await expectMovieCountsExact();
  });

  it('are offered while one types, by the beginning of their names', async () => {
    await makeMovie({ genres: ['Drama', 'Documentary', 'Crime'] });
    expect(await offered('d')).to.deep.equal(['Documentary', 'Drama']);
    expect(await offered('DRA')).to.deep.equal(['Drama']);
    expect(await offered('rama')).to.deep.equal([]);
  });
});

describe("a movie's details in the panel", () => {
  const client = staffClient('admin');

  /** The ids of the movies in the list with this query. */
  const found = async (query: string) =>
    (await client.read(`watch_lists/actions/list?${query}`)).body.records?.map(({ params }) => params.id);

  it('are edited in its form, genres as a text with a line for each', async () => {
    const movie = await makeMovie({ genres: ['Drama'], year: 1990 });
    const path = `watch_lists/records/${movie.id}/edit`;
    expect((await client.read(path)).body.record?.params).to.include({
      genres: 'Drama',
      year: 1990,
      kind: 'movie',
    });
    const fields = {
      genres: 'Crime\r\n drama \n\n',
      year: '1995',
      kind: 'show',
      runtime: '170',
      imdb_id: 'tt0113277',
    };
    const saved = await client.send(path, fields);
    expect(saved.body.notice?.type, JSON.stringify(saved.body)).to.equal('success');
    const { body } = await anonymous.get(`/watch/watchlist/${movie.id}/`);
    expect(body).to.deep.include({
      genres: ['Crime', 'Drama'],
      year: 1995,
      kind: 'show',
      runtime: 170,
      imdb_id: 'tt0113277',
    });
    await client.send(path, { title: 'Other' });
    expect(await genresOf(movie)).to.deep.equal(['Crime', 'Drama']);
    const emptied = await client.send(path, { genres: '', year: '', runtime: '', imdb_id: '' });
    expect(emptied.body.notice?.type, JSON.stringify(emptied.body.record?.errors)).to.equal('success');
    expect((await anonymous.get(`/watch/watchlist/${movie.id}/`)).body).to.deep.include({
      genres: [],
      year: null,
      runtime: null,
      imdb_id: null,
    });
    await expectMovieCountsExact();
  });

  it('are refused out of their bounds, each at its field', async () => {
    const movie = await makeMovie({ genres: ['Drama'] });
    const lines = Array.from({ length: 11 }, (_, index) => `G${index}`).join('\n');
    const fields = { genres: lines, year: '1800', kind: 'series', runtime: '0', imdb_id: 'x' };
    const { body } = await client.send(`watch_lists/records/${movie.id}/edit`, fields);
    expect(Object.keys(body.record?.errors ?? {})).to.have.members(Object.keys(fields));
    expect(await genresOf(movie)).to.deep.equal(['Drama']);
  });

  it('filter and order the list', async () => {
    const heat = await makeMovie({
      year: 1995,
      genres: ['Crime', 'Drama'],
      imdb_id: 'tt0113277',
      runtime: 170,
    });
    const dark = await makeMovie({ year: 2017, genres: ['Crime'], kind: 'show' });
    const bare = await makeMovie();
    expect(await found('filters.genres=CRIME&sortBy=id&direction=asc')).to.deep.equal([heat.id, dark.id]);
    for (const none of ["'", 'Crim', '%25', 'a%00b'])
      expect(await found(`filters.genres=${none}`), none).to.deep.equal([]);
    expect(await found('filters.kind=show')).to.deep.equal([dark.id]);
    expect(await found('filters.year~~from=1996')).to.deep.equal([dark.id]);
    expect(await found('filters.year~~to=99999&sortBy=year&direction=desc')).to.deep.equal([
      dark.id,
      heat.id,
    ]);
    expect(await found('filters.year=1995')).to.deep.equal([heat.id]);
    expect(await found('filters.runtime~~from=100&filters.imdb_id=tt0113277')).to.deep.equal([heat.id]);
    expect(await found('sortBy=year&direction=asc')).to.deep.equal([heat.id, dark.id, bare.id]);
    expect(await found('sortBy=year&direction=desc')).to.deep.equal([dark.id, heat.id, bare.id]);
    expect(await found('sortBy=genres&direction=asc')).to.have.members([heat.id, dark.id, bare.id]);
  });

  it('are in the log, genres by name, and a version with them can be restored', async () => {
    const movie = await makeMovie({ genres: ['Drama'] });
    await client.send(`watch_lists/records/${movie.id}/edit`, { genres: 'Crime' });
    const [entry] = await AuditEntry.findAll({ where: { resource: 'watch_lists', action: 'update' } });
    expect(JSON.parse(entry?.changes ?? '{}')).to.deep.equal({
      genres: { before: ['Drama'], after: ['Crime'] },
    });
    const restored = await client.send(`audit_log/records/${entry?.id}/restore`, { version: 'before' });
    expect(restored.body.notice?.type, JSON.stringify(restored.body)).to.equal('success');
    expect(await genresOf(movie)).to.deep.equal(['Drama']);
    const again = await client.send(`audit_log/records/${entry?.id}/restore`, { version: 'before' });
    expect(again.body.notice?.message).to.equal('alreadyRestored');
  });
});

import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { Review } from '../../src/models/review.js';
import { ROOT } from '../../src/project-root.js';
import { document } from '../support/contract.js';
import { asAdmin } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { sharedUrl } from '../support/server.js';
import { skip } from '../support/skip.js';

const TOOLS = join(ROOT, 'tools', 'openapi', 'node_modules', '.bin');
const run = promisify(execFile);

/** Imports one of the project's scripts, which are plain JavaScript. */
const script = <Exports>(name: string) =>
  import(pathToFileURL(join(ROOT, 'scripts', name)).href) as Promise<Exports>;

/** An installed package, as a dependency in a package.json. */
const local = (name: string) => `file:${join(ROOT, 'node_modules', name)}`;

/** What newman reports of the requests that it has sent. */
interface Report {
  run: { executions: { item: { name: string }; response?: { code: number } }[] };
}

interface Item {
  item?: Item[];
  request?: { method: string; url: { path: string[] } };
}

describe('generated from the OpenAPI document', function () {
  this.timeout(180_000);
  let folder: string;
  before(function () {
    // Packing, installing and compiling are slow and do not depend on the database: once is enough.
    if (dialect === 'sqlite') skip(this, 'takes long: runs with TEST_DATABASE_URL');
    if (!existsSync(TOOLS)) skip(this, 'tools/openapi is not installed (npm ci --prefix tools/openapi)');
    folder = mkdtempSync(join(tmpdir(), 'clients-'));
  });

  it('a TypeScript client, which installs from its package, signs up, searches and reviews', async () => {
    const client = await script<{ makeClient(target: string): Promise<string> }>('client.js');
    const packed = await client.makeClient(folder);
    const dependencies = {
      'marquee-client': `file:${packed}`,
      'openapi-fetch': local('openapi-fetch'),
      'openapi-typescript-helpers': local('openapi-typescript-helpers'),
    };
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies }),
    );
    await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
    });
    const installed = join(folder, 'node_modules', 'marquee-client');
    // What one's own program is: the example's source, in one's own folder.
    const own = join(folder, 'own.ts');
    copyFileSync(join(installed, 'example', 'review.ts'), own);
    const checked = [
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--skipLibCheck',
    ];
    const types = ['--typeRoots', join(ROOT, 'node_modules', '@types')];
    await run(join(TOOLS, 'tsc'), [...checked, ...types, '--noEmit', own], { cwd: folder });

    const movie = await makeMovie({ title: 'Heat' });
    const readme = readFileSync(join(ROOT, 'clients', 'typescript', 'README.md'), 'utf8');
    const [, program, password] = /^node (\S+) http:\S+ ana (\S+) heat$/m.exec(readme) as RegExpExecArray;
    const { stdout } = await run(
      process.execPath,
      [program as string, sharedUrl(), 'ana', password as string, 'heat'],
      {
        cwd: folder,
      },
    );
    expect(stdout.trim()).to.equal('ana gave Heat 5 of 5 stars');
    const [review] = await Review.findAll();
    expect(review).to.include({ watchlist_id: movie.id, rating: 5 });
  });

  it('a Postman collection, which has every operation', async () => {
    const collections = await script<{ makeCollection(file: string): Promise<void> }>('collection.js');
    const file = join(folder, 'collection.json');
    await collections.makeCollection(file);
    const flat = (items: Item[]): Item[] =>
      items.flatMap((entry) => (entry.item ? flat(entry.item) : [entry]));
    const requests = flat((JSON.parse(readFileSync(file, 'utf8')) as { item: Item[] }).item);
    const names = requests.map(
      ({ request }) => `${request?.method} /${request?.url.path.join('/').replace(/:(\w+)/g, '{$1}')}`,
    );
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(names).to.have.members(operations);
  });

  it('a Postman collection, which runs against a server', async () => {
    const collections = await script<{ makeCollection(file: string): Promise<void> }>('collection.js');
    const [file, report] = [join(folder, 'run.json'), join(folder, 'report.json')];
    await collections.makeCollection(file);
    const admin = await asAdmin();
    const platform = await makePlatform({ name: 'Nightreel' });
    const movie = await makeMovie({ id: 1, platform_id: platform.id });
    await makePlatform({ id: platform.id === 1 ? 2 : 1 });
    await makeReview({ id: 1, watchlist_id: movie.id });
    /** Runs folders of the collection, and gives the status of each request. */
    const statusesOf = async (...folders: string[]) => {
      await run(join(TOOLS, 'newman'), [
        'run',
        file,
        '--reporters',
        'json',
        '--reporter-json-export',
        report,
        '--env-var',
        `baseUrl=${sharedUrl()}`,
        '--env-var',
        `apiKey=Token ${admin.key}`,
        ...folders.flatMap((name) => ['--folder', name]),
      ]);
      const { executions } = (JSON.parse(readFileSync(report, 'utf8')) as Report).run;
      return Object.fromEntries(executions.map(({ item, response }) => [item.name, response?.code]));
    };
    expect(await statusesOf('Reviews')).to.deep.equal({
      'Review a movie': 201,
      'List a movie’s reviews': 200,
      'List a user’s reviews': 200,
      'The newest reviews': 200,
      'Read a review': 200,
      'Rewrite a review': 200,
      'Change a review': 200,
      'Delete a review': 204,
      'Report a review': 404,
      'Find a review helpful': 404,
      'No longer find a review helpful': 404,
      'Read a user’s profile': 404,
    });
    expect(await statusesOf('Movies')).to.deep.equal({
      'Find the lists': 200,
      'List, filter and search movies': 200,
      'The most reviewed movies of the month': 200,
      'Walk through all titles': 200,
      'List movies by cursor': 200,
      'Add a movie': 201,
      'Read a movie': 200,
      'Rewrite a movie': 200,
      'Change a movie': 200,
      'Delete a movie': 204,
      'List genres': 200,
      // The movie is gone.
      'Give a movie a poster': 404,
      'Read a picture': 404,
      'Take a movie’s poster off': 404,
      'Suggest movies while somebody types': 200,
    });
    await platform.destroy();
    expect(await statusesOf('Platforms')).to.deep.include({ 'List platforms': 200, 'Add a platform': 201 });
    expect(await statusesOf('Operations')).to.deep.include({ 'Can it serve?': 200, 'Read the metrics': 200 });
    expect(await statusesOf('Accounts', 'Logins')).to.deep.include({
      'Sign up': 201,
      'Read one’s account': 200,
      'Log in for a token': 200,
      'Log in for JSON web tokens': 200,
      'Log out': 200,
      'List one’s tokens': 401,
    });
  });
});

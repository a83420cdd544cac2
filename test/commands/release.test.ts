import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGELOG, Repository, VERSIONED } from './release-repository.js';

describe('npm run release', () => {
  let first: Repository;
  let repository: Repository;

  before(() => {
    first = Repository.first();
  });
  after(() => rmSync(first.folder, { recursive: true }));
  beforeEach(() => {
    repository = first.copy();
  });
  afterEach(() => rmSync(repository.folder, { recursive: true }));

  it('dates the changelog, sets every version, commits and tags', () => {
    const { status, stdout, stderr } = repository.release('minor');

    expect({ status, stderr }).to.eql({ status: 0, stderr: '' });
    const dated = CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 - TODAY\n');
    const today = new RegExp(dated.replaceAll('.', '\\.').replace('TODAY', String.raw`\d{4}-\d\d-\d\d`));
    expect(repository.read('CHANGELOG.md')).to.match(today);
    for (const name of VERSIONED) expect(repository.read(name), name).to.contain('0.2.0');
    const others = VERSIONED.filter((name) => name !== 'package-lock.json');
    for (const name of others) expect(repository.read(name), name).not.to.contain('0.1.0');
    const lock = JSON.parse(repository.read('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    expect(lock.packages['']?.version).to.equal('0.2.0');
    expect(repository.git('log', '--format=%s')).to.equal('Release 0.2.0\nFirst');
    expect(repository.git('status', '--porcelain')).to.equal('');
    const revision = repository.git('rev-parse', 'HEAD');
    expect(repository.git('rev-parse', 'v0.2.0^{commit}')).to.equal(revision);
    expect(repository.git('cat-file', '-t', 'v0.2.0')).to.equal('tag');
    expect(stdout)
      .to.contain('--label org.opencontainers.image.version="0.2.0"')
      .and.contain(`--label org.opencontainers.image.revision="${revision}"`)
      .and.contain('--label org.opencontainers.image.licenses="MIT"')
      .and.contain('--tag marquee:0.2.0')
      .and.contain('- A thing, in\n  two lines.');
  });

  it('shows the same with --dry-run, and writes nothing', () => {
    const before = repository.state();

    const { status, stdout } = repository.release('--dry-run', '1.0.0');

    expect(status).to.equal(0);
    expect(stdout)
      .to.match(/^Would release 1\.0\.0, with the tag v1\.0\.0\./)
      .and.contain('Nothing was written.');
    expect(stdout)
      .to.match(/## 1\.0\.0 - \d{4}-\d\d-\d\d\n\n### Added\n/)
      .and.not.contain('The first.');
    expect(stdout).to.contain('org.opencontainers.image.revision="$(git rev-parse v1.0.0^{commit})"');
    expect(repository.state()).to.equal(before);
  });

  for (const [step, version] of [
    ['patch', '0.1.1'],
    ['minor', '0.2.0'],
    ['major', '1.0.0'],
    ['0.1.10', '0.1.10'],
  ] as const) {
    it(`goes from 0.1.0 by ${step} to ${version}`, () => {
      expect(repository.release(step, '--dry-run').stdout).to.contain(`Would release ${version},`);
    });
  }

  it('releases twice in a row once there is something new', () => {
    repository.release('patch');
    expect(repository.release('patch').stderr).to.contain('nothing to release');

    repository.write(
      'CHANGELOG.md',
      repository.read('CHANGELOG.md').replace('## Unreleased\n', '## Unreleased\n\n- More.\n'),
    );
    repository.commit('More');

    expect(repository.release('patch').status).to.equal(0);
    expect(repository.git('tag')).to.equal('v0.1.1\nv0.1.2');
    expect(repository.read('CHANGELOG.md')).to.match(
      /## Unreleased\n\n## 0\.1\.2 .*\n\n- More\.\n\n## 0\.1\.1 /,
    );
  });

  const REFUSALS: [what: string, args: string[], prepare: (at: Repository) => void, says: string][] = [
    ['no version', [], () => {}, 'Usage: '],
    ['two versions', ['patch', 'minor'], () => {}, 'Usage: '],
    ['an unknown option', ['patch', '--force'], () => {}, "Unknown option '--force'"],
    ['a word that is no version', ['next'], () => {}, 'next is neither patch, minor, major nor a version'],
    ['a version with a v', ['v1.0.0'], () => {}, 'v1.0.0 is neither'],
    ['a version with a leading zero', ['1.02.0'], () => {}, '1.02.0 is neither'],
    ['the version of now', ['0.1.0'], () => {}, '0.1.0 is not higher than 0.1.0'],
    ['a lower version', ['0.0.9'], () => {}, '0.0.9 is not higher than 0.1.0'],
    ['a tag that is there', ['patch'], (at) => at.git('tag', 'v0.1.1'), 'The tag v0.1.1 is there already'],
    [
      'a changed file',
      ['patch'],
      (at) => at.write('package.json', `${at.read('package.json')}\n`),
      'package.json',
    ],
    ['a file that git does not know', ['patch'], (at) => at.write('notes.txt', ''), 'notes.txt'],
    [
      'a changelog with headings but no entry',
      ['patch'],
      (at) => {
        at.write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n### Added\n\n## 0.1.0\n\n- The first.\n');
        at.commit('Empty');
      },
      'there is nothing to release',
    ],
    [
      'a changelog without Unreleased',
      ['patch'],
      (at) => {
        at.write('CHANGELOG.md', CHANGELOG.replace('## Unreleased', '## Soon'));
        at.commit('Soon');
      },
      'no section "## Unreleased"',
    ],
    [
      'a changelog that has the version',
      ['patch'],
      (at) => {
        at.write('CHANGELOG.md', CHANGELOG.replace('## 0.1.0', '## 0.1.1'));
        at.commit('Ahead');
      },
      'a section for 0.1.1 already',
    ],
    [
      'a manifest with another version',
      ['patch'],
      (at) => {
        at.write('deploy/kubernetes/kustomization.yaml', 'images:\n  - newTag: latest\n');
        at.commit('Latest');
      },
      'kustomization.yaml does not have "newTag: 0.1.0"',
    ],
    [
      'a commit that a hook refuses',
      ['patch'],
      (at) =>
        writeFileSync(join(at.folder, '.git/hooks/pre-commit'), '#!/bin/sh\necho no >&2; exit 1\n', {
          mode: 0o755,
        }),
      'git commit failed: no\nNothing was changed.',
    ],
  ];

  for (const [what, args, prepare, says] of REFUSALS) {
    it(`refuses ${what}, and changes nothing`, () => {
      prepare(repository);
      const before = repository.state();

      const { status, stdout, stderr } = repository.release(...args);

      expect({ status, stdout }).to.eql({ status: 1, stdout: '' });
      expect(stderr).to.contain(says).and.not.contain('    at ');
      expect(repository.state()).to.equal(before);
    });
  }
});

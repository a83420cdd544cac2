import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../src/project-root.js';

/** The files in which a release sets the version. */
export const VERSIONED = [
  'package.json',
  'package-lock.json',
  'clients/typescript/package.json',
  'clients/typescript/README.md',
  'deploy/kubernetes/kustomization.yaml',
];
export const CHANGELOG = `# Changelog

Words at the top.

## Unreleased

### Added

- A thing, in
  two lines.

### Fixed

- Another.

## 0.1.0 - 2026-11-29

- The first.
`;

/** A repository with the files that a release changes, and one commit. */
export class Repository {
  private constructor(readonly folder: string) {}

  /** Makes the one that tests start from. */
  static first(): Repository {
    const repository = new Repository(mkdtempSync(join(tmpdir(), 'marquee-release-')));
    repository.fill();
    return repository;
  }

  copy(): Repository {
    const folder = mkdtempSync(join(tmpdir(), 'marquee-release-'));
    cpSync(this.folder, folder, { recursive: true });
    return new Repository(folder);
  }

  private fill(): void {
    for (const name of VERSIONED) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      cpSync(join(ROOT, name), join(this.folder, name));
      // Whatever the version is by now.
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
      this.write(name, this.read(name).replaceAll(version, '0.1.0'));
    }
    this.write('CHANGELOG.md', CHANGELOG);
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('config', 'user.name', 'Releaser');
    this.git('config', 'user.email', 'releaser@example.org');
    this.commit('First');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8' }).trim();
  }

  commit(subject: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', subject);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** All that a release could change. */
  state(): string {
    return [
      this.git('show-ref'),
      this.git('status', '--porcelain'),
      ...VERSIONED.map((name) => this.read(name)),
    ].join('\n');
  }

  release(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', 'release.js'), ...args],
      {
        cwd: this.folder,
        encoding: 'utf8',
      },
    );
    return { status, stdout, stderr };
  }
}

// `npm run release -- patch|minor|major|X.Y.Z [--dry-run]`: dates "Unreleased" in CHANGELOG.md, sets the version, commits
// and tags, and prints how to build the image with its labels. `--dry-run` checks the same and writes nothing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { changelogOf } from './release/changelog.js';
import { imageLabels, buildCommand } from './release/image.js';
import { nextVersion, ReleaseError, versionedFiles } from './release/version.js';

const USAGE = 'Usage: npm run release -- patch|minor|major|X.Y.Z [--dry-run]';

/** @throws {ReleaseError} with git's own words */
function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    throw new ReleaseError(`git ${args[0]} failed: ${(error.stderr || error.message).trim()}`);
  }
}

/** Whether git has an object or a reference of this name. */
function exists(name) {
  try {
    git('rev-parse', '--verify', '--quiet', name);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the release is, checked.
 * @param {string} step `patch`, `minor`, `major` or a version
 * @param {Date} now
 * @throws {ReleaseError} for a version that is not higher, a tree with changes, a tag that is there, nothing to release
 */
function plan(step, now) {
  const about = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = nextVersion(about.version, step);
  const tag = `v${version}`;
  const changes = git('status', '--porcelain');
  if (changes !== '') {
    throw new ReleaseError(`The tree has changes that are not committed. Commit or stash them:\n${changes}`);
  }
  if (exists(`refs/tags/${tag}`)) throw new ReleaseError(`The tag ${tag} is there already.`);
  const changelog = changelogOf(readFileSync('CHANGELOG.md', 'utf8'), version, now);
  const files = { 'CHANGELOG.md': changelog.text, ...versionedFiles(about.version, version) };
  return { about, version, tag, section: changelog.section, files };
}

/** Commits and tags, or leaves everything as it was. */
function commit({ version, tag, files }) {
  const before = git('rev-parse', 'HEAD');
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(name, text);
    git('add', '--', ...Object.keys(files));
    git('commit', '--quiet', '--message', `Release ${version}`);
    git('tag', '--annotate', tag, '--message', `Marquee ${version}`);
  } catch (error) {
    // The tree had no changes, so nothing but the release is taken back.
    git('reset', '--hard', '--quiet', before);
    throw new ReleaseError(`${error.message}\nNothing was changed.`);
  }
}

function release(args) {
  const { values, positionals } = parseArgs({
    args,
    options: { 'dry-run': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (positionals.length !== 1) throw new ReleaseError(USAGE);
  const now = new Date();
  const planned = plan(positionals[0], now);
  const dry = values['dry-run'];
  if (!dry) commit(planned);
  const labels = imageLabels(planned.about, {
    version: planned.version,
    revision: dry ? `$(git rev-parse ${planned.tag}^{commit})` : git('rev-parse', 'HEAD'),
    created: dry ? now : new Date(git('show', '--no-patch', '--format=%cI', 'HEAD')),
  });
  console.log(`${dry ? 'Would release' : 'Released'} ${planned.version}, with the tag ${planned.tag}.

CHANGELOG.md:

${planned.section}

Files: ${Object.keys(planned.files).join(', ')}

The image:

${buildCommand(planned.version, labels)}

${dry ? 'Nothing was written.' : `Publish it: git push --follow-tags`}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    release(process.argv.slice(2));
  } catch (error) {
    const isUsage = error.code?.startsWith?.('ERR_PARSE_ARGS');
    if (!(error instanceof ReleaseError) && !isUsage) throw error;
    console.error(isUsage ? `${error.message}\n${USAGE}` : error.message);
    process.exitCode = 1;
  }
}

import { readFileSync } from 'node:fs';

/** A release that cannot be made; the message says why and what to do. */
export class ReleaseError extends Error {}

const STEPS = ['major', 'minor', 'patch'];
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * The version after `current`.
 * @param {string} current
 * @param {string} step `patch`, `minor`, `major`, or the version itself
 * @throws {ReleaseError} for any other step, and for a version that is not higher
 */
export function nextVersion(current, step) {
  const parts = VERSION.exec(current)?.slice(1).map(Number);
  if (!parts) throw new ReleaseError(`package.json has the version ${current}, which is not X.Y.Z.`);
  const place = STEPS.indexOf(step);
  if (place >= 0)
    return parts
      .map((part, index) => (index < place ? part : Number(index === place) * (part + 1)))
      .join('.');
  const wanted = VERSION.exec(step)?.slice(1).map(Number);
  if (!wanted) throw new ReleaseError(`${step} is neither patch, minor, major nor a version such as 1.2.3.`);
  const differs = wanted.findIndex((part, index) => part !== parts[index]);
  if (differs < 0 || wanted[differs] < parts[differs]) {
    throw new ReleaseError(`${step} is not higher than ${current}.`);
  }
  return step;
}

/** The texts that name the version besides the packages, and what stands around it there. */
const MENTIONS = {
  'deploy/kubernetes/kustomization.yaml': ['newTag: ', ''],
  'clients/typescript/README.md': ['marquee-client-', '.tgz'],
};

/**
 * The files that bear the version, with the new one.
 * @returns {Record<string, string>} texts by path
 * @throws {ReleaseError} for a file that does not bear the old version
 */
export function versionedFiles(old, version) {
  const files = {};
  for (const name of ['package.json', 'clients/typescript/package.json']) {
    files[name] = replaced(name, `"version": "${old}"`, `"version": "${version}"`);
  }
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  lock.version = version;
  lock.packages[''].version = version;
  files['package-lock.json'] = `${JSON.stringify(lock, null, 2)}\n`;
  for (const [name, [before, after]] of Object.entries(MENTIONS)) {
    files[name] = replaced(name, before + old + after, before + version + after);
  }
  return files;
}

function replaced(name, old, text) {
  const content = readFileSync(name, 'utf8');
  if (!content.includes(old)) throw new ReleaseError(`${name} does not have "${old}": set it right first.`);
  return content.replaceAll(old, text);
}

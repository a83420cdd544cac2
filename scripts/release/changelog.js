import { ReleaseError } from './version.js';

const UNRELEASED = '## Unreleased';

/**
 * Gives what is under "Unreleased" the version and the date, under a new and empty "Unreleased".
 * @param {string} text CHANGELOG.md
 * @param {string} version
 * @param {Date} now
 * @returns the new text, and the section of the version
 * @throws {ReleaseError} where nothing is unreleased, or the version has a section
 */
export function changelogOf(text, version, now) {
  const [before, ...sections] = text.split(/^(?=## )/m);
  const index = sections.findIndex((section) => section.split('\n', 1)[0].trim() === UNRELEASED);
  if (index < 0) throw new ReleaseError(`CHANGELOG.md has no section "${UNRELEASED}".`);
  const has = sections.some((section) => section.split(/\s/)[1] === version);
  if (has) throw new ReleaseError(`CHANGELOG.md has a section for ${version} already.`);
  const entries = sections[index].slice(sections[index].indexOf('\n')).trim();
  if (!/^[-*] \S/m.test(entries)) {
    throw new ReleaseError('CHANGELOG.md has no entry under "Unreleased": there is nothing to release.');
  }
  const section = `## ${version} - ${now.toISOString().slice(0, 10)}\n\n${entries}`;
  const rest = sections.slice(index + 1).join('');
  const dated = `${UNRELEASED}\n\n${section}\n${rest === '' ? '' : '\n'}${rest}`;
  return { text: before + sections.slice(0, index).join('') + dated, section };
}

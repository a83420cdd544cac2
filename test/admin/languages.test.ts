import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { locale } from '../../admin/locale/index.js';

type Texts = { [name: string]: string | Texts };

const ADMINJS = dirname(fileURLToPath(import.meta.resolve('adminjs')));
// Texts of AdminJS's own first page, which the dashboard replaces, and of its language menu, which the panel lacks.
const UNUSED =
  /^(messages\.(welcomeOnBoard|addingResources|customizeResources|customizeActions|writeOwnComponents|customDashboard|roleBasedAccess|community|foundBug|needMoreSolutions|componentNotFound)_|components\.LanguageSelector\.)/;

describe('admin languages', () => {
  it('have the same texts, AdminJS’s own included', () => {
    const { en = {}, de = {} } = locale.translations ?? {};
    const english = [...names(shipped('en')), ...names(en as Texts)];
    const german = new Set([...names(shipped('de')), ...names(de as Texts)]);
    expect(english.length).to.be.greaterThan(150);
    expect(english.filter((name) => !german.has(name) && !UNUSED.test(name))).to.deep.equal([]);
  });

  it('use the same placeholders', () => {
    const { en = {}, de = {} } = locale.translations ?? {};
    const german = new Map(entries(de as Texts));
    for (const [name, text] of entries(en as Texts))
      expect(blanks(german.get(name) ?? ''), name).to.deep.equal(blanks(text));
  });
});

function shipped(language: string): Texts {
  return JSON.parse(
    readFileSync(join(ADMINJS, 'lib', 'locale', language, 'translation.json'), 'utf8'),
  ) as Texts;
}

function names(texts: Texts): string[] {
  return entries(texts).map(([name]) => name);
}

function entries(texts: Texts, prefix = ''): [name: string, text: string][] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[prefix + name, text]] : entries(text, `${prefix}${name}.`),
  );
}

function blanks(text: string): string[] {
  return [...text.matchAll(/\{\{\w+\}\}/g)].map(([blank]) => blank).toSorted();
}

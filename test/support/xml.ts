import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { validateXML } from 'xmllint-wasm';
import { ROOT } from '../../src/project-root.js';

/** Expects XML that is valid by a RELAX NG schema of test/site/schemas/. */
export async function expectValid(xml: string, schema: 'atom' | 'sitemap'): Promise<void> {
  const { valid, errors } = await validateXML({
    xml: { fileName: `${schema}.xml`, contents: xml },
    schema: readFileSync(join(ROOT, 'test', 'site', 'schemas', `${schema}.rng`), 'utf8'),
    extension: 'relaxng',
  });
  expect(errors.map(({ message }) => message)).to.deep.equal([]);
  expect(valid).to.equal(true);
}

/** The texts of the elements with this name, of XML without entities in them. */
export function textsOf(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(
    ([, text]) => text as string,
  );
}

// `npm run collection -- [FILE]`: generates a Postman collection from the OpenAPI document, by default
// marquee.postman_collection.json.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './build.js';
import { runScript, writeDocument, writeWhole } from './openapi-tools.js';

/** Generates the collection and writes it to a file. */
export async function makeCollection(file) {
  const require = createRequire(join(ROOT, 'tools', 'openapi', 'package.json'));
  const converter = require('openapi-to-postmanv2');
  const folder = mkdtempSync(join(tmpdir(), 'marquee-collection-'));
  try {
    const document = join(folder, 'openapi.json');
    writeDocument(document);
    const input = { type: 'string', data: readFileSync(document, 'utf8') };
    const options = {
      folderStrategy: 'Tags',
      parametersResolution: 'Example',
      enableOptionalParameters: false,
    };
    const converted = await new Promise((resolve, reject) => {
      converter.convertV2(input, options, (error, result) => (error ? reject(error) : resolve(result)));
    });
    if (!converted.result) throw new Error(converted.reason);
    const collection = converted.output[0].data;
    for (const variable of collection.variable) {
      if (variable.key === 'baseUrl') variable.value = 'http://127.0.0.1:3000';
    }
    collection.variable.push({ key: 'apiKey', value: 'Token KEY' });
    writeWhole(file, `${JSON.stringify(collection, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = 'marquee.postman_collection.json'] = process.argv.slice(2);
  await runScript(async () => {
    await makeCollection(file);
    return file;
  });
}

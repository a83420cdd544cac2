import { existsSync, realpathSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { apiRoutes } from '../api/routes.js';
import { openApiDocument } from '../ops/openapi/document.js';

// npm run openapi [-- FILE]: writes the OpenAPI document, by default to standard output. It opens no database.
// Here the output is the work: if it cannot be written whole, the exit status is 1, and the command waits for its reader.
const text = `${JSON.stringify(openApiDocument(apiRoutes), null, 2)}\n`;
const [file] = process.argv.slice(2);
process.stderr.on('error', () => {});
try {
  await (file === undefined ? print(text) : save(text, file));
} catch (error) {
  process.stderr.write(`The document could not be written: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

function print(document: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(document, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes a file whole or not at all; into a device or a pipe it writes. */
async function save(document: string, target: string): Promise<void> {
  const there = existsSync(target);
  if (there && !statSync(target).isFile()) return writeFile(target, document);
  const path = there ? realpathSync(target) : target;
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, document);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

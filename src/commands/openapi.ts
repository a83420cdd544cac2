import { writeFile } from 'node:fs/promises';
import { apiRoutes } from '../api/routes.js';
import { openApiDocument } from '../ops/openapi/document.js';

// npm run openapi [-- FILE]: writes the OpenAPI document, by default to standard output. It opens no database.
// Here the output is the work: if it cannot be written whole, the exit status is 1, and the command waits for its reader.
const text = `${JSON.stringify(openApiDocument(apiRoutes), null, 2)}\n`;
const [file] = process.argv.slice(2);
process.stderr.on('error', () => {});
try {
  await (file === undefined ? print(text) : writeFile(file, text));
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

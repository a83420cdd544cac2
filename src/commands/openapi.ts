import { writeFileSync } from 'node:fs';
import { apiRoutes } from '../api/routes.js';
import { openApiDocument } from '../ops/openapi/document.js';

// npm run openapi [-- FILE]: writes the OpenAPI document, by default to standard output. It opens no database.
const text = `${JSON.stringify(openApiDocument(apiRoutes), null, 2)}\n`;
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);

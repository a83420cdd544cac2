// `npm run client`: generates the TypeScript client from the OpenAPI document, compiles it and packs it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './build.js';
import { runScript, runTool, writeDocument } from './openapi-tools.js';

const CLIENT = join(ROOT, 'clients', 'typescript');

/**
 * Generates the client.
 * @param target the folder for the package
 * @returns the package's path
 */
export async function makeClient(target = CLIENT) {
  const file = join(CLIENT, 'dist', 'openapi.json');
  rmSync(join(CLIENT, 'dist'), { recursive: true, force: true });
  mkdirSync(join(CLIENT, 'dist'), { recursive: true });
  writeDocument(file);
  await runOrThrow('openapi-typescript', [
    file,
    '--output',
    join(CLIENT, 'src', 'schema.ts'),
    '--alphabetize',
  ]);
  await runOrThrow('tsc', ['--project', CLIENT]);
  // After the client, whose types it imports by the package's name, as users do. Node.js 20 runs no TypeScript.
  await runOrThrow('tsc', ['--project', join(CLIENT, 'example')]);
  copyFileSync(join(ROOT, 'LICENSE'), join(CLIENT, 'LICENSE'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', target], { cwd: CLIENT });
  return join(target, JSON.parse(packed.toString())[0].filename);
}

/** @throws if the tool fails */
async function runOrThrow(tool, args) {
  const { status, output } = await runTool(tool, args);
  if (status !== 0) throw new Error(`${tool} failed:\n${output}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(() => makeClient());
}

// Runs the tools in tools/openapi/. They have a lock file of their own, since they are large and one needs an older
// TypeScript.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.js';
import { ensureBuilt } from './ensure-built.js';

const FOLDER = join(ROOT, 'tools', 'openapi');
const BIN = join(FOLDER, 'node_modules', '.bin');

/** Installs the tools if they are missing, without install scripts, since none needs any. */
export function ensureTools() {
  if (existsSync(BIN)) return;
  const options = { cwd: FOLDER, stdio: ['ignore', 2, 2] };
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
}

/** Writes the OpenAPI document to a file. */
export function writeDocument(file) {
  ensureBuilt();
  const command = join(ROOT, 'dist', 'src', 'commands', 'openapi.js');
  execFileSync(process.execPath, [command, file], { cwd: ROOT, stdio: ['ignore', 2, 2] });
}

/** Runs a tool. Gives its exit status and its standard output. */
export function runTool(name, args, env = {}) {
  const child = spawn(join(BIN, name), args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 2],
    env: { ...process.env, ...env },
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output: Buffer.concat(output).toString() }));
  });
}

/** Writes a file whole or not at all. */
export function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Runs a script's work on what ensureTools has installed, and prints the file that it makes, or why it fails. */
export async function runScript(work) {
  try {
    ensureTools();
    console.log(await work());
  } catch (error) {
    // A program that failed has said why.
    console.error(error.message.split('\n').slice(0, 20).join('\n'));
    process.exitCode = 1;
  }
}

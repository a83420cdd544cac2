// Runs a command beside a database server.
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The first signal, which may come while the server starts. */
let signalled = null;
const untilSignal = new Promise((resolve) => {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      signalled ??= signal;
      resolve();
    });
  }
});

/** Waits for the command's end, or without one for a signal. Gives the exit status. */
async function serve([command, ...args], env) {
  if (!command || signalled) {
    await untilSignal;
    return command ? 1 : 0;
  }
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} cannot be run: ${error.message}`);
      resolve(127);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
}

/**
 * Starts a server, runs a command with the server's address added to TEST_DATABASE_URL, and stops the server. Sets the exit
 * status of this process to the command's.
 * @param name of the server's kind
 * @param start gives the server, see `startServer`
 * @param command with its arguments; without one the server runs until a signal
 * @param env more variables for the command
 */
export async function runBeside(name, start, command, env = {}) {
  const { address, version, stop } = await start();
  console.log(`${name} ${version} runs at ${address}`);
  try {
    const addresses = [process.env.TEST_DATABASE_URL, address].filter(Boolean).join(',');
    process.exitCode = await serve(command, { TEST_DATABASE_URL: addresses, ...env });
  } finally {
    await stop();
  }
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** The server cannot listen; the message says why, and what to do. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/** What to do about an error of listening. */
const ADVICE: Record<string, string> = {
  EADDRINUSE: 'another program has this port: choose another PORT, or stop that program',
  EACCES: 'this user may not have the port: choose a PORT above 1023',
  EADDRNOTAVAIL: 'this machine does not have the address: check HOST',
  ENOTFOUND: 'there is no such name: check HOST',
};

/**
 * Makes a server listen.
 * @throws {ListenError} where the port or the address is not to be had
 */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ListenError(`Marquee cannot listen on ${host}:${port}: ${ADVICE[code] ?? message}`, {
      cause: error,
    });
  }
}

/**
 * Looks whether a port can be had, before workers are started that would all fail.
 * @throws {ListenError} where it cannot
 */
export async function checkPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  await listen(probe, port, host);
  probe.close();
  await once(probe, 'close');
}

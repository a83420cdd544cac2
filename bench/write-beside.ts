import type { Shot } from 'autocannon';
import type { Server } from './server-process.js';

/** Reviews written each second while a server is asked as it is shipped. */
export const WRITES_A_SECOND = 20;

/**
 * Writes reviews at an even pace, until the function that it gives is called; that waits for those under way.
 * @throws then, where one was not created
 */
export function writeBeside(server: Server, reviews: Iterator<Shot, never>): () => Promise<void> {
  let fault: string | null = null;
  const running = new Set<Promise<void>>();
  const write = async () => {
    const { path, method, headers, body } = reviews.next().value;
    const answer = await fetch(server.url + path, { method, headers, body });
    await answer.arrayBuffer();
    if (answer.status !== 201) fault = `${server.name} answered ${answer.status} to ${path}`;
  };
  const timer = setInterval(() => {
    const one = write()
      .catch((error: Error) => {
        fault = `${server.name}: ${error.message}`;
      })
      .finally(() => running.delete(one));
    running.add(one);
  }, 1_000 / WRITES_A_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
    if (fault !== null) throw new Error(fault);
  };
}

import type { Shot } from 'autocannon';
import type { Server } from './server-process.js';

/** The reviews written each second while a server is measured as shipped. */
export const WRITES_A_SECOND = 20;

/**
 * Writes reviews at an even pace until the returned function is called, which waits for the running requests.
 * That function throws if a review was not created.
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

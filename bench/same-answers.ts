import { isDeepStrictEqual } from 'node:util';
import type { Shot } from 'autocannon';
import type { Server } from './server-process.js';

const SAMPLE = 5;
/** The characters that a message shows before and after a difference. */
const CONTEXT = 120;

/**
 * Ensures that the compared servers do the same work.
 * @throws {Error} where a server answers a sample of the requests with another status or JSON than the first server
 */
export async function requireSameAnswers(servers: Server[], shots: Shot[]): Promise<void> {
  const step = Math.ceil(shots.length / SAMPLE);
  for (const shot of shots.filter((_shot, index) => index % step === 0)) {
    const { path } = shot;
    const answers = await Promise.all(servers.map((server) => answerOf(server, shot)));
    for (const [index, answer] of answers.entries()) {
      if (isDeepStrictEqual(answer, answers[0])) continue;
      throw new Error(
        `${path}: ${servers[index]?.name} and ${servers[0]?.name} differ: ${difference(answer, answers[0])}`,
      );
    }
  }
}

/** An answer's status and JSON, without the server's address in links. */
async function answerOf(
  { url }: Server,
  { path, headers = {} }: Shot,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url + path, { headers });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text.replaceAll(url, '')) };
}

/** Both texts around the first difference. */
function difference(one: unknown, other: unknown): string {
  const texts = [JSON.stringify(one), JSON.stringify(other)] as [string, string];
  let at = 0;
  while (at < texts[0].length && texts[0][at] === texts[1][at]) at += 1;
  return texts.map((text) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT)).join('\n  against  ');
}

import { isDeepStrictEqual } from 'node:util';
import type { Shot } from 'autocannon';
import type { Server } from './server-process.js';

const SAMPLE = 5;
/** Characters that a fault shows on either side of where it begins. */
const CONTEXT = 120;

/**
 * Sees to it that what is compared does the same work.
 * @throws where servers answer a sample of the requests with another status or other JSON than the first of them
 */
export async function requireSameAnswers(servers: Server[], shots: Shot[]): Promise<void> {
  const step = Math.ceil(shots.length / SAMPLE);
  for (const { path } of shots.filter((_shot, index) => index % step === 0)) {
    const answers = await Promise.all(servers.map((server) => answerOf(server, path)));
    for (const [index, answer] of answers.entries()) {
      if (isDeepStrictEqual(answer, answers[0])) continue;
      throw new Error(
        `${path}: ${servers[index]?.name} and ${servers[0]?.name} differ: ${difference(answer, answers[0])}`,
      );
    }
  }
}

/** An answer's status and JSON; addresses in it without the server's own. */
async function answerOf({ url }: Server, path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url + path);
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text.replaceAll(url, '')) };
}

/** Both texts from shortly before the first character that differs. */
function difference(one: unknown, other: unknown): string {
  const texts = [JSON.stringify(one), JSON.stringify(other)] as [string, string];
  let at = 0;
  while (at < texts[0].length && texts[0][at] === texts[1][at]) at += 1;
  return texts.map((text) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT)).join('\n  against  ');
}

import { AwsClient } from 'aws4fetch';
import type { BucketAddress } from '../addresses/media.js';
import { type MediaStore, StoreError, type StoredFile } from './media-store.js';

/** The time limit of a request, its answer's body included, in milliseconds. */
const REQUEST_MS = 8_000;
/** How often a request is sent that fails at once, as with a 5xx, and how long the first pause is, in milliseconds. */
const ATTEMPTS = 3;
const PAUSE_MS = 100;

/** The prefix of all names in the bucket, which others may use too. */
const PREFIX = 'posters/';

/** Statuses that another attempt may change. */
const isPassing = (status: number) => status === 429 || status >= 500;

/** A request, and the statuses of the answers that it may have. */
interface Sending {
  method: string;
  path: string;
  expected: number[];
  init: RequestInit;
}

/** An answer of which the body has been read. */
interface Answer {
  status: number;
  content: Buffer;
}

/** Files in a bucket of an S3-compatible store: https://docs.aws.amazon.com/AmazonS3/latest/API/. */
export class S3Store implements MediaStore {
  readonly #client: AwsClient;
  readonly #bucket: string;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey }: BucketAddress) {
    // The client's own retries last for minutes.
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
    this.#bucket = `${endpoint}/${bucket}`;
  }

  async put(name: string, content: Buffer): Promise<void> {
    const headers = {
      'Content-Type': 'image/webp',
      'Cache-Control': 'public, max-age=31536000, immutable',
    };
    await this.#send('PUT', `/${PREFIX}${name}`, [200, 201, 204], { body: new Uint8Array(content), headers });
  }

  async read(name: string): Promise<Buffer | null> {
    const { status, content } = await this.#send('GET', `/${PREFIX}${name}`, [200, 404]);
    return status === 404 ? null : content;
  }

  async has(name: string): Promise<boolean> {
    return (await this.#send('HEAD', `/${PREFIX}${name}`, [200, 404])).status === 200;
  }

  async remove(name: string): Promise<void> {
    await this.#send('DELETE', `/${PREFIX}${name}`, [200, 204, 404]);
  }

  async *list(): AsyncGenerator<StoredFile> {
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ 'list-type': '2', prefix: PREFIX });
      if (token !== undefined) query.set('continuation-token', token);
      const { content } = await this.#send('GET', `/?${query.toString()}`, [200]);
      const xml = content.toString();
      for (const [, item = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const name = tag(item, 'Key')?.slice(PREFIX.length);
        if (name) yield { name, modified: new Date(tag(item, 'LastModified') ?? '') };
      }
      token = tag(xml, 'IsTruncated') === 'true' ? tag(xml, 'NextContinuationToken') : undefined;
    } while (token !== undefined);
  }

  /** @throws {StoreError} where the answer has none of these statuses, or does not come in time */
  async #send(method: string, path: string, expected: number[], init: RequestInit = {}): Promise<Answer> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), REQUEST_MS);
    try {
      return await this.#sendWithin(controller.signal, { method, path, expected, init });
    } finally {
      clearTimeout(timer);
    }
  }

  async #sendWithin(signal: AbortSignal, { method, path, expected, init }: Sending): Promise<Answer> {
    // A request that is garbage-collected while it runs does not hear of its signal (seen with Node.js 20.20).
    const isLate = new Promise<Error>((resolve) => {
      signal.addEventListener('abort', () => resolve(new Error(`no answer in ${REQUEST_MS} ms`)));
    });
    for (let attempt = 1; ; attempt += 1) {
      const answer = await Promise.race([this.#attempt(method, path, { ...init, signal }), isLate]);
      if (!(answer instanceof Error) && expected.includes(answer.status)) return answer;
      const isHopeless = !(answer instanceof Error) && !isPassing(answer.status);
      if (!isHopeless && attempt < ATTEMPTS && !signal.aborted) {
        await new Promise((resolve) => {
          setTimeout(resolve, PAUSE_MS * 4 ** (attempt - 1));
        });
        continue;
      }
      const reason = answer instanceof Error ? reasonOf(answer) : refusalOf(answer);
      throw new StoreError(`${method} ${path} of the picture store: ${reason}`);
    }
  }

  async #attempt(method: string, path: string, init: RequestInit): Promise<Answer | Error> {
    try {
      const response = await this.#client.fetch(`${this.#bucket}${path}`, { ...init, method });
      return { status: response.status, content: Buffer.from(await response.arrayBuffer()) };
    } catch (error) {
      return error as Error;
    }
  }
}

/** The text of an XML element without attributes; the values that are read here have no entities but `&quot;` and such. */
function tag(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Why a request had no answer: `fetch` hides the system's error in a cause. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

/** What the store says about a request that it refuses. */
function refusalOf({ status, content }: Answer): string {
  return `${status} ${tag(content.toString(), 'Code') ?? ''}`.trim();
}

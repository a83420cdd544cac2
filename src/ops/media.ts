import { type Request, type Response, Router } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import { Gate } from '../database/gate.js';
import { notFound, refusal, throttled } from '../http/errors.js';
import { clientAddress } from '../http/request/client-address.js';
import { matches } from '../http/response/etag.js';
import { onlyGet } from '../http/routing/methods.js';
import { hashIn, MEDIA_PATH } from '../media/file-names.js';
import { placeOf } from '../media/folder-store.js';
import type { MediaStore } from '../media/media-store.js';
import { mediaStore } from '../media/store.js';

/** A year, in seconds. */
const YEAR_S = 31_536_000;

/** The most bytes of files from a bucket that are kept in memory. */
const CACHE_BYTES = 32 * 2 ** 20;
/** How many files are read from a bucket at once, and how long one waits for its turn, in milliseconds. */
const READS = 32;
const WAIT_MS = 5_000;
/** How many names that a bucket lacks an address may ask for in a time: each costs a request to the bucket. */
const MISSES = 300;
const MISSES_MS = 60_000;
/** The most addresses whose misses are counted. */
const ADDRESSES = 10_000;
const MS_PER_SECOND = 1_000;

/** Sends a file from somewhere, or refuses it. */
type Send = (name: string, request: Request, response: Response) => Promise<void>;

/**
 * Serves `/media/posters/NAME`, from a folder or through this process from a bucket: addresses then stay the same wherever
 * pictures are stored, and pages load pictures from no other host.
 */
export function mediaRoutes(store: MediaStore | null = mediaStore): Router {
  const send = store && (store.folder === undefined ? fromBucket(store) : fromFolder(store.folder));
  const router = Router();
  router
    .route(`${MEDIA_PATH}:name`)
    .get(async (request, response) => {
      const name = String(request.params.name);
      if (!send || hashIn(name) === null) throw notFound();
      response.set({
        ETag: `"${name}"`,
        // Apps on other origins show the pictures too.
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Access-Control-Allow-Origin': '*',
      });
      const clientTags = request.get('if-none-match');
      // Also where the client asks past its cache: the content of a name never changes.
      if (clientTags !== undefined && matches(clientTags, `"${name}"`)) {
        response.set('Cache-Control', CACHE_CONTROL).status(304).end();
        return;
      }
      await send(name, request, response);
    })
    .all(onlyGet);
  return router;
}

const CACHE_CONTROL = `public, max-age=${YEAR_S}, immutable`;

function fromFolder(folder: string): Send {
  return (name, _request, response) =>
    new Promise((resolve, reject) => {
      const options = { root: folder, maxAge: YEAR_S * 1_000, immutable: true, lastModified: false };
      response.sendFile(placeOf(name), options, (error?: NodeJS.ErrnoException) => {
        if (!error) resolve();
        // The client has gone, as while it scrolls through a list.
        else if (response.headersSent || error.code === 'ECONNABORTED') resolve();
        else reject(refusalOf(error, response));
      });
    });
}

/** Turns what `send` reports into a refusal, and takes off the headers that only suit the file. */
function refusalOf(error: Error & { status?: number }, response: Response): Error {
  for (const name of ['ETag', 'Cache-Control', 'Accept-Ranges', 'Content-Type']) response.removeHeader(name);
  if (error.status === 404) return notFound();
  return error.status === 416 ? refusal(416, 'The range is not within the file.') : error;
}

/** An error as `send` reports it. */
const failure = (status: number) => Object.assign(new Error(), { status });

/** Small files, read whole: no answer begins that the bucket does not end. */
function fromBucket(store: MediaStore): Send {
  const gate = new Gate('media', READS);
  const files = new LRUCache<string, Buffer>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ length }) => length + 500,
    // Requests for one file wait for one read.
    fetchMethod: (name) => gate.run(async () => (await store.read(name)) ?? undefined, WAIT_MS),
  });
  const misses = new LRUCache<string, number>({ max: ADDRESSES, ttl: MISSES_MS, noUpdateTTL: true });
  return async (name, request, response) => {
    const address = ipKeyGenerator(clientAddress(request));
    const missed = misses.get(address) ?? 0;
    if (missed >= MISSES && !files.has(name)) {
      const seconds = Math.ceil(misses.getRemainingTTL(address) / MS_PER_SECOND);
      throw refusalOf(throttled(seconds), response);
    }
    const content = await files.fetch(name);
    if (!content) {
      misses.set(address, (misses.get(address) ?? 0) + 1);
      throw refusalOf(failure(404), response);
    }
    response.set({ 'Cache-Control': CACHE_CONTROL, 'Accept-Ranges': 'bytes', 'Content-Type': 'image/webp' });
    sendRange(content, `"${name}"`, request, response);
  };
}

/** Sends a file, or the one range of it that the request names. */
function sendRange(content: Buffer, tag: string, request: Request, response: Response): void {
  const condition = request.get('if-range');
  const ranges = condition === undefined || condition === tag ? request.range(content.length) : undefined;
  const total = content.length;
  if (ranges === -1) {
    response.set('Content-Range', `bytes */${total}`);
    throw refusalOf(failure(416), response);
  }
  const range =
    Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${total}`);
  const part = range ? content.subarray(range.start, range.end + 1) : content;
  response.set('Content-Length', String(part.length));
  response.end(request.method === 'HEAD' ? undefined : part);
}

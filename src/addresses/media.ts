import { AddressError, decodePart, parametersOf, parseAddress, requireHost } from './parts.js';

/** A bucket of an S3-compatible store. */
export interface BucketAddress {
  /** The store's origin, such as `https://s3.example.org`. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Where pictures are stored: a folder, or a bucket. */
export type MediaAddress = { folder: string } | BucketAddress;

const FORM = 'file:./data/media, or s3://KEY:SECRET@HOST/BUCKET?region=…';

/** Hosts on this machine, which need no TLS. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads `file:FOLDER`, a folder's path, or `s3://KEY:SECRET@HOST/BUCKET?region=…&tls=off`.
 * @throws {AddressError}
 */
export function parseMediaUrl(text: string): MediaAddress {
  if (text.startsWith('s3:')) return parseBucket(text);
  if (/^(file:|\.{0,2}\/)/.test(text)) return { folder: parseFolder(text.replace(/^file:/, '')) };
  throw new AddressError(`must be like ${FORM}`);
}

function parseFolder(path: string): string {
  if (path === '') throw new AddressError('must name a folder, such as file:./data/media');
  if (/^\/\/[^/]/.test(path)) {
    throw new AddressError(
      `must be file:${path.slice(2)}, or file:///… with an absolute path: what follows two slashes would lie in /`,
    );
  }
  if (/[?#]/.test(path)) throw new AddressError('has a ? or #, but a folder takes no parameters');
  return path.replace(/^\/\/(?=\/)/, '');
}

function parseBucket(text: string): BucketAddress {
  const url = parseAddress(text, ['s3'], 's3://KEY:SECRET@HOST/BUCKET?region=…');
  requireHost(url);
  const accessKeyId = decodePart(url.username, 'key');
  const secretAccessKey = decodePart(url.password, 'secret');
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new AddressError('must have a key and a secret: s3://KEY:SECRET@HOST/BUCKET');
  }
  const [, bucket] = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(url.pathname) ?? [];
  if (bucket === undefined) {
    throw new AddressError('must name one bucket, in lower case: s3://KEY:SECRET@HOST/BUCKET');
  }
  const parameters = parametersOf(url, ['region', 'tls']);
  const tls = parameters.get('tls') ?? (LOOPBACK.test(url.hostname) ? 'off' : 'on');
  if (tls !== 'on' && tls !== 'off') throw new AddressError(`has tls=${tls}, which must be on or off`);
  const region = parameters.get('region') ?? 'us-east-1';
  const endpoint = `${tls === 'on' ? 'https' : 'http'}://${url.host}`;
  return { endpoint, bucket, region, accessKeyId, secretAccessKey };
}

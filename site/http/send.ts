import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request } from 'express';
import { entityTag } from '../../src/http/response/etag.js';
import { type HeaderList, SECURITY_HEADERS } from '../../src/http/response/headers.js';
import type { RenderedResponse } from '../../src/http/response/respond.js';

const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Fast enough for every request; higher qualities save little on pages. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const GZIP = { level: 5 };

/** Shorter texts do not get shorter by compression. */
const COMPRESSED_MIN = 1_000;

/** How a page may be kept: by everybody, by its client, or by nobody since it shows a secret. */
export type Caching = 'no-cache' | 'private, no-cache' | 'no-store';

export type Encoding = 'br' | 'gzip' | 'identity';

/** The encoding that a client understands and that is shortest. */
export function encodingOf(request: Request): Encoding {
  const accepted = request.headers['accept-encoding'];
  if (accepted === undefined) return 'identity';
  return (request.acceptsEncodings('br', 'gzip') || 'identity') as Encoding;
}

/** What a page may load and do: everything from this site, nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The headers of pages that differ from those of the API's answers. */
const REPLACED: Record<string, string> = {
  'content-security-policy': POLICY,
  // With `no-referrer` a browser would hide the origin of the site's own forms.
  'referrer-policy': 'same-origin',
};

/** The security headers of every page. */
export const PAGE_HEADERS: HeaderList = SECURITY_HEADERS.map((item, at) =>
  at % 2 === 0 ? item : (REPLACED[(SECURITY_HEADERS[at - 1] as string).toLowerCase()] ?? item),
);

/**
 * Makes a page's response.
 */
export async function renderResponse(
  text: string,
  encoding: Encoding,
  { contentType, language, caching }: { contentType: string; language: string; caching: Caching },
): Promise<RenderedResponse> {
  const isPlain = encoding === 'identity' || text.length < COMPRESSED_MIN;
  const bytes = isPlain
    ? Buffer.from(text)
    : await (encoding === 'br' ? compress.br(text, BROTLI) : compress.gzip(text, GZIP));
  // A weak tag, since the same page may be sent in several encodings.
  const tag = `W/${entityTag(text)}`;
  return {
    text: bytes,
    tag,
    headers: [
      ...PAGE_HEADERS,
      'Vary',
      'Cookie, Accept-Language, Accept-Encoding',
      'Cache-Control',
      caching,
      'ETag',
      tag,
    ],
    textHeaders: [
      'Content-Type',
      contentType,
      'Content-Language',
      language,
      'Content-Length',
      String(bytes.length),
      ...(isPlain ? [] : ['Content-Encoding', encoding]),
    ],
  };
}

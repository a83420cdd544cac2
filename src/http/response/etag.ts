import { hash } from 'node:crypto';

/** An entity tag: the hash of the answer's body. */
export function entityTag(body: string): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
}

/** What proxies add to a tag inside its quotes when they compress the body. */
const SUFFIX = /(?:-|;)(?:gzip|br|zstd|deflate)"$/;

/**
 * Whether a tag is among those of an `If-Match` or `If-None-Match` header. A proxy that compresses marks the tag as weak,
 * as nginx does, or adds a suffix, as Caddy and Apache do. The client can only send that back, so it matches too.
 */
export function matches(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  const strong = tag.replace(/^W\//, '');
  const tags = header.match(/"[^"]*"/g) ?? [];
  return tags.some((candidate) => candidate.replace(SUFFIX, '"') === strong);
}

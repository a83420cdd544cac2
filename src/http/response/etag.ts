import { hash } from 'node:crypto';

/** The strong entity tag of a body. */
export function entityTag(body: string): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
}

/**
 * Whether an `If-Match` or `If-None-Match` header names a tag.
 * @param weak whether weak tags of the same value match, as for `If-None-Match`; see RFC 9110, section 8.8.3.2
 */
export function matches(header: string, tag: string, { weak }: { weak: boolean }): boolean {
  if (header.trim() === '*') return true;
  const tags = header.match(/(W\/)?"[^"]*"/g) ?? [];
  return tags.some((candidate) => candidate === tag || (weak && candidate === `W/${tag}`));
}

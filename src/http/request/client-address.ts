import { isIP } from 'node:net';
import type { Request } from 'express';

/** The address of every client that gives none: they count as one. */
const UNKNOWN = 'unknown';

/**
 * The client's IP address. A proxy may write it with a port or in brackets, and what a client writes into
 * `X-Forwarded-For` need not be an address.
 * @returns an IPv4 or IPv6 address, or `unknown`
 */
export function clientAddress(request: Request): string {
  const text = (request.ip ?? '').trim();
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? [];
  const address = bracketed ?? withPort ?? text;
  if (isIP(address) === 0) return UNKNOWN;
  return address.replace(/%.*$/, '');
}

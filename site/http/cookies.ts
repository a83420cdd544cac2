import type { Response } from 'express';
import { config } from '../../src/config.js';

/**
 * Sets a cookie that scripts cannot read and other sites' requests do not bear. One of that name that was set before goes.
 * @param value characters that a cookie may have; an empty one takes the cookie away
 * @param seconds how long it lives
 */
export function setCookie(response: Response, name: string, value: string, seconds: number): void {
  const isSecure = response.req.secure || config.PUBLIC_URL?.startsWith('https:');
  const age = value === '' ? 0 : seconds;
  const cookie = `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const others = [response.getHeader('set-cookie') ?? []].flat().map(String);
  response.setHeader('Set-Cookie', [...others.filter((other) => !other.startsWith(`${name}=`)), cookie]);
}

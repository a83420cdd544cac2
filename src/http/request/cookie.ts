import type { Request } from 'express';

/** The value of a cookie that a request bears, or undefined. */
export function readCookie({ headers }: Pick<Request, 'headers'>, name: string): string | undefined {
  const pairs = headers.cookie?.split(';') ?? [];
  const pair = pairs.map((text) => text.trim()).find((text) => text.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

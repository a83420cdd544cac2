import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { config } from '../../src/config.js';
import { anonymous, type Client } from './clients.js';

/** The folder of the tests' store. */
export const mediaFolder = (): string => (config.MEDIA_URL as string).replace(/^file:/, '');

export interface Size {
  width: number;
  height: number;
}

/** A picture of one colour. */
export function plain({ width, height }: Size, background = '#204080'): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A JPEG of one colour, of a poster's usual shape. */
export function jpeg(background = '#204080', size: Size = { width: 600, height: 900 }): Promise<Buffer> {
  return plain(size, background).jpeg().toBuffer();
}

let count = 0;

/** A JPEG unlike any other. */
export function anotherJpeg(): Promise<Buffer> {
  count += 1;
  return jpeg(`#${(count * 7_919).toString(16).padStart(6, '0')}`);
}

/** Sends a picture as a request's body. */
export function putPoster(client: Client, id: number, picture: Buffer, headers: Record<string, string> = {}) {
  return client.send('PUT', `/watch/watchlist/${id}/poster/`, {
    body: picture,
    headers: { 'Content-Type': 'image/jpeg', ...headers },
  });
}

/** The bytes at an address that a movie's `poster` has. */
export async function bytesAt(address: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const response = await fetch(address, { headers });
  return Buffer.from(await response.arrayBuffer());
}

/** The names of all files in the store. */
export async function storedNames(folder = mediaFolder()): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return names.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** The names of a poster's files, by its addresses. */
export function namesOf(poster: { small: string; large: string }): string[] {
  return [poster.small, poster.large].map((address) => address.slice(address.lastIndexOf('/') + 1));
}

const fileOf = (name: string, folder = mediaFolder()) => join(folder, name.slice(0, 2), name);

export const readStored = (name: string) => readFile(fileOf(name));

/** Sets the time of these files back by two days. */
export async function age(names: string[]): Promise<void> {
  const then = new Date(Date.now() - 2 * 86_400_000);
  for (const name of names) await utimes(fileOf(name), then, then);
}

/** A movie's poster as the API shows it. */
export async function posterOf(id: number) {
  return (await anonymous.get(`/watch/watchlist/${id}/`)).body.poster as {
    small: string;
    large: string;
    width: number;
    height: number;
    color: string;
  } | null;
}

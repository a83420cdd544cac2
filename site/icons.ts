// Draws the site's mark at the build in the sizes and formats that browsers, phones and other sites ask for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { ROOT } from '../src/project-root.js';

/** The mark, which the panel has too. */
export const MARK = readFileSync(join(ROOT, 'admin', 'static', 'favicon.svg'), 'utf8');

const NIGHT = '#1b1430';
const BULB = '#f2b33d';
const ICON_SIZES = [16, 32, 48];
const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const BITS_PER_PIXEL = 32;

/** The mark without its rounded corners: phones cut icons themselves. */
const square = MARK.replace(/ rx="\d+"/, '');

function png(svg: string, size: number): Promise<Buffer> {
  return sharp(Buffer.from(svg.replace('<svg ', `<svg width="${size}" height="${size}" `)))
    .png({ palette: true })
    .toBuffer();
}

/** The mark as an icon of phones. */
export function phoneIcon(size: number): Promise<Buffer> {
  return png(square, size);
}

/** The mark as `favicon.ico`: a file of PNG pictures. */
export async function favicon(): Promise<Buffer> {
  const pictures = await Promise.all(ICON_SIZES.map((size) => png(MARK, size)));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let at = HEADER_BYTES + ENTRY_BYTES * pictures.length;
  const entries = pictures.map((picture, index) => {
    const entry = Buffer.alloc(ENTRY_BYTES);
    entry.writeUInt8(ICON_SIZES[index] as number, 0);
    entry.writeUInt8(ICON_SIZES[index] as number, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(BITS_PER_PIXEL, 6);
    entry.writeUInt32LE(picture.length, 8);
    entry.writeUInt32LE(at, 12);
    at += picture.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures]);
}

/** The size of the picture that other sites show beside a link. */
export const SHARED_SIZE = { width: 1_200, height: 630 };

/** A row of bulbs at this height. */
const bulbs = (y: number) =>
  `<path d="M45 ${y}h1111" stroke="${BULB}" stroke-width="18" stroke-linecap="round" stroke-dasharray=".01 55.5" fill="none"/>`;

/** The picture that other sites show beside a link to a page without one: the mark between rows of bulbs. */
export function sharedPicture(): Promise<Buffer> {
  const { width, height } = SHARED_SIZE;
  const letters = square.replace(/[^]*?<rect[^>]*>/, '').replace('</svg>', '');
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="${width}" height="${height}" fill="${NIGHT}"/>${bulbs(50)}${bulbs(height - 50)}
      <g transform="translate(376 91) scale(14)">${letters}</g></svg>`),
  )
    .png({ palette: true })
    .toBuffer();
}

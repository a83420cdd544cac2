import { createHash } from 'node:crypto';
import type { Sharp, SharpOptions } from 'sharp';
import { Gate } from '../database/gate.js';
import { formatOf, headerFault, PIXELS_MAX, structureFault } from './picture-format.js';

/** The widths of a poster's two sizes, in pixels. */
export const SMALL_WIDTH = 185;
export const LARGE_WIDTH = 500;

/** The most bytes of a picture. */
export const PICTURE_BYTES = 10 * 2 ** 20;

/** WebP's quality, of 100. */
const QUALITY = 80;
/** The longest time that decoding takes, in seconds. */
const LONGEST_S = 10;

/** One picture at a time is decoded: libvips takes a thread, and may take 200 MB. */
const decoder = new Gate('pictures', 1, 100);
/** How long one may wait for its turn, in milliseconds. */
const WAIT_MS = 20_000;

/** A picture that cannot become a poster. The message says why, to whoever sent it. */
export class BadPicture extends Error {
  override name = 'BadPicture';

  /** @param isUnsupported whether it is none of the formats that are read, as far as its first bytes tell */
  constructor(
    message: string,
    readonly isUnsupported = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What a movie's row says of its poster. */
export interface PosterFacts {
  /** Names the content: 40 hexadecimal digits of the hash of both files. */
  hash: string;
  /** The size of the larger file, in pixels. */
  width: number;
  height: number;
  /** The main colour, as `#rrggbb`. */
  color: string;
}

/** A picture in the sizes in which it is shown. */
export interface Poster extends PosterFacts {
  /** WebP files of the two widths, without metadata. */
  small: Buffer;
  large: Buffer;
}

/**
 * Makes a poster from a JPEG, PNG, WebP or AVIF file. The pixels are turned as the metadata says, and the metadata is
 * dropped. Works on threads of its own.
 * @throws {BadPicture}; {ConnectionError} where too many pictures wait
 */
export async function makePoster(bytes: Buffer): Promise<Poster> {
  await checkPicture(bytes);
  return decoder.run(() => refusing(() => render(bytes)), WAIT_MS);
}

/**
 * Checks a picture by its header, in milliseconds. One that passes may still be broken further on.
 * @throws {BadPicture}
 */
export async function checkPicture(bytes: Buffer): Promise<void> {
  if (bytes.length === 0) throw new BadPicture('The submitted file is empty.');
  const format = formatOf(bytes);
  if (!format) throw new BadPicture('A poster is a JPEG, PNG, WebP or AVIF picture.', true);
  if (bytes.length > PICTURE_BYTES) throw new BadPicture(`A picture has at most ${PICTURE_BYTES} bytes.`);
  const structure = structureFault(bytes, format);
  if (structure) throw new BadPicture(structure);
  const metadata = await refusing(async () => (await open(bytes)).metadata());
  const fault = headerFault(metadata);
  if (fault) throw new BadPicture(fault);
}

let loading: Promise<typeof import('sharp')> | undefined;

/** Loads sharp at its first use: most processes never need it. */
function load(): Promise<typeof import('sharp')> {
  loading ??= import('sharp').then((module) => {
    module.default.cache(false);
    module.default.concurrency(1);
    return module;
  });
  return loading;
}

/**
 * Draws an SVG as a PNG picture. Only for the project's own drawings: an SVG may name other files and addresses.
 * @param svg without text, whose fonts differ from machine to machine
 */
export async function rasterise(svg: string): Promise<Buffer> {
  const { default: sharp } = await load();
  // Fast: it is decoded again at once.
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}

async function open(bytes: Buffer): Promise<Sharp> {
  const { default: sharp } = await load();
  // The header's check has a message of its own for too many pixels.
  const options: SharpOptions = { failOn: 'error', sequentialRead: true, limitInputPixels: false, pages: 1 };
  return sharp(bytes, options);
}

async function render(bytes: Buffer): Promise<Poster> {
  const { default: sharp } = await load();
  const source = sharp(bytes, { failOn: 'error', sequentialRead: true, limitInputPixels: PIXELS_MAX });
  const { data, info } = await source
    .timeout({ seconds: LONGEST_S })
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize({ width: LARGE_WIDTH })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const raw = () => sharp(data, { raw: { width, height, channels } });
  const large = await raw().webp({ quality: QUALITY }).toBuffer();
  const small = await raw().resize({ width: SMALL_WIDTH }).webp({ quality: QUALITY }).toBuffer();
  const { dominant } = await raw().stats();
  const color = `#${Buffer.from([dominant.r, dominant.g, dominant.b]).toString('hex')}`;
  const hash = createHash('sha256').update(large).update(small).digest('hex').slice(0, 40);
  return { hash, width, height, color, small, large };
}

/** Runs a decoder. Whatever it refuses is the picture's fault. */
async function refusing<T>(decode: () => Promise<T>): Promise<T> {
  await load();
  try {
    return await decode();
  } catch (error) {
    throw new BadPicture('The picture is broken or cut off.', false, { cause: error });
  }
}

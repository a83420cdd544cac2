import type { Metadata } from 'sharp';

/*
 * What can be told of a picture without decoding it. A picture is known by its first bytes, whatever its name or content
 * type say.
 */

/** The most pixels of a picture. */
export const PIXELS_MAX = 50_000_000;
/** The most bytes that a decoder may hold at once. Most formats are decoded line by line. */
const DECODER_BYTES = 200_000_000;
/** The same of AVIF, whose decoder was measured to take 19 bytes a pixel. */
const AVIF_BYTES_PER_PIXEL = 19;
/** How many times as high as wide, or as wide as high, a picture may be. */
const SIDES_MAX = 5;
/** The most scans of a JPEG. Each is decoded over all of its pixels, and encoders make about ten. */
const SCANS_MAX = 32;

/** The formats that are read. */
export type PictureFormat = 'JPEG' | 'PNG' | 'WebP' | 'AVIF';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const START_OF_SCAN = Buffer.from('ffda', 'hex');
const END_OF_IMAGE = Buffer.from('ffd9', 'hex');

const textAt = (bytes: Buffer, at: number, length = 4) => bytes.toString('latin1', at, at + length);

/** The format that a picture begins like, or null. */
export function formatOf(bytes: Buffer): PictureFormat | null {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return 'PNG';
  if (bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xff_d8_ff) return 'JPEG';
  if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP') return 'WebP';
  return isAvif(bytes) ? 'AVIF' : null;
}

/** Whether the file type box names AVIF, first or among the compatible brands. */
function isAvif(bytes: Buffer): boolean {
  if (bytes.length < 16 || textAt(bytes, 4) !== 'ftyp') return false;
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  for (let at = 8; at + 4 <= end; at += 4) if (/^avi[fs]$/.test(textAt(bytes, at))) return true;
  return false;
}

/** What is wrong with a picture's structure, or null. Its decoder would find out late. */
export function structureFault(bytes: Buffer, format: PictureFormat): string | null {
  if (format === 'PNG') return pngFault(bytes);
  if (format === 'JPEG') return jpegFault(bytes);
  return format === 'AVIF' && textAt(bytes, 8) === 'avis' ? ANIMATED : null;
}

const BROKEN = 'The picture is broken or cut off.';
const ANIMATED = 'The picture is animated: send a still one.';

function pngFault(bytes: Buffer): string | null {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = textAt(bytes, at + 4);
    if (type === 'acTL') return ANIMATED;
    if (type === 'IEND') return null;
  }
  return BROKEN;
}

function jpegFault(bytes: Buffer): string | null {
  if (bytes.lastIndexOf(END_OF_IMAGE) < bytes.lastIndexOf(START_OF_SCAN)) return BROKEN;
  let scans = 0;
  for (let at = bytes.indexOf(START_OF_SCAN); at >= 0; at = bytes.indexOf(START_OF_SCAN, at + 2)) scans += 1;
  return scans > SCANS_MAX ? `The picture has more than ${SCANS_MAX} scans.` : null;
}

/** What keeps a picture from being decoded, by its header, or null. */
export function headerFault({ width, height, pages = 1, ...header }: Metadata): string | null {
  if (pages > 1) return ANIMATED;
  const pixels = width * height;
  if (pixels > PIXELS_MAX) {
    return `The picture has ${width} × ${height} pixels: at most ${PIXELS_MAX / 1e6} megapixels are allowed.`;
  }
  if (Math.max(width / height, height / width) > SIDES_MAX) {
    return `The picture is ${width} × ${height} pixels: its sides may differ by ${SIDES_MAX} times at most.`;
  }
  const held = bytesPerPixel(header);
  if (pixels * held <= DECODER_BYTES) return null;
  const megapixels = Math.floor(DECODER_BYTES / held / 1e6);
  return `A picture of this kind may have ${megapixels} megapixels: send it smaller, or not progressive.`;
}

/** How many bytes of each pixel a decoder holds until it has read the whole picture; 0 where it goes line by line. */
function bytesPerPixel(header: Omit<Metadata, 'width' | 'height' | 'pages'>): number {
  const { format, isProgressive, channels, depth, chromaSubsampling } = header;
  if (format === 'heif') return AVIF_BYTES_PER_PIXEL;
  if (!isProgressive) return 0;
  if (format === 'png') return channels * (depth === 'ushort' ? 2 : 1);
  // A JPEG's coefficients have two bytes; at 4:2:0 there are half as many colours.
  return chromaSubsampling === '4:2:0' ? 3 : 2 * channels;
}

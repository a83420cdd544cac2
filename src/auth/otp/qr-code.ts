import { encode } from 'uqr';

/** The light modules around a QR code that ISO 18004 asks for. */
const QUIET = 4;

/** A QR code as the path of an SVG. */
export interface QrCode {
  /** The modules of a side, with the light ones around. */
  size: number;
  /** Draws the dark modules, each one unit wide. */
  path: string;
}

/** Draws a text as a QR code. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const rows = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''));
  return { size, path: rows.join('') };
}

import { isUtf8 } from 'node:buffer';
import { decodeHTML } from 'entities';

/** How many bytes are decoded in one go. */
const PIECE_BYTES = 64 * 1024;

/**
 * The text of a file, in pieces. Programs that edit tables save them in UTF-8, in UTF-16, or in the code page of western
 * Windows; a byte order mark is taken away.
 */
export function* textPieces(content: Buffer): Generator<string> {
  const decoder = new TextDecoder(encodingOf(content));
  for (let at = 0; at < content.length; at += PIECE_BYTES) {
    yield decoder.decode(content.subarray(at, at + PIECE_BYTES), { stream: true });
  }
  yield decoder.decode();
}

function encodingOf(content: Buffer): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return isUtf8(content) ? 'utf-8' : 'windows-1252';
}

/** The tags that Letterboxd allows in a review. Another `<` is a text's own, as in `<3`. */
const TAG =
  /<\/?(?:a|b|i|em|strong|u|s|strike|del|p|br|blockquote|span|div|ul|ol|li)(?:\s[^<>]{0,2000})?\/?>/gi;
const LINE_BREAK = /<br\s{0,9}\/?>(?:\r?\n)?/gi;
const PARAGRAPH = /<\/(?:p|div|blockquote|li)>\s{0,9}(?=\S)/gi;

/** A text that other sites give as HTML, as plain text. */
export function plainText(html: string): string {
  const text = html.replaceAll(LINE_BREAK, '\n').replaceAll(PARAGRAPH, '\n\n').replaceAll(TAG, '');
  return decodeHTML(text).trim();
}

/** A title that may have been written with HTML's entities. */
export function plainTitle(text: string): string {
  return text.includes('&') ? decodeHTML(text).trim() : text.trim();
}

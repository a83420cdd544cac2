import { refusal } from '../errors.js';

/** The encodings that a body may have, by the names of https://encoding.spec.whatwg.org. ASCII and Latin-1 are windows-1252 there. */
const ENCODINGS = new Set(['utf-8', 'windows-1252']);

const CHARSET = /;\s*charset\s*=\s*"?(?<charset>[^\s;"]+)/i;

/**
 * Makes the decoder that a content type's `charset` names; UTF-8 where it names none.
 * @throws {ApiError} 415 for another charset
 */
export function decoderOf(contentType: string): TextDecoder {
  const { charset = 'utf-8' } = CHARSET.exec(contentType)?.groups ?? {};
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    if (ENCODINGS.has(decoder.encoding)) return decoder;
  } catch {
    // Not a label at all.
  }
  throw unsupportedMediaType(contentType);
}

/** The refusal of a body that is of another type than the API reads. */
export function unsupportedMediaType(contentType: string) {
  return refusal(415, `Unsupported media type "${contentType}" in request.`);
}

/**
 * Decodes a body.
 * @throws {ApiError} 400 where the bytes are not in that encoding
 */
export function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw refusal(400, 'The request body is not valid UTF-8.');
  }
}

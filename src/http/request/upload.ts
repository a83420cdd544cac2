import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import express, { type Request, type Response } from 'express';
import { invalid, refusal } from '../errors.js';
import { pass } from '../middleware.js';
import { sliced } from './multipart.js';

/** The most parts of a form, the file counted. */
const PARTS_MAX = 20;
/** What a form may have beside its file, in bytes. */
const FORM_BYTES = 64 * 1024;
/** How long a form may take that is in memory already, in milliseconds. */
const LONGEST_MS = 2_000;

/** A file with its name, and the other fields of its form. */
export interface UploadedFile {
  /** Empty where the sender does not say. */
  name: string;
  content: Buffer;
  /** The texts beside it, each as it came last. */
  fields: Record<string, string>;
}

/**
 * Reads a file that is a request's whole body, whatever its content type says, or one part of a multipart form.
 * @param file.field the form's field
 * @param file.limit the most bytes of the file
 * @throws {ApiError} 400 where there is none or the form is malformed, 413 where it is larger
 */
export async function readUpload(
  request: Request,
  response: Response,
  file: { field: string; limit: number },
): Promise<Buffer> {
  return (await readUploadedFile(request, response, file)).content;
}

/**
 * The same, with the file's name and what a form has beside it.
 * @throws {ApiError} as of `readUpload`
 */
export async function readUploadedFile(
  request: Request,
  response: Response,
  { field, limit }: { field: string; limit: number },
): Promise<UploadedFile> {
  await pass(express.raw({ limit: limit + FORM_BYTES, type: () => true }), request, response);
  const body = request.body as unknown;
  // Express leaves no buffer where there is no body.
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const contentType = request.headers['content-type'] ?? '';
  const file = request.is('multipart/form-data')
    ? await fileOf(bytes, contentType, field)
    : { name: '', content: bytes, fields: {} };
  if (file.content.length === 0) throw invalid({ [field]: ['No file was submitted.'] });
  if (file.content.length > limit) throw tooLarge(limit);
  return file;
}

function tooLarge(limit: number) {
  return refusal(413, `The file is too large: at most ${limit.toLocaleString('en')} bytes are allowed.`);
}

/** The first file of that field in a form; an empty one where there is none. */
function fileOf(body: Buffer, contentType: string, name: string): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const fields: Record<string, string> = {};
    let fileName = '';
    let isFound = false;
    let isOver = false;
    const refuse = () => {
      isOver = true;
      reject(refusal(400, 'Multipart form parse error - the form is malformed.'));
    };
    try {
      const form = new Busboy({
        headers: { 'content-type': contentType },
        limits: { parts: PARTS_MAX, fieldSize: FORM_BYTES },
      });
      form.on('field', (field, value) => {
        fields[field] = value;
      });
      form.on('file', (field, file, itsName) => {
        // A form that ends inside a file: the form's own error tells.
        file.on('error', () => undefined);
        if (field !== name || isFound) file.resume();
        else file.on('data', (chunk: Buffer) => chunks.push(chunk));
        if (field === name && !isFound) fileName = itsName ?? '';
        isFound ||= field === name;
      });
      form.on('partsLimit', refuse);
      form.on('error', refuse);
      form.on('finish', () => resolve({ name: fileName, content: Buffer.concat(chunks), fields }));
      // The parser waits for ever behind a large part without a name.
      const signal = AbortSignal.timeout(LONGEST_MS);
      pipeline(
        sliced([body], () => isOver),
        form,
        { signal },
      ).catch(refuse);
    } catch {
      // A boundary that is missing, say.
      refuse();
    }
  });
}

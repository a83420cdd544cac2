import { type RawRecord, type RecordParser, SyntaxFault } from './csv-parser.js';
import type { Notes } from './faults.js';
import { binaryFault, HEAD_BYTES } from './file-kind.js';
import { contentOf, type InputFile } from './files.js';
import { Turns } from './turns.js';

/** How many bytes are parsed in one go. Their records are checked before the event loop turns. */
const PIECE_BYTES = 16_384;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A file, and the collectors for what is read of it. */
interface RecordSource {
  file: InputFile;
  faults: Notes;
  onBytes?: (bytes: number) => void;
}

/**
 * Reads a file's records. A file of another kind, one that cannot be read, and one whose syntax is broken become faults.
 * @param kindFault what the text is instead of the expected kind of file, by its beginning as Latin-1
 * @returns the records in the file's order, in batches; the event loop turns between them
 */
export async function* recordsOf(
  { file, faults, onBytes }: RecordSource,
  parser: RecordParser,
  kindFault: (head: string) => string | null,
): AsyncGenerator<RawRecord[]> {
  const turns = new Turns();
  try {
    let isFirst = true;
    for await (const chunk of withHead(contentOf(file, onBytes))) {
      const bytes = isFirst && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
      const head = bytes.subarray(0, HEAD_BYTES);
      const fault = isFirst ? (binaryFault(head) ?? kindFault(head.toString('latin1'))) : null;
      if (fault) {
        faults.add({ file: file.name, line: null }, fault);
        return;
      }
      isFirst = false;
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        parser.write(bytes.toString('latin1', at, Math.min(at + PIECE_BYTES, bytes.length)));
        yield parser.take();
        await turns.give();
      }
    }
    parser.end();
    yield parser.take();
  } catch (error) {
    yield parser.take();
    if (error instanceof SyntaxFault) faults.add({ file: file.name, line: parser.line }, error.message);
    else faults.add({ file: file.name, line: null }, `cannot be read: ${(error as Error).message}`);
  }
}

/** Joins the first chunks to one that holds at least a file's head. */
async function* withHead(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length <= HEAD_BYTES) continue;
    yield head;
    head = null;
  }
  if (head && head.length > 0) yield head;
}

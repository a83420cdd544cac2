import { type Request, type Response, Router } from 'express';
import { readCsv } from '../../src/import/csv.js';
import { BadInput, Notes } from '../../src/import/faults.js';
import { InputFolder } from '../../src/import/files.js';
import { preview } from '../../src/import/preview.js';
import { writeAtOnce } from '../../src/import/write.js';
import { log } from '../../src/log.js';
import type { Steps } from '../../src/import/progress.js';
import { actorOf } from '../actions/standard-actions.js';
import { mayImport } from './import-action.js';
import { FILES, IMPORT_BYTES, type ImportEvent, type ImportReport } from './import-events.js';
import { UnreadableForm, withUpload } from './upload.js';

/** How many bad lines an answer names. */
const LISTED = 100;

/**
 * Imports of CSV files: a form with the files `platforms`, `movies` and `reviews`, in the format of `npm run import`, is
 * checked at `/import/check` and written at `/import/write`, whole or not at all. Each time the files come along, since
 * the second request may reach another process. The answer is a line of JSON an event, the last of them the report.
 */
export function createImports(): Router {
  const router = Router();
  router.post('/import/:step', async (request, response) => {
    const refusal = refusalOf(request);
    if (refusal) {
      // What is left of the files is read, or the browser would not see the answer.
      request.resume();
      response.status(refusal.status).json({ detail: refusal.detail });
      return;
    }
    const events = new Events(response);
    try {
      const report = await withUpload(request, FILES, (folder) =>
        importFrom(folder, { write: request.params.step === 'write', events }),
      );
      events.send({ report });
    } catch (error) {
      if (!response.headersSent) response.status(isInternal(error) ? 500 : 400);
      if (isInternal(error)) log.error({ err: error }, 'an import failed');
      events.send({ detail: detailOf(error) });
    }
    response.end();
  });
  return router;
}

function refusalOf(request: Request): { status: number; detail: string } | null {
  if (!mayImport(actorOf(request.session.adminUser))) {
    return { status: 403, detail: 'You do not have permission to perform this action.' };
  }
  if (!['check', 'write'].includes(String(request.params.step))) return { status: 404, detail: 'Not found.' };
  const bytes = Number(request.get('content-length') ?? NaN);
  if (Number.isNaN(bytes)) return { status: 411, detail: 'The length of the files must be known.' };
  if (bytes <= IMPORT_BYTES) return null;
  const megabytes = IMPORT_BYTES / 1_000_000;
  return {
    status: 413,
    detail: `The files may have ${megabytes} MB together. Import larger ones with "npm run import", or in parts.`,
  };
}

async function importFrom(
  folder: string,
  { write, events }: { write: boolean; events: Events },
): Promise<ImportReport> {
  const faults = new Notes(LISTED);
  const catalogue = await readCsv(new InputFolder(folder), { faults, progress: events }, { ofStored: true });
  const { passedOver } = catalogue;
  const counts =
    faults.count > 0 ? null : await (write ? writeAtOnce(catalogue, events) : preview(catalogue));
  return {
    written: write && counts !== null,
    counts,
    faults: listing(faults),
    passedOver: listing(passedOver),
  };
}

function listing({ count, first }: Notes) {
  return { count, first };
}

const CODES_OF_COLLISIONS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY']);

function isCollision(error: unknown): boolean {
  const { original } = error as { original?: { code?: string } };
  return CODES_OF_COLLISIONS.has(original?.code ?? '');
}

function isInternal(error: unknown): boolean {
  return !(error instanceof BadInput) && !(error instanceof UnreadableForm) && !isCollision(error);
}

function detailOf(error: unknown): string {
  if (error instanceof BadInput) return 'Choose at least one file.';
  if (error instanceof UnreadableForm) return error.message;
  if (isCollision(error)) return 'Others wrote to the same records. Nothing was imported: please try again.';
  return 'Something went wrong on the server. Nothing was imported.';
}

/** Progress is told where it has grown by this share. */
const SHARE = 0.02;

/** Sends events while an import runs. */
class Events implements Steps {
  #phase = '';
  #total = 0;
  #done = 0;
  #told = 0;

  constructor(private readonly response: Response) {}

  send(event: ImportEvent): void {
    if (!this.response.headersSent) {
      // Compression would hold the events back.
      this.response.set({
        'Content-Type': 'application/x-ndjson',
        'Cache-Control': 'no-store, no-transform',
      });
    }
    this.response.write(`${JSON.stringify(event)}\n`);
  }

  begin(name: string, total: number): void {
    this.#phase = name;
    this.#total = total;
    this.#done = 0;
    this.#tell();
  }

  advance(steps: number): void {
    this.#done += steps;
    if (this.#done - this.#told >= this.#total * SHARE) this.#tell();
  }

  end(): void {}

  #tell(): void {
    this.#told = this.#done;
    this.send({ progress: { phase: this.#phase, done: this.#done, total: this.#total } });
  }
}

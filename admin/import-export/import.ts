import { type Request, type Response, Router } from 'express';
import { Counter } from 'prom-client';
import { processMetrics } from '../../src/metrics.js';
import { noteFailure } from '../../src/http/request-log.js';
import { readCsv } from '../../src/import/csv.js';
import { BadInput, Notes } from '../../src/import/faults.js';
import { InputFolder } from '../../src/import/files.js';
import { preview } from '../../src/import/preview.js';
import type { Steps } from '../../src/import/progress.js';
import { writeAtOnce } from '../../src/import/write.js';
import { actorOf } from '../actions/permissions.js';
import { mayImport } from './import-action.js';
import { FILES, IMPORT_BYTES, type ImportEvent, type ImportReport } from './import-events.js';
import { UnreadableForm, withUpload } from './upload.js';

const imports = new Counter({
  name: 'marquee_imports_total',
  help: 'Imports through the panel by step, check or write, and outcome: done, faulty lines, refused, failed.',
  labelNames: ['step', 'outcome'],
  registers: [processMetrics],
});

/** How many invalid lines a report lists. */
const LISTED_LINES = 100;

/**
 * Imports of CSV files: a form with the files `platforms`, `movies` and `reviews`, in the format of `npm run import`.
 * `POST /import/check` validates them, `POST /import/write` writes them, all or nothing. Both requests carry the files,
 * since the second may reach another process. The response is NDJSON, an event a line; the last event is the report.
 */
export function createImports(): Router {
  const router = Router();
  router.post('/import/:step', async (request, response) => {
    const refusal = refusalOf(request);
    if (refusal) {
      // Reads the files to their end: otherwise the browser would not see the response.
      request.resume();
      response.status(refusal.status).json({ detail: refusal.detail });
      return;
    }
    const events = new EventStream(response);
    const step = String(request.params.step);
    try {
      const report = await withUpload(request, FILES, (folder) =>
        importFrom(folder, { write: step === 'write', events }),
      );
      imports.inc({ step, outcome: report.counts ? 'done' : 'faulty' });
      events.send({ report });
    } catch (error) {
      if (!response.headersSent) response.status(isInternal(error) ? 500 : 400);
      if (isInternal(error)) noteFailure(request, response, 500, error as Error);
      imports.inc({ step, outcome: isInternal(error) ? 'failed' : 'refused' });
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
  { write, events }: { write: boolean; events: EventStream },
): Promise<ImportReport> {
  const faults = new Notes(LISTED_LINES);
  const catalogue = await readCsv(new InputFolder(folder), { faults, progress: events }, { ofStored: true });
  const { passedOver } = catalogue;
  const counts =
    faults.count > 0 ? null : await (write ? writeAtOnce(catalogue, events) : preview(catalogue));
  return {
    written: write && counts !== null,
    counts,
    faults: plainNotes(faults),
    passedOver: plainNotes(passedOver),
  };
}

function plainNotes({ count, first }: Notes) {
  return { count, first };
}

/** The databases' errors when a concurrent transaction won. */
const CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY']);

function isConflict(error: unknown): boolean {
  const { original } = error as { original?: { code?: string } };
  return CONFLICTS.has(original?.code ?? '');
}

function isInternal(error: unknown): boolean {
  return !(error instanceof BadInput) && !(error instanceof UnreadableForm) && !isConflict(error);
}

function detailOf(error: unknown): string {
  if (error instanceof BadInput) return 'Choose at least one file.';
  if (error instanceof UnreadableForm) return error.message;
  if (isConflict(error)) return 'Others wrote to the same records. Nothing was imported: please try again.';
  return 'Something went wrong on the server. Nothing was imported.';
}

/** The share of a phase's steps after which progress is sent again. */
const SENT_SHARE = 0.02;

/** Sends an import's events while it runs. */
class EventStream implements Steps {
  #phase = '';
  #total = 0;
  #done = 0;
  #sent = 0;

  constructor(private readonly response: Response) {}

  send(event: ImportEvent): void {
    if (!this.response.headersSent) {
      // no-transform: the compression middleware would buffer the events.
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
    this.#sendProgress();
  }

  advance(steps: number): void {
    this.#done += steps;
    if (this.#done - this.#sent >= this.#total * SENT_SHARE) this.#sendProgress();
  }

  end(): void {}

  #sendProgress(): void {
    this.#sent = this.#done;
    this.send({ progress: { phase: this.#phase, done: this.#done, total: this.#total } });
  }
}

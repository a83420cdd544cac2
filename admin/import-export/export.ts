import { pipeline } from 'node:stream/promises';
import { type AdminJS, Filter, flat, ValidationError } from 'adminjs';
import { type Response, Router } from 'express';
import { auditExport } from '../../src/audit/audit-hooks.js';
import { PanelResource } from '../adapter/panel-resource.js';
import type { Context, ReadResource, Sort } from '../adapter/read-resource.js';
import { knownQuery, resourceOf } from '../http/api-input.js';
import { columnsOf, rowsOf } from './columns.js';
import { BYTE_ORDER_MARK, FORMATS, type Rows } from './formats.js';
import { scanByKeyset } from './keyset-scan.js';

/**
 * Downloads of lists. `GET /export/RESOURCE/FORMAT` with the query string of a list's page sends all records of that list
 * in its order, with the attributes that the visitor may read. Mounted behind the login. The download is streamed at the
 * client's pace and ends when the client disconnects.
 */
export function createExports(admin: AdminJS): Router {
  const router = Router();
  router.get('/export/:resourceId/:format', async (request, response) => {
    const { resourceId, format: extension } = request.params;
    const decorated = resourceOf(admin, resourceId);
    const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
    const resource: unknown = decorated && admin.findResource(decorated.id());
    if (!decorated || !format || !(resource instanceof PanelResource)) {
      response.status(404).json({ detail: 'Not found.' });
      return;
    }
    const { adminUser } = request.session;
    if (!decorated.actions.list?.isAccessible(adminUser)) {
      response.status(403).json({ detail: 'You do not have permission to perform this action.' });
      return;
    }
    const { filter, sort, bom } = parseQuery(
      knownQuery(request.query, decorated),
      resource,
      decorated.options.sort,
    );
    const exported = await exportRows(resource, filter, sort, { currentAdmin: adminUser }).catch(filterFault);
    if ('fault' in exported) {
      response.status(400).json({ detail: exported.fault });
      return;
    }
    const { columns, batches } = exported;
    const rows = request.method === 'HEAD' ? batches : await begun(batches);
    // Before the first row is sent: an export that is cut off took rows along, too.
    if (request.method !== 'HEAD') await auditExport(resource.id(), titleOf(extension, request.url));
    const name = resource.fields.exported?.file ?? resource.id();
    response.attachment(`marquee-${name}-${new Date().toISOString().slice(0, 10)}.${extension}`);
    // After attachment(), which sets a type by the file's extension.
    response.set('Content-Type', format.type);
    if (request.method === 'HEAD') response.end();
    else {
      if (bom && extension === 'csv') response.write(BYTE_ORDER_MARK);
      await stream(format.write(rows, columns), response);
    }
  });
  return router;
}

/** An export's format and its filters, for the audit log. */
function titleOf(extension: string, url: string): string {
  const [, query = ''] = url.split('?', 2);
  return [extension.toUpperCase(), ...new URLSearchParams(query)]
    .map((part) => (typeof part === 'string' ? part : part.join('=').replace('filters.', '')))
    .join(' ');
}

/** The message about a filter that cannot be read. Any other error is thrown on. */
function filterFault(error: unknown): { fault: string } {
  if (!(error instanceof ValidationError)) throw error;
  return { fault: error.baseError?.message ?? error.message };
}

/** The columns of a list's export and its rows in batches. */
async function exportRows(
  resource: ReadResource,
  filter: Filter,
  sort: Sort,
  context: Context,
): Promise<{ columns: string[]; batches: AsyncGenerator<Rows> }> {
  const { model } = resource;
  const options = resource.fields.exported ?? {};
  const selection = await resource.selection(filter, sort, context);
  const attributes = selection.attributes.filter((name) => !options.without?.includes(name));
  async function* batches(): AsyncGenerator<Rows> {
    for await (const records of scanByKeyset(model, selection)) yield rowsOf(records, attributes, options);
  }
  return { columns: columnsOf(attributes, options), batches: batches() };
}

/** Reads the first batch: a list that takes too long is refused before its download begins. */
async function begun(batches: AsyncGenerator<Rows>): Promise<AsyncGenerator<Rows>> {
  const first = await batches.next();
  async function* all(): AsyncGenerator<Rows> {
    if (first.done) return;
    yield first.value;
    yield* batches;
  }
  return all();
}

/** The filters and the order in the query string of a list's page, and `bom`. */
function parseQuery(
  parameters: Record<string, string>,
  resource: PanelResource,
  defaultSort: { sortBy?: string; direction?: string } = {},
) {
  const query: Record<string, unknown> = flat.unflatten(parameters);
  const filters = typeof query.filters === 'object' && query.filters !== null ? query.filters : {};
  return {
    filter: new Filter(filters, resource),
    sort: {
      sortBy: stringOr(query.sortBy, defaultSort.sortBy),
      direction: stringOr(query.direction, defaultSort.direction),
    },
    bom: query.bom === '1',
  };
}

function stringOr(value: unknown, fallback?: string): string | undefined {
  return typeof value === 'string' ? value : fallback;
}

/** How often what is compressed is sent, in milliseconds: Brotli would keep megabytes back. */
const FLUSH_MS = 500;

/** Passes chunks on, and sends on what was compressed of them: the first at once. */
async function* flushed(chunks: AsyncGenerator<string>, response: Response): AsyncGenerator<string> {
  let last = -Infinity;
  for await (const chunk of chunks) {
    yield chunk;
    const now = performance.now();
    if (now - last < FLUSH_MS) continue;
    last = now;
    response.flush();
  }
}

async function stream(chunks: AsyncGenerator<string>, response: Response): Promise<void> {
  try {
    await pipeline(flushed(chunks, response), response);
  } catch (error) {
    // The client has disconnected.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

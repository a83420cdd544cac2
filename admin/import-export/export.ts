import { pipeline } from 'node:stream/promises';
import { type AdminJS, Filter, flat } from 'adminjs';
import { type Request, type Response, Router } from 'express';
import { PanelResource } from '../adapter/panel-resource.js';
import { BYTE_ORDER_MARK, FORMATS } from './formats.js';

/**
 * Downloads of lists: `/export/RESOURCE/FORMAT` with the query of the list's page gives all its records, as filtered and
 * sorted there, with what its visitor may see. Behind the login. They are streamed as fast as the client takes them, and
 * end where it goes away.
 */
export function createExports(admin: AdminJS): Router {
  const router = Router();
  router.get('/export/:resourceId/:format', async (request, response) => {
    const { resourceId, format: extension } = request.params;
    const found = admin.resources.find((known) => known.decorate().id() === resourceId)?.decorate();
    const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
    const resource: unknown = found && admin.findResource(found.id());
    if (!found || !format || !(resource instanceof PanelResource)) {
      response.status(404).json({ detail: 'Not found.' });
      return;
    }
    const { adminUser } = request.session;
    if (!found.actions.list?.isAccessible(adminUser)) {
      response.status(403).json({ detail: 'You do not have permission to perform this action.' });
      return;
    }
    const { filter, sort, bom } = readQuery(request, resource, found.options.sort);
    const { columns, parts } = await resource.exported(filter, sort, { currentAdmin: adminUser });
    response.set('Content-Type', format.type);
    response.attachment(
      `marquee-${resource.fileName()}-${new Date().toISOString().slice(0, 10)}.${extension}`,
    );
    // attachment() would set another type by the name.
    response.set('Content-Type', format.type);
    if (request.method === 'HEAD') response.end();
    else {
      if (bom && extension === 'csv') response.write(BYTE_ORDER_MARK);
      await send(format.write(parts, columns), response);
    }
  });
  return router;
}

/** What the list's page is told by its address. */
function readQuery(
  request: Request,
  resource: PanelResource,
  preset: { sortBy?: string; direction?: string } = {},
) {
  const query: Record<string, unknown> = flat.unflatten(request.query);
  const filters = typeof query.filters === 'object' && query.filters !== null ? query.filters : {};
  return {
    filter: new Filter(filters, resource),
    sort: {
      sortBy: textOf(query.sortBy, preset.sortBy),
      direction: textOf(query.direction, preset.direction),
    },
    bom: query.bom === '1',
  };
}

function textOf(value: unknown, otherwise?: string): string | undefined {
  return typeof value === 'string' ? value : otherwise;
}

async function send(texts: AsyncGenerator<string>, response: Response): Promise<void> {
  try {
    await pipeline(texts, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

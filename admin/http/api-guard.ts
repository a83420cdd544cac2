import { type ActionDecorator, type AdminJS, NotFoundError } from 'adminjs';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { last } from '../../src/http/request/body.js';
import { PER_PAGE_MAX } from '../adapter/read-resource.js';
import { resourceOf } from './api-input.js';

/**
 * The parts of AdminJS's API, and the type of action that each of them calls. Its part `search` is deprecated, and each call
 * of it writes to standard output past the log.
 */
const ACTION_TYPES = new Map<string, (action: ActionDecorator) => boolean>([
  ['actions', (action) => action.isResourceType()],
  ['records', (action) => action.isRecordType()],
  ['bulk', (action) => action.isBulkType()],
]);

/**
 * Refuses requests to AdminJS's API where AdminJS would answer 500 to something that does not exist, and 200 to something
 * forbidden. Mounted behind the login and before AdminJS's routes.
 */
export function createApiGuard(admin: AdminJS): Router {
  const router = Router();
  router.use('/api/resources/:resourceId/:part{/*rest}', (request, response, next) => {
    const { resourceId, part, rest } = request.params;
    const [id = ''] = part === 'records' ? (rest ?? []) : [];
    const name = rest?.[part === 'records' ? 1 : 0] ?? '';
    const actions = resourceOf(admin, resourceId)?.actions ?? {};
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    const isKnown = action && ACTION_TYPES.get(part)?.(action);
    // An escaped slash, which AdminJS would read as part of the id.
    if (!isKnown || id.includes('/')) refuse(response, 404, 'Not found.');
    // AdminJS's handlers only tell GET from the rest: HEAD would delete a record.
    else if (!allowedMethods(name).includes(request.method)) refuse(response, 405, 'Method not allowed.');
    else if (!action.isAccessible(request.session.adminUser)) refuse(response, 403, FORBIDDEN);
    else if (part === 'bulk' && selectionFault(request)) refuse(response, 400, selectionFault(request));
    else next();
  });
  // The panel has no pages of AdminJS's kind, whose API answers 200 to any name.
  router.use('/api/pages', (_request, response) => refuse(response, 404, 'Not found.'));
  router.use('/api', setForbiddenStatus);
  return router;
}

/** What is wrong with the selection of a bulk action, or an empty text. */
function selectionFault({ query }: Request): string {
  const ids = last(query.recordIds);
  if (typeof ids !== 'string' || ids === '') return 'recordIds is required.';
  // Nobody can select more than a page of a list.
  return ids.split(',').length > PER_PAGE_MAX ? `recordIds may name ${PER_PAGE_MAX} records.` : '';
}

function allowedMethods(action: string): string[] {
  return action === 'new' ? ['POST'] : ['GET', 'POST'];
}

const FORBIDDEN = 'You do not have permission to perform this action.';

function refuse(response: Response, status: number, detail: string): void {
  response.status(status).json({ detail });
}

/** Error handler after AdminJS's routes: 404 if no record of the request exists any more. */
export function handleNotFound(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof NotFoundError) refuse(response, 404, 'Not found.');
  else next(error);
}

/** Sets status 403 on AdminJS's refusals of single records, which it sends with 200. */
function setForbiddenStatus(_request: Request, response: Response, next: NextFunction): void {
  const json = response.json.bind(response);
  response.json = (body: { notice?: { type?: string; message?: string } } | undefined) => {
    if (body?.notice?.type === 'error' && body.notice.message === 'forbiddenError') response.status(403);
    return json(body);
  };
  next();
}

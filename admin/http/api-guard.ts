import { type ActionDecorator, type AdminJS, NotFoundError } from 'adminjs';
import { type NextFunction, type Request, type Response, Router } from 'express';

/** The parts of AdminJS's API, and the type of action that each of them calls. */
const ACTION_TYPES: Record<string, (action: ActionDecorator) => boolean> = {
  actions: (action) => action.isResourceType(),
  search: (action) => action.isResourceType(),
  records: (action) => action.isRecordType(),
  bulk: (action) => action.isBulkType(),
};

/**
 * Refuses requests to AdminJS's API where AdminJS would answer 500 to something that does not exist, and 200 to something
 * forbidden. Mounted behind the login and before AdminJS's routes.
 */
export function createApiGuard(admin: AdminJS): Router {
  const router = Router();
  router.use('/api/resources/:resourceId/:part{/*rest}', (request, response, next) => {
    const { resourceId, part, rest } = request.params;
    const resource = admin.resources.find((one) => one.decorate().id() === resourceId);
    const name = part === 'search' ? 'search' : rest?.[part === 'records' ? 1 : 0];
    const action = resource?.decorate().actions[name ?? ''];
    if (!action || !ACTION_TYPES[part]?.(action)) refuse(response, 404, 'Not found.');
    // AdminJS's handlers only tell GET from the rest: HEAD would delete a record.
    else if (!allowedMethods(name).includes(request.method)) refuse(response, 405, 'Method not allowed.');
    else if (!action.isAccessible(request.session.adminUser)) refuse(response, 403, FORBIDDEN);
    else if (part === 'bulk' && !request.query.recordIds) refuse(response, 400, 'recordIds is required.');
    else next();
  });
  router.use('/api', setForbiddenStatus);
  return router;
}

function allowedMethods(action: string | undefined): string[] {
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

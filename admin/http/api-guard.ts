import { type ActionDecorator, type AdminJS, NotFoundError } from 'adminjs';
import { type NextFunction, type Request, type Response, Router } from 'express';

/** The parts of AdminJS's API, and which actions can be called there. */
const KINDS: Record<string, (action: ActionDecorator) => boolean> = {
  actions: (action) => action.isResourceType(),
  search: (action) => action.isResourceType(),
  records: (action) => action.isRecordType(),
  bulk: (action) => action.isBulkType(),
};

/**
 * Answers for AdminJS where it would answer 500 to what does not exist, and 200 to what is forbidden.
 * To be mounted before its routes, behind the login.
 */
export function createRefusals(admin: AdminJS): Router {
  const router = Router();
  router.use('/api/resources/:resourceId/:part{/*rest}', (request, response, next) => {
    const { resourceId, part, rest } = request.params;
    const resource = admin.resources.find((known) => known.decorate().id() === resourceId);
    const name = part === 'search' ? 'search' : rest?.[part === 'records' ? 1 : 0];
    const action = resource?.decorate().actions[name ?? ''];
    if (!action || !KINDS[part]?.(action)) refuse(response, 404, 'Not found.');
    // AdminJS looks for GET alone: it would delete a record by HEAD.
    else if (!allowed(name).includes(request.method)) refuse(response, 405, 'Method not allowed.');
    else if (!action.isAccessible(request.session.adminUser)) refuse(response, 403, FORBIDDEN);
    else if (part === 'bulk' && !request.query.recordIds) refuse(response, 400, 'recordIds is required.');
    else next();
  });
  router.use('/api', forbid);
  return router;
}

/** The methods by which an action can be called. */
function allowed(action: string | undefined): string[] {
  return action === 'new' ? ['POST'] : ['GET', 'POST'];
}

const FORBIDDEN = 'You do not have permission to perform this action.';

function refuse(response: Response, status: number, detail: string): void {
  response.status(status).json({ detail });
}

/** Answers 404 where none of the records that an action is for exist any more. */
export function answerMissing(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof NotFoundError) refuse(response, 404, 'Not found.');
  else next(error);
}

/** Gives AdminJS's refusals of single records the status they should have. */
function forbid(_request: Request, response: Response, next: NextFunction): void {
  const json = response.json.bind(response);
  response.json = (body: { notice?: { type?: string; message?: string } } | undefined) => {
    if (body?.notice?.type === 'error' && body.notice.message === 'forbiddenError') response.status(403);
    return json(body);
  };
  next();
}

import type { NextFunction, Request, Response } from 'express';
import type { ActionContext, ActionRequest } from 'adminjs';
import { verifyPassword } from '../../src/auth/password.js';
import { ApiError } from '../../src/http/errors.js';
import type { User } from '../../src/models/user.js';
import type { PanelRequest } from './form-body.js';
import type { LoginThrottles } from './login.js';

/** The form field in which staff repeat their own password. */
export const OWN_PASSWORD = 'own_password';

const OWN_PASSWORD_NEEDED = 'Your own password is needed for this change.';
const OWN_PASSWORD_WRONG = 'Your password was entered incorrectly.';

type CountAttempt = LoginThrottles['countAttempt'];

declare module 'express-serve-static-core' {
  interface Request {
    /** The fault of the own password in the request's form, null if it is right; undefined if the form has none. */
    ownPasswordFault?: string | null;
  }
}

/**
 * Verifies the own password in a form, and takes it out of the form. It is verified before the action, whose transaction would
 * otherwise wait for it, and counts as an attempt to log in: a stolen session must not help to guess it.
 */
export function verifyOwnPassword(countAttempt: CountAttempt) {
  return async (request: PanelRequest, _response: Response, next: NextFunction): Promise<void> => {
    const { [OWN_PASSWORD]: password, ...fields } = request.fields ?? {};
    request.fields = fields;
    if (typeof password === 'string' && password !== '')
      request.ownPasswordFault = await faultOf(password, request, countAttempt);
    next();
  };
}

async function faultOf(
  password: string,
  request: Request,
  countAttempt: CountAttempt,
): Promise<string | null> {
  const user = request.user as User;
  try {
    await countAttempt(request, 'login', user.username);
  } catch (error) {
    // AdminJS's forms show no other answer than a fault at a field.
    if (error instanceof ApiError && error.status === 429 && 'detail' in error.body)
      return String(error.body.detail);
    throw error;
  }
  return (await verifyPassword(user, password)) ? null : OWN_PASSWORD_WRONG;
}

/** Hook before an action: passes the verification on to its resource. */
export function rememberOwnPassword(
  request: ActionRequest & { ownPasswordFault?: string | null },
  context: ActionContext,
): ActionRequest {
  context.ownPasswordFault = request.ownPasswordFault;
  return request;
}

/** The fault at the field of the own password, where the action needs it: null if it was given and is right. */
export function ownPasswordFault(context: Partial<ActionContext> = {}): string | null {
  const fault: unknown = context.ownPasswordFault;
  return fault === null || typeof fault === 'string' ? fault : OWN_PASSWORD_NEEDED;
}

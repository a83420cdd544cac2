import { once } from 'node:events';
import type { NextFunction, Request, Response } from 'express';
import { actingAs } from '../../src/audit/acting-as.js';
import { clientAddress } from '../../src/http/request/client-address.js';
import type { User } from '../../src/models/user.js';

/** Runs the following handlers with the visitor as the actor of the audit log. Mounted behind the login. */
export function setAuditActor(request: Request, response: Response, next: NextFunction): void {
  const { id, username: name, role } = request.user as User;
  const address = clientAddress(request);
  const handleRequest = async () => {
    const closed = once(response, 'close');
    next();
    await closed;
  };
  void actingAs({ id, name, role, door: 'panel', address, requestId: request.id }, handleRequest);
}

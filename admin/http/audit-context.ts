import { once } from 'node:events';
import type { NextFunction, Request, Response } from 'express';
import { actingAs } from '../../src/audit/acting-as.js';
import type { User } from '../../src/models/user.js';

/** Whatever follows changes records on the visitor's behalf. Only for those who have logged in. */
export function actAsVisitor(request: Request, response: Response, next: NextFunction): void {
  const { id, username: name, role } = request.user as User;
  const address = request.ip ?? '';
  const answered = async () => {
    const closed = once(response, 'close');
    next();
    await closed;
  };
  void actingAs({ id, name, role, door: 'panel', address, requestId: request.id }, answered);
}

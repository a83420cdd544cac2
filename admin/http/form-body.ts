import type { NextFunction, Request, Response } from 'express';
import { readBody } from '../../src/http/request/body.js';
import { refusal } from '../../src/http/errors.js';

/** A request to AdminJS's Express plug-in, with the properties by which the plug-in gets parsed fields. */
export interface PanelRequest extends Request {
  fields?: Record<string, unknown>;
  express_formidable?: { parsed: boolean };
}

/**
 * Reads the panel's forms as the API reads its bodies. The plug-in would use formidable, which writes every uploaded file to
 * disk, limits the size of some of them only, and reports its errors twice.
 * @throws {ApiError} as `readBody`, and 400 for JSON that is no object
 */
export async function parseFormBody(
  request: PanelRequest,
  response: Response,
  next: NextFunction,
): Promise<void> {
  request.express_formidable = { parsed: true };
  const body = request.method === 'POST' ? await readBody(request, response) : {};
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refusal(400, 'The form cannot be read.');
  request.fields = body as Record<string, unknown>;
  next();
}

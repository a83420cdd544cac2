import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Download } from './answers.js';

/** Sends a file, at the client's pace. It is closed also where the client goes, or asks by HEAD. */
export async function sendFile(
  request: Request,
  response: Response,
  { name, bytes, content }: Download,
  type: string,
): Promise<void> {
  response.writeHead(200, [
    'X-Request-Id',
    request.id,
    ...(response.pendingHeaders ?? []),
    'Content-Type',
    type,
    'Content-Length',
    String(bytes),
    'Content-Disposition',
    `attachment; filename="${name}"`,
    'Cache-Control',
    'no-store',
    'Vary',
    'Authorization',
  ]);
  if (request.method === 'HEAD') {
    content.destroy();
    response.end();
    return;
  }
  try {
    await pipeline(content, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

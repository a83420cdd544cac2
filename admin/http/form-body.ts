import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response as ExpressResponse,
} from 'express';

/** The maximum size of a form. The longest, a movie with a storyline of 2,000 characters, is far smaller. */
const FORM_BYTES = 100_000;

/** The properties of a request by which AdminJS's Express plug-in gets parsed fields, and sees that they are parsed. */
interface FormRequest extends Request {
  fields?: Record<string, unknown>;
  express_formidable?: { parsed: boolean };
}

/**
 * Parses the panel's forms. The plug-in would use formidable, which writes every uploaded file to disk, limits the size of
 * some of them only, and reports its errors twice.
 */
export const parseFormBody: RequestHandler[] = [
  express.raw({ type: () => true, limit: FORM_BYTES }),
  async (request: FormRequest, response: ExpressResponse, next: NextFunction) => {
    request.express_formidable = { parsed: true };
    try {
      request.fields = await parseFields(request.body, request.get('content-type') ?? '');
    } catch {
      response.status(400).json({ detail: 'The form cannot be read.' });
      return;
    }
    next();
  },
];

async function parseFields(body: unknown, type: string): Promise<Record<string, unknown>> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  if (/^application\/json\b/i.test(type)) return { ...(JSON.parse(body.toString()) as object) };
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = Object.fromEntries(form.entries());
  if (Object.values(fields).some((value) => typeof value !== 'string'))
    throw new Error('No field takes a file');
  return fields;
}

import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response as Answer,
} from 'express';

/** The longest form, a movie with a storyline of 2,000 characters, comes nowhere near. */
const FORM_BYTES = 100_000;

/** What AdminJS's plug-in takes a request's fields from, and by what it tells that they are read already. */
interface FormRequest extends Request {
  fields?: Record<string, unknown>;
  express_formidable?: { parsed: boolean };
}

/**
 * Reads the panel's forms. The plug-in would read them with formidable, which writes any file that comes along to the
 * disk, sets no limit to some of them, and passes its errors on twice.
 */
export const readForms: RequestHandler[] = [
  express.raw({ type: () => true, limit: FORM_BYTES }),
  async (request: FormRequest, response: Answer, next: NextFunction) => {
    request.express_formidable = { parsed: true };
    try {
      request.fields = await fieldsOf(request.body, request.get('content-type') ?? '');
    } catch {
      response.status(400).json({ detail: 'The form cannot be read.' });
      return;
    }
    next();
  },
];

async function fieldsOf(body: unknown, type: string): Promise<Record<string, unknown>> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {};
  if (/^application\/json\b/i.test(type)) return { ...(JSON.parse(body.toString()) as object) };
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = Object.fromEntries(form.entries());
  if (Object.values(fields).some((value) => typeof value !== 'string'))
    throw new Error('No field takes a file');
  return fields;
}

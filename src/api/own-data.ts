import type { Request } from 'express';
import { z } from 'zod';
import { Gate } from '../database/gate.js';
import { invalid } from '../http/errors.js';
import type { Credentials } from '../http/request/authentication.js';
import { boolean, faultsOf, filter } from '../http/request/fields.js';
import { readUploadedFile, type UploadedFile } from '../http/request/upload.js';
import { download, ok } from '../http/response/answers.js';
import { type AnyRoute, route, type Upload } from '../http/routing/route.js';
import { exportMemberData } from '../member-data/export/export.js';
import { importMemberData } from '../member-data/import.js';
import { forgetFile, keepFile, keptFile } from '../member-data/kept-file.js';
import type { NamedFile } from '../member-data/reading/archive.js';
import { BadFile } from '../member-data/reading/entry.js';
import { importSchema, presentImport } from '../presenters/import.js';

const IMPORT_BYTES = 10_000_000;

/** So few files are read and written at once. */
const imports = new Gate('imports', 2, 50);
/** So few exports are read at once; they are sent at the pace of their readers. */
const exports = new Gate('exports', 2, 50);
/** How long one may wait for its turn, in milliseconds. */
const WAIT_MS = 20_000;

const importQuery = z.object({
  dry_run: filter(boolean()).meta({
    description: 'Whether to write nothing, and only to tell what an import would do; false by default.',
    example: true,
  }),
  overwrite: filter(boolean()).meta({
    description: 'Whether reviews that one has written here change; by default they stay.',
    example: false,
  }),
  keep: filter(boolean()).meta({
    description: 'Whether a dry run keeps the file for an hour, so that the import need not send it again.',
    example: false,
  }),
  kept: filter(
    z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'Not a key of a kept file.')
      .max(32),
  ).meta({
    description: 'The key of the file that a dry run has kept, in place of a file.',
  }),
});

const importUpload: Upload<UploadedFile> = {
  field: 'file',
  types: ['application/zip', 'text/csv', 'application/json'],
  limit: IMPORT_BYTES,
  isLimited: true,
  refusals: {
    kind: 'Unsupported media type.',
    broken: 'ratings.csv has no columns that are known.',
  },
  receive: async (request, response) =>
    [request.query.kept].flat().some(Boolean) ? NO_FILE : readUploadedFile(request, response, importUpload),
};

const NO_FILE: UploadedFile = { name: '', content: Buffer.alloc(0), fields: {} };

/** Whether a request asks for a dry run, before its query is checked. */
const isDryRun = ({ query }: Request) =>
  importQuery.shape.dry_run.safeParse([query.dry_run].flat().at(-1)).data;

/** The file of an import: the one that is sent, or that is kept. */
async function fileOf(userId: number, { name, content }: UploadedFile, kept?: string): Promise<NamedFile> {
  if (kept === undefined) return { name: name || 'file', content };
  const found = await keptFile(userId, kept);
  if (!found) throw invalid({ file: ['The file is not kept any more: choose it again.'] });
  return found;
}

/** The options of an import, from the query or from the form beside the file. */
function optionsOf(query: z.output<typeof importQuery>, { fields }: UploadedFile) {
  const result = importQuery.safeParse(fields);
  if (!result.success) throw invalid(faultsOf(result.error));
  return {
    dryRun: query.dry_run ?? result.data.dry_run ?? false,
    overwrite: query.overwrite ?? result.data.overwrite ?? false,
  };
}

export const ownDataRoutes: AnyRoute[] = [
  route('GET', '/account/export/', {
    throttle: 'export',
    policy: ['ownData', 'read'],
    answers: download('application/zip'),
    handle: async ({ credentials }) => {
      const { id, username } = (credentials as Credentials).user;
      const { bytes, content } = await exports.run(() => exportMemberData(id), WAIT_MS);
      // Usernames have no sign that a header or a file system could take amiss but for these.
      const name = `marquee-${username.replaceAll(/[^\w.-]/g, '_')}-${new Date().toISOString().slice(0, 10)}.zip`;
      return { status: 200, file: { name, bytes, content } };
    },
  }),
  route('POST', '/account/import/', {
    throttle: (request) => (isDryRun(request) === true ? 'import-dry-run' : 'import'),
    policy: ['ownData', 'create'],
    answers: ok(importSchema),
    query: importQuery,
    upload: importUpload,
    handle: ({ actor, body, query }) =>
      imports.run(async () => {
        const userId = actor?.id ?? 0;
        const options = optionsOf(query, body);
        const file = await fileOf(userId, body, query.kept);
        const result = await importMemberData(userId, file, options).catch((error: unknown) => {
          throw error instanceof BadFile ? invalid({ file: [error.message] }) : error;
        });
        const key = options.dryRun && query.keep === true ? await keepFile(userId, file) : null;
        if (!options.dryRun && query.kept !== undefined) await forgetFile(userId);
        return { status: 200, body: presentImport(result, key) };
      }, WAIT_MS),
  }),
];

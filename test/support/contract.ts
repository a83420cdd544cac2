import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { apiRoutes } from '../../src/api/routes.js';
import { withoutFormatSuffix } from '../../src/http/compatibility/format-suffix.js';
import { openApiDocument } from '../../src/ops/openapi/document.js';

/** Checks an answer against the OpenAPI document: status, headers and body, and nothing undocumented. */

interface Header {
  required?: boolean;
  schema: object;
}

interface Media {
  schema: object;
  example?: unknown;
}

interface Response {
  headers?: Record<string, Header>;
  content?: Record<string, Media>;
}

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  parameters?: { $ref?: string; description?: string }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response>;
}

type Path = Record<string, Operation>;

/** The parts of an answer that are checked. */
export interface Received {
  method: string;
  /** The request's address, with its query. */
  url: URL;
  status: number;
  headers: Headers;
  text: string;
}

export const document = openApiDocument(apiRoutes) as unknown as {
  paths: Record<string, Path>;
  components: Record<string, Record<string, object>>;
};

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  schemas: [{ $id: 'document', ...document }],
  // Most validators see a few answers: to compile them takes longer than they do.
  inlineRefs: false,
  code: { optimize: false },
});
addFormats.default(ajv);

/** Headers that any answer may have: of transport, security (test/security/headers.test.ts), CORS and compression. */
const EVERYWHERE = new RegExp(
  `^(${[
    'connection', 'content-(encoding|length|type)', 'date', 'keep-alive', 'transfer-encoding', 'vary',
    'access-control-.*', 'content-security-policy', 'cross-origin-.*', 'origin-agent-cluster', 'referrer-policy',
    'strict-transport-security', 'x-content-type-options', 'x-dns-prefetch-control', 'x-download-options',
    'x-frame-options', 'x-permitted-cross-domain-policies', 'x-xss-protection',
  ].join('|')})$`,
); // prettier-ignore

const templates = Object.entries(document.paths).map(([path, item]) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  // A path without parameters takes precedence.
  parameters: path.split('{').length,
  path,
  item,
}));
templates.sort((a, b) => a.parameters - b.parameters);

const validators = new Map<string, ValidateFunction>();

/** The validator of a schema, compiled at its first use; `pointer` is the schema's JSON pointer in the document. */
function validatorOf(pointer: string): ValidateFunction {
  let validator = validators.get(pointer);
  if (!validator) validators.set(pointer, (validator = ajv.compile({ $ref: `document#${pointer}` })));
  return validator;
}

const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

/** A part of the document and its JSON pointer, with a reference resolved. */
function resolve<Part>(part: Part, pointer: string): { part: Part; pointer: string } {
  const { $ref } = part as { $ref?: string };
  if ($ref === undefined) return { part, pointer };
  const [, , kind = '', name = ''] = $ref.split('/');
  return { part: document.components[kind]?.[name] as Part, pointer: $ref.slice(1) };
}

function headerFaults({ headers }: Received, declared: Record<string, Header>, pointer: string): string[] {
  const faults: string[] = [];
  const known = new Set(Object.keys(declared).map((name) => name.toLowerCase()));
  for (const [name, value] of headers) {
    if (!known.has(name) && !EVERYWHERE.test(name)) faults.push(`header ${name}: ${value} is not described`);
  }
  for (const [name, reference] of Object.entries(declared)) {
    const { part: header, pointer: at } = resolve(reference, `${pointer}/headers/${escaped(name)}`);
    const value = headers.get(name);
    if (value === null && header.required) faults.push(`header ${name} is missing`);
    if (value === null) continue;
    const validator = validatorOf(`${at}/schema`);
    const right: boolean = validator(value);
    if (!right) faults.push(`header ${name}: ${value}: ${ajv.errorsText(validator.errors)}`);
  }
  return faults;
}

/** Checks the body of a request with `?fields=`: the fields in it must be valid, and each requested one present. */
function partFaults(errors: ValidateFunction['errors'], url: URL, text: string): string[] {
  const asked =
    url.searchParams
      .getAll('fields')
      .at(-1)
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const body = JSON.parse(text) as { results?: object[] } | object[];
  const rows = Array.isArray(body) ? body : (body.results ?? [body]);
  const wrong = rows.flatMap((row) => asked.filter((name) => !Object.hasOwn(row, name)));
  const others = (errors ?? []).filter(
    ({ keyword, instancePath }) => keyword !== 'required' || !/^(\/results\/\d+)?$/.test(instancePath),
  );
  return [
    ...wrong.map((name) => `the field ${name} was asked for`),
    ...(others.length > 0 ? [ajv.errorsText(others)] : []),
  ];
}

function bodyFaults(received: Received, { content = {} }: Response, pointer: string): string[] {
  const { text, headers, url, status } = received;
  if (Object.keys(content).length === 0 || received.method === 'HEAD')
    return text === '' ? [] : ['there is a body'];
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (!content[type]) return [`the content type ${type} is not described`];
  if (type !== 'application/json') return [];
  const validator = validatorOf(`${pointer}/content/${escaped(type)}/schema`);
  const body = JSON.parse(text) as unknown;
  const isValid: boolean = validator(body);
  if (isValid) return [];
  // A server with `LIST_STYLE=array`, whose own document says so: its rows are those of a page.
  if (Array.isArray(body) && validator({ next: null, previous: null, results: body.slice(0, 100) }))
    return [];
  if (status === 200 && url.searchParams.has('fields')) return partFaults(validator.errors, url, text);
  return [ajv.errorsText(validator.errors)];
}

/** The part of the document that describes such an answer; null where it does not have the path. */
function describing({
  method,
  url,
  status,
}: Received): { pointer: string; response: Response | undefined } | null {
  const sent = withoutFormatSuffix(url.pathname);
  const path = sent.endsWith('/') || templates.some((line) => line.path === sent) ? sent : `${sent}/`;
  const template = templates.find(({ pattern }) => pattern.test(path));
  if (!template) return null;
  const own = method === 'HEAD' ? 'get' : method.toLowerCase();
  // A 405 is described by the path's operations, and so is the 404 for an invalid id, which comes first.
  const name = template.item[own] ? own : (Object.keys(template.item)[0] as string);
  const known = template.item[own] !== undefined || status === 404 || status === 405;
  const responses = (template.item[name] as Operation).responses;
  return {
    pointer: `/paths/${escaped(template.path)}/${name}/responses/${status}`,
    response: known ? responses[status] : undefined,
  };
}

/**
 * What an answer has that the document does not say, or lacks that it says.
 * @returns nothing where they agree, and where the address is none of the API's
 */
export function contractFaults(received: Received): string[] {
  const { method, url, status, headers } = received;
  // Too many headers for Node: the app never sees such a request.
  if (status === 431) return [];
  const found = describing(received);
  if (method === 'OPTIONS' && (found || status === 204)) {
    return [204, 404].includes(status) ? [] : [`OPTIONS was answered with ${status}`];
  }
  if (!found) {
    const api = /^\/(watch|account)\//.test(url.pathname);
    const refused = status === 404 && headers.get('content-type')?.startsWith('application/json');
    return api && !refused ? [`the path is not described, and was answered with ${status}`] : [];
  }
  if (!found.response) return [`the status ${status} is not described`];
  const { part, pointer } = resolve(found.response, found.pointer);
  return [...headerFaults(received, part.headers ?? {}, pointer), ...bodyFaults(received, part, pointer)];
}

import type { Request } from 'express';
import type { Credentials } from '../request/authentication.js';
import { last, lastValues } from '../request/body.js';
import { allValues, type Fields } from '../request/forms.js';
import { type Faults, invalid } from '../errors.js';
import { faultsOf } from '../request/fields.js';
import type { AnyRoute } from './route.js';

/**
 * Checks a body against its route.
 * @param sent the parsed body
 * @returns the schema's output, and with it the records that the route looks up
 * @throws {ApiError} 400 with all faults
 */
export async function checkBody(
  route: AnyRoute,
  sent: unknown,
  credentials: Credentials | null,
): Promise<unknown> {
  if (!route.body) return undefined;
  if (sent === null || typeof sent !== 'object' || Array.isArray(sent)) {
    const kind = sent === null ? 'null' : Array.isArray(sent) ? 'list' : typeof sent;
    throw invalid({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${kind}.`] });
  }
  const ignored = new Set(route.readOnly?.(credentials?.user ?? null));
  const written = Object.fromEntries(Object.entries(sent).filter(([name]) => !ignored.has(name)));
  for (const name of route.lists ?? []) {
    const values = allValues(sent as Fields, name);
    if (values) written[name] = values;
  }
  const result = route.body.safeParse(written);
  const routeFaults = (await route.bodyFaults?.(written, credentials)) ?? {};
  const lookUp = (await route.lookUp?.(written)) ?? { found: {} };
  // The schema's fault of a field replaces the route's.
  const faults: Faults = {
    ...routeFaults,
    ...('faults' in lookUp ? lookUp.faults : {}),
    ...(result.success ? {} : faultsOf(result.error)),
  };
  if (!result.success || 'faults' in lookUp || Object.keys(faults).length > 0) throw invalid(faults);
  return route.lookUp ? { ...(result.data as object), ...(lookUp.found as object) } : result.data;
}

/** The output of each route's query schema for no query. */
const defaultQueries = new WeakMap<AnyRoute, unknown>();

/**
 * Checks a query against its route.
 * @returns the schema's output; requests may share it, so it must not be changed
 * @throws {ApiError} 400 that names every parameter with a bad value
 */
export function checkQuery(route: AnyRoute, request: Request): unknown {
  if (!route.query) return {};
  if (request.url.includes('?')) return parse(route, request);
  if (!defaultQueries.has(route)) defaultQueries.set(route, parse(route, request));
  return defaultQueries.get(route);
}

function parse(route: AnyRoute, request: Request): unknown {
  if (!route.query) return {};
  const lists = (route.lists ?? []).filter((name) => request.query[name] !== undefined);
  const result = route.query.safeParse({
    ...lastValues(request.query),
    ...Object.fromEntries(lists.map((name) => [name, [request.query[name]].flat()])),
  });
  if (!result.success) throw invalid(faultsOf(result.error));
  return result.data;
}

/**
 * The field names in `?fields=`, or null for all.
 * @throws {ApiError} 400 for one that the route's resource does not have
 */
export function fieldsOf(route: AnyRoute, request: Request): string[] | null {
  if (route.method !== 'GET' || !route.fields || !request.url.includes('fields=')) return null;
  const text = last(request.query.fields);
  if (typeof text !== 'string' || text === '') return null;
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.find((name) => !route.fields?.includes(name));
  if (unknown !== undefined) {
    throw invalid({ fields: [`"${unknown}" is not one of: ${route.fields.join(', ')}.`] });
  }
  return names;
}

import type { Request } from 'express';
import type { Credentials } from '../request/authentication.js';
import { last, lastValues } from '../request/body.js';
import { invalid } from '../errors.js';
import { faultsOf } from '../request/fields.js';
import type { AnyRoute } from './route.js';

/**
 * Checks a body as its route asks.
 * @param sent what the client sent, parsed
 * @returns what the route's schema makes of it
 * @throws {ApiError} 400 with all its faults
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
  const result = route.body.safeParse(written);
  const faults = result.success ? {} : faultsOf(result.error);
  const more = (await route.bodyFaults?.(written, credentials)) ?? {};
  // A field that is missing or malformed needs no second opinion.
  const all = { ...more, ...faults };
  if (Object.keys(all).length > 0) throw invalid(all);
  return result.data;
}

/** What each route makes of no query at all. */
const unasked = new WeakMap<AnyRoute, unknown>();

/**
 * Checks a query as its route asks.
 * @returns what the route's schema makes of it; it may be given again, and must not be changed
 * @throws {ApiError} 400 that names every parameter with a bad value
 */
export function checkQuery(route: AnyRoute, request: Request): unknown {
  if (!route.query) return {};
  if (request.url.includes('?')) return parse(route, request);
  if (!unasked.has(route)) unasked.set(route, parse(route, request));
  return unasked.get(route);
}

function parse(route: AnyRoute, request: Request): unknown {
  if (!route.query) return {};
  const result = route.query.safeParse(lastValues(request.query));
  if (!result.success) throw invalid(faultsOf(result.error));
  return result.data;
}

/**
 * The names that `?fields=` asks for, or null for all.
 * @throws {ApiError} 400 for one that the route's resource does not have
 */
export function fieldsOf(route: AnyRoute, request: Request): string[] | null {
  if (route.method !== 'GET' || !route.fields || !request.url.includes('fields=')) return null;
  const text = last(request.query.fields);
  if (typeof text !== 'string' || text === '') return null;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !route.fields?.includes(name));
  if (unknown.length > 0) {
    throw invalid({ fields: unknown.map((name) => `"${name}" is not one of: ${route.fields?.join(', ')}.`) });
  }
  return names;
}

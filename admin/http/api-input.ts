import type { AdminJS, ResourceDecorator } from 'adminjs';
import { type Request, Router } from 'express';
import { last } from '../../src/http/request/body.js';
import { PER_PAGE_MAX } from '../adapter/read-resource.js';
import type { PanelRequest } from './form-body.js';
import { OWN_PASSWORD } from './own-password.js';

/** The fields of actions that are no properties of their resource. */
const ACTION_FIELDS = new Set(['version', OWN_PASSWORD]);
/** The filter of the lists' search box, which is no property. */
const SEARCH = 'search';

/**
 * Reduces the query and the form of a request to AdminJS's API to known names with plain texts. AdminJS looks names up in
 * plain objects, where `constructor` is found, and takes dots for nesting, at a cost that is quadratic in the number of names.
 */
export function knownInput(admin: AdminJS): Router {
  const router = Router();
  router.use('/api/resources/:resourceId', (request: PanelRequest, _response, next) => {
    const resource = resourceOf(admin, request.params.resourceId);
    request.fields = knownFields(request.fields ?? {}, resource);
    setQuery(request, resource ? knownQuery(request.query, resource) : {});
    next();
  });
  return router;
}

/** The resource with that id, or undefined. */
export function resourceOf(admin: AdminJS, id: unknown): ResourceDecorator | undefined {
  return admin.resources.map((resource) => resource.decorate()).find((resource) => resource.id() === id);
}

/** Express's own `query` is a getter. AdminJS's plug-in takes the request's. */
function setQuery(request: Request, value: Record<string, string>): void {
  Object.defineProperty(request, 'query', { value, configurable: true, enumerable: true, writable: true });
}

function knownFields(
  fields: Record<string, unknown>,
  resource: ResourceDecorator | undefined,
): Record<string, unknown> {
  const known = Object.entries(fields).filter(
    ([name]) => ACTION_FIELDS.has(name) || (resource !== undefined && isProperty(resource, name)),
  );
  return Object.fromEntries(known.map(([name, value]) => [name, withoutContent(value)]));
}

/** Empties an object or an array: no field takes one, and AdminJS would make a field of each value in it. */
function withoutContent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? [] : {};
}

/** The parameters of a list's query that AdminJS may read. Others, and values of another form, are left out. */
export function knownQuery(query: object, resource: ResourceDecorator): Record<string, string> {
  const known: [string, string][] = [];
  for (const [name, values] of Object.entries(query)) {
    const value = last(values);
    if (typeof value !== 'string' || !isKnown(name, value, resource)) continue;
    known.push([name, name === 'perPage' ? String(Math.min(Number(value), PER_PAGE_MAX)) : value]);
  }
  return Object.fromEntries(known);
}

function isKnown(name: string, value: string, resource: ResourceDecorator): boolean {
  switch (name) {
    case 'page':
    case 'perPage':
      return /^[1-9]\d{0,9}$/.test(value);
    case 'direction':
      return value === 'asc' || value === 'desc';
    case 'sortBy':
    case 'searchProperty':
      return isProperty(resource, value);
    case 'recordIds':
    case 'bom':
      return true;
    default: {
      const [, filtered] = /^filters\.(\w+)(?:~~(?:from|to))?$/.exec(name) ?? [];
      return filtered !== undefined && (filtered === SEARCH || isProperty(resource, filtered));
    }
  }
}

function isProperty(resource: ResourceDecorator, name: string): boolean {
  return Object.hasOwn(resource.properties, name);
}

import type { AnyRoute } from './route.js';

/** The route that a request means, and the id in its path; 0 where the path has none. */
export interface Found {
  route: AnyRoute;
  id: number;
}

/** A path's number; 15 digits are always a safe integer. */
const ID = /\/(\d{1,15})\//;

/**
 * Finds the routes of requests whose path is spelled just as the table has it, as clients that follow the documentation
 * do. Whatever else there is, other spellings, HEAD and OPTIONS, paths and methods that are refused, is the router's.
 */
export function createLane(routes: AnyRoute[]): (method: string, url: string) => Found | undefined {
  const byLine = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  return (method, url) => {
    const end = url.indexOf('?');
    let id = 0;
    const path = (end < 0 ? url : url.slice(0, end)).replace(ID, (_whole, digits: string) => {
      id = Number(digits);
      return '/:id/';
    });
    const route = byLine.get(`${method} ${path}`);
    return route && route.path.includes(':id') === id > 0 ? { route, id } : undefined;
  };
}

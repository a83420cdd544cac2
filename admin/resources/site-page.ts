import type { PropertyOptions } from 'adminjs';
import { config } from '../../src/config.js';

/** Where the site shows a record: its path begins so, and ends in one of the record's properties. */
export interface SitePage {
  path: string;
  property: string;
  /** A property without which the site has no such page. */
  needs?: string;
}

/** Options of a resource's `id`, by which the pages of its records lead to the site's; none where the site is off. */
export function onSite(page: SitePage): PropertyOptions {
  return config.SITE ? { custom: { sitePage: page } } : {};
}

import { Registry } from 'prom-client';

/**
 * The metrics of this process that belong to no single application, such as those of the database. Each is defined where
 * what it counts happens; `/metrics` serves them all.
 */
export const processMetrics = new Registry();

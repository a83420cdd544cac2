import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import type { Router } from 'express';
import type { PanelOptions } from './panel.js';

/** What takes longest to load of what AdminJS requires. */
const PARTS = ['lodash', '@babel/core', '@babel/preset-env', 'react-dom/server', 'axios'];

/**
 * Loads and creates the panel. It loads the largest parts one by one: together they stop the process, and so every
 * request, for a second.
 * @param options as `createPanel` takes them
 * @throws as `createPanel` does
 */
export async function loadPanel(options: PanelOptions): Promise<Router> {
  const require = createRequire(import.meta.resolve('adminjs'));
  for (const part of PARTS) {
    require(part);
    await setImmediate();
  }
  await import('@adminjs/design-system');
  await import('adminjs');
  const { createPanel } = await import('./panel.js');
  return createPanel(options);
}

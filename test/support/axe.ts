import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Without comments: the browser receives and reads it once for each page that is checked. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on a page: the rule, and the elements that break it.
 * @param rules the only rules to be checked; all of them without it
 */
export async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated by the debugger as text: the page's content security policy allows no inline script.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(async (only) => {
    // A colour on its way to another one is no finding.
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
    const loaded = (globalThis as unknown as { axe: typeof axe }).axe;
    const options = { resultTypes: ['violations'], selectors: false } satisfies axe.RunOptions;
    const results = await loaded.run(only ? { ...options, runOnly: only } : options);
    // The rest is long, and would be sent for nothing.
    return { violations: results.violations };
  }, rules);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}

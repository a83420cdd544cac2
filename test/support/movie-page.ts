import type { SiteTab } from './site-tab.js';

/** The member's form of a movie's page. */
export const yours = ({ page }: SiteTab) => page.getByRole('complementary', { name: 'Your review' });

/** A button of that form. */
export const button = (tab: SiteTab, name: string) => yours(tab).getByRole('button', { name, exact: true });

/** What the page says once. */
export const notice = ({ page }: SiteTab) => page.locator('.notice');

/** Expects a form that was refused to be the only fault. */
export function takeRefusals({ faults }: SiteTab): void {
  const others = faults.filter((fault) => !fault.includes('status of 400'));
  faults.splice(0, faults.length, ...others);
}

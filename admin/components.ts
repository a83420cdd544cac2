import { join } from 'node:path';
import { ComponentLoader, type PropertyOptions } from 'adminjs';

/** The panel's own React components, as the build bundles them. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => join(import.meta.dirname, 'components', `${name}.js`);

/** Their names, by which resources use them. */
export const components = {
  AuditEntry: componentLoader.add('AuditEntry', file('audit-entry')),
  AuditFields: componentLoader.add('AuditFields', file('audit-fields')),
  AuditRecord: componentLoader.add('AuditRecord', file('audit-record')),
  Confirm: componentLoader.add('Confirm', file('confirm')),
  Dashboard: componentLoader.add('Dashboard', file('dashboard')),
  Decision: componentLoader.add('Decision', file('decision')),
  Distribution: componentLoader.add('Distribution', file('distribution')),
  Excerpt: componentLoader.add('Excerpt', file('excerpt')),
  Export: componentLoader.add('Export', file('export')),
  Flag: componentLoader.add('Flag', file('flag')),
  History: componentLoader.add('History', file('history')),
  Import: componentLoader.add('Import', file('import')),
  LatestReviews: componentLoader.add('LatestReviews', file('latest-reviews')),
  Range: componentLoader.add('Range', file('range')),
  ReportCount: componentLoader.add('ReportCount', file('report-count')),
  Reports: componentLoader.add('Reports', file('reports')),
  ReviewCount: componentLoader.add('ReviewCount', file('review-count')),
  ReviewSummary: componentLoader.add('ReviewSummary', file('review-summary')),
  Stars: componentLoader.add('Stars', file('stars')),
  State: componentLoader.add('State', file('state')),
};
componentLoader.override('DefaultListAction', file('searched-list'));
componentLoader.override('ActionHeader', file('header'));
componentLoader.override('Application', file('application'));
componentLoader.override('DefaultDatetimeListProperty', file('time'));
componentLoader.override('DefaultDatetimeShowProperty', file('time-show'));
componentLoader.override('FilterDrawer', file('filter-drawer'));
componentLoader.override('Login', file('login'));
componentLoader.override('PropertyDescription', file('help'));
componentLoader.override('SidebarBranding', file('brand'));
componentLoader.override('TopBar', file('top-bar'));

/** The options of a yes-or-no property. */
export function flag(preset: boolean): PropertyOptions {
  return { isRequired: false, custom: { default: preset }, components: { edit: components.Flag } };
}

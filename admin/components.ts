import { join } from 'node:path';
import { ComponentLoader, type PropertyOptions } from 'adminjs';

/** The panel's own React components, as the build bundles them. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => join(import.meta.dirname, 'components', `${name}.js`);

/** Their names, by which resources use them. */
export const components = {
  AuditEntry: componentLoader.add('AuditEntry', file('audit/audit-entry')),
  AuditFields: componentLoader.add('AuditFields', file('audit/audit-fields')),
  AuditRecord: componentLoader.add('AuditRecord', file('audit/audit-record')),
  Confirm: componentLoader.add('Confirm', file('record/confirm')),
  Dashboard: componentLoader.add('Dashboard', file('dashboard/dashboard')),
  Decision: componentLoader.add('Decision', file('record/decision')),
  Distribution: componentLoader.add('Distribution', file('record/distribution')),
  Excerpt: componentLoader.add('Excerpt', file('lists/excerpt')),
  Export: componentLoader.add('Export', file('exchange/export')),
  Flag: componentLoader.add('Flag', file('lists/flag')),
  History: componentLoader.add('History', file('record/history')),
  Import: componentLoader.add('Import', file('exchange/import')),
  LatestReviews: componentLoader.add('LatestReviews', file('record/latest-reviews')),
  Range: componentLoader.add('Range', file('lists/range')),
  ReportCount: componentLoader.add('ReportCount', file('lists/report-count')),
  Reports: componentLoader.add('Reports', file('record/reports')),
  ReviewCount: componentLoader.add('ReviewCount', file('lists/review-count')),
  ReviewSummary: componentLoader.add('ReviewSummary', file('record/review-summary')),
  Stars: componentLoader.add('Stars', file('record/stars')),
  State: componentLoader.add('State', file('lists/state')),
};
componentLoader.override('DefaultListAction', file('lists/searched-list'));
componentLoader.override('ActionHeader', file('record/header'));
componentLoader.override('Application', file('frame/application'));
componentLoader.override('DefaultDatetimeListProperty', file('lists/time'));
componentLoader.override('DefaultDatetimeShowProperty', file('record/time-show'));
componentLoader.override('FilterDrawer', file('lists/filter-drawer'));
componentLoader.override('Login', file('frame/login'));
componentLoader.override('PropertyDescription', file('record/help'));
componentLoader.override('SidebarBranding', file('frame/brand'));
componentLoader.override('TopBar', file('frame/top-bar'));

/** The options of a yes-or-no property. */
export function flag(preset: boolean): PropertyOptions {
  return { isRequired: false, custom: { default: preset }, components: { edit: components.Flag } };
}

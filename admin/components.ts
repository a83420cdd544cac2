import { join } from 'node:path';
import { ComponentLoader, type PropertyOptions } from 'adminjs';

/** The panel's own React components, as the build bundles them. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => join(import.meta.dirname, 'components', `${name}.js`);

/** Their names, by which resources use them. */
export const components = {
  AuditEntry: componentLoader.add('AuditEntry', file('audit-log/entry')),
  AuditFields: componentLoader.add('AuditFields', file('audit-log/changed-fields')),
  AuditRecord: componentLoader.add('AuditRecord', file('audit-log/record-link')),
  Confirm: componentLoader.add('Confirm', file('actions/confirm')),
  Dashboard: componentLoader.add('Dashboard', file('dashboard/dashboard')),
  Decision: componentLoader.add('Decision', file('actions/drawer-action')),
  Distribution: componentLoader.add('Distribution', file('movies/rating-distribution')),
  Excerpt: componentLoader.add('Excerpt', file('properties/excerpt')),
  Export: componentLoader.add('Export', file('import-export/export')),
  Flag: componentLoader.add('Flag', file('properties/boolean-edit')),
  History: componentLoader.add('History', file('actions/history')),
  Import: componentLoader.add('Import', file('import-export/import')),
  LatestReviews: componentLoader.add('LatestReviews', file('movies/latest-reviews')),
  Range: componentLoader.add('Range', file('properties/range-filter')),
  ReportCount: componentLoader.add('ReportCount', file('reviews/report-count')),
  Reports: componentLoader.add('Reports', file('reviews/reports')),
  ReviewCount: componentLoader.add('ReviewCount', file('users/review-count')),
  ReviewSummary: componentLoader.add('ReviewSummary', file('reviews/review-summary')),
  Stars: componentLoader.add('Stars', file('properties/stars')),
  State: componentLoader.add('State', file('reviews/review-state')),
};
componentLoader.override('DefaultListAction', file('lists/searchable-list'));
componentLoader.override('ActionHeader', file('layout/page-header'));
componentLoader.override('Application', file('layout/application'));
componentLoader.override('DefaultDatetimeListProperty', file('properties/datetime-list'));
componentLoader.override('DefaultDatetimeShowProperty', file('properties/datetime-show'));
componentLoader.override('FilterDrawer', file('lists/filter-drawer'));
componentLoader.override('Login', file('login/login'));
componentLoader.override('PropertyDescription', file('properties/help-text'));
componentLoader.override('SidebarBranding', file('layout/brand'));
componentLoader.override('TopBar', file('layout/top-bar'));

/** The options of a yes-or-no property. */
export function flag(preset: boolean): PropertyOptions {
  return { isRequired: false, custom: { default: preset }, components: { edit: components.Flag } };
}

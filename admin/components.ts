import { join } from 'node:path';
import { ComponentLoader } from 'adminjs';

/** Registers the panel's own React components, which the build bundles. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => join(import.meta.dirname, 'components', `${name}.js`);

/** Components that resources, actions and the dashboard refer to. */
export const components = {
  AuditChangedFields: componentLoader.add('AuditChangedFields', file('audit-log/changed-fields')),
  AuditEntry: componentLoader.add('AuditEntry', file('audit-log/entry')),
  AuditRecordLink: componentLoader.add('AuditRecordLink', file('audit-log/record-link')),
  AuthorRecord: componentLoader.add('AuthorRecord', file('reviews/author-record')),
  BooleanEdit: componentLoader.add('BooleanEdit', file('properties/boolean-edit')),
  Confirm: componentLoader.add('Confirm', file('actions/confirm')),
  ConfirmByPassword: componentLoader.add('ConfirmByPassword', file('actions/confirm-by-password')),
  Dashboard: componentLoader.add('Dashboard', file('dashboard/dashboard')),
  Decisions: componentLoader.add('Decisions', file('reviews/decisions')),
  DrawerAction: componentLoader.add('DrawerAction', file('actions/drawer-action')),
  Excerpt: componentLoader.add('Excerpt', file('properties/excerpt')),
  Export: componentLoader.add('Export', file('import-export/export')),
  GenreMovies: componentLoader.add('GenreMovies', file('movies/genre-movies')),
  Genres: componentLoader.add('Genres', file('movies/genres')),
  GenresEdit: componentLoader.add('GenresEdit', file('movies/genres-edit')),
  GenresFilter: componentLoader.add('GenresFilter', file('movies/genres-filter')),
  History: componentLoader.add('History', file('actions/history')),
  Import: componentLoader.add('Import', file('import-export/import')),
  LatestReviews: componentLoader.add('LatestReviews', file('movies/latest-reviews')),
  OwnPassword: componentLoader.add('OwnPassword', file('users/own-password')),
  Poster: componentLoader.add('Poster', file('movies/poster')),
  PosterThumb: componentLoader.add('PosterThumb', file('movies/poster-thumb')),
  RangeFilter: componentLoader.add('RangeFilter', file('properties/range-filter')),
  RatingDistribution: componentLoader.add('RatingDistribution', file('movies/rating-distribution')),
  ReportCount: componentLoader.add('ReportCount', file('reviews/report-count')),
  Reports: componentLoader.add('Reports', file('reviews/reports')),
  ReviewCount: componentLoader.add('ReviewCount', file('users/review-count')),
  ReviewState: componentLoader.add('ReviewState', file('reviews/review-state')),
  ReviewSummary: componentLoader.add('ReviewSummary', file('reviews/review-summary')),
  UserMarks: componentLoader.add('UserMarks', file('users/user-marks')),
  Stars: componentLoader.add('Stars', file('properties/stars')),
  SwitchCell: componentLoader.add('SwitchCell', file('properties/switch-cell')),
};

// Components that replace AdminJS's own on every page.
componentLoader.override('ActionHeader', file('layout/page-header'));
componentLoader.override('Application', file('layout/application'));
componentLoader.override('DefaultDatetimeFilterProperty', file('properties/datetime-filter'));
componentLoader.override('DefaultDatetimeListProperty', file('properties/datetime-list'));
componentLoader.override('DefaultDatetimeShowProperty', file('properties/datetime-show'));
componentLoader.override('DefaultEditAction', file('forms/record-form'));
componentLoader.override('DefaultListAction', file('lists/list'));
componentLoader.override('DefaultNewAction', file('forms/record-form'));
componentLoader.override('FilterDrawer', file('lists/filter-drawer'));
componentLoader.override('Login', file('login/login'));
componentLoader.override('PropertyDescription', file('properties/help-text'));
componentLoader.override('SidebarBranding', file('layout/brand'));
componentLoader.override('TopBar', file('layout/top-bar'));

import type { default as AdminJS } from 'adminjs';
import type { PageState } from '../components/login/page-state.js';

/**
 * Renders a page that stands by itself, outside of AdminJS's application: before a login, or about one's own account. AdminJS
 * has one template for such pages, its login's, whose component is ours.
 */
export function renderPage(admin: AdminJS, state: PageState): Promise<string> {
  return admin.renderLogin(state);
}

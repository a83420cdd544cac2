import plugin from '@adminjs/express';
import { AdminJS } from 'adminjs';
import compression from 'compression';
import { type RequestHandler, Router } from 'express';
import { sessionSecrets } from '../src/auth/secrets.js';
import { type Assets, createAssets } from './http/assets.js';
import { componentLoader, components } from './components.js';
import { dashboardData } from './dashboard/dashboard.js';
import { createExports } from './import-export/export.js';
import { createImports } from './import-export/import.js';
import { refuseForgery } from './http/csrf.js';
import { readForms } from './http/form-body.js';
import { withHelp } from './resources/field-help.js';
import { locale } from './locale/index.js';
import { createLogin } from './http/login.js';
import { mendPages } from './http/html.js';
import { answerMissing, createRefusals } from './http/api-guard.js';
import { auditLog } from './resources/audit-log.js';
import { movies } from './resources/movies.js';
import { platforms } from './resources/platforms.js';
import { queue } from './resources/moderation-queue.js';
import { reviews } from './resources/reviews.js';
import { users } from './resources/users.js';
import { SessionStore } from './http/session-store.js';
import { themes } from './theme.js';
import { actAsVisitor } from './http/audit-context.js';

const ROOT_PATH = '/admin';

/** AdminJS with Marquee's resources. */
function createAdmin(assets: Assets): AdminJS {
  return new AdminJS({
    rootPath: ROOT_PATH,
    loginPath: `${ROOT_PATH}/login`,
    logoutPath: `${ROOT_PATH}/logout`,
    componentLoader,
    resources: withHelp([movies, platforms, reviews, queue, users, auditLog]),
    dashboard: { handler: dashboardData, component: components.Dashboard },
    branding: {
      companyName: 'Marquee',
      withMadeWithLove: false,
      // The mark is a component: see brand.tsx.
      logo: false,
      favicon: assets.address('favicon.svg'),
      theme: themes.light,
    },
    assets: { styles: [assets.address('theme.css'), assets.address('panel.css')] },
    settings: { defaultPerPage: 20 },
    locale,
  });
}

/**
 * Makes the admin panel.
 * @param options.loginThrottles run before each attempt to log in, with `email` (the username) and `password` in the body
 * @returns the router to mount at `/admin`, before anything that reads request bodies
 * @throws where the panel's client assets have not been built
 */
export function createPanel({ loginThrottles }: { loginThrottles: RequestHandler[] }): Router {
  const assets = createAssets(ROOT_PATH);
  const store = new SessionStore();
  const admin = createAdmin(assets);
  // The build has bundled already; see bundle.ts.
  process.env.ADMIN_JS_SKIP_BUNDLE = 'true';

  const router = Router();
  router.use(assets.router, refuseForgery, compression(), mendPages(assets));
  router.use(createLogin({ admin, store, secrets: sessionSecrets(), throttles: loginThrottles }));
  router.use(createRefusals(admin));
  router.use(actAsVisitor);
  router.use(createExports(admin), createImports());
  router.use(readForms);
  return plugin.buildRouter(admin, router).use(answerMissing);
}

import plugin from '@adminjs/express';
import { AdminJS } from 'adminjs';
import compression from 'compression';
import { Router } from 'express';
import { sessionSecrets } from '../src/auth/secrets.js';
import type { Ask } from '../src/http/routing/in-process.js';
import { componentLoader, components } from './components.js';
import { dashboardData } from './dashboard/dashboard.js';
import { createApiGuard, handleNotFound } from './http/api-guard.js';
import { knownInput } from './http/api-input.js';
import { type Assets, createAssets } from './http/assets.js';
import { setAuditActor } from './http/audit-context.js';
import { refuseCrossSite } from './http/csrf.js';
import { parseFormBody } from './http/form-body.js';
import { createPosters } from './http/posters.js';
import { createLogin, type LoginThrottles } from './http/login.js';
import { verifyOwnPassword } from './http/own-password.js';
import { createOwnAccount } from './http/own-account.js';
import { cleanPageAddresses } from './http/page-address.js';
import { rewriteHtml } from './http/rewrite-html.js';
import { securityHeaders } from './http/security-headers.js';
import { SessionStore } from './http/session-store.js';
import { createExports } from './import-export/export.js';
import { createImports } from './import-export/import.js';
import { locale } from './locale/index.js';
import { auditLog } from './resources/audit-log.js';
import { withFieldHelp } from './resources/field-help.js';
import { genres } from './resources/genres.js';
import { moderationQueue } from './resources/moderation-queue.js';
import { movies } from './resources/movies.js';
import { platforms } from './resources/platforms.js';
import { reviews } from './resources/reviews.js';
import { users } from './resources/users.js';
import { themes } from './theme.js';

const ROOT_PATH = '/admin';

/** AdminJS with Marquee's resources. */
function createAdmin(assets: Assets): AdminJS {
  return new AdminJS({
    rootPath: ROOT_PATH,
    loginPath: `${ROOT_PATH}/login`,
    logoutPath: `${ROOT_PATH}/logout`,
    componentLoader,
    resources: withFieldHelp([movies, platforms, genres, reviews, moderationQueue, users, auditLog]),
    dashboard: { handler: dashboardData, component: components.Dashboard },
    branding: {
      companyName: 'Marquee',
      withMadeWithLove: false,
      // The logo is a component: components/layout/brand.tsx.
      logo: false,
      favicon: assets.url('favicon.svg'),
      theme: themes.light,
    },
    assets: { styles: [assets.url('theme.css'), assets.url('panel.css')] },
    settings: { defaultPerPage: 20 },
    locale,
  });
}

export interface PanelOptions {
  /** The limits of attempts to log in. */
  throttles: LoginThrottles;
  /** Asks the API's routes. */
  ask: Ask;
  /** Whether the panel opens only to those who have a second factor. */
  needsSecondFactor: boolean;
}

/**
 * Creates the admin panel.
 * @returns the router to mount at `/admin`, before any body parser
 * @throws if the panel's client assets have not been built
 */
export function createPanel({ throttles, ask, needsSecondFactor }: PanelOptions): Router {
  const assets = createAssets(ROOT_PATH);
  const store = new SessionStore();
  const admin = createAdmin(assets);
  // The build has bundled the components: see bundle.ts.
  process.env.ADMIN_JS_SKIP_BUNDLE = 'true';

  const router = Router();
  router.use(assets.router, refuseCrossSite, compression(), securityHeaders, rewriteHtml(assets));
  router.use(cleanPageAddresses());
  router.use(createLogin({ admin, store, secrets: sessionSecrets(), throttles }));
  router.use(createOwnAccount({ admin, ask, needsSecondFactor }));
  router.use(createApiGuard(admin));
  router.use(setAuditActor);
  router.use(createExports(admin), createImports(), createPosters());
  router.use(parseFormBody, knownInput(admin), verifyOwnPassword(throttles.countAttempt));
  return plugin.buildRouter(admin, router).use(handleNotFound);
}

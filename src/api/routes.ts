import type { AnyRoute } from '../http/routing/route.js';
import { accountRoutes } from './account.js';
import { highlightRoutes } from './highlights.js';
import { genreRoutes } from './genres.js';
import { jwtRoutes } from './jwt.js';
import { markRoutes } from './marks.js';
import { movieRoutes } from './movies.js';
import { emailChangeRoutes } from './email-change.js';
import { ownDataRoutes } from './own-data.js';
import { otpRoutes } from './otp.js';
import { passwordResetRoutes } from './password-reset.js';
import { platformRoutes } from './platforms.js';
import { posterRoutes } from './posters.js';
import { reportRoutes } from './reports.js';
import { reviewRoutes } from './reviews.js';
import { helpfulVoteRoutes } from './helpful-votes.js';
import { profileRoutes } from './profiles.js';
import { rootRoutes } from './root.js';
import { savedMovieRoutes } from './saved-movies.js';
import { suggestionRoutes } from './suggestions.js';
import { titleRoutes } from './titles.js';
import { tokenRoutes } from './tokens.js';

/** Every route of the API. */
export const apiRoutes: AnyRoute[] = [
  ...rootRoutes,
  ...platformRoutes,
  ...movieRoutes,
  ...genreRoutes,
  ...posterRoutes,
  ...suggestionRoutes,
  ...highlightRoutes,
  ...titleRoutes,
  ...reviewRoutes,
  ...reportRoutes,
  ...helpfulVoteRoutes,
  ...profileRoutes,
  ...accountRoutes,
  ...savedMovieRoutes,
  ...markRoutes,
  ...ownDataRoutes,
  ...jwtRoutes,
  ...otpRoutes,
  ...emailChangeRoutes,
  ...passwordResetRoutes,
  ...tokenRoutes,
];

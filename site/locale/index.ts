import { account } from './account.js';
import { browse } from './browse.js';
import { count } from './count.js';
import { errors } from './errors.js';
import { feed } from './feed.js';
import { formatsOf } from './formats.js';
import { home } from './home.js';
import { importing } from './importing.js';
import { layout } from './layout.js';
import { member } from './member.js';
import { movie } from './movie.js';
import { notices } from './notices.js';
import { paging } from './paging.js';
import { platforms } from './platforms.js';
import { review } from './review.js';
import { search } from './search.js';
import { settings } from './settings.js';
import { watchlist } from './watchlist.js';
import { type Language, LANGUAGES } from './languages.js';

/** The texts by subject. */
const parts = {
  account,
  browse,
  count,
  errors,
  feed,
  home,
  importing,
  layout,
  member,
  movie,
  notices,
  paging,
  platforms,
  review,
  search,
  settings,
  watchlist,
};

/** The site's texts in one language, and how it writes numbers and times. */
export type Texts = { [Part in keyof typeof parts]: (typeof parts)[Part]['en'] } & {
  format: ReturnType<typeof formatsOf>;
};

/** The texts of each language. */
export const texts = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    {
      ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part[language]])),
      format: formatsOf(language),
    },
  ]),
) as Record<Language, Texts>;

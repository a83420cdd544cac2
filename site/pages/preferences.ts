import { setCookie } from '../http/cookies.js';
import { page, Redirect } from '../http/page.js';
import { isTheme, LANGUAGE_COOKIE, THEME_COOKIE } from '../http/preferences.js';
import { isLanguage } from '../locale/languages.js';
import { ownPath } from '../paths.js';

const YEAR_S = 31_536_000;

/** `/preferences`: keeps a choice of language or colours in a cookie. */
export const preferences = page('/preferences', {
  show: () => new Redirect('/'),
  submit: ({ response }, { language, theme, next }) => {
    if (isLanguage(language)) setCookie(response, LANGUAGE_COOKIE, language, YEAR_S);
    if (isTheme(theme)) setCookie(response, THEME_COOKIE, theme, YEAR_S);
    const path = ownPath(next);
    // An address that names a language would go before the choice.
    return new Redirect(
      isLanguage(language) ? path.replace(/([?&])lang=\w+&?/, '$1').replace(/[?&]$/, '') : path,
    );
  },
});

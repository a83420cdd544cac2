/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import type { Theme, Visit } from '../http/page.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../locale/languages.js';

const THEMES: Theme[] = ['light', 'dark', 'system'];

/** The foot of a page: where else to go, and how the site looks. */
export function Footer({ visit }: { visit: Visit }) {
  const { text, language, theme, request } = visit;
  const { layout } = text;
  return (
    <footer class="foot">
      <div class="wrap">
        <p>
          {config.SITE_NAME}. {layout.source}
        </p>
        <p>
          <a href="/feed.xml">{layout.feed}</a> <a href="/docs/">{layout.api}</a>
        </p>
        <form method="post" action="/preferences" class="preferences" data-preferences="">
          <input type="hidden" name="next" value={request.originalUrl} />
          <fieldset>
            <legend>{layout.languageLabel}</legend>
            {LANGUAGES.map((each) => (
              <button name="language" value={each} lang={each} aria-pressed={each === language}>
                {LANGUAGE_NAMES[each]}
              </button>
            ))}
          </fieldset>
          <fieldset>
            <legend>{layout.themeLabel}</legend>
            {THEMES.map((each) => (
              <button name="theme" value={each} aria-pressed={each === theme}>
                {layout.themes[each]}
              </button>
            ))}
          </fieldset>
        </form>
      </div>
    </footer>
  );
}

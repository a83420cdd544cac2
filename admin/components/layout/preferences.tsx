import { useTranslation } from 'adminjs';
import { type ThemeChoice, useThemeChoice } from './theme-choice.js';

const THEMES: ThemeChoice[] = ['system', 'light', 'dark'];

/** Selects for language and theme. */
export function Preferences() {
  const { i18n, translateComponent } = useTranslation();
  const [theme, setTheme] = useThemeChoice();
  const languages = (i18n.options.supportedLngs || []).filter((language) => language !== 'cimode');
  return (
    <div className="preferences">
      <select
        aria-label={translateComponent('Preferences.language')}
        value={i18n.language}
        onChange={(event) => void i18n.changeLanguage(event.target.value)}
      >
        {languages.map((language) => (
          <option key={language} value={language}>
            {translateComponent(`LanguageSelector.availableLanguages.${language}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={translateComponent('Preferences.theme')}
        value={theme}
        onChange={(event) => setTheme(event.target.value as ThemeChoice)}
      >
        {THEMES.map((choice) => (
          <option key={choice} value={choice}>
            {translateComponent(`Preferences.themes.${choice}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

import { combineStyles } from '@adminjs/design-system';
import { ThemeProvider } from '@adminjs/design-system/styled-components';
import { useTranslation } from 'adminjs';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { faults } from '../../locale/error-messages.js';
import { FONT, type ThemeName, themes } from '../../theme.js';
import { useAccessibleControls } from './accessibility.js';
import { useThemeName } from './theme-choice.js';

// Its types come without those of styled-components, on which they build.
declare module '@adminjs/design-system/styled-components' {
  export const ThemeProvider: ComponentType<{ theme: object; children: ReactNode }>;
}

const DESIGNS = { light: designOf('light'), dark: designOf('dark') };

function designOf(name: ThemeName) {
  return { ...combineStyles(themes[name]), font: FONT };
}

/** Gives what is in it the visitor's theme and the last of their language's texts, and tells the browser the language. */
export function Themed({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  // Before anything in it is rendered for the first time.
  useState(() => i18n.addResourceBundle('de', 'translation', faults, true, true));
  const theme = DESIGNS[useThemeName()];
  useAccessibleControls();
  useEffect(() => {
    document.documentElement.lang = i18n.language;
  }, [i18n.language]);
  return <ThemeProvider theme={theme}>{children}</ThemeProvider>;
}

import { combineStyles } from '@adminjs/design-system';
import { ThemeProvider } from '@adminjs/design-system/styled-components';
import { useTranslation } from 'adminjs';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { errorMessages } from '../../locale/error-messages.js';
import { FONT, type ThemeName, themes } from '../../theme.js';
import { useAccessibleControls } from './accessibility.js';
import { useThemeName } from './theme-choice.js';

// The package lacks the types of styled-components that its own types refer to.
declare module '@adminjs/design-system/styled-components' {
  export const ThemeProvider: ComponentType<{ theme: object; children: ReactNode }>;
}

const DESIGNS = { light: designOf('light'), dark: designOf('dark') };

function designOf(name: ThemeName) {
  return { ...combineStyles(themes[name]), font: FONT };
}

/** Provides the visitor's theme, adds the German error messages, and sets the document's language. */
export function VisitorThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  // In a state's initialiser, to run before the first render of the children.
  useState(() => i18n.addResourceBundle('de', 'translation', errorMessages, true, true));
  const theme = DESIGNS[useThemeName()];
  useAccessibleControls();
  useEffect(() => {
    document.documentElement.lang = i18n.language;
  }, [i18n.language]);
  return <ThemeProvider theme={theme}>{children}</ThemeProvider>;
}

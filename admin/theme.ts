import type { ThemeOverride } from '@adminjs/design-system';

const LIGHT = {
  text: '#1d2030',
  primary100: '#4338ca',
  primary80: '#5b52d6',
  primary60: '#8b85e6',
  primary40: '#b9b5f2',
  primary20: '#e4e2fb',
  accent: '#7c4a03',
  grey100: '#1d2030',
  grey80: '#41455a',
  grey60: '#5f6479',
  grey40: '#686d83',
  grey20: '#f0f0f5',
  white: '#ffffff',
  black: '#000000',
  error: '#b3122d',
  errorDark: '#8c0d22',
  errorLight: '#fde8eb',
  success: '#0a6e4d',
  successDark: '#08573d',
  successLight: '#e2f4ec',
  warning: '#8f4708',
  warningDark: '#733805',
  warningLight: '#fbeedd',
  info: '#4338ca',
  infoDark: '#3730a3',
  infoLight: '#e4e2fb',
  bg: '#f6f6fa',
  filterBg: '#f3f3f9',
  container: '#ffffff',
  sidebar: '#ffffff',
  border: '#e2e3ec',
  inputBorder: '#868ba0',
  separator: '#c9ccd8',
  highlight: '#f2f2f8',
  love: '#4338ca',
  /** Stars in lists, on pages and on the dashboard. */
  star: '#b45309',
  starBar: '#e08e12',
};

const DARK: typeof LIGHT = {
  text: '#e7e8f0',
  primary100: '#aeabff',
  primary80: '#928ef7',
  primary60: '#726dda',
  primary40: '#4b479d',
  primary20: '#2c2a57',
  accent: '#f5c451',
  grey100: '#e7e8f0',
  grey80: '#c6c9d8',
  grey60: '#a0a5ba',
  grey40: '#8b90a6',
  grey20: '#232735',
  // AdminJS uses it for boxes and for the text of buttons, which is dark on a light colour in this theme.
  white: '#191c26',
  black: '#ffffff',
  error: '#ff8f9d',
  errorDark: '#ffb5be',
  errorLight: '#43202a',
  success: '#62d5a8',
  successDark: '#93e4c4',
  successLight: '#173529',
  warning: '#f2b96f',
  warningDark: '#f7cf9c',
  warningLight: '#3b2c19',
  info: '#aeabff',
  infoDark: '#cac8ff',
  infoLight: '#2c2a57',
  bg: '#11131a',
  filterBg: '#232735',
  container: '#191c26',
  sidebar: '#151821',
  border: '#2b2f40',
  inputBorder: '#777c93',
  separator: '#3a3f54',
  highlight: '#232735',
  love: '#aeabff',
  star: '#fbbf24',
  starBar: '#d99a1c',
};

/** The system's font, so that none has to be loaded. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** The panel's themes for AdminJS's design system. */
export const themes = { light: themeOf(LIGHT), dark: themeOf(DARK) };

export type ThemeName = keyof typeof themes;

function themeOf(colors: typeof LIGHT) {
  return {
    colors,
    sizes: { sidebarWidth: '260px' },
    borders: {
      input: line(colors.inputBorder),
      filterInput: line(colors.inputBorder),
      bg: line(colors.bg),
      default: line(colors.border),
    },
  } satisfies ThemeOverride;
}

function line(color: string): string {
  return `1px solid ${color}`;
}

/** The themes' colours as custom properties `--color-NAME`, for the panel's own style sheets. */
export function themeStyles(): string {
  return rule('html:root', 'light') + rule('html[data-theme="dark"]', 'dark');
}

function rule(selector: string, name: ThemeName): string {
  const colors = Object.entries(themes[name].colors).map(([key, color]) => `--color-${key}: ${color};`);
  return `${selector} { color-scheme: ${name}; ${colors.join(' ')} }\n`;
}

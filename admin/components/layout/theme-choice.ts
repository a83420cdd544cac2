import { useEffect, useState } from 'react';
import type { ThemeName } from '../../theme.js';

/** A visitor's choice: a theme, or that of their system. */
export type ThemeChoice = ThemeName | 'system';

const KEY = 'marquee.theme';

/** The page's theme, which static/theme.js sets. */
export function useThemeName(): ThemeName {
  const [name, setName] = useState(currentTheme);
  useEffect(() => {
    const update = () => setName(currentTheme());
    addEventListener('marquee:theme', update);
    return () => removeEventListener('marquee:theme', update);
  }, []);
  return name;
}

function currentTheme(): ThemeName {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** The visitor's choice and its setter. The browser stores it. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(storedChoice);
  return [
    choice,
    (next) => {
      storeChoice(next);
      setChoice(next);
      dispatchEvent(new Event('marquee:theme-chosen'));
    },
  ];
}

function storedChoice(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

function storeChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Storage is disabled: the choice is not kept.
  }
}

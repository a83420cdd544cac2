import { useEffect, useState } from 'react';
import type { ThemeName } from '../../theme.js';

/** What a visitor may choose: a theme, or whichever their system has. */
export type ThemeChoice = ThemeName | 'system';

const KEY = 'marquee.theme';

/** The theme of the page, which static/theme.js sets. */
export function useThemeName(): ThemeName {
  const [name, setName] = useState(current);
  useEffect(() => {
    const update = () => setName(current());
    addEventListener('marquee:theme', update);
    return () => removeEventListener('marquee:theme', update);
  }, []);
  return name;
}

function current(): ThemeName {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** The visitor's choice, and what changes it; the browser remembers it. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(stored);
  return [
    choice,
    (next) => {
      store(next);
      setChoice(next);
      dispatchEvent(new Event('marquee:theme-chosen'));
    },
  ];
}

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

function store(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // A browser that stores nothing cannot remember it.
  }
}

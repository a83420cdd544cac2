import { useState } from 'react';

export const PAGE_SIZES = [20, 50, 100] as const;

const PAGE_SIZE = 'marquee.page-size';

/** How many rows the visitor wants on a page. */
export function pageSize(): number {
  const stored = Number(read(PAGE_SIZE));
  return PAGE_SIZES.find((size) => size === stored) ?? PAGE_SIZES[0];
}

/** Keeps how many rows the visitor wants on a page. */
export function choosePageSize(size: number): void {
  write(PAGE_SIZE, String(size));
}

/** A choice that the browser keeps, and its setter. */
export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      return JSON.parse(read(key) ?? 'null') ?? fallback;
    } catch {
      return fallback;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      write(key, JSON.stringify(next));
    },
  ];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is disabled: the choice holds for this page.
  }
}

/** The sizes of a poster. */
export const SIZES = ['small', 'large'] as const;
export type Size = (typeof SIZES)[number];

/** The name of a poster's file: its hash and its size. */
const NAME = /^([0-9a-f]{40})-(?:small|large)\.webp$/;

/** The path of the posters' addresses. */
export const MEDIA_PATH = '/media/posters/';

/** The names of a poster's files in the store and at the end of their addresses. */
export function fileNames(hash: string): Record<Size, string> {
  return { small: `${hash}-small.webp`, large: `${hash}-large.webp` };
}

/** The hash in a file's name; null for any other name. */
export function hashIn(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null;
}

import type { Palette } from './pen.js';

const palette = (ground: string, deep: string, mid: string, accent: string, light: string): Palette => ({
  ground,
  deep,
  mid,
  accent,
  light,
});

/** Inks as printers mixed them in the middle of the last century. */
export const PALETTES = {
  paper: palette('#e9dfc9', '#2b2a2f', '#b9a888', '#c04a2d', '#f7f1e3'),
  night: palette('#1d2433', '#10141e', '#3d4a63', '#e0b04c', '#efe6d2'),
  brick: palette('#b5482f', '#351c1a', '#8a3423', '#efc46a', '#f3e3c8'),
  sea: palette('#2f6f7e', '#123540', '#4f97a0', '#e8734a', '#f0e6cf'),
  forest: palette('#2f4a3a', '#16251d', '#557a5b', '#d9a441', '#ece3c8'),
  dusk: palette('#e08a5b', '#3a2540', '#a8556a', '#f6cf7f', '#fbeed6'),
  ochre: palette('#d9a23b', '#3b2a1c', '#b57a26', '#a63c25', '#f7ebcf'),
  rose: palette('#d9a39a', '#43232c', '#b8685f', '#8c2f39', '#f8ebe0'),
  mint: palette('#a9c7b2', '#22403b', '#6f9c8b', '#d8603f', '#f5f0dd'),
  ice: palette('#dbe3e4', '#2c3a45', '#a3b5bd', '#b23a34', '#f8f9f5'),
  plum: palette('#4b2d4f', '#22142a', '#7a4a73', '#e39a5a', '#f1e2d3'),
  sand: palette('#e3c08a', '#5a3320', '#c78f52', '#c4472a', '#f8ecd2'),
  ember: palette('#211d1f', '#120f11', '#5e6f4e', '#e08a35', '#f3e2c2'),
  ink: palette('#18181b', '#0c0c0e', '#3d3d42', '#c2382c', '#ece5d6'),
  sky: palette('#8fb7cc', '#24475c', '#5d8fa9', '#e2683f', '#f7f2e2'),
} as const;

import type { DemoFilm } from '../demo-film.js';
import { designs } from './designs.js';
import { PALETTES } from './palettes.js';
import { HEIGHT, rect, WIDTH } from './pen.js';

/** A demo film's poster as SVG, the same each time; null for a film without one. */
export function drawPoster({ title }: Pick<DemoFilm, 'title'>): string | null {
  const design = designs[title];
  if (!design) return null;
  const [motif, name] = design;
  const palette = PALETTES[name];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${rect(0, 0, WIDTH, HEIGHT, palette.ground)}${motif(palette)}</svg>`;
}

/* Drawing in SVG, on a sheet of 500 by 750. Shapes only: fonts differ from machine to machine. */

export const WIDTH = 500;
export const HEIGHT = 750;

/** The colours of a poster. */
export interface Palette {
  ground: string;
  /** The darkest, or nearly. */
  deep: string;
  mid: string;
  accent: string;
  light: string;
}

/** Draws a poster's picture on its ground. */
export type Motif = (palette: Palette) => string;

export const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

export const circle = (x: number, y: number, radius: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

export const oval = (x: number, y: number, across: number, down: number, fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${down}" fill="${fill}"/>`;

export const ring = (x: number, y: number, radius: number, width: number, stroke: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;

/** @param data the commands of a path, as SVG has them */
export const shape = (data: string, fill: string) => `<path d="${data}" fill="${fill}"/>`;

/** @param data the commands of a path, as SVG has them */
export const stroke = (data: string, color: string, width: number) =>
  `<path d="${data}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Shapes that are turned by degrees about a point. */
export const turned = (degrees: number, x: number, y: number, ...shapes: string[]) =>
  `<g transform="rotate(${degrees} ${x} ${y})">${shapes.join('')}</g>`;

export const faded = (opacity: number, ...shapes: string[]) =>
  `<g opacity="${opacity}">${shapes.join('')}</g>`;

/** What `draw` gives for 0 to below `howMany`. */
export const times = (howMany: number, draw: (index: number) => string) =>
  Array.from({ length: howMany }, (_, index) => draw(index)).join('');

/** A number from 0 to below 1 that looks random and is the same each time. */
export function scattered(index: number): number {
  const value = Math.sin((index + 1) * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

/** Slanted lines over the whole sheet. */
export const rain = (howMany: number, color: string, length = 70) =>
  times(howMany, (index) => {
    const x = Math.round(scattered(index) * 560);
    const y = Math.round(scattered(index + 500) * 780) - 40;
    return stroke(`M${x} ${y}l${-length / 4} ${length}`, color, 2.5);
  });

/** Dots over a part of the sheet, from its top down. */
export const stars = (howMany: number, color: string, height = HEIGHT, largest = 3.2) =>
  times(howMany, (index) =>
    circle(
      Math.round(scattered(index) * WIDTH),
      Math.round(scattered(index + 300) * height),
      0.8 + scattered(index + 600) * largest,
      color,
    ),
  );

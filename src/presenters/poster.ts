import { z } from 'zod';
import { fileNames, MEDIA_PATH } from '../media/file-names.js';

const address = (size: string, width: number) =>
  z
    .string()
    .max(2_000)
    .meta({
      description: `A WebP picture, ${width} pixels wide. What is at this address never changes.`,
      format: 'uri',
      example: `http://127.0.0.1:3000/media/posters/3f7a9d0c5b1e8f6247d3a9c0b1e2f3a4d5c6b7e8-${size}.webp`,
    });

const pixels = z.int().min(1).max(10_000);

/** A movie's poster. */
export const posterSchema = z
  .object({
    small: address('small', 185),
    large: address('large', 500),
    width: pixels.meta({ description: 'The width of the large picture, in pixels.', example: 500 }),
    height: pixels.meta({ description: 'The height of the large picture, in pixels.', example: 750 }),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .max(7)
      .meta({ description: 'The main colour, to show until the picture is there.', example: '#58181b' }),
  })
  .meta({ id: 'Poster', description: 'A movie’s poster in two sizes.' });

export type PosterJson = z.output<typeof posterSchema>;

/** The columns of a movie's poster. */
export interface PosterRow {
  poster: string | null;
  poster_width: number | null;
  poster_height: number | null;
  poster_color: string | null;
}

/**
 * A movie's poster, or null.
 * @param origin what addresses begin with, such as `https://example.org`
 */
export function presentPoster(row: PosterRow, origin: string): PosterJson | null {
  if (row.poster === null) return null;
  const { small, large } = fileNames(row.poster);
  return {
    small: `${origin}${MEDIA_PATH}${small}`,
    large: `${origin}${MEDIA_PATH}${large}`,
    width: row.poster_width as number,
    height: row.poster_height as number,
    color: row.poster_color as string,
  };
}

/** @jsxImportSource preact */
import { LRUCache } from 'lru-cache';
import { renderToString } from 'preact-render-to-string';
import type { Movie } from '../api.js';
import { Motif, motifOf } from './motifs.js';
import { LEADING } from './letter-widths.js';
import { fitTitle } from './poster-title.js';

/** What a drawn poster is made of. */
export type Drawn = Pick<Movie, 'title' | 'year'> & { genres?: readonly string[] };

const drawn = new LRUCache<string, string>({ max: 4_000 });

/**
 * The poster of a movie without a picture: its title and year over a motif of its first genre, in a colour of its own. An
 * SVG without a name: what stands beside it says the title.
 */
export function DrawnPoster({ title, year, genres = [] }: Drawn) {
  const key = JSON.stringify([title, year, genres[0]]);
  let inner = drawn.get(key);
  if (inner === undefined) {
    inner = renderToString(<Drawing title={title} year={year} genres={genres} />);
    drawn.set(key, inner);
  }
  return (
    <svg
      class="drawn"
      viewBox="0 0 200 300"
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
      // Preact has escaped it.
      dangerouslySetInnerHTML={{ __html: inner }}
    />
  );
}

function Drawing({ title, year, genres = [] }: Drawn) {
  const seed = hashOf(`${title}\n${year ?? ''}`);
  const hue = seed % 360;
  const second = (hue + 25 + ((seed >>> 9) % 40)) % 360;
  const light = 27 + ((seed >>> 15) % 10);
  const { lines, size, leading, isRightToLeft } = fitTitle(title);
  // Room for what hangs below the line.
  const foot = 284 - (leading > LEADING ? size * 0.2 : 0);
  const x = isRightToLeft ? 186 : 14;
  return (
    <>
      <rect width="200" height="300" fill={`oklch(${light}% .085 ${hue})`} />
      <g
        fill={`oklch(${light + 16}% .13 ${second})`}
        stroke={`oklch(${light + 16}% .13 ${second})`}
        stroke-width="0"
      >
        <Motif name={motifOf(genres[0], seed)} seed={seed} />
      </g>
      <path d="M0 130h200v170H0z" fill="url(#fade)" opacity=".6" />
      <g class="drawn-text" fill="#fdf6e8" {...(isRightToLeft && { direction: 'rtl' })}>
        {lines.map((line, at) => (
          <text
            x={x}
            y={Math.round(foot - (lines.length - 1 - at) * size * leading)}
            font-size={size}
            {...(line.width !== null && { textLength: line.width, lengthAdjust: 'spacingAndGlyphs' })}
          >
            {line.text}
          </text>
        ))}
        {year !== null && (
          <text x="14" y="35" font-size="24" opacity=".85" direction="ltr">
            {year}
          </text>
        )}
      </g>
    </>
  );
}

/** The shades that every drawn poster of a page refers to. */
export function PosterShades() {
  return (
    <svg class="shades" width="0" height="0" aria-hidden="true">
      <linearGradient id="fade" x2="0" y2="1">
        <stop stop-color="#000" stop-opacity="0" />
        <stop offset="1" stop-color="#000" />
      </linearGradient>
    </svg>
  );
}

const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/** A hash of a text, the FNV-1a of its UTF-16 units. @returns 32 bits, unsigned */
function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  // FNV's low bits differ little between similar texts.
  hash ^= hash >>> 15;
  return Math.imul(hash, 2_246_822_519) >>> 0;
}

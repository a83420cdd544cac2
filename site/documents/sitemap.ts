import { escapeXml, XML_DECLARATION } from './xml.js';

/** Sitemaps, as sitemaps.org has them. A part has at most 50,000 addresses and 50 MB. */
export const SITEMAP = 'application/xml; charset=utf-8';
export const ADDRESSES_MAX = 50_000;

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The index of these parts, by their addresses. */
export function sitemapIndex(parts: readonly string[]): string {
  const entries = parts.map((part) => `<sitemap><loc>${escapeXml(part)}</loc></sitemap>\n`).join('');
  return `${XML_DECLARATION}<sitemapindex xmlns="${NAMESPACE}">\n${entries}</sitemapindex>\n`;
}

/** A part, piece by piece. */
export async function* sitemap(
  pieces: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<string> {
  let head = `${XML_DECLARATION}<urlset xmlns="${NAMESPACE}">\n`;
  for await (const addresses of pieces) {
    yield head + addresses.map((address) => `<url><loc>${escapeXml(address)}</loc></url>\n`).join('');
    head = '';
  }
  yield `${head}</urlset>\n`;
}

import { escapeXml, XML_DECLARATION } from './xml.js';

export const ATOM = 'application/atom+xml; charset=utf-8';

/** An entry of a feed. Addresses are absolute, times ISO 8601. */
export interface Entry {
  id: string;
  title: string;
  address: string;
  published: string;
  updated: string;
  author: { name: string; address: string };
  /** Paragraphs; null where it has none. */
  text: string | null;
}

/** A feed. Its id is its own address. */
export interface Feed {
  title: string;
  subtitle: string;
  /** The language of its title and its subtitle. */
  language: string;
  /** The address of the feed in any language. */
  id: string;
  /** The address that it was asked at. */
  self: string;
  /** The page of the same. */
  page: string;
  icon: string;
  /** The newest first. */
  entries: readonly Entry[];
}

/** The time of a feed that nothing has been written in. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** A feed as Atom 1.0 (RFC 4287). */
export function atom({ title, subtitle, language, id, self, page, icon, entries }: Feed): string {
  const updated = entries.map((entry) => entry.updated).reduce((a, b) => (a > b ? a : b), NEVER);
  return `${XML_DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom">
<title xml:lang="${language}">${escapeXml(title)}</title>
<subtitle xml:lang="${language}">${escapeXml(subtitle)}</subtitle>
<id>${escapeXml(id)}</id>
<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>
<icon>${escapeXml(icon)}</icon>
<updated>${updated}</updated>
${entries.map(entryText).join('')}</feed>
`;
}

function entryText({ id, title, address, published, updated, author, text }: Entry): string {
  return `<entry>
<title>${escapeXml(title)}</title>
<id>${escapeXml(id)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(address)}"/>
<published>${published}</published>
<updated>${updated}</updated>
<author><name>${escapeXml(author.name)}</name><uri>${escapeXml(author.address)}</uri></author>
${text === null ? '' : `<content type="html">${escapeXml(paragraphs(text))}</content>\n`}</entry>
`;
}

/** A text as HTML, in which nothing of it is markup. */
function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${escapeXml(paragraph).replace(/\r?\n/g, '<br>')}</p>`)
    .join('');
}

/**
 * A name for something that keeps it wherever it moves: a tag URI (RFC 4151).
 * @param origin the site's address
 * @param iso a time at which the site had that address
 */
export function tagUri(origin: string, iso: string, name: string): string {
  const { hostname } = new URL(origin);
  // An IPv6 address is no name that a tag can have.
  const authority = hostname.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '');
  return `tag:${authority},${iso.slice(0, 10)}:${name}`;
}

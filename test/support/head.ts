/** The head of a page, as search engines and other sites read it. */
export interface Head {
  title: string;
  canonical: string | undefined;
  /** The addresses by language. */
  alternates: Record<string, string>;
  /** The contents of `meta` elements by name or property. */
  meta: Record<string, string>;
  /** The objects of the blocks of structured data. */
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any[];
}

/** Reads the head of a page. */
export function headOf(html: string): Head {
  const head = html.slice(0, html.indexOf('</head>'));
  // A value may have a `>`, but no quotation mark.
  const tags = (name: string) =>
    [...head.matchAll(new RegExp(`<${name}((?:\\s+[\\w:-]+(?:="[^"]*")?)*)\\s*/?>`, 'g'))].map(([, text]) =>
      attributesOf(text ?? ''),
    );
  const links = tags('link');
  return {
    title: unescape(/<title>(.*?)<\/title>/s.exec(head)?.[1] ?? ''),
    canonical: links.find(({ rel }) => rel === 'canonical')?.href,
    alternates: Object.fromEntries(
      links.filter(({ hreflang }) => hreflang !== undefined).map(({ hreflang, href }) => [hreflang, href]),
    ) as Record<string, string>,
    meta: Object.fromEntries(
      tags('meta').map(({ name, property, content }) => [name ?? property, content]),
    ) as Record<string, string>,
    data: [...head.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) =>
      JSON.parse(text ?? ''),
    ),
  };
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value ?? '')]),
  ) as Record<string, string>;
}

const unescape = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

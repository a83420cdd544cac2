/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import { assetUrl } from '../assets.js';
import type { View, Visit } from '../http/page.js';
import { type Language, LANGUAGES } from '../locale/languages.js';

/** The picture of pages that have none: see `sharedPicture` of the build. */
const PICTURE = { width: 1_200, height: 630 };

const LOCALES: Record<Language, string> = { en: 'en_GB', de: 'de_DE' };

/**
 * The addresses of a page for search engines: its own, and those in its languages. The address without `lang` is that of
 * the first language, and of visitors whose language is not known: a crawler sends none.
 */
export function Addresses({ visit, view }: { visit: Visit; view: View }) {
  const [first] = LANGUAGES;
  return (
    <>
      <link rel="canonical" href={canonicalOf(visit, view)} />
      <link rel="alternate" hreflang="x-default" href={addressIn(first, visit, view)} />
      {LANGUAGES.map((language) => (
        <link rel="alternate" hreflang={language} href={addressIn(language, visit, view)} />
      ))}
    </>
  );
}

/** The one address of a page in the language that was asked for by its address. */
function canonicalOf(visit: Visit, view: View): string {
  const asked = visit.query.get('lang');
  return addressIn(asked === visit.language ? visit.language : LANGUAGES[0], visit, view);
}

function addressIn(language: Language, visit: Visit, view: View): string {
  const url = new URL(view.canonical ?? visit.path, visit.origin);
  url.searchParams.delete('lang');
  if (language !== LANGUAGES[0]) url.searchParams.set('lang', language);
  return url.href;
}

/** What other sites show beside a link to the page (Open Graph). */
export function OpenGraph({ visit, view }: { visit: Visit; view: View }) {
  const { language, origin } = visit;
  const picture = view.picture ?? { url: `${origin}${assetUrl('shared.png')}`, ...PICTURE };
  const properties = {
    'og:type': view.type ?? 'website',
    'og:site_name': config.SITE_NAME,
    'og:title': view.title,
    'og:description': view.description,
    'og:url': canonicalOf(visit, view),
    'og:locale': LOCALES[language],
    'og:image': picture.url,
    'og:image:width': picture.width,
    'og:image:height': picture.height,
  };
  return (
    <>
      {Object.entries(properties).map(
        ([property, content]) => content !== undefined && <meta property={property} content={`${content}`} />,
      )}
      <meta name="twitter:card" content={view.picture ? 'summary' : 'summary_large_image'} />
    </>
  );
}

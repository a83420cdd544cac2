/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import { assetUrl } from '../assets.js';
import type { View, Visit } from '../http/page.js';
import { Addresses, OpenGraph } from './addresses.js';
import { Footer } from './footer.js';
import { Header } from './header.js';

/** A whole page: head, header, content and footer. */
export function Layout({ visit, view, notice }: { visit: Visit; view: View; notice: string | undefined }) {
  const { language, theme, text } = visit;
  const title = view.title === config.SITE_NAME ? view.title : `${view.title} · ${config.SITE_NAME}`;
  return (
    <html lang={language} {...(theme !== 'system' && { 'data-theme': theme })}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <meta name="theme-color" content="#1b1430" />
        {view.description && <meta name="description" content={view.description} />}
        {view.isUnlisted ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            <Addresses visit={visit} view={view} />
            <OpenGraph visit={visit} view={view} />
          </>
        )}
        <link
          rel="preload"
          href={assetUrl('display.woff2')}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assetUrl('site.css')} />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={assetUrl('apple-touch-icon.png')} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link
          rel="alternate"
          type="application/atom+xml"
          href="/feed.xml"
          title={text.feed.title(config.SITE_NAME)}
        />
        <script type="module" src={assetUrl('site.js')} />
        {view.head}
      </head>
      <body>
        <a class="skip" href="#main">
          {text.layout.skip}
        </a>
        <Header visit={visit} />
        <main id="main" tabindex={-1}>
          <div class="wrap notice-area" role="status">
            {notice && <p class="notice">{notice}</p>}
          </div>
          {view.body}
        </main>
        <Footer visit={visit} />
      </body>
    </html>
  );
}

import { config } from '../../src/config.js';
import { assetUrl } from '../assets.js';
import { Document, page } from '../http/page.js';

const NIGHT = '#1b1430';

/** `/manifest.webmanifest`: how the site looks among a phone's apps. */
export const manifest = page('/manifest.webmanifest', {
  show: () =>
    new Document(
      'application/manifest+json; charset=utf-8',
      JSON.stringify({
        name: config.SITE_NAME,
        short_name: config.SITE_NAME,
        id: '/',
        start_url: '/',
        display: 'minimal-ui',
        background_color: NIGHT,
        theme_color: NIGHT,
        icons: [
          { src: assetUrl('favicon.svg'), type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
          { src: assetUrl('icon-512.png'), type: 'image/png', sizes: '512x512', purpose: 'any maskable' },
        ],
      }),
    ),
});

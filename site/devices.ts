/** What a client says of itself, in words that people know. */
export interface Device {
  /** The browser, or the app's own name; null where it says nothing. */
  program: string | null;
  /** Null where it is not known. */
  system: string | null;
}

/** Browsers by a mark in their `User-Agent`. Most name others too, so the order matters. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(\bCriOS|Chrome|\bChromium)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac(intosh| OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Finds out browser and system from a `User-Agent`. */
export function deviceOf(client: string): Device {
  const system = nameIn(SYSTEMS, client);
  const browser = nameIn(BROWSERS, client);
  if (browser !== null) return { program: browser, system };
  const own = /^(?!Mozilla\/)[\w. +-]{1,60}/.exec(client)?.[0].trim();
  return { program: own || null, system };
}

function nameIn(marks: readonly [RegExp, string][], client: string): string | null {
  return marks.find(([mark]) => mark.test(client))?.[1] ?? null;
}

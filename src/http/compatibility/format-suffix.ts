/** A path that ends in DRF's suffix for JSON, with or without a slash behind it. */
const SUFFIXED = /^(\/watch\/[^?]*[^/?])\.json\/?(?=\?|$)/;

/** A request's address without the format suffix that DRF's clients may add: `/watch/watchlist.json` is `/watch/watchlist/`. */
export function withoutFormatSuffix(url: string): string {
  return url.includes('.json') ? url.replace(SUFFIXED, '$1/') : url;
}

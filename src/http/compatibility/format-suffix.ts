/** A path that ends in DRF's suffix for JSON, with or without a slash behind it. Below `users/` it may end a username. */
const SUFFIXED = /^(\/watch\/(?!users\/)[^?]*[^/?])\.json\/?(?=\?|$)/;

/** A request's address without the format suffix that DRF's clients may add: `/watch/watchlist.json` is `/watch/watchlist/`. */
export function withoutFormatSuffix(url: string): string {
  return url.includes('.json') ? url.replace(SUFFIXED, '$1/') : url;
}

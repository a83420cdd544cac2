import type { StreamPlatform } from '../models/stream-platform.js';
import type { WatchList } from '../models/watch-list.js';
import { presentMovie } from './movie.js';

export const PLATFORM_FIELDS = ['id', 'name', 'about', 'website', 'watchlist', 'watchlist_count'] as const;

/** A platform with its newest movies. */
export function presentPlatform(platform: StreamPlatform, newest: WatchList[], count: number) {
  return {
    id: platform.id,
    name: platform.name,
    about: platform.about,
    website: platform.website,
    watchlist: newest.map((movie) => presentMovie(movie, platform.name)),
    watchlist_count: count,
  };
}

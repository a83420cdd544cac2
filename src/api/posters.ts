import { Gate } from '../database/gate.js';
import { nothing, ok } from '../http/response/answers.js';
import { readUpload } from '../http/request/upload.js';
import { type AnyRoute, route, type Upload } from '../http/routing/route.js';
import { PICTURE_BYTES } from '../media/picture.js';
import { givePoster, removePoster, requireStore, storePoster, type StoredPoster } from '../media/posters.js';
import { movieDetailSchema } from '../presenters/movie.js';
import { loadMovie, representMovie } from './movies.js';

const PATH = '/watch/watchlist/:id/poster/';

/** So few pictures are in memory at once; the bodies of further ones wait on their connections. */
const uploads = new Gate('uploads', 4, 100);
/** How long one may wait for its turn, in milliseconds. */
const WAIT_MS = 20_000;

/** A picture, which becomes a stored poster before the movie's row is locked. */
export const posterUpload: Upload<StoredPoster> = {
  field: 'poster',
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
  limit: PICTURE_BYTES,
  refusals: {
    kind: 'A poster is a JPEG, PNG, WebP or AVIF picture.',
    broken: 'The picture is broken or cut off.',
  },
  receive: async (request, response) => {
    requireStore();
    return uploads.run(async () => storePoster(await readUpload(request, response, posterUpload)), WAIT_MS);
  },
};

export const posterRoutes: AnyRoute[] = [
  route('PUT', PATH, {
    policy: ['movie', 'update'],
    answers: ok(movieDetailSchema),
    load: loadMovie,
    represent: representMovie,
    upload: posterUpload,
    handle: async ({ record, body, request }) => {
      await givePoster(record, body);
      return { status: 200, body: await representMovie(record, request) };
    },
  }),
  route('DELETE', PATH, {
    policy: ['movie', 'update'],
    answers: nothing(),
    load: loadMovie,
    represent: representMovie,
    handle: async ({ record }) => {
      await removePoster(record);
      return { status: 204 };
    },
  }),
];

import { type Request, Router } from 'express';
import { loadMovie } from '../../src/api/movies.js';
import { posterUpload } from '../../src/api/posters.js';
import { transaction } from '../../src/database/transactions.js';
import { forbidden, notFound } from '../../src/http/errors.js';
import { givePoster, removePoster } from '../../src/media/posters.js';
import type { WatchList } from '../../src/models/watch-list.js';
import { can } from '../../src/policies/policies.js';
import { actorOf } from '../actions/permissions.js';

/**
 * Posters in the panel: `POST /posters/ID` with a form's file `poster`, and `POST /posters/ID/remove`. AdminJS's own forms
 * take no files. The answer has the poster's hash; refusals are the API's.
 */
export function createPosters(): Router {
  const router = Router();
  router.post('/posters/:id', async (request, response) => {
    const id = idOf(request);
    if (!(await loadMovie(id, null, { lock: false }))) throw notFound();
    const poster = await posterUpload.receive(request, response);
    await changeMovie(id, (movie) => givePoster(movie, poster));
    response.json({ poster: poster.hash });
  });
  router.post('/posters/:id/remove', async (request, response) => {
    await changeMovie(idOf(request), removePoster);
    response.json({ poster: null });
  });
  return router;
}

/** The movie's id, of a caller who may change movies. */
function idOf(request: Request): number {
  if (!can(actorOf(request.session.adminUser), 'update', 'movie')) throw forbidden();
  const id = Number(/^\d{1,15}$/.exec(String(request.params.id))?.[0] ?? 0);
  if (id === 0) throw notFound();
  return id;
}

async function changeMovie(id: number, change: (movie: WatchList) => Promise<void>): Promise<void> {
  await transaction(
    async () => {
      const movie = await loadMovie(id, null, { lock: true });
      if (!movie) throw notFound();
      await change(movie);
    },
    { repeatable: true },
  );
}

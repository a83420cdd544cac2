import { z } from 'zod';
import { Gate } from '../database/gate.js';
import { filter, integer } from '../http/request/fields.js';
import { ok } from '../http/response/answers.js';
import { type AnyRoute, route } from '../http/routing/route.js';
import { movieSchema } from '../presenters/movie.js';
import { readTitles } from '../reads/titles.js';

/** The most titles of one answer, and how many there are by default. */
export const TITLES_MAX = 1_000;

const titleSchema = movieSchema.pick({ id: true, title: true, year: true });

export type TitleJson = z.output<typeof titleSchema>;

const titlesSchema = z
  .object({
    results: z.array(titleSchema).max(TITLES_MAX).meta({ description: 'The titles, by id.' }),
  })
  .meta({ id: 'Titles', description: 'Titles of movies in the order of their ids.' });

/** A thousand titles take milliseconds to write. Few answers are written at once, so that others wait for two and not for all. */
const walks = new Gate('titles', 2, 500);
/** How long one may wait for its turn, in milliseconds. */
const WAIT_MS = 5_000;

/** All titles, a thousand at a time. */
export const titleRoutes: AnyRoute[] = [
  // Without `shows`: a walk through a large catalogue would push everything else out of the response cache.
  route('GET', '/watch/titles/', {
    policy: ['movie', 'read'],
    answers: ok(titlesSchema),
    query: z.object({
      after: filter(integer(0)).meta({
        description: 'Movies with larger ids: the last id of the answer before. Left out, from the first on.',
        example: 1_000,
      }),
      limit: filter(integer(1, TITLES_MAX)).meta({
        description: `How many to give: ${TITLES_MAX} where it is left out. Fewer are the last.`,
        example: TITLES_MAX,
      }),
    }),
    handle: async ({ query }) => {
      const read = () => readTitles(query.after ?? 0, query.limit ?? TITLES_MAX);
      const titles = await walks.run(read, WAIT_MS);
      return { status: 200, body: { results: titles.map(({ id, title, year }) => ({ id, title, year })) } };
    },
  }),
];

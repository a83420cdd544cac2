import type { Request } from 'express';
import { z } from 'zod';
import { Gate } from '../database/gate.js';
import { created, nothing, ok, pageOf } from '../http/response/answers.js';
import { origin } from '../http/response/links.js';
import { filter, text } from '../http/request/fields.js';
import type { Orders } from '../http/lists/ordering.js';
import { pagingQuery, readPage } from '../http/lists/paging.js';
import { type AnyRoute, deleteRecord, route } from '../http/routing/route.js';
import { foldCase, urlFault } from '../models/validation.js';
import {
  PLATFORM_ABOUT_MAX,
  PLATFORM_NAME_MAX,
  PLATFORM_WEBSITE_MAX,
  StreamPlatform,
} from '../models/stream-platform.js';
import { all, type Condition, equal } from '../reads/condition.js';
import type { MovieRow } from '../reads/movies.js';
import { PLATFORMS, type PlatformRow, readNewest, readPlatform } from '../reads/platforms.js';
import {
  NEWEST,
  PLATFORM_FIELDS,
  type PlatformJson,
  platformSchema,
  presentPlatform,
} from '../presenters/platform.js';

const LIST = '/watch/platformlist/';
const DETAIL = '/watch/platformlist/:id/';

const platformBody = z
  .object({
    name: text({ max: PLATFORM_NAME_MAX, trim: true }).meta({
      description: 'The name, unique without regard to case; accents count.',
      example: 'Nightreel',
    }),
    about: text({ max: PLATFORM_ABOUT_MAX }).meta({
      description: 'What the platform is.',
      example: 'Crime, suspense and film noir, restored.',
    }),
    website: text({ max: PLATFORM_WEBSITE_MAX, trim: true }, urlFault).meta({
      description: 'Its http or https address.',
      format: 'uri',
      example: 'https://nightreel.example.org',
    }),
  })
  .meta({ id: 'PlatformBody', description: 'A platform as one writes it.' });

const platformChanges = platformBody
  .partial()
  .meta({ id: 'PlatformChanges', description: 'What to change of a platform.' });

const orders: Orders<PlatformRow> = {
  id: { column: 'id', key: (platform) => platform.id },
  name: { column: 'name_key', key: (platform) => foldCase(platform.name) },
};

const platformQuery = pagingQuery(orders).extend({
  name: filter(text({ max: 1_000, blank: true })).meta({
    description: 'The platform with this whole name, without regard to case.',
    example: 'nightreel',
  }),
});

/** The platform of that id, or null. */
async function loadPlatform(
  id: number,
  _actor: unknown,
  { lock }: { lock: boolean },
): Promise<StreamPlatform | null> {
  return StreamPlatform.findByPk(id, { lock });
}

/** Whether an answer shows the newest movies: `?fields=` may leave them out. */
const showsMovies = (fields: readonly string[] | null) => fields === null || fields.includes('watchlist');

/**
 * Presents platforms with their newest movies, which one query reads for all of them.
 * @param fields the names in `?fields=`; without `watchlist` no movies are read
 */
async function withMovies(
  platforms: PlatformRow[],
  request: Request,
  fields: readonly string[] | null = null,
): Promise<PlatformJson[]> {
  const ids = showsMovies(fields) ? platforms.map(({ id }) => id) : [];
  const movies = await readNewest(ids, NEWEST);
  const byPlatform = new Map<number, MovieRow[]>(platforms.map(({ id }) => [id, []]));
  for (const movie of movies) byPlatform.get(movie.platform_id)?.push(movie);
  return platforms.map((platform) =>
    presentPlatform(platform, byPlatform.get(platform.id) ?? [], origin(request)),
  );
}

async function representOne(
  platform: PlatformRow,
  request: Request,
  fields?: readonly string[] | null,
): Promise<PlatformJson> {
  const [body] = await withMovies([platform], request, fields);
  return body as PlatformJson;
}

/** A platform that is locked, or was just created, as an answer shows it. */
async function represent({ id }: StreamPlatform, request: Request): Promise<PlatformJson> {
  return representOne((await readPlatform(id)) as PlatformRow, request);
}

function conditionOf({ name }: z.output<typeof platformQuery>): Condition {
  return all(name ? [equal('name_key', foldCase(name))] : []);
}

/** A list holds up to 2,000 movies, which take milliseconds to write: few are written at once. */
const lists = new Gate('platforms', 2, 500);
/** How long one may wait for its turn, in milliseconds. */
const LIST_WAIT_MS = 5_000;

export const platformRoutes: AnyRoute[] = [
  route('GET', LIST, {
    policy: ['platform', 'read'],
    answers: pageOf(platformSchema),
    query: platformQuery,
    fields: PLATFORM_FIELDS,
    shows: () => null,
    handle: async ({ query, request, fields }) => {
      // There are few.
      const list = { source: PLATFORMS, where: conditionOf(query), quick: () => true };
      const read = async () => {
        const page = await readPage(list, query, request);
        return { page: { ...page, results: await withMovies(page.results, request, fields) } };
      };
      return showsMovies(fields) ? lists.run(read, LIST_WAIT_MS) : read();
    },
  }),
  route('POST', LIST, {
    policy: ['platform', 'create'],
    answers: created(platformSchema),
    body: platformBody,
    idempotent: true,
    handle: async ({ body, request }) => ({
      status: 201,
      body: await represent(await StreamPlatform.create(body), request),
    }),
  }),
  route('GET', DETAIL, {
    policy: ['platform', 'read'],
    answers: ok(platformSchema),
    load: readPlatform,
    fields: PLATFORM_FIELDS,
    shows: () => null,
    handle: async ({ record, request, fields }) => ({
      status: 200,
      body: await representOne(record, request, fields),
    }),
  }),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(method, DETAIL, {
      policy: ['platform', 'update'],
      answers: ok(platformSchema),
      load: loadPlatform,
      represent,
      body: method === 'PUT' ? platformBody : platformChanges,
      handle: async ({ record, body, request }) => ({
        status: 200,
        body: await represent(await record.update(body), request),
      }),
    }),
  ),
  route('DELETE', DETAIL, {
    policy: ['platform', 'delete'],
    answers: nothing(),
    load: loadPlatform,
    represent,
    handle: deleteRecord,
  }),
];

import { Op, QueryTypes, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { sequelize } from '../database.js';
import { created, nothing, ok, pageOf } from '../http/answers.js';
import { filter, text } from '../http/fields.js';
import type { Orders } from '../http/ordering.js';
import { pagingQuery, readPage } from '../http/paging.js';
import { type AnyRoute, deleteRecord, route } from '../http/route.js';
import { foldCase, urlFault } from '../models/rules.js';
import {
  PLATFORM_ABOUT_MAX,
  PLATFORM_NAME_MAX,
  PLATFORM_WEBSITE_MAX,
  StreamPlatform,
} from '../models/stream-platform.js';
import { WatchList } from '../models/watch-list.js';
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
    name: text({ max: PLATFORM_NAME_MAX }).meta({
      description: 'The name, unique without regard to case; accents count.',
      example: 'Nightreel',
    }),
    about: text({ max: PLATFORM_ABOUT_MAX }).meta({
      description: 'What the platform is.',
      example: 'Crime, suspense and film noir, restored.',
    }),
    website: text({ max: PLATFORM_WEBSITE_MAX }, urlFault).meta({
      description: 'Its http or https address.',
      format: 'uri',
      example: 'https://nightreel.example.org',
    }),
  })
  .meta({ id: 'PlatformBody', description: 'A platform as one writes it.' });

const platformChanges = platformBody
  .partial()
  .meta({ id: 'PlatformChanges', description: 'What to change of a platform.' });

const orders: Orders<StreamPlatform> = {
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

/** Platforms with their newest movies and how many they have, in three queries however many platforms. */
async function represent(platforms: StreamPlatform[]) {
  if (platforms.length === 0) return [];
  const ids = platforms.map((platform) => platform.id);
  const newest = `SELECT id FROM watch_lists WHERE platform_id = ? ORDER BY created DESC, id DESC LIMIT ${NEWEST}`;
  const union = ids.map((_, index) => `SELECT id FROM (${newest}) AS newest_${index}`).join(' UNION ALL ');
  const [shown, counts] = await Promise.all([
    sequelize.query<{ id: number }>(union, { replacements: ids, type: QueryTypes.SELECT }),
    WatchList.count({ where: { platform_id: ids }, group: ['platform_id'] }),
  ]);
  const movies = await WatchList.findAll({
    where: { id: shown.map(({ id }) => id) },
    order: [
      ['created', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  return platforms.map((platform) =>
    presentPlatform(
      platform,
      movies.filter((movie) => movie.platform_id === platform.id),
      counts.find((row) => row.platform_id === platform.id)?.count ?? 0,
    ),
  );
}

async function representOne(platform: StreamPlatform): Promise<PlatformJson> {
  const [body] = await represent([platform]);
  return body as PlatformJson;
}

function conditionOf({ name }: z.output<typeof platformQuery>): WhereOptions {
  return { [Op.and]: name ? [{ name_key: foldCase(name) }] : [] };
}

export const platformRoutes: AnyRoute[] = [
  route('GET', LIST, {
    policy: ['platform', 'read'],
    answers: pageOf(platformSchema),
    query: platformQuery,
    fields: PLATFORM_FIELDS,
    shows: () => null,
    handle: async ({ query, request }) => {
      const page = await readPage({ model: StreamPlatform, where: conditionOf(query) }, query, request);
      return { page: { ...page, results: await represent(page.results) } };
    },
  }),
  route('POST', LIST, {
    policy: ['platform', 'create'],
    answers: created(platformSchema),
    body: platformBody,
    idempotent: true,
    handle: async ({ body }) => ({
      status: 201,
      body: await representOne(await StreamPlatform.create(body)),
    }),
  }),
  route('GET', DETAIL, {
    policy: ['platform', 'read'],
    answers: ok(platformSchema),
    load: loadPlatform,
    fields: PLATFORM_FIELDS,
    shows: () => null,
    handle: async ({ record }) => ({ status: 200, body: await representOne(record) }),
  }),
  ...(['PUT', 'PATCH'] as const).map((method) =>
    route(method, DETAIL, {
      policy: ['platform', 'update'],
      answers: ok(platformSchema),
      load: loadPlatform,
      represent: representOne,
      body: method === 'PUT' ? platformBody : platformChanges,
      handle: async ({ record, body }) => ({
        status: 200,
        body: await representOne(await record.update(body)),
      }),
    }),
  ),
  route('DELETE', DETAIL, {
    policy: ['platform', 'delete'],
    answers: nothing(),
    load: loadPlatform,
    represent: representOne,
    handle: deleteRecord,
  }),
];

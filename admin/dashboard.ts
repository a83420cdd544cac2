import type { PageContext } from 'adminjs';
import type { Model, ModelStatic } from 'sequelize';
import { Review } from '../src/models/review.js';
import { StreamPlatform } from '../src/models/stream-platform.js';
import { User } from '../src/models/user.js';
import { WatchList } from '../src/models/watch-list.js';
import { can } from '../src/policies/policies.js';
import { actorOf } from './actions.js';

/** How many records a resource has. */
export interface Figure {
  resource: string;
  count: number;
}

type Counted = 'movie' | 'platform' | 'review' | 'user';

const COUNTED: { subject: Counted; model: ModelStatic<Model> }[] = [
  { subject: 'movie', model: WatchList },
  { subject: 'platform', model: StreamPlatform },
  { subject: 'review', model: Review },
  { subject: 'user', model: User },
];

/** The dashboard's figures: of those resources that its visitor may read. */
export async function dashboardFigures(
  _request: unknown,
  _response: unknown,
  { currentAdmin }: PageContext,
): Promise<{ figures: Figure[] }> {
  const actor = actorOf(currentAdmin);
  const counted = COUNTED.filter(({ subject }) => can(actor, 'read', subject));
  const figures = counted.map(async ({ model }) => ({
    resource: model.tableName,
    count: await model.count(),
  }));
  return { figures: await Promise.all(figures) };
}

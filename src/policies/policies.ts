import type { Role } from '../models/user.js';

/** The user of a request. */
export interface Actor {
  id: number;
  role: Role;
}

/** The fields of a review that its policies use. */
export interface ReviewLike {
  user_id: number;
  active: boolean;
}

/** Whether an actor may act on a record; without a record, whether there could be one. */
type Rule<R> = (actor: Actor | null, record?: R) => boolean;

const anyone: Rule<unknown> = () => true;
const authenticated: Rule<unknown> = (actor) => actor !== null;
const staff: Rule<unknown> = (actor) => actor?.role === 'admin' || actor?.role === 'moderator';
const admin: Rule<unknown> = (actor) => actor?.role === 'admin';
const author: Rule<ReviewLike> = (actor, review) =>
  actor !== null && (!review || review.user_id === actor.id);
const nobody: Rule<unknown> = () => false;

const any =
  <R>(...rules: Rule<R>[]): Rule<R> =>
  (actor, record) =>
    rules.some((rule) => rule(actor, record));

/** All permissions, by record type and action. The API and the admin panel ask only here. */
export const policies = {
  account: { create: anyone, read: authenticated, update: authenticated, delete: authenticated },
  platform: { read: anyone, create: admin, update: admin, delete: admin },
  movie: { read: anyone, create: admin, update: admin, delete: admin },
  genre: { read: anyone, create: nobody, update: admin, delete: admin },
  review: {
    read: any<ReviewLike>((_actor, review) => !review || review.active, author, staff),
    /** To see reviews of others that a moderator has hidden. */
    readHidden: staff,
    create: authenticated,
    update: any<ReviewLike>(author, admin),
    delete: any<ReviewLike>(author, admin),
    /** To change some fields; moderators only those that `moderate` covers. */
    patch: any<ReviewLike>(author, staff),
    /** To hide and restore, and to mark as a spoiler. */
    moderate: staff,
    report: authenticated,
    /** To find a review of somebody else helpful. */
    vote: authenticated,
  },
  /** Which movies one has saved, and which reviews one finds helpful. */
  mark: { read: authenticated, create: nobody, update: nobody, delete: nobody },
  /** The movies that one wants to see. Each reads and writes one's own alone, whatever the role. */
  savedMovie: { read: authenticated, create: authenticated, update: nobody, delete: authenticated },
  /** All that one has written and marked: to take it away, and to bring it along. Each one's own alone, whatever the role. */
  ownData: { read: authenticated, create: authenticated, update: nobody, delete: nobody },
  /** What everybody may know of a user. */
  profile: { read: anyone, create: nobody, update: nobody, delete: nobody },
  user: { read: admin, create: admin, update: admin, delete: admin },
  audit: { read: admin, create: nobody, update: nobody, delete: nobody },
  panel: { read: staff, create: nobody, update: nobody, delete: nobody },
} satisfies Record<string, Record<string, Rule<never>>>;

export type Subject = keyof typeof policies;
export type Action<S extends Subject> = keyof (typeof policies)[S] & string;

/**
 * Whether an actor may do an action.
 * @param record the record; without one the answer is whether there could be a record that allows it
 */
export function can<S extends Subject>(
  actor: Actor | null,
  action: Action<S>,
  subject: S,
  record?: unknown,
): boolean {
  const rule = policies[subject][action] as Rule<unknown>;
  return rule(actor, record);
}

import type { Action, ActionContext, ActionResponse } from 'adminjs';
import { type Actor, can } from '../../src/policies/policies.js';
import { actorOf } from '../actions/standard-actions.js';
import { components } from '../components.js';

/** A review by nobody in particular. */
const ANOTHERS = { user_id: 0, active: true };

/** Whether an actor may import: whatever the files hold, users and reviews in anyone's name too. */
export function mayImport(actor: Actor | null): boolean {
  return (
    can(actor, 'create', 'platform') &&
    can(actor, 'create', 'movie') &&
    can(actor, 'create', 'user') &&
    can(actor, 'update', 'review', ANOTHERS)
  );
}

const may = ({ currentAdmin }: Pick<ActionContext, 'currentAdmin'>) => mayImport(actorOf(currentAdmin));

/** Leads to the page that sends files to exchange/import.ts. */
export const importAction = {
  actionType: 'resource',
  icon: 'Upload',
  component: components.Import,
  isAccessible: may,
  isVisible: may,
  handler: () => ({}),
} satisfies Partial<Action<ActionResponse>>;

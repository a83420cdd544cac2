import type { Action, ActionContext, ActionResponse } from 'adminjs';
import { type Actor, can } from '../../src/policies/policies.js';
import { actorOf, mayWriteAnyReview } from '../actions/permissions.js';
import { components } from '../components.js';

/** Whether an actor may import. Files may hold any record, users and reviews in anyone's name too. */
export function mayImport(actor: Actor | null): boolean {
  return (
    can(actor, 'create', 'platform') &&
    can(actor, 'create', 'movie') &&
    can(actor, 'create', 'user') &&
    mayWriteAnyReview(actor)
  );
}

const isAllowed = ({ currentAdmin }: Pick<ActionContext, 'currentAdmin'>) => mayImport(actorOf(currentAdmin));

/** Leads to the page that sends files to import-export/import.ts. */
export const importAction = {
  actionType: 'resource',
  icon: 'Upload',
  component: components.Import,
  isAccessible: isAllowed,
  isVisible: isAllowed,
  handler: () => ({}),
} satisfies Partial<Action<ActionResponse>>;

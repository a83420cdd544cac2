import type {
  Action,
  ActionContext,
  ActionRequest,
  BaseProperty,
  BulkActionResponse,
  RecordActionResponse,
} from 'adminjs';
import type { Actor } from '../../src/policies/policies.js';
import { actorOf } from './standard-actions.js';
import { components } from '../components.js';
import { faultsOf, refusal } from '../adapter/validation-errors.js';
import { inputOf } from '../adapter/form-values.js';

/** What staff do to one record or to a selection, in a drawer that shows what it is about and may ask for a value. */
export interface Decision {
  icon: string;
  /** Whoever may do it, to a record's values, or to any. */
  may: (actor: Actor | null, values?: Record<string, unknown>) => boolean;
  /** Whether it would change this record: it is offered for those alone. */
  applies: (values: Record<string, unknown>) => boolean;
  /** The properties of the records that the drawer shows. */
  shows: string[];
  /** The property that the drawer asks for. */
  asks?: string;
  decide: (ids: number[], values: Record<string, unknown>) => Promise<void>;
}

type DecisionAction = Partial<Action<RecordActionResponse & BulkActionResponse>>;

/**
 * The actions of decisions: each by its name for one record, and as `…Selected` for a selection.
 * @param options.removes whether records leave the list when they are decided on
 */
export function decisionActions(
  decisions: Record<string, Decision>,
  { removes = false } = {},
): Record<string, DecisionAction> {
  return Object.fromEntries(
    Object.entries(decisions).flatMap(([name, decision]) => [
      [name, actionOf(name, decision, 'record', removes)],
      [`${name}Selected`, actionOf(name, decision, 'bulk', removes)],
    ]),
  );
}

function actionOf(
  name: string,
  decision: Decision,
  actionType: 'record' | 'bulk',
  removes: boolean,
): DecisionAction {
  const { icon, may, applies, shows, asks } = decision;
  return {
    actionType,
    icon,
    showInDrawer: true,
    component: components.Decision,
    custom: { shows, asks, removes },
    isAccessible: ({ currentAdmin, record }) => may(actorOf(currentAdmin), record?.params),
    isVisible: ({ currentAdmin, record }) =>
      may(actorOf(currentAdmin), record?.params) && (!record || applies(record.params)),
    handler: (request, _response, context) => handle(name, decision, request, context),
  };
}

async function handle(
  name: string,
  { asks, decide }: Decision,
  request: ActionRequest,
  context: ActionContext,
): Promise<RecordActionResponse & BulkActionResponse> {
  const { record, records, resource, currentAdmin, h } = context;
  const chosen = record ? [record] : (records ?? []);
  const json = chosen.map((one) => one.toJSON(currentAdmin));
  const answer = { record: json[0], records: json } as RecordActionResponse & BulkActionResponse;
  // AdminJS opens an action's page by GET, which must not change anything.
  if (request.method !== 'post') return answer;

  const property = (path: string): BaseProperty | null => resource.property(path);
  const { values, faults } = inputOf(request.payload ?? {}, asks ? [asks] : [], property);
  if (Object.keys(faults).length > 0) throw refusal(faults);
  try {
    await decide(
      chosen.map((one) => Number(one.id())),
      values,
    );
  } catch (error) {
    const found = faultsOf(error, {});
    throw found ? refusal(found) : error;
  }
  return {
    ...answer,
    notice: {
      message: `${name}Done`,
      options: { count: chosen.length },
      resourceId: resource.id(),
      type: 'success',
    },
    redirectUrl: h.resourceUrl({ resourceId: resource.id() }),
  };
}

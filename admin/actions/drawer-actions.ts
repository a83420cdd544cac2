import type {
  Action,
  ActionContext,
  ActionRequest,
  BaseProperty,
  BulkActionResponse,
  RecordActionResponse,
} from 'adminjs';
import { parseForm } from '../adapter/form-values.js';
import { fieldErrorsOf, validationError } from '../adapter/validation-errors.js';
import { components } from '../components.js';
import { actorOf, type Permission } from './permissions.js';

/** An action on one record or a selection. Its drawer shows the records and may have one input field. */
export interface DrawerAction {
  icon: string;
  isAllowed: Permission;
  /** Whether it would change a record with these values. It is offered only for those. */
  appliesTo: (values: Record<string, unknown>) => boolean;
  /** The properties of the records that the drawer shows. */
  shownProperties: string[];
  /** The property of the drawer's input field. */
  inputProperty?: string;
  run: (ids: number[], values: Record<string, unknown>) => Promise<void>;
}

type AdminAction = Partial<Action<RecordActionResponse & BulkActionResponse>>;

/**
 * AdminJS's actions for drawer actions: each as `NAME` for one record and as `NAMESelected` for a selection.
 * @param options.removesFromList whether the records leave the list
 */
export function drawerActions(
  actions: Record<string, DrawerAction>,
  { removesFromList = false } = {},
): Record<string, AdminAction> {
  return Object.fromEntries(
    Object.entries(actions).flatMap(([name, action]) => [
      [name, adminAction(name, action, 'record', removesFromList)],
      [`${name}Selected`, adminAction(name, action, 'bulk', removesFromList)],
    ]),
  );
}

function adminAction(
  name: string,
  action: DrawerAction,
  actionType: 'record' | 'bulk',
  removesFromList: boolean,
): AdminAction {
  const { icon, isAllowed, appliesTo, shownProperties, inputProperty } = action;
  return {
    actionType,
    icon,
    showInDrawer: true,
    component: components.DrawerAction,
    custom: { shownProperties, inputProperty, removesFromList },
    isAccessible: ({ currentAdmin, record }) => isAllowed(actorOf(currentAdmin), record?.params),
    isVisible: ({ currentAdmin, record }) =>
      isAllowed(actorOf(currentAdmin), record?.params) && (!record || appliesTo(record.params)),
    handler: (request, _response, context) => handle(name, action, request, context),
  };
}

async function handle(
  name: string,
  { inputProperty, run }: DrawerAction,
  request: ActionRequest,
  context: ActionContext,
): Promise<RecordActionResponse & BulkActionResponse> {
  const { record, records, resource, currentAdmin, h } = context;
  const selected = record ? [record] : (records ?? []);
  const json = selected.map((one) => one.toJSON(currentAdmin));
  const answer = { record: json[0], records: json } as RecordActionResponse & BulkActionResponse;
  // AdminJS opens an action's page by GET, which must not change anything.
  if (request.method !== 'post') return answer;

  const property = (path: string): BaseProperty | null => resource.property(path);
  const { values, errors } = parseForm(request.payload ?? {}, inputProperty ? [inputProperty] : [], property);
  if (Object.keys(errors).length > 0) throw validationError(errors);
  try {
    await run(
      selected.map((one) => Number(one.id())),
      values,
    );
  } catch (error) {
    const modelErrors = fieldErrorsOf(error, {});
    throw modelErrors ? validationError(modelErrors) : error;
  }
  return {
    ...answer,
    notice: {
      message: `${name}Done`,
      options: { count: selected.length },
      resourceId: resource.id(),
      type: 'success',
    },
    redirectUrl: h.resourceUrl({ resourceId: resource.id() }),
  };
}

import type {
  Action,
  ActionContext,
  ActionRequest,
  ActionResponse,
  After,
  BaseRecord,
  Before,
  BulkActionResponse,
  ListActionResponse,
  RecordActionResponse,
  SearchActionResponse,
} from 'adminjs';
import { can } from '../../src/policies/policies.js';
import { PanelResource } from '../adapter/panel-resource.js';
import { components } from '../components.js';
import { actorOf, type Permission, type Permissions } from './permissions.js';
import { rememberVersion, withVersion } from './versioned-form.js';

/** AdminJS's built-in actions and the panel's `export` and `history`. */
export interface StandardActions {
  list: Partial<Action<ListActionResponse>>;
  export: Partial<Action<ActionResponse>>;
  show: Partial<Action<RecordActionResponse>>;
  search: Partial<Action<SearchActionResponse>>;
  new: Partial<Action<RecordActionResponse>> & { before: Before[] };
  edit: Partial<Action<RecordActionResponse>> & { before: Before[]; after: After<RecordActionResponse>[] };
  delete: Partial<Action<RecordActionResponse>>;
  history: Action<RecordActionResponse>;
  bulkDelete: Partial<Action<BulkActionResponse>>;
}

/** The standard actions of a resource, each visible and accessible only to actors with its permission. */
export function standardActions(permissions: Permissions): StandardActions {
  return {
    list: restrictedTo(permissions.read),
    export: { ...restrictedTo(permissions.read), ...exportAction },
    show: restrictedTo(permissions.read),
    search: { ...restrictedTo(permissions.read), isVisible: false },
    new: { ...restrictedTo(permissions.create), before: [rememberForm] },
    edit: {
      ...restrictedTo(permissions.update),
      before: [keepId, rememberVersion, rememberForm],
      after: [withVersion],
    },
    delete: restrictedTo(permissions.delete),
    history,
    bulkDelete: { ...restrictedTo(permissions.delete), handler: deleteSelected },
  };
}

/** Leads to the downloads of import-export/export.ts. It opens in a drawer, so that the URL keeps the list's filters. */
const exportAction = {
  actionType: 'resource',
  icon: 'Download',
  component: components.Export,
  showInDrawer: true,
  handler: () => ({}),
} satisfies Partial<Action<ActionResponse>>;

/** Leads from a record to its entries in the audit log. */
const history: Action<RecordActionResponse> = {
  ...restrictedTo((actor) => can(actor, 'read', 'audit')),
  name: 'history',
  actionType: 'record',
  icon: 'Clock',
  component: components.History,
  handler: async (_request, _response, { record, currentAdmin }) => ({
    record: (record as BaseRecord).toJSON(currentAdmin),
  }),
};

function restrictedTo(permission: Permission) {
  const isAllowed = ({ currentAdmin, record }: Pick<ActionContext, 'currentAdmin' | 'record'>) =>
    permission(actorOf(currentAdmin), record?.params);
  return { isAccessible: isAllowed, isVisible: isAllowed };
}

/** Drops a form's `id`: AdminJS would store the form under it, and not under the URL's id, whose permission it checked. */
function keepId(request: ActionRequest): ActionRequest {
  const { id: _id, ...payload } = request.payload ?? {};
  return { ...request, payload };
}

/** Keeps the form as it was sent: AdminJS turns a boolean field's text, `false` too, into true. */
function rememberForm(request: ActionRequest, context: ActionContext): ActionRequest {
  context.sent = request.payload;
  return request;
}

/** Deletes the selected records, all or none. AdminJS's own handler deletes them in parallel, each by itself. */
async function deleteSelected(
  request: { method: string },
  _response: unknown,
  { records = [], resource, h, currentAdmin }: ActionContext,
): Promise<BulkActionResponse> {
  const answer = { records: records.map((record) => record.toJSON(currentAdmin)) };
  if (request.method === 'get') return answer;
  if (!(resource instanceof PanelResource)) throw new TypeError(`${resource.id()} is not a PanelResource`);
  await resource.deleteMany(records.map((record) => record.id()));
  return {
    ...answer,
    notice: {
      message: records.length > 1 ? 'successfullyBulkDeleted_plural' : 'successfullyBulkDeleted',
      options: { count: records.length },
      resourceId: resource.id(),
      type: 'success',
    },
    redirectUrl: h.resourceUrl({ resourceId: resource.id() }),
  };
}

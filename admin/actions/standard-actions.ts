import type {
  Action,
  ActionResponse,
  Before,
  ActionContext,
  ActionRequest,
  BaseRecord,
  BulkActionResponse,
  CurrentAdmin,
  ListActionResponse,
  RecordActionResponse,
  SearchActionResponse,
} from 'adminjs';
import type { Role } from '../../src/models/user.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { components } from '../components.js';

/** Whether an actor may do something: to a record's values, or, where none are given, to any record. */
export type Permission = (actor: Actor | null, values?: Record<string, unknown>) => boolean;

/** Who may do what in one resource; `read` goes for its list, pages and pickers. */
export interface Permissions {
  read: Permission;
  create: Permission;
  update: Permission;
  delete: Permission;
}

/** The one whom AdminJS takes to be logged in, as policies know them. */
export function actorOf(admin: CurrentAdmin | undefined): Actor | null {
  return admin ? { id: Number(admin.id), role: (admin as { role?: Role }).role ?? 'user' } : null;
}

/** AdminJS's own actions, set up. */
export interface Actions {
  list: Partial<Action<ListActionResponse>>;
  export: Partial<Action<ActionResponse>>;
  show: Partial<Action<RecordActionResponse>>;
  search: Partial<Action<SearchActionResponse>>;
  new: Partial<Action<RecordActionResponse>> & { before: Before[] };
  edit: Partial<Action<RecordActionResponse>> & { before: Before[] };
  delete: Partial<Action<RecordActionResponse>>;
  history: Action<RecordActionResponse>;
  bulkDelete: Partial<Action<BulkActionResponse>>;
}

/** AdminJS's actions, each shown to and open to those alone who have the permission. */
export function actionsFor(permissions: Permissions): Actions {
  return {
    list: only(permissions.read),
    export: { ...only(permissions.read), ...exportAction },
    show: only(permissions.read),
    search: { ...only(permissions.read), isVisible: false },
    new: { ...only(permissions.create), before: [rememberForm] },
    edit: { ...only(permissions.update), before: [keepId, rememberForm] },
    delete: only(permissions.delete),
    history,
    bulkDelete: { ...only(permissions.delete), handler: deleteAll },
  };
}

/** Leads to the downloads of exchange/export.ts; in a drawer, so that the list's filters stay in the address. */
const exportAction = {
  actionType: 'resource',
  icon: 'Download',
  component: components.Export,
  showInDrawer: true,
  handler: () => ({}),
} satisfies Partial<Action<ActionResponse>>;

/** Leads from a record to its entries in the audit log. */
const history: Action<RecordActionResponse> = {
  ...only((actor) => can(actor, 'read', 'audit')),
  name: 'history',
  actionType: 'record',
  icon: 'Clock',
  component: components.History,
  handler: async (_request, _response, { record, currentAdmin }) => ({
    record: (record as BaseRecord).toJSON(currentAdmin),
  }),
};

function only(permission: Permission) {
  const may = ({ currentAdmin, record }: Pick<ActionContext, 'currentAdmin' | 'record'>) =>
    permission(actorOf(currentAdmin), record?.params);
  return { isAccessible: may, isVisible: may };
}

/** AdminJS would store a form under the id that is in the form, and not in the address that permission was asked for. */
function keepId(request: ActionRequest): ActionRequest {
  const { id: _id, ...payload } = request.payload ?? {};
  return { ...request, payload };
}

/** AdminJS takes any text but an empty one for a yes: resources read a form's answers as they were sent. */
function rememberForm(request: ActionRequest, context: ActionContext): ActionRequest {
  context.sent = request.payload;
  return request;
}

/** What every resource of the panel does beyond AdminJS's own. */
interface DeletesMany {
  deleteMany(ids: unknown[]): Promise<void>;
}

/** Deletes the selected records, all or none. AdminJS's own deletes them side by side, each for itself. */
async function deleteAll(
  request: { method: string },
  _response: unknown,
  { records = [], resource, h, currentAdmin }: ActionContext,
): Promise<BulkActionResponse> {
  const answer = { records: records.map((record) => record.toJSON(currentAdmin)) };
  if (request.method === 'get') return answer;
  await (resource as unknown as DeletesMany).deleteMany(records.map((record) => record.id()));
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

import type {
  Action,
  ActionContext,
  ActionRequest,
  BaseRecord,
  Filter,
  RecordActionResponse,
  ResourceWithOptions,
} from 'adminjs';
import { endLogins, setPassword } from '../../src/auth/accounts.js';
import { hashPassword, passwordFaults } from '../../src/auth/password.js';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { type Actions, actionsFor, actorOf } from '../actions/standard-actions.js';
import { components, flag } from '../components.js';
import { storedSid } from '../http/session-store.js';
import { type Faults, refusal } from '../adapter/validation-errors.js';
import { type Context, PanelResource } from '../adapter/panel-resource.js';

const PUBLIC = ['id', 'username'];
const EDITABLE = ['username', 'email', 'role', 'is_active'];
const DATES = ['date_joined', 'last_login'];

/** Users in the panel. `password` there is what an admin types, never what is stored. */
class UserResource extends PanelResource<User> {
  /** Moderators meet users only as the names beneath reviews. */
  protected override visible(actor: Actor | null): string[] {
    return can(actor, 'read', 'user') ? this.fields.readable : PUBLIC;
  }

  override async find(
    filter: Filter,
    options: Parameters<PanelResource['find']>[1],
    context?: Context,
  ): Promise<BaseRecord[]> {
    return countReviews(await super.find(filter, options, context), context);
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const record = await super.findOne(id, context);
    return record && ((await countReviews([record], context))[0] ?? null);
  }

  protected override async prepare(
    user: User,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<Faults> {
    return { ...selfFaults(user, context), ...(await this.preparePassword(user, params)) };
  }

  private async preparePassword(user: User, params: Record<string, unknown>): Promise<Faults> {
    const password = typedPassword(params);
    if (password === null) return {};
    const faults = passwordFaults(password, { username: user.username, email: user.email });
    if (faults.length > 0) return { password: faults.join(' ') };
    if (user.isNewRecord) user.password = await hashPassword(password);
    return {};
  }

  protected override async complete(
    user: User,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<void> {
    // So that none of them comes back to life with the account.
    if (!user.is_active) await endLogins(user.id);
    const password = typedPassword(params);
    // A new user's password is in the record already.
    if (password === null || context?.action?.name === 'new') return;
    const sid = isSelf(user, context?.currentAdmin) ? (context?.sid as string | undefined) : undefined;
    await setPassword(user, password, sid === undefined ? undefined : { sid });
  }
}

/** Adds how many reviews each of a page's users has written, in one query. */
async function countReviews(users: BaseRecord[], context?: Context): Promise<BaseRecord[]> {
  if (users.length === 0 || !can(actorOf(context?.currentAdmin), 'read', 'user')) return users;
  const ids = users.map((user) => Number(user.id()));
  const counts = await Review.count({ where: { user_id: ids }, group: ['user_id'] });
  const byUser = new Map(counts.map(({ user_id, count }) => [Number(user_id), count]));
  for (const user of users) user.params.review_count = byUser.get(Number(user.id())) ?? 0;
  return users;
}

/** Nobody locks themselves out; so there is always an admin left, too. */
function selfFaults(user: User, context?: Context): Faults {
  if (!isSelf(user, context?.currentAdmin)) return {};
  return {
    ...(user.changed('role') && { role: 'You cannot change your own role.' }),
    ...(user.changed('is_active') && { is_active: 'You cannot deactivate yourself.' }),
  };
}

function isSelf(user: { id?: unknown } | undefined, admin: { id?: unknown } | null | undefined): boolean {
  return admin?.id !== undefined && Number(user?.id) === Number(admin.id);
}

function typedPassword({ password }: Record<string, unknown>): string | null {
  return typeof password === 'string' && password !== '' ? password : null;
}

export const users: ResourceWithOptions = {
  resource: new UserResource(User, {
    readable: ['id', ...EDITABLE, ...DATES],
    writable: EDITABLE,
    keys: { username: 'username_key', email: 'email_key' },
    whole: ['role'],
  }),
  options: {
    navigation: { name: null, icon: 'Users' },
    sort: { sortBy: 'username', direction: 'asc' },
    titleProperty: 'username',
    listProperties: [...EDITABLE, 'last_login', 'review_count', 'date_joined'],
    showProperties: [...EDITABLE, ...DATES, 'review_count', 'id'],
    editProperties: ['username', 'email', 'password', 'role', 'is_active'],
    filterProperties: [...EDITABLE, ...DATES],
    properties: {
      password: { type: 'password', props: { autoComplete: 'new-password' } },
      is_active: flag(true),
      review_count: {
        type: 'number',
        isSortable: false,
        components: { list: components.ReviewCount, show: components.ReviewCount },
      },
      role: {
        isRequired: false,
        availableValues: ['user', 'moderator', 'admin'].map((role) => ({
          value: role,
          // AdminJS's lists look its text up by this, and its forms by the value.
          label: role,
        })),
      },
    },
    actions: userActions(),
  },
};

function mayDeleteSome({ currentAdmin }: ActionContext): boolean {
  return can(actorOf(currentAdmin), 'delete', 'user');
}

function userActions(): Actions & { endLogins: Action<RecordActionResponse> } {
  const actions = actionsFor({
    read: (actor) => can(actor, 'read', 'user'),
    create: (actor) => can(actor, 'create', 'user'),
    update: (actor, values) => can(actor, 'update', 'user', values),
    delete: (actor, values) => can(actor, 'delete', 'user', values) && !isSelf(values, actor),
  });
  return {
    ...actions,
    endLogins: {
      name: 'endLogins',
      actionType: 'record',
      icon: 'LogOut',
      component: components.Confirm,
      isAccessible: actions.edit.isAccessible,
      isVisible: actions.edit.isVisible,
      handler: endAllLogins,
    },
    new: { ...actions.new, after: forgetPassword },
    edit: { ...actions.edit, before: [...actions.edit.before, rememberSession], after: forgetPassword },
    // AdminJS would refuse a selection with oneself in it without saying why.
    bulkDelete: { ...actions.bulkDelete, isAccessible: mayDeleteSome, before: [spareSelf] },
  };
}

/** @throws where one's own account is in the selection that is to be deleted */
function spareSelf(request: ActionRequest, { records = [], currentAdmin }: ActionContext): ActionRequest {
  const own = records.some((record) => isSelf({ id: record.id() }, currentAdmin));
  if (own && request.method === 'post') throw refusal({ username: 'You cannot delete yourself.' });
  return request;
}

/** Only what is sent ends anything: the page itself is called by GET. */
async function endAllLogins(
  { method }: ActionRequest,
  _response: unknown,
  { record, resource, currentAdmin, h }: ActionContext,
): Promise<RecordActionResponse> {
  const user = record as BaseRecord;
  const answer = { record: user.toJSON(currentAdmin) };
  if (method !== 'post') return answer;
  const count = await endLogins(Number(user.id()));
  const some = count === 1 ? 'endedLogins' : 'endedLogins_plural';
  return {
    ...answer,
    notice: {
      message: count === 0 ? 'noLogins' : some,
      options: { count },
      resourceId: resource.id(),
      type: count === 0 ? 'info' : 'success',
    },
    redirectUrl: h.recordActionUrl({ resourceId: resource.id(), recordId: user.id(), actionName: 'show' }),
  };
}

/** So that who sets their own password stays logged in. */
function rememberSession(
  request: ActionRequest & { sessionID?: string },
  context: ActionContext,
): ActionRequest {
  if (request.sessionID) context.sid = storedSid(request.sessionID);
  return request;
}

/** AdminJS answers with all that a form sent. */
function forgetPassword(response: RecordActionResponse): RecordActionResponse {
  delete response.record?.params?.password;
  return response;
}

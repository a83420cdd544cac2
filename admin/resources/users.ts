import type {
  Action,
  ActionContext,
  ActionRequest,
  BaseRecord,
  Filter,
  RecordActionResponse,
  ResourceWithOptions,
} from 'adminjs';
import { Op, type WhereOptions } from 'sequelize';
import { setPassword } from '../../src/auth/accounts.js';
import { endLogins } from '../../src/auth/end-logins.js';
import { lockWithAdmins } from '../../src/models/last-admin.js';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { lockUsers } from '../../src/ratings/locks.js';
import { actorOf } from '../actions/permissions.js';
import { type StandardActions, standardActions } from '../actions/standard-actions.js';
import { contains } from '../adapter/filters.js';
import { PanelResource } from '../adapter/panel-resource.js';
import { withSearchBox } from '../adapter/searchable-resource.js';
import type { Context } from '../adapter/read-resource.js';
import { type FieldErrors, validationError } from '../adapter/validation-errors.js';
import { components } from '../components.js';
import { OWN_PASSWORD, rememberOwnPassword } from '../http/own-password.js';
import { storedSid } from '../http/session-store.js';
import { resetOtpAction } from './reset-otp-action.js';
import { booleanProperty } from './boolean-property.js';
import { onSite } from './site-page.js';
import { USER_MARKS, withMarks } from './user-marks.js';
import { isSelf, selfLockoutErrors, setNewPassword, staffErrors, typedPassword } from './user-changes.js';

const PUBLIC = ['id', 'username'];
const EDITABLE = ['username', 'email', 'role', 'is_active'];
const DATES = ['date_joined', 'last_login'];

/** Users in the panel. Their `password` is the one that an admin types, never the stored hash. */
class UserResource extends PanelResource<User> {
  /** Moderators see of users only the usernames of reviews' authors. */
  protected override readableBy(actor: Actor | null): string[] {
    return can(actor, 'read', 'user') ? this.fields.readable : PUBLIC;
  }

  /** The search box finds a part of the username or of the e-mail address. */
  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    if (path !== 'search' || typeof value !== 'string' || value.trim() === '') return null;
    const of = (name: string) => contains(name, value.trim(), { model: 'User', caseFolded: `${name}_key` });
    return { [Op.or]: [of('username'), of('email')] };
  }

  override async find(
    filter: Filter,
    options: Parameters<PanelResource['find']>[1],
    context?: Context,
  ): Promise<BaseRecord[]> {
    return addReviewCounts(await super.find(filter, options, context), context);
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const record = await super.findOne(id, context);
    return record && ((await addReviewCounts([record], context))[0] ?? null);
  }

  protected override async beforeSave(
    user: User,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<FieldErrors> {
    return {
      ...selfLockoutErrors(user, context),
      ...staffErrors(user, params, context),
      ...(await setNewPassword(user, params)),
    };
  }

  protected override async afterSave(
    user: User,
    params: Record<string, unknown>,
    context?: Context,
  ): Promise<void> {
    const password = typedPassword(params);
    // A new user's password is stored already, with the record.
    if (password !== null && context?.action?.name !== 'new') {
      const sid = isSelf(user, context?.currentAdmin) ? (context?.sid as string | undefined) : undefined;
      await setPassword(user, password, sid === undefined ? undefined : { sid });
    }
    // Otherwise they would be valid again once the account is reactivated.
    if (!user.is_active) await endLogins(user.id);
  }
}

/** Adds each user's number of reviews, by one query. */
async function addReviewCounts(users: BaseRecord[], context?: Context): Promise<BaseRecord[]> {
  if (users.length === 0 || !can(actorOf(context?.currentAdmin), 'read', 'user')) return users;
  const ids = users.map((user) => Number(user.id()));
  const counts = await Review.count({ where: { user_id: ids }, group: ['user_id'] });
  const byUser = new Map(counts.map(({ user_id, count }) => [Number(user_id), count]));
  for (const user of users) user.params.review_count = byUser.get(Number(user.id())) ?? 0;
  return users;
}

export const users: ResourceWithOptions = {
  resource: new UserResource(User, {
    readable: ['id', ...EDITABLE, ...DATES],
    writable: EDITABLE,
    caseFolded: { username: 'username_key', email: 'email_key' },
    exactMatch: ['role'],
    lock: async (id) => {
      await lockWithAdmins([id]);
      await lockUsers([id], { required: [], alone: true });
    },
  }),
  options: {
    navigation: { name: null, icon: 'Users' },
    sort: { sortBy: 'username', direction: 'asc' },
    titleProperty: 'username',
    listProperties: [...EDITABLE, 'last_login', 'review_count', 'date_joined'],
    showProperties: [...EDITABLE, ...DATES, 'review_count', ...USER_MARKS, 'id'],
    editProperties: ['username', 'email', 'password', 'role', 'is_active', OWN_PASSWORD],
    filterProperties: [...EDITABLE, ...DATES],
    properties: {
      id: onSite({ path: '/members/', property: 'username', needs: 'is_active' }),
      password: { type: 'password', props: { autoComplete: 'new-password' } },
      is_active: booleanProperty(true),
      [OWN_PASSWORD]: {
        type: 'password',
        props: { autoComplete: 'current-password' },
        components: { edit: components.OwnPassword },
      },
      review_count: {
        type: 'number',
        isSortable: false,
        components: { list: components.ReviewCount, show: components.ReviewCount },
      },
      ...Object.fromEntries(USER_MARKS.map((mark) => [mark, { components: { show: components.UserMarks } }])),
      role: {
        isRequired: false,
        availableValues: ['user', 'moderator', 'admin'].map((role) => ({
          value: role,
          // AdminJS's lists translate the label, its forms the value.
          label: role,
        })),
      },
    },
    actions: userActions(),
  },
};

function mayDeleteUsers({ currentAdmin }: ActionContext): boolean {
  return can(actorOf(currentAdmin), 'delete', 'user');
}

function userActions(): StandardActions & Record<'endLogins' | 'resetOtp', Action<RecordActionResponse>> {
  const actions = standardActions({
    read: (actor) => can(actor, 'read', 'user'),
    create: (actor) => can(actor, 'create', 'user'),
    update: (actor, values) => can(actor, 'update', 'user', values),
    delete: (actor, values) => can(actor, 'delete', 'user', values) && !isSelf(values, actor),
  });
  return {
    ...actions,
    list: { ...actions.list, ...withSearchBox },
    show: { ...actions.show, after: [withMarks] },
    endLogins: {
      name: 'endLogins',
      actionType: 'record',
      icon: 'LogOut',
      component: components.Confirm,
      isAccessible: actions.edit.isAccessible,
      isVisible: actions.edit.isVisible,
      handler: endAllLogins,
    },
    resetOtp: resetOtpAction(actions.edit),
    new: { ...actions.new, before: [...actions.new.before, rememberOwnPassword], after: removePassword },
    edit: {
      ...actions.edit,
      before: [...actions.edit.before, rememberSession, rememberOwnPassword],
      after: [...actions.edit.after, removePassword],
    },
    // AdminJS refuses a selection that includes oneself without a reason: refuseSelf gives one.
    bulkDelete: { ...actions.bulkDelete, isAccessible: mayDeleteUsers, before: [refuseSelf] },
  };
}

/** @throws if the selection to delete includes one's own account */
function refuseSelf(request: ActionRequest, { records = [], currentAdmin }: ActionContext): ActionRequest {
  const own = records.some((record) => isSelf({ id: record.id() }, currentAdmin));
  if (own && request.method === 'post') throw validationError({ username: 'You cannot delete yourself.' });
  return request;
}

/** Ends all of a user's logins. AdminJS opens the action's page by GET, which must not change anything. */
async function endAllLogins(
  { method }: ActionRequest,
  _response: unknown,
  { record, resource, currentAdmin, h }: ActionContext,
): Promise<RecordActionResponse> {
  const user = record as BaseRecord;
  const answer = { record: user.toJSON(currentAdmin) };
  if (method !== 'post') return answer;
  const count = await endLogins(Number(user.id()));
  const message = count === 1 ? 'endedLogins' : 'endedLogins_plural';
  return {
    ...answer,
    notice: {
      message: count === 0 ? 'noLogins' : message,
      options: { count },
      resourceId: resource.id(),
      type: count === 0 ? 'info' : 'success',
    },
    redirectUrl: h.recordActionUrl({ resourceId: resource.id(), recordId: user.id(), actionName: 'show' }),
  };
}

/** Keeps the session's id for `afterSave`: an admin who sets their own password stays logged in. */
function rememberSession(
  request: ActionRequest & { sessionID?: string },
  context: ActionContext,
): ActionRequest {
  if (request.sessionID) context.sid = storedSid(request.sessionID);
  return request;
}

/** AdminJS's response repeats the form's fields: removes the password. */
function removePassword(response: RecordActionResponse): RecordActionResponse {
  delete response.record?.params?.password;
  return response;
}

import type { Action, ActionContext, ActionRequest, BaseRecord, RecordActionResponse } from 'adminjs';
import { resetSecondFactor } from '../../src/auth/otp/second-factor.js';
import { components } from '../components.js';
import { validationError } from '../adapter/validation-errors.js';
import { OWN_PASSWORD, ownPasswordFault, rememberOwnPassword } from '../http/own-password.js';

/**
 * Switches the second factor off of a user who has lost it, and ends their logins. It asks for one's own password: an open
 * panel must not be enough.
 * @param allowed who may, and for whom
 */
export function resetOtpAction(
  allowed: Pick<Action<RecordActionResponse>, 'isAccessible' | 'isVisible'> | object,
): Action<RecordActionResponse> {
  return {
    ...allowed,
    name: 'resetOtp',
    actionType: 'record',
    icon: 'Unlock',
    component: components.ConfirmByPassword,
    before: [rememberOwnPassword],
    handler: reset,
  };
}

/** AdminJS opens the action's page by GET, which must not change anything. */
async function reset(
  { method }: ActionRequest,
  _response: unknown,
  { record, resource, currentAdmin, h, ...context }: ActionContext,
): Promise<RecordActionResponse> {
  const user = record as BaseRecord;
  const answer = { record: user.toJSON(currentAdmin) };
  if (method !== 'post') return answer;
  const fault = ownPasswordFault(context);
  if (fault !== null) throw validationError({ [OWN_PASSWORD]: fault });
  const wasOn = await resetSecondFactor(Number(user.id()));
  return {
    ...answer,
    notice: {
      message: wasOn ? 'otpReset' : 'noOtp',
      resourceId: resource.id(),
      type: wasOn ? 'success' : 'info',
    },
    redirectUrl: h.recordActionUrl({ resourceId: resource.id(), recordId: user.id(), actionName: 'show' }),
  };
}

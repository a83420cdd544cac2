/** @jsxImportSource preact */
import type { Account } from '../api.js';
import type { FormState, Visit } from '../http/page.js';
import { CodeField } from './code-field.js';
import { Form, TextField } from './form.js';
import { AccountName, Setting } from './setting.js';

/** The form that begins to set a second factor up, or the one that switches it off. */
export function SecondFactorSetting({
  visit,
  state,
  account,
}: {
  visit: Visit;
  state: FormState | undefined;
  account: Account;
}) {
  const words = visit.text.settings.secondFactor;
  const { password, signInCode } = visit.text.account;
  const form = account.otp_enabled ? 'factor-off' : 'factor';
  const labels = { password, ...(account.otp_enabled && { otp: signInCode.code }) };
  return (
    <Setting
      id="second-factor"
      heading={words.heading}
      lead={
        <>
          <p>{words.lead}</p>
          <p>
            <span class={account.otp_enabled ? 'tag factor-state' : 'quiet'}>
              {account.otp_enabled ? words.on : words.off}
            </span>
          </p>
        </>
      }
    >
      <Form visit={visit} name={form} state={state} labels={labels}>
        <AccountName username={account.username} />
        <TextField
          form={form}
          name="password"
          type="password"
          label={password}
          hint={account.otp_enabled ? words.offHint : undefined}
          state={state}
          autocomplete="current-password"
          isRequired
        />
        {account.otp_enabled && <CodeField visit={visit} form={form} state={state} />}
        <button class={account.otp_enabled ? 'button danger' : 'button'}>
          {account.otp_enabled ? words.switchOff : words.setUp}
        </button>
      </Form>
    </Setting>
  );
}

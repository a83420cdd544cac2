/** @jsxImportSource preact */
import type { FormState, Visit } from '../http/page.js';
import { Field } from './form.js';

/** The field for a code of the second factor. */
export function CodeField({
  visit,
  form,
  state,
  hint,
  hasFocus = false,
}: {
  visit: Visit;
  form: string;
  state: FormState | undefined;
  /** By default: a code of the app, or a recovery code. */
  hint?: string;
  hasFocus?: boolean;
}) {
  const words = visit.text.account.signInCode;
  return (
    <Field form={form} name="otp" label={words.code} state={state} hint={hint ?? words.hint}>
      {(attributes) => (
        <input
          type="text"
          {...attributes}
          autocomplete="one-time-code"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          maxlength={40}
          required
          autofocus={hasFocus && state === undefined}
        />
      )}
    </Field>
  );
}

/** @jsxImportSource preact */
import type { FormState, Visit } from '../http/page.js';
import { IMPORT_PATH } from '../paths.js';
import { Field, Form } from './form.js';

/** The form's name. */
export const IMPORT_FORM = 'import';

/** The form by which a member sends a file to be checked. */
export function ImportForm({ visit, state }: { visit: Visit; state?: FormState | undefined }) {
  const words = visit.text.importing;
  return (
    <Form
      visit={visit}
      name={IMPORT_FORM}
      state={state}
      labels={{ file: words.file }}
      action={IMPORT_PATH}
      hasFile
    >
      <Field form={IMPORT_FORM} name="file" label={words.file} state={state} hint={words.fileHint}>
        {({ value: _value, ...attributes }) => (
          <input type="file" accept=".csv,.zip,.json" required {...attributes} />
        )}
      </Field>
      <OverwriteField visit={visit} />
      <button class="button">{words.check}</button>
    </Form>
  );
}

function OverwriteField({ visit }: { visit: Visit }) {
  return (
    <label class="check">
      <input type="checkbox" name="overwrite" value="true" />
      {visit.text.importing.overwrite}
    </label>
  );
}

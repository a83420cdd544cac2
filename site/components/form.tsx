/** @jsxImportSource preact */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import type { FormState, Visit } from '../http/page.js';

/** A form of a page. Its faults stand at their fields, and are summed up on top. */
export function Form({
  visit,
  name,
  state,
  labels,
  action,
  swaps,
  draft,
  hasFile = false,
  children,
  class: className = 'form',
}: {
  visit: Visit;
  /** Tells the page's forms apart. */
  name: string;
  /** The form of the page that was refused, whichever it is. */
  state: FormState | undefined;
  /** The labels of its fields, for the summary. */
  labels: Record<string, string>;
  /** The page that it is sent to; by default this one. */
  action?: string;
  /** The part of the page that scripts replace in place of loading the whole page: the value of its `data-part`. */
  swaps?: string;
  /** Where scripts keep what is typed, and not sent yet: a key of the member and the record. */
  draft?: string;
  /** Whether a file is sent with it. */
  hasFile?: boolean;
  children: ComponentChildren;
  class?: string;
}) {
  const own = state?.name === name ? state : undefined;
  return (
    <form
      method="post"
      class={className}
      data-form={name}
      novalidate
      {...(hasFile && { enctype: 'multipart/form-data' })}
      {...(action !== undefined && { action })}
      {...(swaps !== undefined && { 'data-swap': swaps })}
      {...(draft !== undefined && { 'data-draft': draft })}
    >
      <input type="hidden" name="form" value={name} />
      {own && <Summary visit={visit} form={name} state={own} labels={labels} />}
      {children}
    </form>
  );
}

/** All faults of a form, each a link to its field, in the order of its labels. */
function Summary({
  visit: { text },
  form,
  state: { faults, detail },
  labels,
}: {
  visit: Visit;
  form: string;
  state: FormState;
  labels: Record<string, string>;
}) {
  const order = Object.keys(labels);
  const fields = Object.entries(faults)
    .filter(([field]) => field !== 'non_field_errors')
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return (
    <div class="summary" role="alert" tabindex={-1} data-summary="">
      {fields.length > 0 && <p>{text.errors.inForm}</p>}
      {detail !== undefined && <p>{detail}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, messages]) => (
            <li>
              <a href={`#${form}-${field}`}>
                {labels[field] ?? field}: {messages.join(' ')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface FieldOptions {
  form: string;
  name: string;
  label: string;
  state: FormState | undefined;
  /** What may be written in it. */
  hint?: string | undefined;
  children: (attributes: FieldAttributes) => ComponentChildren;
}

/** What a field's input needs to belong to its label, its hint and its faults. */
export interface FieldAttributes {
  id: string;
  name: string;
  value?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
}

/** A labelled field with its hint and its faults, and with what was typed. */
export function Field({ form, name, label, state, hint, children }: FieldOptions) {
  const own = state?.name === form ? state : undefined;
  const id = `${form}-${name}`;
  const faults = own?.faults[name] ?? [];
  const described = [hint !== undefined && `${id}-hint`, faults.length > 0 && `${id}-fault`].filter(Boolean);
  const value = own?.values[name];
  const attributes: FieldAttributes = {
    id,
    name,
    ...(value !== undefined && { value }),
    ...(described.length > 0 && { 'aria-describedby': described.join(' ') }),
    ...(faults.length > 0 && { 'aria-invalid': 'true' as const }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children(attributes)}
      {faults.length > 0 && (
        <p class="fault" id={`${id}-fault`}>
          {faults.join(' ')}
        </p>
      )}
    </div>
  );
}

/** A field of one line. */
export function TextField({
  type = 'text',
  autocomplete,
  value,
  maxlength,
  isRequired = false,
  isName = false,
  ...field
}: Omit<FieldOptions, 'children'> & {
  type?: 'text' | 'email' | 'password' | 'number' | 'search';
  autocomplete?: string;
  /** What it holds at first. */
  value?: string;
  maxlength?: number;
  isRequired?: boolean;
  /** Whether it takes a name, which is neither corrected nor begun in upper case. */
  isName?: boolean;
}) {
  return (
    <Field {...field}>
      {(attributes) => {
        const input = {
          type,
          ...(value !== undefined && { value }),
          ...attributes,
          ...(autocomplete !== undefined && { autocomplete }),
          ...(maxlength !== undefined && { maxlength }),
          required: isRequired,
          ...(isName && { autocapitalize: 'none', autocorrect: 'off', spellcheck: false }),
        };
        // Its type has a case for each type of input.
        return <input {...(input as InputHTMLAttributes)} />;
      }}
    </Field>
  );
}

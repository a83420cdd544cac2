import { Button, FormGroup, Input, Label, MessageBox } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import type { ReactNode } from 'react';
import type { AccountState } from '../login/page-state.js';

/** The faults of a form's field; of no field with `non_field_errors`. */
export function faultsAt({ refused }: AccountState, form: string, field: string): string[] {
  return refused?.form === form ? (refused.faults[field] ?? []) : [];
}

/** A form of the page, with a heading, its faults and a button. */
export function OwnForm({
  state,
  name,
  children,
  lead,
  danger = false,
}: {
  state: AccountState;
  name: string;
  children?: ReactNode;
  /** What stands between the heading and the fields. */
  lead?: ReactNode;
  danger?: boolean;
}) {
  const { translateComponent, translateMessage } = useTranslation();
  const faults = faultsAt(state, name, 'non_field_errors');
  return (
    <section aria-labelledby={`${name}-heading`}>
      <h2 id={`${name}-heading`}>{translateComponent(`Account.forms.${name}.heading`)}</h2>
      {lead}
      {faults.length > 0 && (
        <MessageBox
          message={faults.map((fault) => translateMessage(fault)).join(' ')}
          variant="danger"
          role="alert"
        />
      )}
      <form action={state.action} method="POST">
        <input type="hidden" name="form" value={name} />
        {/* Tells password managers whose password it is. */}
        <input
          type="text"
          autoComplete="username"
          aria-label={translateComponent('Login.properties.email')}
          value={state.username}
          readOnly
          hidden
        />
        {children}
        <Button variant="contained" color={danger ? 'danger' : 'primary'} type="submit">
          {translateComponent(`Account.forms.${name}.button`)}
        </Button>
      </form>
    </section>
  );
}

/** A field of a form, with its faults. */
export function FieldOf({
  state,
  form,
  name,
  autoComplete,
  type = 'password',
  value,
}: {
  state: AccountState;
  form: string;
  name: string;
  autoComplete: string;
  type?: 'password' | 'email';
  value?: string;
}) {
  const { translateComponent, translateMessage } = useTranslation();
  const id = `${form}-${name}`;
  const faults = faultsAt(state, form, name);
  return (
    <FormGroup error={faults.length > 0}>
      <Label htmlFor={id}>{translateComponent(`Account.fields.${name}`)}</Label>
      <Input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        defaultValue={value}
        required
        aria-invalid={faults.length > 0}
        {...(faults.length > 0 && { 'aria-describedby': `${id}-fault` })}
      />
      {faults.length > 0 && (
        <p className="field-hint" id={`${id}-fault`}>
          {faults.map((fault) => translateMessage(fault)).join(' ')}
        </p>
      )}
    </FormGroup>
  );
}

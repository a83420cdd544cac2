import { Button } from '@adminjs/design-system';
import { type ResourceJSON, useTranslation } from 'adminjs';
import type { FormEvent } from 'react';
import type { VersionedRecord } from '../../actions/versioned-form.js';
import FieldValue from '../audit-log/field-value.js';
import Dialog from '../dialog.js';
import { textOf } from './use-form.js';

interface Props {
  resource: ResourceJSON;
  /** The values that the form was filled with, what was changed in it, and the record as it is stored now. */
  base: Record<string, unknown>;
  changed: Record<string, unknown>;
  populated: VersionedRecord['populated'];
  stored: VersionedRecord;
  /** Called with the own changes that are to be saved over the stored record. */
  onChosen: (values: Record<string, unknown>) => void;
  onClose: () => void;
}

/** What others have changed in a record while one edited it. Where both have changed a field, one of the two is chosen. */
export default function Conflict(props: Props) {
  const { resource, base, changed, stored, populated, onChosen, onClose } = props;
  const { translateMessage, translateProperty, translateButton } = useTranslation();
  const names = resource.editProperties.map(({ name }) => name);
  const theirs = names.filter(
    (name) => !Array.isArray(base[name]) && textOf(base[name]) !== textOf(stored.params[name]),
  );
  const clashes = theirs.filter(
    (name) => name in changed && textOf(changed[name]) !== textOf(stored.params[name]),
  );
  const mine = Object.keys(changed).filter((name) => !theirs.includes(name));
  const text = (name: string) => translateMessage(name, resource.id);
  const value = (name: string, of: unknown, titles: VersionedRecord['populated']) => {
    const title = titles[name]?.title;
    const shown = { field: name, resource: resource.id, value: (of ?? null) as string | null };
    return <FieldValue {...shown} {...(title && { titles: { [textOf(of)]: title } })} />;
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget);
    const kept = Object.entries(changed).filter(([name]) => chosen.get(name) !== 'theirs');
    onChosen(Object.fromEntries(kept));
  };
  return (
    <Dialog urgent title={text('conflictTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{text(clashes.length > 0 ? 'conflictChoose' : 'conflictKept')}</p>
        {theirs.map((name) =>
          clashes.includes(name) ? (
            <fieldset key={name} className="conflict-field">
              <legend>{translateProperty(name, resource.id)}</legend>
              <Choice name={name} side="theirs" label={text('conflictTheirs')}>
                {value(name, stored.params[name], stored.populated)}
              </Choice>
              <Choice name={name} side="mine" label={text('conflictMine')}>
                {value(name, changed[name], populated)}
              </Choice>
            </fieldset>
          ) : (
            <div key={name} className="conflict-field">
              <strong>{translateProperty(name, resource.id)}</strong>
              <div>
                <span className="conflict-side">{text('conflictTheirs')}</span>{' '}
                {value(name, stored.params[name], stored.populated)}
              </div>
            </div>
          ),
        )}
        {mine.length > 0 && (
          <p>
            {text('conflictSaved')} {mine.map((name) => translateProperty(name, resource.id)).join(', ')}
          </p>
        )}
        <div className="dialog-buttons">
          <Button type="button" variant="text" onClick={onClose}>
            {translateButton('backToForm', resource.id)}
          </Button>
          <Button type="submit" variant="contained">
            {translateButton('saveChoice', resource.id)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Choice({
  name,
  side,
  label,
  children,
}: {
  name: string;
  side: 'mine' | 'theirs';
  label: string;
  children: React.ReactNode;
}) {
  return (
    <label className="conflict-choice">
      <input type="radio" name={name} value={side} required />
      <span>
        <span className="conflict-side">{label}</span> {children}
      </span>
    </label>
  );
}

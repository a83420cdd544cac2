import { Button, Icon } from '@adminjs/design-system';
import { type BasePropertyJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { useState } from 'react';
import Dialog from '../dialog.js';
import { useKept } from './preferences.js';

/** The columns of a list as the visitor has chosen and ordered them. */
export function useColumns(resource: ResourceJSON) {
  const all = resource.listProperties;
  const [kept, keep] = useKept<string[] | null>(`marquee.columns:${resource.id}`, null);
  const chosen = (kept ?? [])
    .map((name) => all.find((property) => property.name === name))
    .filter((property) => property !== undefined);
  return { columns: chosen.length > 0 ? chosen : all, keep };
}

interface Props {
  resource: ResourceJSON;
  columns: BasePropertyJSON[];
  onChange: (names: string[] | null) => void;
}

/** Chooses and orders the columns of a list. */
export default function Columns({ resource, columns, onChange }: Props) {
  const { translateComponent: translate, translateProperty } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const names = columns.map(({ name }) => name);
  const others = resource.listProperties.filter(({ name }) => !names.includes(name));
  const move = (name: string, by: number) => {
    const rest = names.filter((one) => one !== name);
    rest.splice(Math.max(0, names.indexOf(name) + by), 0, name);
    onChange(rest);
  };
  const toggle = (name: string) => {
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
    // A list without columns shows nothing.
    if (next.length > 0) onChange(next);
  };
  return (
    <>
      <button type="button" className="list-button list-columns" onClick={() => setIsOpen(true)}>
        <Icon icon="Columns" aria-hidden="true" />
        {translate('Columns.title')}
      </button>
      {isOpen && (
        <Dialog title={translate('Columns.title')} onClose={() => setIsOpen(false)}>
          <ul className="column-choice">
            {[...columns, ...others].map(({ name, label }) => {
              const text = translateProperty(label, resource.id);
              const isShown = names.includes(name);
              return (
                <li key={name}>
                  <label>
                    <input type="checkbox" checked={isShown} onChange={() => toggle(name)} /> {text}
                  </label>
                  {isShown &&
                    ([-1, 1] as const).map((by) => (
                      <button
                        key={by}
                        type="button"
                        className="list-button"
                        aria-label={translate(by < 0 ? 'Columns.earlier' : 'Columns.later', { column: text })}
                        disabled={names[by < 0 ? 0 : names.length - 1] === name}
                        onClick={() => move(name, by)}
                      >
                        <Icon icon={by < 0 ? 'ArrowUp' : 'ArrowDown'} aria-hidden="true" />
                      </button>
                    ))}
                </li>
              );
            })}
          </ul>
          <div className="dialog-buttons">
            <Button type="button" variant="text" onClick={() => onChange(null)}>
              {translate('Columns.reset')}
            </Button>
            <Button type="button" variant="contained" onClick={() => setIsOpen(false)}>
              {translate('Columns.done')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

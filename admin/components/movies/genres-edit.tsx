import { FormGroup, FormMessage, Icon, Label } from '@adminjs/design-system';
import { type EditPropertyProps, useTranslation } from 'adminjs';
import { useState } from 'react';
import HelpText from '../properties/help-text.js';
import GenreInput from './genre-input.js';
import { namesIn } from './genres.js';

/** The field of a movie's genres: those that it has, each with a button to remove it, and a field to add one. */
export default function GenresEdit({ property, record, onChange, resource }: EditPropertyProps) {
  const { translateProperty, translateMessage } = useTranslation();
  const [typed, setTyped] = useState('');
  const names = namesIn(record.params[property.path]);
  const error = record.errors?.[property.path]?.message;
  const store = (changed: string[]) => onChange(property.path, changed.join('\n'));

  const add = () => {
    const name = typed.trim();
    setTyped('');
    const isKnown = names.some((known) => known.toLowerCase() === name.toLowerCase());
    if (name !== '' && !isKnown) store([...names, name]);
  };
  const text = (key: string, options?: object) => translateMessage(key, resource.id, options);
  return (
    <FormGroup error={Boolean(error)}>
      <Label>{translateProperty(property.label, property.resourceId)}</Label>
      <HelpText property={property} record={record} resource={resource} where="edit" />
      {names.length > 0 && (
        <ul className="genres">
          {names.map((name) => (
            <li key={name} className="genre">
              {name}
              <button
                type="button"
                aria-label={text('removeGenre', { name })}
                onClick={() => store(names.filter((other) => other !== name))}
              >
                <Icon icon="X" size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <GenreInput
        label={text('addGenre')}
        name={`new-${property.path}`}
        value={typed}
        invalid={Boolean(error)}
        onChange={setTyped}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ',') {
            event.preventDefault();
            add();
          }
          if (event.key === 'Backspace' && typed === '') store(names.slice(0, -1));
        }}
      />
      {error && <FormMessage>{translateMessage(error, resource.id)}</FormMessage>}
    </FormGroup>
  );
}

import { Input } from '@adminjs/design-system';
import { ApiClient } from 'adminjs';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';

const api = new ApiClient();

/** How long typing pauses before genres are looked up, in milliseconds. */
const PAUSE_MS = 150;

interface Props {
  label: string;
  name: string;
  value: string;
  onChange: (text: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onBlur?: () => void;
  invalid?: boolean;
}

/** A text field that offers the genres that begin with what is typed. */
export default function GenreInput({ label, name, value, onChange, onKeyDown, onBlur, invalid }: Props) {
  const id = useId();
  const [offered, setOffered] = useState<string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const found = await api.searchRecords({ resourceId: 'genres', query: value.trim() }).catch(() => []);
      if (isCurrent) setOffered(found.map(({ title }) => title));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [value]);
  return (
    <>
      <Input
        name={name}
        list={id}
        value={value}
        maxLength={40}
        autoComplete="off"
        aria-label={label}
        aria-invalid={invalid || undefined}
        placeholder={label}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      <datalist id={id}>
        {offered.map((genre) => (
          <option key={genre} value={genre} />
        ))}
      </datalist>
    </>
  );
}

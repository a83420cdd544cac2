import { Icon } from '@adminjs/design-system';
import { useQueryParams, useTranslation } from 'adminjs';
import { type FormEvent, useEffect, useState } from 'react';

/** A list's search box. */
export default function SearchBox({ resourceId }: { resourceId: string }) {
  const { translateLabel } = useTranslation();
  const { filters, storeParams } = useQueryParams<unknown, Record<string, string | undefined>>();
  const currentSearch = filters?.search ?? '';
  const [text, setText] = useState(currentSearch);
  useEffect(() => setText(currentSearch), [currentSearch]);

  const search = (query: string) =>
    storeParams({ filters: { ...filters, search: query.trim() || undefined }, page: '1' });
  const change = (value: string) => {
    setText(value);
    // The browser's clear button empties the box without a submit.
    if (value === '' && currentSearch !== '') search('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text);
  };
  const label = translateLabel('search', resourceId);
  return (
    <form role="search" className="list-search" onSubmit={submit}>
      <Icon icon="Search" aria-hidden="true" />
      <input
        type="search"
        name="search"
        value={text}
        placeholder={label}
        aria-label={label}
        onChange={(event) => change(event.target.value)}
      />
    </form>
  );
}

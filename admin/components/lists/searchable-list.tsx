import { Box, Icon, Input } from '@adminjs/design-system';
import { type ActionProps, useQueryParams, useTranslation } from 'adminjs';
import { type ComponentType, type FormEvent, useEffect, useState } from 'react';

/** AdminJS's list, with a search box above it if the resource is searchable. */
export default function SearchableList(
  props: ActionProps & { OriginalComponent: ComponentType<ActionProps> },
) {
  const { OriginalComponent, ...rest } = props;
  return (
    <>
      {props.action.custom.search === true && (
        <SearchBox key={props.resource.id} resourceId={props.resource.id} />
      )}
      <OriginalComponent {...rest} />
    </>
  );
}

function SearchBox({ resourceId }: { resourceId: string }) {
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
    <Box
      as="form"
      role="search"
      onSubmit={submit}
      flex
      alignItems="center"
      mb="xxl"
      style={{ gap: 8, maxWidth: 420 }}
    >
      <Icon icon="Search" aria-hidden="true" />
      <Input
        type="search"
        name="search"
        width={1}
        value={text}
        placeholder={label}
        aria-label={label}
        onChange={(event: { target: { value: string } }) => change(event.target.value)}
      />
    </Box>
  );
}

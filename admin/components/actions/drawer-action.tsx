import { Box, Button, DrawerContent, DrawerFooter, Icon, Text } from '@adminjs/design-system';
import {
  ActionHeader,
  type ActionProps,
  ApiClient,
  BasePropertyComponent,
  type RecordJSON,
  useNotice,
  useTranslation,
} from 'adminjs';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';

const api = new ApiClient();

/** What a drawer's action answers. */
interface Answer {
  notice?: Parameters<ReturnType<typeof useNotice>>[0];
  redirectUrl?: string;
  record?: { errors?: RecordJSON['errors'] };
}

/** The drawer of a decision on one record or on a selection: what it is about, what it asks for, and a button. */
export default function Decision(props: ActionProps) {
  const { action, resource, record, records } = props;
  const { asks, shows } = action.custom as { asks?: string; shows: string[] };
  const { translateAction, translateMessage } = useTranslation();
  const addNotice = useNotice();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [given, setGiven] = useState<string | null>(null);
  const [errors, setErrors] = useState<RecordJSON['errors']>({});
  const [busy, setBusy] = useState(false);
  const chosen = records ?? (record ? [record] : []);
  const asked = resource.editProperties.find(({ name }) => name === asks);
  useEffect(
    () => form.current?.querySelector<HTMLElement>('textarea, input, button[type=submit]')?.focus(),
    [],
  );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const data = new FormData();
    // The field tells of what was typed when it loses the focus, which may be only now.
    const typed = asks ? new FormData(form.current ?? undefined).get(asks) : null;
    if (asks) data.set(asks, given ?? (typeof typed === 'string' ? typed : ''));
    const call = { resourceId: resource.id, actionName: action.name, method: 'post', data };
    try {
      const answer = record
        ? await api.recordAction({ ...call, recordId: record.id })
        : await api.bulkAction({ ...call, recordIds: chosen.map(({ id }) => id) });
      const { notice, redirectUrl, record: answered } = answer.data as Answer;
      if (notice) addNotice(notice);
      setErrors(answered?.errors ?? {});
      if (redirectUrl)
        navigate(
          record && leadsBack(action)
            ? `/admin/resources/${resource.id}/records/${record.id}/show`
            : `${redirectUrl}?${listQuery()}`,
        );
    } catch {
      addNotice({ type: 'error', message: translateMessage('decisionFailed', resource.id) });
    }
    setBusy(false);
  };

  const label = translateAction(action.label, resource.id);
  const base = { ...(record ?? chosen[0]), params: { ...(asks && { [asks]: given ?? '' }) }, errors };
  return (
    <Box as="form" ref={form} onSubmit={submit} flex flexDirection="column" height="100%">
      <DrawerContent>
        <ActionHeader omitActions {...props} />
        <Text mb="lg" color="text">
          {translateMessage(`${action.name.replace(/Selected$/, '')}About`, resource.id)}
        </Text>
        {asked && (
          <BasePropertyComponent
            where="edit"
            property={asked}
            resource={resource}
            record={base as RecordJSON}
            onChange={(_name: unknown, value: unknown) =>
              setGiven(typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
            }
          />
        )}
        {chosen.map((one) => (
          <Box key={one.id} py="default" borderTop="default" data-testid="decided">
            {resource.listProperties
              .filter(({ name }) => shows.includes(name))
              .toSorted((a, b) => shows.indexOf(a.name) - shows.indexOf(b.name))
              .map((property) => (
                <Box key={property.name} mr="lg" my="sm" style={{ display: 'inline-block' }}>
                  <BasePropertyComponent where="list" property={property} resource={resource} record={one} />
                </Box>
              ))}
          </Box>
        ))}
      </DrawerContent>
      <DrawerFooter>
        <Button variant="contained" size="lg" type="submit" disabled={busy}>
          <Icon icon={busy ? 'Loader' : (action.icon ?? 'Check')} spin={busy} />
          {label}
        </Button>
      </DrawerFooter>
    </Box>
  );
}

/** Whether the drawer was opened on the record's own page, and the record is still there. */
function leadsBack({ custom }: ActionProps['action']): boolean {
  return !custom.removes && new URLSearchParams(window.location.search).get('from') === 'record';
}

/** The query of the list behind the drawer, which is to be read anew. */
function listQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete('recordIds');
  query.delete('from');
  query.set('refresh', 'true');
  return query.toString();
}

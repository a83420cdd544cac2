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
import PresetReasons from '../reviews/preset-reasons.js';
import { describeFaults } from '../forms/faults.js';

const api = new ApiClient();

/** The response of a drawer's action. */
interface ActionResult {
  notice?: Parameters<ReturnType<typeof useNotice>>[0];
  redirectUrl?: string;
  record?: { errors?: RecordJSON['errors'] };
}

/** The drawer of an action on one record or a selection: its input field, the records, and a button. */
export default function DrawerAction(props: ActionProps) {
  const { action, resource, record, records } = props;
  const { inputProperty, shownProperties } = action.custom as {
    inputProperty?: string;
    shownProperties: string[];
  };
  const { translateAction, translateMessage } = useTranslation();
  const addNotice = useNotice();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [input, setInput] = useState<string | null>(null);
  const [errors, setErrors] = useState<RecordJSON['errors']>({});
  const [busy, setBusy] = useState(false);
  const selected = records ?? (record ? [record] : []);
  const field = inputProperty === undefined ? undefined : resource.properties[inputProperty];
  useEffect(
    () => form.current?.querySelector<HTMLElement>('textarea, input, button[type=submit]')?.focus(),
    [],
  );

  useEffect(() => describeFaults(form.current, errors), [errors]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const data = new FormData();
    // The field reports its value when it loses the focus, which may not have happened yet.
    const typed = inputProperty ? new FormData(form.current ?? undefined).get(inputProperty) : null;
    if (inputProperty) data.set(inputProperty, input ?? (typeof typed === 'string' ? typed : ''));
    const call = { resourceId: resource.id, actionName: action.name, method: 'post', data };
    try {
      const response = record
        ? await api.recordAction({ ...call, recordId: record.id })
        : await api.bulkAction({ ...call, recordIds: selected.map(({ id }) => id) });
      const { notice, redirectUrl, record: rejected } = response.data as ActionResult;
      if (notice) addNotice(notice);
      setErrors(rejected?.errors ?? {});
      if (redirectUrl)
        navigate(
          record && returnsToRecord(action)
            ? `/admin/resources/${resource.id}/records/${record.id}/show`
            : `${redirectUrl}?${listQuery()}`,
        );
    } catch {
      addNotice({ type: 'error', message: translateMessage('decisionFailed', resource.id) });
    }
    setBusy(false);
  };

  const label = translateAction(action.label, resource.id);
  const formRecord = {
    ...(record ?? selected[0]),
    params: { ...(inputProperty && { [inputProperty]: input ?? '' }) },
    errors,
  };
  return (
    <Box as="form" ref={form} onSubmit={submit} flex flexDirection="column" height="100%">
      <DrawerContent>
        <ActionHeader omitActions {...props} />
        <Text mb="lg" color="text">
          {translateMessage(`${action.name.replace(/Selected$/, '')}About`, resource.id)}
        </Text>
        {field && (
          <BasePropertyComponent
            where="edit"
            property={field}
            resource={resource}
            record={formRecord as RecordJSON}
            onChange={(_name: unknown, value: unknown) =>
              setInput(typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
            }
          />
        )}
        {inputProperty === 'hidden_reason' && <PresetReasons resourceId={resource.id} onChoose={setInput} />}
        {selected.map((one) => (
          <Box key={one.id} py="default" borderTop="default" data-testid="decided">
            {resource.listProperties
              .filter(({ name }) => shownProperties.includes(name))
              .toSorted((a, b) => shownProperties.indexOf(a.name) - shownProperties.indexOf(b.name))
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

/** Whether the drawer was opened on the record's page and the action keeps the record in its list. */
function returnsToRecord({ custom }: ActionProps['action']): boolean {
  return !custom.removesFromList && new URLSearchParams(window.location.search).get('from') === 'record';
}

/** The query string of the list behind the drawer, with a request to reload the list. */
function listQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete('recordIds');
  query.delete('from');
  query.set('refresh', 'true');
  return query.toString();
}

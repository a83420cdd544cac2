import { Box, Button, DrawerContent, MessageBox } from '@adminjs/design-system';
import {
  type ActionProps,
  BasePropertyComponent,
  LayoutElementRenderer,
  useNotice,
  useTranslation,
} from 'adminjs';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { VersionedRecord } from '../../actions/versioned-form.js';
import { rememberPlace } from '../lists/list-memory.js';
import { freshList, isListed, neighbourOf } from '../lists/neighbours.js';
import Conflict from './conflict.js';
import { describeFaults } from './faults.js';
import { useLeaveGuard } from './leave-guard.js';
import { sendForm } from './send-form.js';
import { useForm } from './use-form.js';

/** Where one goes after a save. */
type Then = 'list' | 'next' | 'another';

/** The form of a new or an existing record. Each is a form of its own, so that none shows what was typed into another. */
export default function RecordForm(props: ActionProps) {
  const [round, setRound] = useState(0);
  const { resource, record } = props;
  return (
    <Form key={`${resource.id}:${record?.id ?? round}`} {...props} onAnother={() => setRound(round + 1)} />
  );
}

function Form(props: ActionProps & { onAnother: () => void }) {
  const { resource, action, record: initial, onAnother } = props;
  const form = useForm(initial, resource);
  const { translateButton, translateMessage } = useTranslation();
  const addNotice = useNotice();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<{ stored: VersionedRecord; after: Then } | null>(null);
  // AdminJS types it as a text, and it is a number.
  const recordId = initial?.id === undefined ? undefined : String(initial.id);
  const isNew = recordId === undefined;
  const pass = useLeaveGuard({
    active: Object.keys(form.changed).length > 0,
    text: translateMessage('leaveConfirm', resource.id),
    onLeave: form.forget,
  });
  useEffect(() => {
    if (!isNew) rememberPlace(resource.id, { opened: recordId });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a form.
  }, []);

  const { errors } = form.record;
  useEffect(() => {
    describeFaults(element.current, errors);
    element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [errors]);

  const leave = async (then: Then) => {
    form.forget();
    pass();
    if (then === 'another') return onAnother();
    const next = then === 'next' && !isNew ? await neighbourOf(resource.id, recordId, 1) : null;
    if (then === 'next' && next === null) addNotice({ message: 'lastOne', type: 'info' });
    return navigate(
      next === null ? freshList(resource.id) : `/admin/resources/${resource.id}/records/${next}/edit`,
    );
  };

  const save = async (then: Then, values: Record<string, unknown>, version: string | undefined) => {
    if (!isNew && Object.keys(values).length === 0) return leave(then);
    setBusy(true);
    const outcome = await sendForm({ resourceId: resource.id, recordId }, values, version);
    setBusy(false);
    if (outcome.kind === 'conflict') return setConflict({ stored: outcome.stored, after: then });
    if (outcome.kind === 'failed')
      return addNotice({ message: outcome.message, type: 'error', resourceId: resource.id });
    if (outcome.notice) addNotice(outcome.notice);
    if (outcome.kind === 'saved') {
      rememberPlace(resource.id, { opened: outcome.id });
      return leave(then);
    }
    return form.setRecord((current) => ({ ...current, errors: outcome.errors }));
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const then = (submitter as HTMLButtonElement | null)?.value as Then | undefined;
    void save(then ?? 'list', isNew ? form.record.params : form.changed, form.version);
  };

  /** AdminJS's fields tell what is typed only when they lose the focus: too late for a draft. */
  const type = ({ target }: FormEvent<HTMLFormElement>) => {
    const { name, value, type } = target as HTMLInputElement;
    const property = resource.properties[name];
    if (property && !property.components?.edit && type !== 'checkbox') form.handleChange(name, value);
  };

  const choose = (values: Record<string, unknown>) => {
    if (!conflict) return;
    const { stored, after } = conflict;
    setConflict(null);
    form.rebase(stored, values);
    void save(after, values, stored.version);
  };

  const field = { ...props, where: 'edit' as const, onChange: form.handleChange, record: form.record };
  return (
    <>
      <Box
        as="form"
        ref={element}
        onSubmit={submit}
        onInput={type}
        flex
        flexGrow={1}
        flexDirection="column"
        data-css={`${resource.id}-${action.name}-form`}
      >
        <DrawerContent>
          {form.isDraft && (
            <MessageBox mb="xl" variant="info" message={translateMessage('draftRestored', resource.id)}>
              <Button
                type="button"
                variant="text"
                onClick={() => {
                  form.forget();
                  form.setRecord({ params: {}, populated: {}, ...initial, errors: {} } as VersionedRecord);
                }}
              >
                {translateButton('discardDraft', resource.id)}
              </Button>
            </MessageBox>
          )}
          {action.layout
            ? action.layout.map((layoutElement, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- the layout of an action never changes.
                <LayoutElementRenderer key={index} layoutElement={layoutElement} {...field} />
              ))
            : resource.editProperties.map((property) => (
                <BasePropertyComponent key={property.propertyPath} property={property} {...field} />
              ))}
        </DrawerContent>
        <div className="form-buttons">
          <Button variant="contained" type="submit" value="list" data-testid="button-save" disabled={busy}>
            {translateButton('save', resource.id)}
          </Button>
          {isNew && (
            <Button variant="outlined" type="submit" value="another" disabled={busy}>
              {translateButton('saveAnother', resource.id)}
            </Button>
          )}
          {!isNew && isListed(resource.id, recordId) && (
            <Button variant="outlined" type="submit" value="next" disabled={busy}>
              {translateButton('saveNext', resource.id)}
            </Button>
          )}
          <Button variant="text" type="button" onClick={() => navigate(freshList(resource.id))}>
            {translateButton('cancel', resource.id)}
          </Button>
        </div>
      </Box>
      {conflict && (
        <Conflict
          resource={resource}
          base={form.base}
          changed={form.changed}
          populated={form.record.populated}
          stored={conflict.stored}
          onChosen={choose}
          onClose={() => setConflict(null)}
        />
      )}
    </>
  );
}

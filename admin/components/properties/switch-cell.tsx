import { BasePropertyComponent, type ShowPropertyProps, useNotice, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import { sendForm } from '../forms/send-form.js';
import { recordTitle } from '../layout/record-title.js';

/** A yes or no in a list, which who may edit the record switches there. Only this field is written. */
export default function SwitchCell(props: ShowPropertyProps) {
  const { property, record, resource } = props;
  const { translateProperty } = useTranslation();
  const addNotice = useNotice();
  const stored = record.params[property.path] === true;
  const [isOn, setOn] = useState(stored);
  const [busy, setBusy] = useState(false);
  useEffect(() => setOn(stored), [stored, record.id]);
  if (!record.recordActions.some(({ name }) => name === 'edit'))
    return <BasePropertyComponent.Boolean.List {...props} />;

  const toggle = async () => {
    if (busy) return;
    setBusy(true);
    setOn(!isOn);
    const target = { resourceId: resource.id, recordId: String(record.id) };
    const outcome = await sendForm(target, { [property.path]: !isOn });
    setBusy(false);
    if (outcome.kind === 'saved') {
      record.params[property.path] = !isOn;
      return;
    }
    setOn(isOn);
    const message = outcome.kind === 'failed' ? outcome.message : 'notSaved';
    addNotice(
      (outcome.kind === 'refused' && outcome.notice) || { message, type: 'error', resourceId: resource.id },
    );
  };
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={isOn}
      aria-busy={busy}
      aria-label={`${translateProperty(property.label, property.resourceId)}: ${recordTitle(record)}`}
      onClick={() => void toggle()}
    />
  );
}

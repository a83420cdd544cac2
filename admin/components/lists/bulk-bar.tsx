import { Icon } from '@adminjs/design-system';
import { type ActionJSON, type RecordJSON, useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';

interface Props {
  resourceId: string;
  selected: RecordJSON[];
  onAction: (event: MouseEvent, action: ActionJSON) => void;
  onClear: () => void;
}

/** The actions on the selected rows. */
export default function BulkBar({ resourceId, selected, onAction, onClear }: Props) {
  const { translateAction, translateLabel, translateButton } = useTranslation();
  if (selected.length === 0) return null;
  const [first, ...others] = selected;
  const actions = (first?.bulkActions ?? []).filter(({ name }) =>
    others.every(({ bulkActions }) => bulkActions.some((action) => action.name === name)),
  );
  const count = translateLabel('selectedRecords', resourceId, { selected: selected.length });
  return (
    <div className="bulk-bar" role="toolbar" aria-label={count}>
      <strong role="status">{count}</strong>
      {actions.map((action) => (
        <button
          key={action.name}
          type="button"
          className="list-button"
          onClick={(event) => onAction(event, action)}
        >
          {action.icon && <Icon icon={action.icon} aria-hidden="true" />}
          {translateAction(action.label, resourceId)}
        </button>
      ))}
      <button type="button" className="list-button" onClick={onClear}>
        {translateButton('clearSelection', resourceId)}
      </button>
    </div>
  );
}

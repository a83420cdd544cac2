import type { ActionJSON, RecordJSON } from 'adminjs';
import { useEffect } from 'react';
import { isShortcut } from '../layout/shortcuts.js';

/** The keys that run an action on the row that has the focus. */
const ACTION_KEYS: Record<string, string> = {
  e: 'edit',
  h: 'hide',
  s: 'markSpoiler',
  r: 'restore',
};

/**
 * The list's keys: `j` and `k` go from row to row, `x` selects, others run an action on the row.
 * @param act runs an action on a record
 */
export function useListKeys(
  records: RecordJSON[],
  act: (event: Event, action: ActionJSON, record: RecordJSON) => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      const rows = [...document.querySelectorAll<HTMLElement>('.list-table tbody tr')];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const row = rows[at];
      if (event.key === 'j' || event.key === 'k') {
        event.preventDefault();
        const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
        next?.querySelector<HTMLElement>('[data-opens], a, button')?.focus();
      } else if (event.key === 'x') {
        row?.querySelector('input')?.click();
      } else {
        const record = records.find(({ id }) => id === row?.dataset.id);
        const action = record?.recordActions.find(({ name }) => name === ACTION_KEYS[event.key]);
        if (record && action) act(event, action, record);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

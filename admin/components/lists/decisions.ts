import { ApiClient, type NoticeMessage, type RecordJSON, useNotice, useTranslation } from 'adminjs';
import { useEffect, useRef } from 'react';
import { isShortcut } from '../layout/shortcuts.js';

const api = new ApiClient();

const QUEUE = 'moderation_queue';

/** The reasons for hiding that have a key of their own, by the names of their texts under `messages`. */
export const PRESET_REASONS = ['presetInsult', 'presetAdvertisement', 'presetSpoiler', 'presetOffTopic'];

/**
 * Decisions on the moderation queue's rows by one key: `d` keeps a review, a digit hides it with a preset reason. Then the next
 * row has the focus.
 * @param reload loads the queue again
 */
export function useDecisions(resourceId: string, records: RecordJSON[], reload: () => void): void {
  const { translateMessage } = useTranslation();
  const addNotice = useNotice();
  /** The row that is to have the focus once the decided one is gone. */
  const next = useRef<string | null>(null);
  const isBusy = useRef(false);
  useEffect(() => {
    if (resourceId !== QUEUE || next.current === null) return;
    const row = document.querySelector(`.list-table tr[data-id="${CSS.escape(next.current)}"]`);
    const target = row ?? document.querySelector('.list-table tbody tr');
    target?.querySelector<HTMLElement>('[data-opens]')?.focus();
    next.current = null;
  }, [records, resourceId]);
  useEffect(() => {
    if (resourceId !== QUEUE) return undefined;
    const decide = async (id: string, actionName: string, reason: string) => {
      const at = records.findIndex((record) => record.id === id);
      isBusy.current = true;
      const data = new FormData();
      data.set('hidden_reason', reason);
      try {
        const call = { resourceId, recordId: id, actionName, data };
        const { notice } = (await api.recordAction(call)).data as { notice?: NoticeMessage };
        if (notice) addNotice(notice);
        next.current = (records[at + 1] ?? records[at - 1])?.id ?? '';
        reload();
      } catch {
        addNotice({ message: 'decisionFailed', type: 'error', resourceId });
      }
      isBusy.current = false;
    };
    const onKey = (event: KeyboardEvent) => {
      const reason = PRESET_REASONS[Number(event.key) - 1];
      if (!isShortcut(event) || isBusy.current || (event.key !== 'd' && reason === undefined)) return;
      const row = document.activeElement?.closest<HTMLElement>('.list-table tbody tr');
      const record = records.find(({ id }) => id === row?.dataset.id);
      const name = reason === undefined ? 'keep' : 'hide';
      if (!record?.recordActions.some((action) => action.name === name)) return;
      event.preventDefault();
      void decide(record.id, name, reason === undefined ? '' : translateMessage(reason, resourceId));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- notices and texts are new at each render.
  }, [records, resourceId]);
}

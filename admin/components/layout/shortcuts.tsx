import { Button } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import Dialog from '../dialog.js';

/** The shortcuts, each with the name of its text under `components.Shortcuts`. */
const SHORTCUTS = [
  ['Ctrl K', 'everything'],
  ['/', 'search'],
  ['j', 'next'],
  ['k', 'previous'],
  ['x', 'select'],
  ['e', 'edit'],
  ['h', 'hide'],
  ['d', 'keep'],
  ['1–4', 'preset'],
  ['s', 'spoiler'],
  ['r', 'restore'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const;

/** Whether a key is pressed as a shortcut: alone, outside of fields, menus and dialogs. */
export function isShortcut(event: KeyboardEvent): boolean {
  const { target, ctrlKey, altKey, metaKey, defaultPrevented, isComposing } = event;
  if (ctrlKey || altKey || metaKey || defaultPrevented || isComposing) return false;
  if (document.querySelector('dialog[open], #drawerPortal:not(.hidden)')) return false;
  const field = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [role="menu"]';
  return !(target instanceof Element && target.closest(field));
}

/** The shortcuts of every page, and the dialog that lists them. */
export default function Shortcuts() {
  const { translateComponent: translate } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      if (event.key === '?') setIsOpen(true);
      const box = document.querySelector<HTMLElement>('input[type="search"]');
      if (event.key !== '/' || !box) return;
      event.preventDefault();
      box.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (!isOpen) return null;
  return (
    <Dialog title={translate('Shortcuts.title')} onClose={() => setIsOpen(false)}>
      <dl className="shortcuts">
        {SHORTCUTS.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{translate(`Shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-buttons">
        <Button type="button" variant="contained" onClick={() => setIsOpen(false)}>
          {translate('Columns.done')}
        </Button>
      </div>
    </Dialog>
  );
}

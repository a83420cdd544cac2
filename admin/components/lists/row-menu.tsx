import { Icon } from '@adminjs/design-system';
import { type ActionJSON, actionHref, useTranslation } from 'adminjs';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';

interface Props {
  /** What the menu is about, for its name. */
  of: string;
  resourceId: string;
  recordId: string;
  actions: ActionJSON[];
  onAction: (event: MouseEvent, action: ActionJSON) => void;
}

/** The distance to the window's edges, in pixels. */
const GAP = 8;

/** A menu of a record's actions. It lies above everything else, so that no list clips it. */
export default function RowMenu({ of, resourceId, recordId, actions, onAction }: Props) {
  const { translateAction, translateComponent } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const element = menu.current;
    if (!isOpen || !element || !button.current) return undefined;
    element.popover = 'auto';
    element.showPopover();
    place(element, button.current.getBoundingClientRect());
    items(element)[0]?.focus();
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') setIsOpen(false);
    };
    const close = () => setIsOpen(false);
    element.addEventListener('toggle', onToggle);
    addEventListener('scroll', close, true);
    return () => {
      element.removeEventListener('toggle', onToggle);
      removeEventListener('scroll', close, true);
    };
  }, [isOpen]);

  const move = (event: KeyboardEvent) => {
    const all = items(event.currentTarget);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      setIsOpen(false);
      button.current?.focus();
    } else if (to !== undefined) {
      event.preventDefault();
      all.at(to % all.length)?.focus();
    }
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="row-menu-button"
        data-testid="actions-dropdown"
        aria-label={`${translateComponent('Names.actions')}: ${of}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setIsOpen(true);
        }}
      >
        <Icon icon="MoreHorizontal" aria-hidden="true" />
      </button>
      {isOpen && (
        <div
          ref={menu}
          id={id}
          role="menu"
          tabIndex={-1}
          className="row-menu"
          aria-label={of}
          onKeyDown={move}
        >
          {actions.map((action) => (
            <a
              key={action.name}
              role="menuitem"
              tabIndex={-1}
              href={actionHref(action, { resourceId, recordId }) ?? '#'}
              onClick={(event) => {
                setIsOpen(false);
                button.current?.focus();
                onAction(event, action);
              }}
            >
              {action.icon && <Icon icon={action.icon} aria-hidden="true" />}
              {translateAction(action.label, resourceId)}
            </a>
          ))}
        </div>
      )}
    </>
  );
}

function items(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Puts the menu below its button, or above where there is no room, inside the window. */
function place(menu: HTMLElement, anchor: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + height + GAP <= innerHeight;
  menu.style.top = `${Math.max(GAP, below ? anchor.bottom : anchor.top - height)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(anchor.right - width, innerWidth - width - GAP))}px`;
}

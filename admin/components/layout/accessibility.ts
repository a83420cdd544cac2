import { useTranslation } from 'adminjs';
import { useEffect } from 'react';

/** Where AdminJS's pages have controls without a name, and which of the texts beneath `components.Names` names them. */
const NAMED: [selector: string, name: string][] = [
  ['button[data-testid="first"]', 'first'],
  ['button[data-testid="previous"]', 'previous'],
  ['button[data-testid="next"]', 'next'],
  ['button[data-testid="last"]', 'last'],
  ['thead input[type="checkbox"]', 'selectAll'],
  ['tbody input[type="checkbox"]', 'select'],
  ['[data-testid="actions-dropdown"]', 'actions'],
  ['input ~ button[type="button"]', 'showPassword'],
  ['button[color="text"]', 'close'],
  ['a[type="button"]', 'back'],
];

/** What AdminJS made a link without an address, which no keyboard reaches. */
const DEAF = 'a.adminjs_Button:not([href]):not([tabindex])';
const NAMELESS_FIELDS =
  'input:not([type="checkbox"]):not([type="hidden"]):not([aria-label]), textarea:not([aria-label])';
const MARK = 'data-named';

/** Names AdminJS's nameless controls, and lets the keyboard reach those that it makes for the mouse alone. */
export function useAccessibleControls(): void {
  const { translateComponent, i18n } = useTranslation();
  useEffect(() => {
    const mend = () => {
      for (const [selector, name] of NAMED) nameAll(selector, translateComponent(`Names.${name}`));
      for (const field of document.querySelectorAll<HTMLInputElement>(NAMELESS_FIELDS)) nameByLabel(field);
      for (const control of document.querySelectorAll(DEAF)) {
        control.setAttribute('role', 'button');
        control.setAttribute('tabindex', '0');
      }
    };
    let waiting = 0;
    const observer = new MutationObserver(() => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        mend();
      });
    });
    mend();
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('keydown', press);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(waiting);
      document.removeEventListener('keydown', press);
      for (const element of document.querySelectorAll(`[${MARK}]`)) {
        element.removeAttribute(MARK);
        element.removeAttribute('aria-label');
      }
    };
  }, [i18n.language, translateComponent]);
}

function nameAll(selector: string, name: string): void {
  for (const element of document.querySelectorAll(`:is(${selector}):not([aria-label])`)) {
    if (element.textContent?.trim()) continue;
    // A row's controls by what the row is about: its first cell with a text.
    const cells = element.closest('tbody tr')?.querySelectorAll('td') ?? [];
    const about = [...cells].map((cell) => cell.textContent?.trim()).find(Boolean);
    setName(element, about ? `${name}: ${about}` : name);
  }
}

/** By the label that stands nearest, where no label names the field. */
function nameByLabel(field: HTMLInputElement): void {
  if (field.labels && field.labels.length > 0) return;
  for (let around = field.parentElement; around; around = around.parentElement) {
    const label = around.querySelector('label');
    if (!label) continue;
    setName(field, label.firstChild?.textContent?.trim() ?? '');
    return;
  }
}

function setName(element: Element, name: string): void {
  element.setAttribute('aria-label', name);
  element.setAttribute(MARK, '');
}

function press(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches('a[role="button"]:not([href])')) return;
  event.preventDefault();
  event.target.click();
}

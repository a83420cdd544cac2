import { useTranslation } from 'adminjs';
import { useEffect } from 'react';

/** Controls that AdminJS leaves without an accessible name, and the key of their name under `components.Names`. */
const UNNAMED_CONTROLS: [selector: string, name: string][] = [
  ['button[data-testid="first"]', 'first'],
  ['button[data-testid="previous"]', 'previous'],
  ['button[data-testid="next"]', 'next'],
  ['button[data-testid="last"]', 'last'],
  ['input ~ button[type="button"]', 'showPassword'],
  ['button[color="text"]', 'close'],
  ['a[type="button"]', 'back'],
];

/** Buttons that AdminJS renders as links without `href`, which the keyboard cannot reach. */
const UNREACHABLE_BUTTONS = 'a.adminjs_Button:not([href]):not([tabindex])';
const UNNAMED_FIELDS =
  'input:not([type="checkbox"]):not([type="hidden"]):not([aria-label]), textarea:not([aria-label])';
/** Marks the elements whose name is set here. */
const MARK = 'data-named';

/** Gives AdminJS's controls the accessible names and keyboard access that they lack, also those rendered later. */
export function useAccessibleControls(): void {
  const { translateComponent, i18n } = useTranslation();
  useEffect(() => {
    const fixControls = () => {
      for (const [selector, name] of UNNAMED_CONTROLS) nameAll(selector, translateComponent(`Names.${name}`));
      for (const field of document.querySelectorAll<HTMLInputElement>(UNNAMED_FIELDS)) nameByLabel(field);
      describeLandmarks(translateComponent('Names.navigation'));
      for (const control of document.querySelectorAll(UNREACHABLE_BUTTONS)) {
        control.setAttribute('role', 'button');
        control.setAttribute('tabindex', '0');
      }
    };
    let frame = 0;
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        fixControls();
      });
    });
    fixControls();
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('keydown', clickByKey);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('keydown', clickByKey);
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
    // Names of a row's controls include the row's first text.
    const cells = element.closest('tbody tr')?.querySelectorAll('td') ?? [];
    const rowText = [...cells].map((cell) => cell.textContent?.trim()).find(Boolean);
    setName(element, rowText ? `${name}: ${rowText}` : name);
  }
}

/** Names a field without a label of its own by the nearest label. */
function nameByLabel(field: HTMLInputElement): void {
  if (field.labels && field.labels.length > 0) return;
  for (let ancestor = field.parentElement; ancestor; ancestor = ancestor.parentElement) {
    const label = ancestor.querySelector('label');
    if (!label) continue;
    setName(field, label.firstChild?.textContent?.trim() ?? '');
    return;
  }
}

/** Gives the page its landmarks, which AdminJS's boxes are not, and the notices a live region. */
function describeLandmarks(navigation: string): void {
  const content = document.querySelector('[data-css="app-content"]');
  for (const part of content?.children ?? []) {
    if (part.matches('header, footer')) continue;
    if (part.getAttribute('data-css') === 'notice') {
      part.setAttribute('role', 'status');
      part.setAttribute('aria-live', 'polite');
    } else if (part === mainPart(content)) {
      part.setAttribute('role', 'main');
      part.id = 'main';
      part.setAttribute('tabindex', '-1');
    }
  }
  const sidebar = document.querySelector('[data-css="sidebar"]');
  sidebar?.setAttribute('role', 'navigation');
  sidebar?.setAttribute('aria-label', navigation);
}

/** The part of the page that its route renders. */
function mainPart(content: Element | null): Element | undefined {
  const parts = [...(content?.children ?? [])];
  return parts.find((part) => !part.matches('header, footer, [data-css="notice"]'));
}

function setName(element: Element, name: string): void {
  element.setAttribute('aria-label', name);
  element.setAttribute(MARK, '');
}

function clickByKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches('a[role="button"]:not([href])')) return;
  event.preventDefault();
  event.target.click();
}

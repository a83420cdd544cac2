import type { RecordJSON } from 'adminjs';

/**
 * Ties the faults of a form to their fields, for screen readers: AdminJS's messages are only near them.
 * @param form the form, after it has rendered the faults
 */
export function describeFaults(form: HTMLElement | null, errors: RecordJSON['errors'] = {}): void {
  for (const field of form?.querySelectorAll('[aria-invalid]') ?? []) {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
  for (const name of Object.keys(errors)) {
    const group = form?.querySelector(`label[for="${CSS.escape(name)}"]`)?.closest('div, section');
    const field = group?.querySelector('input:not([type="hidden"]), textarea, select');
    const message = group?.lastElementChild;
    if (!field || !message?.textContent) continue;
    message.id = `fault-${name}`;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', message.id);
  }
}

/** Leaves empty fields out of the addresses that forms lead to. */
export function sendSparsely(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sparse]')) {
    form.addEventListener('formdata', ({ formData }) => {
      const empty = Array.from(formData).filter(([, value]) => value === '');
      for (const [name] of empty) formData.delete(name);
    });
  }
}

/** Leads to the faults of a form that was refused. */
export function focusSummary(): void {
  document.querySelector<HTMLElement>('[data-summary]')?.focus();
}

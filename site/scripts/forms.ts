/** Leads to the faults of a form that was refused. */
export function focusSummary(): void {
  document.querySelector<HTMLElement>('[data-summary]')?.focus();
}

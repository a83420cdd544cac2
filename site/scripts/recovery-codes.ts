/** Copies and prints recovery codes; the buttons show where scripts run. */
export function offerRecoveryCodes(): void {
  const actions = document.querySelector<HTMLElement>('[data-codes-actions]');
  const codes = [...document.querySelectorAll('[data-codes] code')].map(({ textContent }) => textContent);
  if (!actions) return;
  actions.hidden = false;
  actions.querySelector('[data-print]')?.addEventListener('click', () => window.print());
  const copy = actions.querySelector<HTMLElement>('[data-copy]');
  const status = actions.querySelector<HTMLElement>('[data-copied]');
  // Browsers copy on secure pages only.
  if (copy) copy.hidden = !window.isSecureContext;
  copy?.addEventListener('click', () => {
    void navigator.clipboard.writeText(codes.join('\n')).then(() => {
      if (status) status.textContent = status.dataset.copied ?? '';
    });
  });
}

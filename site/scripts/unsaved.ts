/** Asks before a page is left with text that was typed and not sent. */
export function guardUnsavedText(): void {
  const typedInto = new Set<HTMLTextAreaElement>();
  let isSending = false;
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement) typedInto.add(target);
  });
  document.addEventListener('submit', (event) => {
    isSending ||= !event.defaultPrevented;
  });
  window.addEventListener('pageshow', () => {
    isSending = false;
  });
  window.addEventListener('beforeunload', (event) => {
    const isUnsaved = [...typedInto].some((text) => text.isConnected && text.value !== text.defaultValue);
    if (isUnsaved && !isSending) event.preventDefault();
  });
}

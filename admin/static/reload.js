// Sent instead of a script of an older build: the page that requests it is outdated, too. Reloads it, once.
(() => {
  const key = 'marquee.reloaded';
  const last = Number(sessionStorage.getItem(key));
  if (Date.now() - last > 10_000) {
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
    return;
  }
  addEventListener('DOMContentLoaded', () => {
    document.body.textContent = /^de\b/.test(navigator.language)
      ? 'Diese Seite wird gerade erneuert. Bitte in einer Minute neu laden.'
      : 'This page is being updated. Please reload it in a minute.';
  });
})();

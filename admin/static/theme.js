// Sets the visitor's theme, or their system's, before the first paint. Inlined into each page's head.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem('marquee.theme');
    } catch {
      // Without storage nothing is remembered.
    }
    const theme = chosen === 'dark' || (chosen !== 'light' && dark.matches) ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('marquee:theme'));
  };
  dark.addEventListener('change', apply);
  addEventListener('marquee:theme-chosen', apply);
  apply();
})();

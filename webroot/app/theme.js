// Loaded before the first paint (a classic script), so that a remembered theme does not flash.
(() => {
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem('rivulet.theme');
    } catch {
      return null;
    }
  };
  const isDark = () =>
    (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  if (remembered()) root.dataset.theme = remembered();

  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-toggle]');
    if (!button) return;
    const show = () => button.setAttribute('aria-pressed', String(isDark()));
    show();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try {
        localStorage.setItem('rivulet.theme', root.dataset.theme);
      } catch {
        // Storage refused: the theme holds for this page.
      }
      show();
    });
  });
})();

// Loaded before the first paint (a classic script): a remembered theme does not flash, and what a page puts off until
// there is something to see comes then.
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

  /** Styles first: what the scripts draw has its look from the beginning. */
  async function bring(later) {
    const parts = [...document.importNode(later.content, true).children];
    const styles = parts.filter((part) => part.rel === 'stylesheet');
    const loaded = styles.map(
      (part) =>
        new Promise((resolve) => {
          part.onload = resolve;
          part.onerror = resolve;
        }),
    );
    const scripts = parts.filter((part) => part.localName === 'script');
    document.head.append(...parts.filter((part) => !scripts.includes(part)));
    await Promise.all(loaded);
    for (const script of scripts) script.async = false;
    document.head.append(...scripts);
  }

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  /** The picture has the network and the processor for itself, but not for long. Hidden pages have no frames. */
  async function painted() {
    await frame();
    const picture = document.querySelector('#stage img');
    if (!picture) return;
    await picture.decode().catch(() => {});
    await frame();
  }

  addEventListener('DOMContentLoaded', () => {
    const later = document.getElementById('later');
    if (later) Promise.race([painted(), pause(document.hidden ? 0 : 700)]).then(() => bring(later));
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

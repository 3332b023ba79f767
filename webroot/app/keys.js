// Keyboard control of the player, and the sheet that explains it.
import { h, icon } from './dom.js';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

const SHEET = [
  ['Space or K', 'play, pause'],
  ['J and L', 'back, forward 10 seconds'],
  ['← and →', 'back, forward 5 seconds'],
  ['↑ and ↓', 'volume, while the player has the focus'],
  ['0 to 9', 'jump to 0 % to 90 %'],
  ['< and >', 'slower, faster'],
  ['M', 'sound on, off'],
  ['C', 'captions on, off'],
  ['F', 'full screen'],
  ['P', 'picture in picture'],
  ['?', 'this sheet'],
];

export function helpSheet() {
  const close = h(
    'button',
    { type: 'button', class: 'round', 'aria-label': 'Close', onclick: () => sheet.close() },
    icon('cross'),
  );
  const rows = SHEET.flatMap(([keys, what]) => [h('dt', {}, keys), h('dd', {}, what)]);
  const title = h('h2', { id: 'keys-title' }, 'Keyboard shortcuts');
  const sheet = h('dialog', { class: 'sheet', 'aria-labelledby': 'keys-title' }, close, title, h('dl', {}, ...rows));
  sheet.addEventListener('click', (event) => {
    if (event.target === sheet) sheet.close();
  });
  return sheet;
}

/** `does` holds one function per action; `player` is the element whose focus the volume keys need. */
export function listen(player, does) {
  const actions = {
    k: does.toggle,
    ' ': does.toggle,
    j: () => does.skip(-10),
    l: () => does.skip(10),
    ArrowLeft: () => does.skip(-5),
    ArrowRight: () => does.skip(5),
    ArrowUp: () => does.volume(0.05),
    ArrowDown: () => does.volume(-0.05),
    f: does.fullscreen,
    m: does.mute,
    p: does.pictureInPicture,
    c: does.captions,
    '<': () => does.speed(-1),
    '>': () => does.speed(1),
    '?': does.help,
  };
  for (let digit = 0; digit < 10; digit += 1) actions[digit] = () => does.jump(digit / 10);

  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = actions[key];
    if (!action || belongsElsewhere(event, key, player)) return;
    event.preventDefault();
    action();
  });
}

/** The focused element's own keys come first. */
function belongsElsewhere(event, key, player) {
  const path = event.composedPath().filter((node) => node instanceof Element);
  if (document.querySelector('dialog[open]')) return true;
  if (path.some((node) => node.matches('textarea, select, [contenteditable], [role=menu]'))) return true;
  if (path.some((node) => node.matches('input:not([type=range])'))) return true;
  if (key.startsWith('Arrow') && path.some((node) => node.matches('input[type=range]:not(.seek)'))) return true;
  const presses = path.some((node) => node.matches('button, a[href], [role=button], summary'));
  if (key === ' ' && presses) return true;
  return (key === 'ArrowUp' || key === 'ArrowDown') && !path.includes(player);
}

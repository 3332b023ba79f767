// A button that opens a list to choose one of, such as qualities. WAI-ARIA menu button with menuitemradio.
import { h, icon, say, set } from './dom.js';

/** `compact` shows the picture alone; the name and what is chosen are in the button's label. */
export function menu({ name, image, compact = false, onSelect }) {
  const current = h('span', { class: compact ? 'visually-hidden' : 'menu-current' });
  const button = h(
    'button',
    { type: 'button', class: 'menu-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: toggle },
    icon(image),
    current,
  );
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': name, hidden: true, onkeydown: move });
  const element = h('div', { class: compact ? 'menu-holder compact' : 'menu-holder' }, button, list);
  const rows = new Map();

  element.addEventListener('focusout', (event) => {
    if (!element.contains(event.relatedTarget)) close();
  });
  addEventListener('pointerdown', (event) => {
    if (!event.composedPath().includes(element)) close();
  });

  function toggle() {
    if (list.hidden) open();
    else close();
  }

  function open() {
    list.hidden = false;
    set(button, { 'aria-expanded': 'true' });
    (list.querySelector('[aria-checked="true"]') ?? list.firstElementChild)?.focus();
  }

  function close({ focus = false } = {}) {
    list.hidden = true;
    set(button, { 'aria-expanded': 'false' });
    if (focus) button.focus();
  }

  function move(event) {
    const items = [...list.children];
    const at = items.indexOf(event.target.closest('[role=menuitemradio]'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape') close({ focus: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function rowOf(value) {
    const label = h('span');
    const note = h('span', { class: 'menu-note' });
    const choose = () => {
      if (row.element.getAttribute('aria-disabled') === 'true') return;
      onSelect(value);
      close({ focus: true });
    };
    const attributes = { type: 'button', role: 'menuitemradio', tabindex: -1, class: 'menu-item', onclick: choose };
    const row = { label, note, element: h('button', attributes, icon('check'), label, note) };
    return row;
  }

  return {
    element,
    /** Items: {value, label, note, disabled, checked}. Rows are kept, so that focus survives an update. */
    show(items, summary) {
      say(current, summary);
      set(button, { 'aria-label': `${name}: ${summary}`, title: compact ? `${name}: ${summary}` : null });
      for (const item of items) {
        if (!rows.has(item.value)) rows.set(item.value, rowOf(item.value));
        const row = rows.get(item.value);
        say(row.label, item.label);
        say(row.note, item.note ?? '');
        set(row.element, { 'aria-checked': String(item.checked), 'aria-disabled': String(Boolean(item.disabled)) });
      }
      const order = items.map((item) => rows.get(item.value).element);
      if (order.length !== list.children.length || order.some((row, i) => list.children[i] !== row)) {
        list.replaceChildren(...order);
      }
    },
  };
}

// A list whose rows stay the same elements while what they show changes: focus and open disclosures survive.
import { h } from './dom.js';

/**
 * `key` names an item, `make` returns {element, show}. When the row that holds the focus goes, `heading` gets it.
 * `settle` shows exactly these items, in this order, as they were at a time of the server. `leave` takes a row away at
 * once: what the server said before `since` does not bring it back.
 */
export function rows(list, { key, make, heading, empty }) {
  const known = new Map(); // key -> {item, row}
  const left = new Map(); // key -> since
  return {
    leave(name, since) {
      left.set(name, Date.parse(since));
      if (known.has(name)) forget(name, known.get(name));
      empty.hidden = known.size > 0;
    },

    settle(all, at) {
      for (const [name, since] of left) {
        if (Date.parse(at) > since) left.delete(name);
      }
      const items = all.filter((item) => !left.has(key(item)));
      const there = new Set(items.map(key));
      for (const [name, entry] of known) {
        if (!there.has(name)) forget(name, entry);
      }
      items.forEach((item, i) => {
        const name = key(item);
        if (!known.has(name)) {
          const row = make(item);
          known.set(name, { row, item: h('li', { class: 'row' }, row.element) });
        }
        const entry = known.get(name);
        entry.row.show(item);
        if (list.children[i] !== entry.item) list.insertBefore(entry.item, list.children[i] ?? null);
      });
      empty.hidden = items.length > 0;
    },
  };

  function forget(name, entry) {
    if (entry.item.contains(document.activeElement)) heading.focus();
    entry.item.remove();
    known.delete(name);
  }
}

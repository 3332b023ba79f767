// The row of quality chips: planned, encoding (filling up), joined, failed.
import { h, set } from './dom.js';
import { explain } from './fault.js';
import { qualitiesOf } from './state.js';

const WORDS = { planned: 'planned', encoding: 'being encoded', joined: 'ready', failed: 'failed' };

export function chips() {
  const list = h('ul', { class: 'chips', 'aria-label': 'Qualities' });
  const shown = new Map();
  return {
    element: list,
    show(video) {
      const qualities = qualitiesOf(video);
      list.hidden = qualities.length === 0;
      for (const of of qualities) {
        if (!shown.has(of.quality)) {
          const word = h('span', { class: 'visually-hidden' });
          const item = h('li', { class: 'chip' }, of.quality, word);
          shown.set(of.quality, { item, word });
        }
        const { item, word } = shown.get(of.quality);
        set(item, { 'data-state': of.state, title: explain(of.error)?.problem ?? WORDS[of.state] });
        item.style.setProperty('--part', of.part);
        word.textContent = ` ${WORDS[of.state]}`;
      }
      const order = qualities.map((of) => shown.get(of.quality).item);
      if (order.some((item, i) => list.children[i] !== item)) list.replaceChildren(...order);
    },
  };
}

// Deleting with a way back: what was removed is out of sight, and deleted when nobody has wanted it back in time.
// Leaving the page means it: what is still on offer is deleted then.
import * as api from './api.js';
import { h, icon, say } from './dom.js';

/** Time enough to read and to reach the button; it does not run while the pointer or the focus is on the offer. */
const OFFER_MS = 10_000;

export function removals({ place, announce, wait = OFFER_MS }) {
  const open = new Set();
  const closing = new Map(); // id -> how its offer is closed

  addEventListener('pagehide', () => {
    for (const offered of open) offered.leave();
  });

  function offer({ id, title, byKey, undo, done, failed }) {
    let timer = null;
    const back = h('button', { type: 'button', class: 'button secondary', onclick: onUndo }, 'Undo');
    const label = `Delete ${title} now`;
    const now = h('button', { type: 'button', class: 'round', 'aria-label': label, onclick: () => commit() }, icon('cross'));
    const element = h('div', { class: 'toast' }, h('p', {}, `Deleted: ${title}`), back, now);
    const offered = { leave: () => api.removeLeaving(id) };

    function onUndo() {
      close();
      say(announce, `${title} is back`);
      undo();
    }

    /** Whoever is just there is not sent to the top of the page. */
    function closeKindly() {
      const focused = element.contains(document.activeElement);
      close();
      if (focused) document.getElementById('main')?.focus();
    }

    async function commit() {
      closeKindly();
      try {
        await api.remove(id);
        done();
      } catch (refusal) {
        if (refusal.status === 404) done();
        else failed(refusal);
      }
    }

    function close() {
      clearTimeout(timer);
      open.delete(offered);
      closing.delete(id);
      element.remove();
    }

    const run = () => {
      clearTimeout(timer);
      // The pointer also leaves what is taken away from under it.
      if (!open.has(offered)) return;
      timer = setTimeout(commit, wait);
    };
    const hold = () => clearTimeout(timer);
    for (const event of ['pointerenter', 'focusin']) element.addEventListener(event, hold);
    for (const event of ['pointerleave', 'focusout']) element.addEventListener(event, run);

    open.add(offered);
    closing.set(id, closeKindly);
    place.append(element);
    say(announce, `${title} is deleted. Undo is offered.`);
    if (byKey) back.focus();
    else run();
  }

  /** It is gone by another hand: nothing is left to undo. */
  const withdraw = (id) => closing.get(id)?.();

  return { offer, withdraw };
}

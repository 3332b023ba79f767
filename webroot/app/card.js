// One video of the library.
import * as api from './api.js';
import { chips } from './chips.js';
import { h, icon, say, set } from './dom.js';
import { faultOf, faultText } from './fault.js';
import { ago, clock } from './format.js';
import { progressLine } from './progress.js';
import { isWatchable } from './state.js';

export function card(id, { onRemoved }) {
  const link = h('a', { class: 'card-link' });
  const title = h('h3', { class: 'card-title' }, link);
  const image = h('img', { alt: '', loading: 'lazy', decoding: 'async', hidden: true });
  const length = h('span', { class: 'length' });
  const poster = h('div', { class: 'poster' }, h('div', { class: 'poster-wave' }, icon('wave')), image, length);
  const when = h('p', { class: 'when' });
  const fault = faultText();
  const refused = h('p', { class: 'error-text', role: 'status' });
  const line = progressLine();
  const row = chips();
  const remove = h('button', { type: 'button', class: 'quiet', onclick: removeTwice, onblur: calm }, 'Remove');
  const foot = h('div', { class: 'card-foot' }, when, remove);
  const body = h('div', { class: 'card-body' }, title, line.element, fault.element, row.element, refused, foot);
  const element = h('article', { class: 'card' }, poster, body);

  image.addEventListener('error', () => {
    image.hidden = true;
  });
  link.addEventListener('click', () => {
    // The watch page may start by itself only for someone who clicked.
    sessionStorage.setItem('rivulet.clicked', id);
  });

  // Two presses instead of a dialog: nothing is lost by a slip, nothing is covered.
  async function removeTwice() {
    if (remove.dataset.sure) {
      try {
        await api.remove(id);
        onRemoved(id);
      } catch (refusal) {
        say(refused, refusal.message);
      }
    } else {
      remove.dataset.sure = 'asked';
      label('Remove for good?');
    }
  }

  function calm() {
    delete remove.dataset.sure;
    label('Remove');
  }

  function label(text) {
    say(remove, text);
    set(remove, { 'aria-label': `${text} ${link.textContent}` });
  }

  return {
    element,
    show(video) {
      set(element, { 'data-id': id, 'data-status': video.status });
      say(link, video.title || 'Untitled');
      set(link, { href: isWatchable(video) ? `/watch/${encodeURIComponent(id)}` : null });
      if (video.thumbnailUrl && image.getAttribute('src') !== video.thumbnailUrl) {
        image.src = video.thumbnailUrl;
        image.hidden = false;
      }
      say(length, video.duration ? clock(video.duration) : '');
      say(when, ago(video.createdAt, Date.now()));
      line.show(video);
      row.show(video);
      fault.show(faultOf(video));
      label(remove.textContent);
    },
  };
}

// One video of the library.
import * as api from './api.js';
import { chips } from './chips.js';
import { h, icon, say, set } from './dom.js';
import { ago, clock } from './format.js';
import { progressLine } from './progress.js';
import { isTerminal, isWatchable } from './state.js';

export function card(id, { onRemoved }) {
  const link = h('a', { class: 'card-link' });
  const title = h('h3', { class: 'card-title' }, link);
  const image = h('img', { alt: '', loading: 'lazy', decoding: 'async', hidden: true });
  const length = h('span', { class: 'length' });
  const poster = h('div', { class: 'poster' }, h('div', { class: 'poster-wave' }, icon('wave')), image, length);
  const when = h('p', { class: 'when' });
  const error = h('p', { class: 'error-text' });
  const line = progressLine();
  const row = chips();
  const again = h('button', { type: 'button', class: 'quiet', onclick: () => act(() => api.retry(id)) }, 'Try again');
  const stop = h('button', { type: 'button', class: 'quiet', onclick: () => act(() => api.cancel(id)) }, 'Cancel');
  const remove = h('button', { type: 'button', class: 'quiet', onclick: removeTwice, onblur: calm }, 'Remove');
  const actions = h('div', { class: 'actions' }, again, stop, remove);
  const body = h('div', { class: 'card-body' }, title, when, line.element, error, row.element, actions);
  const element = h('article', { class: 'card' }, poster, body);

  image.addEventListener('error', () => {
    image.hidden = true;
  });
  link.addEventListener('click', () => {
    // The watch page may start by itself only for someone who clicked.
    sessionStorage.setItem('rivulet.clicked', id);
  });

  async function act(call) {
    try {
      await call();
      say(error, '');
    } catch (refusal) {
      say(error, refusal.message);
    }
  }

  // Two presses instead of a dialog: nothing is lost by a slip, nothing is covered.
  async function removeTwice() {
    if (remove.dataset.sure) {
      await act(async () => {
        await api.remove(id);
        onRemoved(id);
      });
    } else {
      remove.dataset.sure = 'asked';
      label(remove, 'Remove for good?');
    }
  }

  function calm() {
    delete remove.dataset.sure;
    label(remove, 'Remove');
  }

  function label(button, text) {
    say(button, text);
    set(button, { 'aria-label': `${text} ${link.textContent}` });
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
      say(error, video.error?.message ?? '');
      again.hidden = video.status !== 'FAILED' && video.status !== 'PARTIAL';
      stop.hidden = isTerminal(video);
      for (const button of [again, stop, remove]) label(button, button.textContent);
    },
  };
}

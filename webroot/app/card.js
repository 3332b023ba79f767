// One video of the library.
import * as api from './api.js';
import { chips } from './chips.js';
import { h, icon, say, set } from './dom.js';
import { faultOf, faultText } from './fault.js';
import { ago, clock } from './format.js';
import { progressLine } from './progress.js';
import { canRetry, isTerminal, isWatchable } from './state.js';
import { twice } from './twice.js';

export function card(id, { onRemoved, onChanged }) {
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
  const of = () => link.textContent;
  const again = h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => ask(() => api.retry(id), onChanged) }, 'Try again');
  const cancel = twice({ text: 'Cancel', question: 'Cancel and delete?', of, act: () => ask(() => api.cancel(id), onChanged) });
  const remove = twice({ text: 'Remove', question: 'Remove for good?', of, act: () => ask(() => api.remove(id), () => onRemoved(id)) });
  const foot = h('div', { class: 'card-foot' }, when, again, cancel.element, remove.element);
  const body = h('div', { class: 'card-body' }, title, line.element, fault.element, row.element, refused, foot);
  const element = h('article', { class: 'card' }, poster, body);

  image.addEventListener('error', () => {
    image.hidden = true;
  });
  link.addEventListener('click', () => {
    // The watch page may start by itself only for someone who clicked.
    sessionStorage.setItem('rivulet.clicked', id);
  });

  async function ask(call, done) {
    try {
      say(refused, '');
      done(await call());
    } catch (refusal) {
      say(refused, refusal.message);
    }
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
      again.hidden = !canRetry(video);
      set(again, { 'aria-label': `Try again ${of()}` });
      // Instead of one another: what is cancelled can be removed then.
      cancel.element.hidden = isTerminal(video);
      remove.element.hidden = !isTerminal(video);
      cancel.refresh();
      remove.refresh();
    },
  };
}

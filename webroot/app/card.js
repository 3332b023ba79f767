// One video of the library.
import * as api from './api.js';
import { chips } from './chips.js';
import { h, icon, say, set } from './dom.js';
import { faultOf, faultText } from './fault.js';
import { ago, clock } from './format.js';
import { progressLine } from './progress.js';
import { canRetry, isTerminal, isWatchable } from './state.js';
import { twice } from './twice.js';

/** `onRemove` is told of the wish, with the event that it came by; `onChanged` the video after a change. */
export function card(id, { onRemove, onChanged }) {
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
  const remove = h('button', { type: 'button', class: 'quiet', onclick: (event) => onRemove(id, event) }, 'Delete');
  const rename = h('button', { type: 'button', class: 'quiet', onclick: edit }, 'Rename');
  const foot = h('div', { class: 'card-foot' }, when, again, rename, cancel.element, remove);
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

  /** In place: Enter and leaving the field keep the title, Escape leaves it as it was. */
  function edit() {
    const before = of();
    const field = h('input', { type: 'text', maxlength: 200, 'aria-label': `Title of ${before}`, class: 'card-edit' });
    let open = true;
    field.value = before;
    const close = (focus) => {
      open = false;
      field.remove();
      title.hidden = false;
      if (focus) rename.focus();
    };
    const keep = (focus) => {
      if (!open) return;
      const words = field.value.trim();
      close(focus);
      if (words && words !== before) ask(() => api.describe(id, { title: words }), onChanged);
    };
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') keep(true);
      else if (event.key === 'Escape') close(true);
      else return;
      event.preventDefault();
    });
    field.addEventListener('blur', () => keep(false));
    title.before(field);
    title.hidden = true;
    field.select();
    field.focus();
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
      remove.hidden = !isTerminal(video);
      cancel.refresh();
      set(remove, { 'aria-label': `Delete ${of()}` });
      set(rename, { 'aria-label': `Rename ${of()}` });
    },
  };
}

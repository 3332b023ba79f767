// The list of running uploads: a row each, fed by drop and by picking.
import { h, icon, say, set } from './dom.js';
import { explain, faultText } from './fault.js';
import { bytes, span, titleOf } from './format.js';
import { Speedometer, UploadQueue } from './queue.js';
import { send } from './upload.js';

export function uploads({ list, section, announce, onVideo }) {
  const queue = new UploadQueue();

  function add(files) {
    const items = [...files].map((file) => queue.add(createItem(file)));
    if (!items.length) return;
    list.append(...items.map((item) => item.row.element));
    say(announce, items.length === 1 ? `Uploading ${items[0].title}` : `Uploading ${items.length} files`);
    pump();
  }

  function createItem(file) {
    const item = { file, title: titleOf(file.name) };
    item.row = rowOf(item, {
      onCancel: () => drop(item),
      onRetry: () => {
        queue.retry(item);
        pump();
      },
    });
    return item;
  }

  function pump() {
    for (const item of queue.next()) start(item);
    section.hidden = queue.items.length === 0;
    for (const item of queue.items) item.row.show(item);
  }

  async function start(item) {
    const meter = new Speedometer();
    item.sent = 0;
    item.error = null;
    const sending = send(item.file, item.title, (sent) => {
      item.sent = sent;
      meter.add(performance.now(), sent);
      item.speed = meter.speed;
      item.remaining = meter.remaining(item.file.size);
      item.row.show(item);
    });
    item.abort = sending.abort;
    try {
      const video = await sending.promise;
      finish(item, 'done');
      say(announce, `${item.title} is uploaded`);
      onVideo(video);
    } catch (failure) {
      if (item.state !== 'sending') return;
      item.error = explain({ code: failure.code, message: failure.message });
      finish(item, 'failed');
      say(announce, `${item.title}: ${item.error.problem} ${item.error.advice}`.trim());
    }
  }

  function drop(item) {
    const running = item.state === 'sending';
    finish(item, 'cancelled');
    if (running) item.abort();
  }

  function finish(item, state) {
    queue.settle(item, state);
    if (state !== 'failed') item.row.element.remove();
    pump();
  }

  addEventListener('beforeunload', (event) => {
    if (queue.active.length) event.preventDefault();
  });

  return {
    add,
    /** The titles being sent: their cards come with the 202, not before. */
    sending: () => queue.items.some((item) => item.state === 'sending'),
  };
}

function rowOf(item, { onCancel, onRetry }) {
  const bar = h('progress', { max: 100, value: 0, 'aria-label': `Upload of ${item.title}` });
  const numbers = h('p', { class: 'numbers' });
  const fault = faultText();
  const retry = h('button', { type: 'button', class: 'quiet', onclick: onRetry }, 'Try again');
  const label = `Cancel the upload of ${item.title}`;
  const cancel = h('button', { type: 'button', class: 'round', 'aria-label': label, onclick: onCancel }, icon('cross'));
  const title = h('p', { class: 'upload-title' }, item.title);
  const text = h('div', { class: 'upload-text' }, title, numbers, bar, fault.element);
  return {
    element: h('li', { class: 'upload' }, text, retry, cancel),
    show({ state, file, sent = 0, speed, remaining, error: why }) {
      const percent = file.size ? (100 * sent) / file.size : 0;
      bar.value = percent;
      bar.hidden = state === 'failed';
      retry.hidden = state !== 'failed';
      set(cancel, { 'aria-label': state === 'failed' ? `Dismiss ${item.title}` : label });
      fault.show(state === 'failed' ? why : null);
      const parts = [`${Math.floor(percent)} %`, `${bytes(sent)} of ${bytes(file.size)}`];
      if (speed) parts.push(`${bytes(speed)}/s`);
      if (remaining !== null && remaining !== undefined) parts.push(`${span(remaining)} left`);
      const instead = { queued: `Waiting · ${bytes(file.size)}`, failed: '' }[state];
      say(numbers, instead ?? (sent >= file.size && file.size ? 'Storing…' : parts.join(' · ')));
    },
  };
}

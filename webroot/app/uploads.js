// The uploads of this page: begun by dropping, picking and pasting, gone on with after a reload.
import { say } from './dom.js';
import { explain } from './fault.js';
import { titleOf } from './format.js';
import { difference, identityOf, same } from './identity.js';
import { Speedometer, UploadQueue } from './queue.js';
import { lasting, send, Stopped } from './sending.js';
import { claimed, forget, keep, kept } from './shelf.js';
import { picked, canPick } from './sources.js';
import { end } from './tus.js';
import { uploadRow } from './uploadrow.js';

/** How often it is written down how far an upload is, for a page that is loaded anew to show. */
const NOTE_MS = 2000;

/**
 * `onVideo` is told the id of a video whose upload has begun or ended, `onShare` how many bytes of how many are sent;
 * `chooser` is the input that asks for one file again where the browser gives no handles; `all` draws what can be done
 * with all of them.
 */
export function uploads({ list, section, all, announce, chooser, onVideo, onShare }) {
  const queue = new UploadQueue();
  let asked = null;

  /** @param found {file, handle} each, as `sources` gives them */
  async function add(found) {
    let begun = 0;
    let last = '';
    for (const { file, handle } of found) {
      const identity = await identityOf(file);
      const waiting = queue.items.find((item) => item.state === 'asking' && same(item.record, identity));
      if (waiting) {
        goOn(waiting, file, handle);
        continue;
      }
      const record = { ...identity, key: newKey(), added: Date.now() + begun, title: titleOf(file.name), handle };
      // Before the first byte: a reload in the next moment finds it.
      await keep(record);
      await claimed(record.key);
      place({ record, file }, 'queued');
      last = record.title;
      begun += 1;
    }
    if (begun) say(announce, begun === 1 ? `Uploading ${last}` : `Uploading ${begun} files`);
    pump();
  }

  /** Puts back what an earlier page was not done with. */
  async function restore() {
    for (const record of await kept()) {
      if (!(await claimed(record.key))) continue;
      const file = await reopened(record);
      place({ record, file, sent: record.sent ?? 0 }, file ? (record.paused ? 'paused' : 'queued') : 'asking');
    }
    pump();
  }

  /** The file, where the browser lets us have it without asking. */
  async function reopened(record) {
    try {
      if ((await record.handle?.queryPermission({ mode: 'read' })) !== 'granted') return null;
      const file = await record.handle.getFile();
      return same(record, await identityOf(file)) ? file : null;
    } catch {
      return null;
    }
  }

  function place(item, state) {
    item.title = item.record.title;
    item.row = uploadRow(item, {
      onPause: () => pause(item),
      onResume: () => resume(item),
      onChoose: () => choose(item),
      onRetry: () => retry(item),
      onCancel: () => cancel(item),
    });
    queue.add(item, state);
    list.append(item.row.element);
  }

  function pump() {
    for (const item of queue.next()) start(item);
    draw();
  }

  function draw() {
    section.hidden = queue.items.length === 0;
    for (const item of queue.items) item.row.show(item);
    all.draw(queue.items);
  }

  async function start(item) {
    const { record } = item;
    // Paused and resumed at once: what runs still is let to its end.
    await item.settled;
    if (item.state !== 'sending') return;
    const meter = new Speedometer();
    item.error = null;
    item.trouble = null;
    item.speed = null;
    let noted = performance.now();
    const note = () => {
      noted = performance.now();
      record.sent = item.sent;
      keep(record);
    };
    const sending = send({
      file: item.file,
      record,
      keep: () => keep(record),
      onVideo,
      onProgress: (sent) => {
        item.sent = sent;
        meter.add(performance.now(), sent);
        if (performance.now() - noted > NOTE_MS) note();
        item.speed = meter.speed;
        item.remaining = meter.remaining(record.size);
        item.row.show(item);
        onShare(record.video, sent, record.size);
      },
      onWait: (failure) => {
        if (failure) item.speed = null;
        if (failure || item.trouble) {
          item.trouble = failure?.message ?? null;
          item.row.show(item);
        }
      },
    });
    item.stop = sending.stop;
    item.settled = sending.promise.catch(() => {});
    try {
      const video = await sending.promise;
      take(item);
      say(announce, `${item.title} is uploaded`);
      onVideo(video);
    } catch (failure) {
      if (failure instanceof Stopped || item.state !== 'sending') return;
      fail(item, failure);
    }
    pump();
  }

  function fail(item, failure) {
    if (lasting(failure) && failure.status !== 507) {
      // What was refused, or ended on the server, cannot go on: the next try begins anew, if there is one.
      Object.assign(item.record, { parts: null, video: null });
      forget(item.record.key);
    } else {
      keep(item.record);
    }
    item.error = explain({ code: failure.code, message: failure.message });
    queue.rest(item, 'failed');
    say(announce, `${item.title}: ${item.error.problem} ${item.error.advice}`.trim());
  }

  function pause(item) {
    queue.rest(item, 'paused');
    item.stop?.();
    item.record.paused = true;
    item.record.sent = item.sent ?? 0;
    keep(item.record);
    pump();
  }

  function resume(item) {
    item.record.paused = false;
    keep(item.record);
    queue.again(item);
    pump();
  }

  function retry(item) {
    item.sent = item.record.parts ? item.sent : 0;
    resume(item);
  }

  /** By the handle, which needs a press of a button; else the person shows where the file is. */
  async function choose(item) {
    item.trouble = null;
    const handle = item.record.handle;
    try {
      if (handle && (await handle.requestPermission({ mode: 'read' })) === 'granted') {
        await checked(item, await handle.getFile(), handle);
        return;
      }
    } catch {
      // It was moved or deleted: asked for like a file without handle.
    }
    if (canPick()) {
      const [found] = await picked({ multiple: false }).catch(() => []);
      if (found) await checked(item, found.file, found.handle);
      return;
    }
    asked = item;
    chooser.click();
  }

  chooser.addEventListener('change', () => {
    const [file] = chooser.files;
    chooser.value = '';
    if (file && asked) checked(asked, file, null);
  });

  async function checked(item, file, handle) {
    const identity = await identityOf(file);
    if (same(item.record, identity)) {
      goOn(item, file, handle);
      pump();
    } else {
      item.trouble = difference(item.record, identity);
      say(announce, item.trouble);
      draw();
    }
  }

  function goOn(item, file, handle) {
    item.file = file;
    item.trouble = null;
    item.record.handle = handle ?? item.record.handle;
    item.record.paused = false;
    keep(item.record);
    queue.again(item);
    say(announce, `${item.title} goes on`);
  }

  /** Ends it on the server first: what stays on the list can be cancelled again. */
  async function cancel(item) {
    queue.rest(item, 'paused');
    item.stop?.();
    await item.settled;
    const { parts, video } = item.record;
    try {
      if (video) await end(`/uploads/${video}`);
      for (const { url } of parts ?? []) if (url) await end(url);
      take(item);
      say(announce, `${item.title} is cancelled`);
      if (video) onVideo(video);
    } catch (failure) {
      item.error = explain({ code: failure.code, message: failure.message });
      queue.rest(item, 'failed');
    }
    pump();
  }

  function take(item) {
    queue.remove(item);
    forget(item.record.key);
    item.row.element.remove();
  }

  /** The video was cancelled or deleted by its card, or in another tab. */
  async function ended(id) {
    const item = queue.items.find(({ record }) => record.video === id);
    if (!item) return;
    item.stop?.();
    take(item);
    pump();
    for (const { url } of item.record.parts ?? []) await end(url).catch(() => {});
  }

  all.wire({
    onPause: () => queue.items.filter((item) => ['queued', 'sending'].includes(item.state)).forEach(pause),
    onResume: () => queue.items.filter((item) => item.state === 'paused').forEach(resume),
  });

  // With a handle it goes on after a reload; without one the person would have to choose the file again.
  addEventListener('beforeunload', (event) => {
    if (queue.active.some((item) => !item.record.handle)) event.preventDefault();
  });

  return { add, restore, ended };
}

let keys = 0;
function newKey() {
  keys += 1;
  return `${Date.now()}-${keys}-${Math.random().toString(36).slice(2)}`;
}


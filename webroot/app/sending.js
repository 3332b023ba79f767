// One file on its way: created on the server, sent in one or two parts, patient with the network.
import * as api from './api.js';
import { mayHaveBoxes, tailOf } from './boxes.js';
import { backoff } from './live.js';
import { createFinal, createPart, createWhole, idOf } from './tus.js';

/** Proxies have limits for one request, and a piece costs one round trip. */
const PIECE = 64 * 1024 * 1024;

/** Refused for what it is: asking the same again would give the same. */
export const lasting = ({ status = 0, code = null }) =>
  status === 507 || code === 'part_in_use' || (status >= 400 && status < 500 && ![408, 409, 423, 425, 429].includes(status));

/**
 * Sends a file as its record says, and writes down in the record how far it came.
 *
 * The record's `parts` are {url, from, to, done} in the order of the file; `video` is the id of the video. `keep` is
 * told each change of it before anything is built on that. The promise gives the video's id; it fails with a Refusal,
 * of code `upload_gone` when the server has ended the upload, or with `Stopped`.
 */
export function send({ file, record, keep, onVideo, onProgress, onWait }) {
  let stopped = null;
  let stop = () => {};
  const end = new Promise((_resolve, reject) => {
    stop = () => {
      stopped = new Stopped();
      reject(stopped);
    };
  });
  end.catch(() => {});
  let attempt = 0;

  async function run() {
    const parts = await created();
    // The description first: with it the server can begin before the rest is here.
    for (const part of [...parts].reverse()) {
      if (part.done) continue;
      await patiently(() => sent(part));
      part.done = true;
      await keep(record);
    }
    return record.video;
  }

  async function created() {
    if (!record.parts) {
      const cut = mayHaveBoxes(file) ? await tailOf(file).catch(() => null) : null;
      const bounds = cut ? [0, cut, file.size] : [0, file.size];
      record.parts = bounds.slice(1).map((to, i) => ({ from: bounds[i], to, url: null, done: false }));
    }
    const metadata = { filename: file.name, title: record.title };
    const whole = record.parts.length === 1;
    for (const part of record.parts) {
      if (part.url) continue;
      const size = part.to - part.from;
      part.url = await patiently(() => (whole ? createWhole(size, metadata) : createPart(size)));
      await keep(record);
    }
    if (!record.video) {
      const urls = record.parts.map((part) => part.url);
      const url = whole ? urls[0] : await patiently(() => createFinal(urls, metadata));
      record.video = idOf(url);
      await keep(record);
    }
    onVideo(record.video);
    return record.parts;
  }

  function sent(part) {
    const before = record.parts.reduce((sum, other) => sum + (other.done ? other.to - other.from : 0), 0);
    let upload = null;
    const arrived = new Promise((resolve, reject) => {
      upload = new window.tus.Upload(file.slice(part.from, part.to), {
        uploadUrl: part.url,
        chunkSize: PIECE,
        retryDelays: null,
        storeFingerprintForResuming: false,
        onProgress: (bytes) => {
          if (stopped) return;
          onWait(null);
          onProgress(before + bytes);
        },
        // Only an answer proves that the network carries: what the browser has taken may lie in its own buffers.
        onChunkComplete: () => {
          attempt = 0;
        },
        onSuccess: () => resolve(),
        onError: (error) => reject(refusalOf(error)),
      });
      upload.start();
    });
    return Promise.race([arrived, end]).catch(async (failure) => {
      await upload.abort();
      if (failure.status === 404 || failure.status === 410) return judged();
      throw failure;
    });
  }

  /** An upload that is not there any more has become a video, or was ended. */
  async function judged() {
    const video = await api.video(record.video).catch((failure) => {
      if (failure.status === 404) return null;
      throw failure;
    });
    if (video && !['UPLOADING', 'CANCELLED'].includes(video.status)) return;
    throw new api.Refusal('The server has ended this upload, or it has waited there for too long.', {
      status: 410,
      code: 'upload_gone',
    });
  }

  async function patiently(act) {
    for (;;) {
      if (stopped) throw stopped;
      try {
        // Not broken off here: what was begun on the server is written down before a stop counts.
        return await act();
      } catch (failure) {
        if (failure instanceof Stopped || lasting(failure)) throw failure;
        onWait(failure);
        await pause(Math.max(backoff(attempt, Math.random()), 1000 * (failure.after ?? 0)));
        attempt += 1;
      }
    }
  }

  /** Until the time has come, or the network is back. */
  async function pause(milliseconds) {
    let timer = null;
    let back = null;
    const over = new Promise((resolve) => {
      timer = setTimeout(resolve, milliseconds);
      back = resolve;
      addEventListener('online', back);
    });
    try {
      await Promise.race([over, end]);
    } finally {
      clearTimeout(timer);
      removeEventListener('online', back);
    }
  }

  return { promise: run(), stop: () => stop() };
}

/** Paused or cancelled by whoever sends. */
export class Stopped extends Error {}

/** What tus-js-client reports as a Refusal; without an answer the network is to blame. */
function refusalOf(error) {
  const response = error.originalResponse;
  const status = response?.getStatus() ?? 0;
  const failure = api.refusal(status, response?.getBody() ?? '');
  failure.after = Number(response?.getHeader('Retry-After')) || 0;
  return failure;
}

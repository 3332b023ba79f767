// Tasks in words. Pure.
import { span } from './format.js';

const MAKES = { audio: 'Sound', mezzanine: 'Intermediate', subtitles: 'Subtitles', poster: 'Poster' };
const CLASSES = { preview: 'Preview', lowest: 'Lowest', middle: 'Middle', top: 'Top' };
const SINCE = {
  WAITING: 'will be tried again',
  QUEUED: 'will be tried again',
  RUNNING: 'is being tried again',
  DONE: 'has succeeded since',
  FAILED: 'given up',
  CANCELLED: 'no longer wanted',
};

/** "Chunk 3 · 240p, 360p"; chunks count from 0, as in the manifest and in the log. */
export function makes(task) {
  if (task.kind !== 'chunk') return MAKES[task.kind] ?? task.kind;
  return [`Chunk ${task.chunk}`, task.qualities.join(', ')].filter(Boolean).join(' · ');
}

export const className = (of) => CLASSES[of] ?? of;

/** Names one attempt among all. */
export const attemptKey = (of) => [of.videoId, of.kind, of.tier, of.chunk, of.attempt].join('/');

/** What has become of a task since an attempt at it failed. */
export const since = (state) => SINCE[state] ?? state;

const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** "running for 12 s": how long by the server's clock, which is not the reader's. */
export const runningFor = (task, at) => `running for ${span(Math.max(0, seconds(task.startedAt, at)))}`;

/** {text, lost} of a task's lease: lost when its worker has given no sign of life in time. */
export function lease(task, at) {
  const left = seconds(at, task.leaseUntil);
  return left > 0
    ? { text: `lease for ${span(left)}`, lost: false }
    : { text: 'lease expired; another worker takes over', lost: true };
}

/** "1 uploading, 2 preparing"; the states are those of videos in work. */
export function inWork(unsettled) {
  const words = { UPLOADING: 'uploading', PROCESSING: 'preparing', READY: 'watchable, getting better' };
  const parts = Object.entries(words).flatMap(([state, word]) =>
    unsettled[state] ? [`${unsettled[state].toLocaleString('en')} ${word}`] : [],
  );
  return parts.join(', ') || 'none';
}

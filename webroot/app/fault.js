// What is wrong with a video and what would help, in words for people. The server's own message is for those who
// look after it: it waits behind a disclosure.
import { h, say } from './dom.js';
import { isWatchable, joinedOf, qualitiesOf } from './state.js';

/** Public code -> what is wrong, what would help. */
const WORDS = {
  not_a_video: ['This file is not a video.', 'Choose a video file, for example MP4, MOV, MKV or WebM.'],
  no_video_stream: [
    'This file holds sound or data, but no picture.',
    'Upload a file with a picture; sound alone cannot be shown here.',
  ],
  unsupported_codec: [
    'The picture is in a format that this server cannot read.',
    'Export it as MP4 with H.264 and upload that.',
  ],
  corrupt_input: [
    'The file is damaged or was cut off.',
    'Upload the original again; if it came over a messenger, export it anew.',
  ],
  too_long: ['The video is longer than this server accepts.', 'Cut it into shorter parts and upload these.'],
  too_large: [
    'The file is larger than this server accepts.',
    'Export it with a lower quality, or cut it into parts and upload these.',
  ],
  too_many_pixels: [
    'The picture is larger than this server accepts.',
    'Export it at a lower resolution, for example 1920 × 1080.',
  ],
  encrypted: ['The file is encrypted or copy-protected.', 'Upload a copy without protection.'],
  encode_failed: [
    'The server could not convert this video.',
    'Upload it again later; if that fails too, ask whoever runs this server.',
  ],
  timed_out: [
    'Converting this video took longer than this server allows.',
    'Upload it again when less is going on, or export it at a lower resolution.',
  ],
  link_unreachable: [
    'The server behind the link could not be reached, or broke off again and again.',
    'Try again later, or download the file yourself and upload it.',
  ],
  link_refused: [
    'The server behind the link does not give the file away.',
    'Check that the link opens without a login and has not expired.',
  ],
  link_unusable: [
    'The link does not lead to a file that can be fetched.',
    'Copy the address of the video file itself, not of a page that shows it.',
  ],
  address_refused: [
    'The link leads to an address that this server does not fetch from.',
    'Use a public link, or download the file yourself and upload it.',
  ],
  import_timed_out: [
    'Fetching the file took longer than this server allows.',
    'Try again when the other server is faster, or download the file yourself and upload it.',
  ],
};

/**
 * Pure: {problem, advice, detail} for an error {code, message}; null for none. An unknown code leaves the server's
 * message as the problem, with nothing to add.
 */
export function explain(error) {
  if (!error) return null;
  const message = String(error.message ?? '').trim();
  const words = Object.hasOwn(WORDS, error.code ?? '') ? WORDS[error.code] : null;
  if (words) return { problem: words[0], advice: words[1], detail: message === words[0] ? '' : message };
  return { problem: message || 'This video could not be prepared.', advice: '', detail: '' };
}

/** Pure: the same for a video that has ended badly; a partial one says first what can be watched. */
export function faultOf(video) {
  if (video.status !== 'FAILED' && video.status !== 'PARTIAL') return null;
  const why = explain(video.error ?? { message: '' });
  if (video.status === 'FAILED') return why;
  return { ...why, problem: partial(video, why), detail: why.detail || (why.advice ? '' : why.problem) };
}

function partial(video, why) {
  const there = joinedOf(video);
  const failed = qualitiesOf(video).flatMap((of) => (of.state === 'failed' ? [of.quality] : []));
  if (!isWatchable(video) || !there.length) return why.problem;
  if (failed.length) return `${list(there)} can be watched; ${list(failed)} could not be made.`;
  return video.error?.code === 'corrupt_input'
    ? `The file is damaged; ${list(there)} can be watched as far as it could be read.`
    : `${list(there)} can be watched, but something is missing.`;
}

function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The words as an element. `show` takes what `explain` or `faultOf` gave, null to show nothing. */
export function faultText(attributes = {}) {
  const problem = h('p', { class: 'error-text' });
  const advice = h('p', { class: 'advice' });
  const message = h('p', { class: 'fault-message' });
  const details = h('details', { class: 'fault-details', hidden: true }, h('summary', {}, 'Technical details'), message);
  // The disclosure lies beside what is announced: it is not read out with every change.
  const words = h('div', { class: 'fault-words', ...attributes }, problem, advice);
  return {
    element: h('div', { class: 'fault' }, words, details),
    show(fault) {
      say(problem, fault?.problem ?? '');
      say(advice, fault?.advice ?? '');
      say(message, fault?.detail ?? '');
      details.hidden = !fault?.detail;
    },
  };
}

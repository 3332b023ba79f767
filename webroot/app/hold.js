// At the edge of what has been encoded playback holds still until there is more. Running dry instead would
// make hls.js report a stall and, when the playhead has overshot the edge by a frame, seek back.
import { h } from './dom.js';

const CHECK_MS = 100;
/** Enough to go on smoothly; less would stutter. */
const RESUME_AHEAD = 0.8;

/** Pure: whether to hold, from seconds buffered ahead. A held video wants more before it goes on. */
export function shouldHold({ growing, held, ahead, rate }) {
  if (!growing) return false;
  return ahead < (held ? RESUME_AHEAD : 0.2 + 0.2 * rate);
}

export function holdAtEdge(video, isGrowing) {
  const note = h('p', { class: 'hold-note', hidden: true, noautohide: true }, 'Waiting for the next seconds…');
  let rate = video.playbackRate || 1;
  let held = false;

  // A rate of 0 is no pause: the controls keep saying "playing", and hls.js sees a halt, not a stall.
  setInterval(() => {
    const wanted =
      !video.paused && !video.seeking && shouldHold({ growing: isGrowing(), held, ahead: secondsAhead(video), rate });
    if (wanted !== held) {
      held = wanted;
      video.playbackRate = held ? 0 : rate;
      note.hidden = !held;
    }
  }, CHECK_MS);

  return {
    note,
    get held() {
      return held;
    },
    get rate() {
      return rate;
    },
    set rate(wanted) {
      rate = wanted;
      if (!held) video.playbackRate = wanted;
    },
  };
}

function secondsAhead({ buffered, currentTime }) {
  for (let i = 0; i < buffered.length; i += 1) {
    if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) return buffered.end(i) - currentTime;
  }
  return 0;
}

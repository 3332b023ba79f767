// The time line: played, buffered, encoded so far, and what is still to come.
import { h, say, set } from './dom.js';
import { clock } from './format.js';
import { storyboard } from './storyboard.js';

/** `extent()` gives {duration, edge}: the whole length, and up to where it can be played. */
export function seekbar(video, extent) {
  const range = h('input', {
    type: 'range',
    class: 'seek',
    min: 0,
    max: 1,
    step: 'any',
    value: 0,
    'aria-label': 'Position',
  });
  const board = storyboard();
  const told = h('span');
  const tip = h('output', { class: 'seek-tip', hidden: true, 'aria-hidden': 'true' }, board.element, told);
  const element = h('div', { class: 'seek-holder' }, range, tip);
  const time = h('span', { class: 'time' });
  let dragging = false;

  function seek(seconds) {
    const { duration, edge } = extent();
    // Not quite to the edge: there is nothing after it yet to play on with.
    const last = edge < duration ? Math.max(0, edge - 1) : duration;
    video.currentTime = Math.min(Math.max(0, seconds), last);
    draw();
  }

  range.addEventListener('input', () => {
    dragging = true;
    seek(Number(range.value));
  });
  range.addEventListener('change', () => {
    dragging = false;
    draw();
  });
  element.addEventListener('pointermove', (event) => {
    const box = range.getBoundingClientRect();
    const at = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const { duration, edge } = extent();
    tip.hidden = !duration;
    board.show(at * duration);
    // A picture stays within the player.
    const half = board.element.hidden ? 0 : Math.min(box.width, tip.offsetWidth) / 2;
    tip.style.left = `${Math.min(box.width - half, Math.max(half, at * box.width))}px`;
    say(told, at * duration > edge ? `${clock(at * duration)} · not encoded yet` : clock(at * duration));
  });
  element.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });

  function draw() {
    const { duration, edge } = extent();
    const at = video.currentTime;
    const share = (seconds) => `${duration ? Math.min(100, (100 * seconds) / duration).toFixed(2) : 0}%`;
    set(range, { max: duration || 1, 'aria-valuetext': `${clock(at)} of ${clock(duration)}` });
    if (!dragging) range.value = at;
    element.style.setProperty('--played', share(at));
    element.style.setProperty('--buffered', share(bufferedTo(video)));
    element.style.setProperty('--edge', share(edge));
    say(time, `${clock(at)} / ${clock(duration)}`);
  }

  for (const event of ['timeupdate', 'progress', 'durationchange', 'seeking', 'seeked'])
    video.addEventListener(event, draw);
  return { element, time, seek, draw, board };
}

function bufferedTo({ buffered, currentTime }) {
  for (let i = 0; i < buffered.length; i += 1) {
    if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) return buffered.end(i);
  }
  return currentTime;
}

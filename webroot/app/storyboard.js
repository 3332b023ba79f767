// Pictures for the seek bar, from a storyboard: WebVTT whose cues name a sprite and a place in it (#xywh=x,y,w,h).
import * as api from './api.js';
import { h } from './dom.js';

const CUE = /^(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3}) --> (?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})\s*$/;
const PLACE = /^([A-Za-z0-9_.-]+)#xywh=(\d+),(\d+),(\d+),(\d+)\s*$/;

/** Pure: {start, end, url, x, y, width, height} in order; what is no such cue is passed over. */
export function cuesOf(text, address) {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, at) => {
    const time = CUE.exec(line);
    const place = time && PLACE.exec(lines[at + 1] ?? '');
    if (!place) return [];
    const [x, y, width, height] = place.slice(2).map(Number);
    const url = address.slice(0, address.lastIndexOf('/') + 1) + place[1];
    return [{ start: seconds(time.slice(1, 5)), end: seconds(time.slice(5, 9)), url, x, y, width, height }];
  });
}

/** Pure: the cue that shows a moment, the last one for what comes after it; null without any. */
export function cueAt(cues, moment) {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cues[middle].start <= moment) low = middle + 1;
    else high = middle;
  }
  return cues[low - 1] ?? null;
}

function seconds([hours, minutes, whole, thousandths]) {
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(thousandths) / 1000;
}

/** Without a storyboard, or when it cannot be had, there is just no picture. */
export function storyboard() {
  const element = h('span', { class: 'thumb', hidden: true });
  let address = null;
  let cues = [];

  return {
    element,
    async load(url) {
      if (!url || url === address) return;
      address = url;
      try {
        cues = cuesOf(await api.text(url), url);
      } catch {
        address = null;
      }
    },
    show(moment) {
      const cue = cueAt(cues, moment);
      element.hidden = !cue;
      if (!cue) return;
      const { style } = element;
      style.width = `${cue.width}px`;
      style.height = `${cue.height}px`;
      style.backgroundImage = `url("${cue.url}")`;
      style.backgroundPosition = `-${cue.x}px -${cue.y}px`;
    },
  };
}

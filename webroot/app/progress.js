// A progress bar with its sentence: "Preparing · 45 % · 3 min left".
import { h, say } from './dom.js';
import { span } from './format.js';
import { stageText } from './state.js';

export function progressLine({ live = false } = {}) {
  const bar = h('progress', { max: 100, 'aria-label': 'Progress' });
  const stage = h('span', { class: 'stage', ...(live ? { role: 'status', 'aria-live': 'polite' } : {}) });
  const numbers = h('span', { class: 'numbers' });
  const element = h('div', { class: 'progress-line' }, h('p', { class: 'progress-text' }, stage, numbers), bar);
  return {
    element,
    show(video) {
      const working = ['UPLOADING', 'PROCESSING', 'READY'].includes(video.status);
      say(stage, stageText(video));
      bar.hidden = !working;
      bar.value = video.progress ?? 0;
      const left = working && Number.isFinite(video.eta) ? `${span(video.eta)} left` : '';
      say(numbers, working ? [`${Math.round(video.progress ?? 0)} %`, left].filter(Boolean).join(' · ') : '');
    },
  };
}

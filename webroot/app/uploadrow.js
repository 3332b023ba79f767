// One upload on the list: how far it is, and what can be done with it.
import { h, icon, say, set } from './dom.js';
import { faultText } from './fault.js';
import { bytes, span } from './format.js';
import { twice } from './twice.js';

export function uploadRow(item, { onPause, onResume, onChoose, onRetry, onCancel }) {
  const { title } = item;
  const bar = h('progress', { max: 100, value: 0, 'aria-label': `Upload of ${title}` });
  const numbers = h('p', { class: 'numbers' });
  const trouble = h('p', { class: 'hint', role: 'status' });
  const fault = faultText();
  const button = (text, act) =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': `${text}: ${title}`, onclick: act }, text);
  const pause = button('Pause', onPause);
  const resume = button('Resume', onResume);
  const choose = button('Choose the same file', onChoose);
  const retry = button('Try again', onRetry);
  const cancel = twice({ text: 'Cancel', question: 'Cancel and delete?', of: () => title, act: onCancel });
  const dismissText = `Remove ${title} from the list`;
  const dismiss = h('button', { type: 'button', class: 'round', 'aria-label': dismissText, onclick: onCancel }, icon('cross'));
  const text = h('div', { class: 'upload-text' }, h('p', { class: 'upload-title' }, title), bar, numbers, trouble, fault.element);
  const buttons = h('div', { class: 'upload-buttons' }, pause, resume, choose, retry, cancel.element, dismiss);
  cancel.refresh();

  return {
    element: h('li', { class: 'upload' }, text, buttons),
    show({ state, record, sent = 0, speed, remaining, error, trouble: sentence }) {
      const percent = record.size ? (100 * sent) / record.size : 0;
      bar.value = percent;
      bar.hidden = state === 'failed';
      set(bar.closest('li'), { 'data-state': sentence && state === 'sending' ? 'waiting' : state });
      show(pause, state === 'sending' || state === 'queued');
      show(resume, state === 'paused');
      show(choose, state === 'asking');
      say(choose, record.handle ? 'Go on' : 'Choose the same file');
      set(choose, { 'aria-label': `${choose.textContent}: ${title}` });
      show(retry, state === 'failed');
      show(cancel.element, state !== 'failed');
      show(dismiss, state === 'failed');
      fault.show(state === 'failed' ? error : null);
      say(trouble, troubleOf(state, record, sentence));
      say(numbers, numbersOf(state, record, { sent, percent, speed, remaining }));
    },
  };

  /** The focus goes along when the button under it makes way for another. */
  function show(element, visible) {
    if (element.hidden === !visible) return;
    const focused = !visible && document.activeElement === element;
    element.hidden = !visible;
    if (focused) queueMicrotask(() => [...buttons.children].find((other) => !other.hidden)?.focus());
  }
}

function troubleOf(state, record, sentence) {
  if (state === 'sending' && sentence) return `${sentence} It goes on by itself.`;
  if (state !== 'asking') return '';
  if (sentence) return sentence;
  return record.handle
    ? 'The page was loaded anew. The browser asks whether the file may be read again.'
    : `The page was loaded anew. Choose or drop ${record.name} again, and it goes on where it was.`;
}

function numbersOf(state, record, { sent, percent, speed, remaining }) {
  const amount = `${Math.floor(percent)} % · ${bytes(sent)} of ${bytes(record.size)}`;
  switch (state) {
    case 'queued':
      return `Waiting · ${bytes(record.size)}`;
    case 'paused':
      return `Paused · ${amount}`;
    case 'asking':
      return `Interrupted · ${amount}`;
    case 'failed':
      return '';
    default:
      if (sent >= record.size && record.size) return 'Storing…';
      return [
        amount,
        speed ? `${bytes(speed)}/s` : '',
        Number.isFinite(remaining) && speed ? `${span(remaining)} left` : '',
      ]
        .filter(Boolean)
        .join(' · ');
  }
}

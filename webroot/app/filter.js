// What the library is asked to show. Pure, but for `filterForm`.
import { h } from './dom.js';

export const EVERYTHING = { q: '', status: '' };

/** As `stageText` calls them where that is short enough for a list. */
export const STATES = [
  ['', 'All states'],
  ['UPLOADING', 'Uploading'],
  ['PROCESSING', 'Preparing'],
  ['READY', 'Ready, getting better'],
  ['COMPLETED', 'All qualities ready'],
  ['PARTIAL', 'Some qualities failed'],
  ['FAILED', 'Failed'],
  ['CANCELLED', 'Cancelled'],
];

export const narrowed = ({ q, status }) => Boolean(q || status);

/** As the server judges: every word somewhere in title or description, in capitals or not. */
export function matches(video, { q, status }) {
  if (status && video.status !== status) return false;
  const text = `${video.title ?? ''} ${video.description ?? ''}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** From an address such as ?q=harbour&status=READY; what it cannot mean is left out. */
export function fromAddress(search) {
  const query = new URLSearchParams(search);
  const status = query.get('status') ?? '';
  return {
    q: (query.get('q') ?? '').trim().slice(0, 200),
    status: STATES.some(([known]) => known === status) ? status : '',
  };
}

export function toAddress({ q, status }) {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (status) query.set('status', status);
  const text = query.toString();
  return text ? `?${text}` : '';
}

const TYPING_MS = 250;

/** Tells `onChange` what is wanted, and keeps it in the address, so that a reload and a link show the same. */
export function filterForm({ form, words, state, onChange }) {
  let timer = null;
  state.append(...STATES.map(([value, text]) => h('option', { value }, text)));
  const initial = fromAddress(location.search);
  words.value = initial.q;
  state.value = initial.status;

  function tell() {
    clearTimeout(timer);
    const wanted = { q: words.value.trim(), status: state.value };
    history.replaceState(null, '', location.pathname + toAddress(wanted));
    onChange(wanted);
  }

  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(tell, TYPING_MS);
  });
  state.addEventListener('change', tell);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    tell();
  });
  form.addEventListener('reset', () => setTimeout(tell));
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input, textarea, select, dialog[open]')) return;
    event.preventDefault();
    words.focus();
    words.select();
  });
  return initial;
}

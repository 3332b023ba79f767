// What went wrong: videos that ended badly, and attempts that failed.
import * as api from './api.js';
import { h, say, set } from './dom.js';
import { ago } from './format.js';
import { rows } from './rows.js';
import { stageText } from './state.js';
import { attemptKey, makes, since } from './tasktext.js';

const $ = (id) => document.getElementById(id);
const PAGE = 20;

/** `onChanged(text)` hears what the reader has brought about. */
export function troubles({ onChanged }) {
  const onRetried = (video) => {
    troubled.leave(video.id, video.updatedAt);
    onChanged(`${video.title} is tried again.`);
  };
  const troubled = rows($('troubled'), {
    key: (video) => video.id,
    make: (video) => troubledRow(video, onRetried),
    heading: $('troubled-title'),
    empty: $('troubled-empty'),
  });
  const failures = rows($('failures'), {
    key: attemptKey,
    make: failureRow,
    heading: $('failures-title'),
    empty: $('failures-empty'),
  });
  let items = [];
  let next = null;

  let loading = false;
  $('more').addEventListener('click', async () => {
    if (loading) return;
    loading = true;
    try {
      const page = await api.failures({ limit: PAGE, after: next });
      items = [...items, ...page.items];
      next = page.next;
      say($('failures-trouble'), '');
      settle();
    } catch (refusal) {
      say($('failures-trouble'), refusal.message);
    }
    loading = false;
  });

  function settle() {
    failures.settle(items, null);
    $('more').hidden = !next;
  }

  return {
    show(now) {
      troubled.settle(now.troubled, now.at);
    },

    /** Reads the newest page again; what was loaded below it stays. */
    async refresh() {
      const page = await api.failures({ limit: PAGE });
      const fresh = new Set(page.items.map(attemptKey));
      const last = page.items.at(-1);
      const older = page.next ? items.filter((item) => item.at <= last.at && !fresh.has(attemptKey(item))) : [];
      if (!older.length) next = page.next;
      items = [...page.items, ...older];
      settle();
    },
  };
}

function troubledRow(video, onRetried) {
  const title = h('a', { class: 'row-title', href: `/watch/${encodeURIComponent(video.id)}` });
  const state = h('span', { class: 'badge' });
  const when = h('span', { class: 'when' });
  const code = h('code', { class: 'code' });
  const message = h('span');
  const refused = h('p', { class: 'error-text', role: 'status' });
  const actions = h('div', { class: 'row-actions' });
  const buttons = new Map(); // quality or '' -> button

  // Not disabled meanwhile: that would take the focus away, and the same again changes nothing.
  async function retry(quality) {
    try {
      onRetried(await api.retry(video.id, quality));
      say(refused, '');
    } catch (refusal) {
      say(refused, refusal.message);
    }
  }

  function offer(qualities) {
    for (const [quality, button] of buttons) {
      if (!qualities.includes(quality)) {
        button.remove();
        buttons.delete(quality);
      }
    }
    for (const quality of qualities) {
      if (!buttons.has(quality)) {
        const button = h('button', { type: 'button', class: 'quiet' }, quality ? `Retry ${quality}` : 'Retry');
        button.addEventListener('click', () => retry(quality || null));
        buttons.set(quality, button);
        actions.append(button);
      }
      set(buttons.get(quality), { 'aria-label': `Retry ${quality ? `${quality} of ` : ''}${title.textContent}` });
    }
  }

  const element = h(
    'div',
    { class: 'row-body troubled' },
    h('div', { class: 'row-head' }, title, state, when),
    h('p', { class: 'reason' }, code, message),
    actions,
    refused,
  );
  return {
    element,
    show(now) {
      set(element, { 'data-id': now.id, 'data-status': now.status });
      say(title, now.title || 'Untitled');
      say(state, stageText(now));
      set(state, { 'data-state': now.status });
      say(when, ago(now.updatedAt, Date.now()));
      set(when, { title: now.updatedAt });
      say(code, now.error?.code ?? 'no reason');
      say(message, ` ${now.error?.message ?? ''}`);
      const failed = now.failedQualities.map((of) => of.quality);
      offer(now.status === 'PARTIAL' && failed.length > 1 ? ['', ...failed] : ['']);
    },
  };
}

function failureRow(failure) {
  const title = h('a', { class: 'row-title', href: `/watch/${encodeURIComponent(failure.videoId)}` });
  const when = h('span', { class: 'when', title: failure.at });
  const became = h('span');
  const log = failure.log
    ? h(
        'details',
        { class: 'log' },
        h('summary', {}, 'What the tool said'),
        h('pre', { tabindex: 0, role: 'region', 'aria-label': 'What the tool said' }, failure.log),
      )
    : null;
  const element = h(
    'div',
    { class: 'row-body failure', 'data-kind': failure.failure },
    h('div', { class: 'row-head' }, title, h('span', { class: 'row-what' }, makes(failure)), when),
    h('p', { class: 'reason' }, h('code', { class: 'code' }, failure.failure), ` ${failure.reason}`),
    h('p', { class: 'facts-line' }, `attempt ${failure.attempt} on ${failure.worker || 'an unknown worker'} · `, became),
    log,
  );
  return {
    element,
    show(now) {
      say(title, now.title || 'Untitled');
      say(when, ago(now.at, Date.now()));
      say(became, since(now.state));
      set(became, { 'data-state': now.state });
    },
  };
}

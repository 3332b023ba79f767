// What is being done: the queue, the running tasks, the videos in work.
import * as api from './api.js';
import { h, say, set } from './dom.js';
import { ago } from './format.js';
import { progressLine } from './progress.js';
import { rows } from './rows.js';
import { className, inWork, lease, makes, runningFor } from './tasktext.js';
import { twice } from './twice.js';

const $ = (id) => document.getElementById(id);

/** `onChanged(text)` hears what the reader has brought about. */
export function work({ onChanged }) {
  const onCancelled = (video) => {
    videos.leave(video.id, video.updatedAt);
    onChanged(`${video.title} is cancelled.`);
  };
  const classes = new Map();
  const busy = figure('Running tasks');
  const unsettled = figure('Videos in work');
  $('tiles').append(busy.element, unsettled.element);

  const running = rows($('running'), {
    key: (task) => [task.videoId, task.kind, task.tier, task.chunk].join('/'),
    make: runningRow,
    heading: $('running-title'),
    empty: $('running-empty'),
  });
  const videos = rows($('videos'), {
    key: (video) => video.id,
    make: (video) => videoRow(video, onCancelled),
    heading: $('videos-title'),
    empty: $('videos-empty'),
  });

  function showClass(of) {
    if (!classes.has(of.class)) {
      const cells = ['waiting', 'queued', 'running'].map((state) => h('td', { 'data-state': state }));
      const row = h('tr', { 'data-class': of.class }, h('th', { scope: 'row' }, className(of.class)), cells);
      $('classes').append(row);
      classes.set(of.class, cells);
    }
    for (const cell of classes.get(of.class)) {
      const count = of[cell.dataset.state];
      say(cell, count.toLocaleString('en'));
      set(cell, { 'data-none': count === 0 });
    }
  }

  return {
    show(now) {
      now.classes.forEach(showClass);
      const tasks = now.classes.reduce((sum, of) => sum + of.running, 0);
      busy.show(tasks.toLocaleString('en'), `this node has ${now.slots} ${now.slots === 1 ? 'slot' : 'slots'}`);
      const all = Object.values(now.unsettled).reduce((sum, count) => sum + count, 0);
      unsettled.show(all.toLocaleString('en'), inWork(now.unsettled));
      running.settle(
        now.running.map((task) => ({ ...task, at: now.at })),
        now.at,
      );
      videos.settle(now.videos, now.at);
      $('videos-more').hidden = all <= now.videos.length;
      say($('videos-more'), `The ${now.videos.length} oldest of ${all.toLocaleString('en')}.`);
    },
  };
}

function figure(name) {
  const value = h('dd', { class: 'tile-value' });
  const note = h('dd', { class: 'tile-note' });
  return {
    element: h('div', { class: 'tile' }, h('dt', {}, name), value, note),
    show(text, more) {
      say(value, text);
      say(note, more);
    },
  };
}

function runningRow(task) {
  const title = h('a', { class: 'row-title', href: `/watch/${encodeURIComponent(task.videoId)}` });
  const what = h('p', { class: 'row-what' });
  const bar = h('progress', { max: 100 });
  const share = h('span', { class: 'numbers' });
  const facts = h('p', { class: 'facts-line' });
  const held = h('span');
  const told = h('span');
  facts.append(told, held);
  const element = h(
    'div',
    { class: 'row-body running' },
    h('div', { class: 'row-head' }, title, what),
    h('div', { class: 'row-bar' }, bar, share),
    facts,
  );
  return {
    element,
    show(now) {
      say(title, now.title || 'Untitled');
      say(what, makes(now));
      set(bar, { 'aria-label': `Progress of ${makes(now)}` });
      bar.value = now.progress;
      say(share, `${Math.round(now.progress)} %`);
      const attempt = now.attempt > 1 ? `attempt ${now.attempt}` : '';
      say(told, [now.worker, attempt, runningFor(now, now.at)].filter(Boolean).join(' · '));
      const { text, lost } = lease(now, now.at);
      say(held, ` · ${text}`);
      set(held, { class: lost ? 'lost-lease' : null });
    },
  };
}

function videoRow(video, onCancelled) {
  const title = h('a', { class: 'row-title', href: `/watch/${encodeURIComponent(video.id)}` });
  const when = h('span', { class: 'when' });
  const line = progressLine();
  const refused = h('p', { class: 'error-text', role: 'status' });
  const cancel = twice({
    text: 'Cancel',
    question: 'Cancel and delete everything?',
    of: () => title.textContent,
    async act() {
      try {
        onCancelled(await api.cancel(video.id));
      } catch (refusal) {
        say(refused, refusal.message);
      }
    },
  });
  const element = h(
    'div',
    { class: 'row-body video' },
    h('div', { class: 'row-head' }, title, when),
    line.element,
    h('div', { class: 'row-actions' }, cancel.element),
    refused,
  );
  return {
    element,
    show(now) {
      set(element, { 'data-id': now.id, 'data-status': now.status });
      say(title, now.title || 'Untitled');
      const urgent = now.priority ? `priority ${now.priority}` : '';
      say(when, [ago(now.createdAt, Date.now()), urgent].filter(Boolean).join(' · '));
      line.show(now);
      cancel.refresh();
    },
  };
}

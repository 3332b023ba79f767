// The list of videos, newest first, kept up to date by messages; all of them, or what is searched for.
import * as api from './api.js';
import { card } from './card.js';
import { h, say } from './dom.js';
import { EVERYTHING, matches, narrowed } from './filter.js';
import { adopt, reduce, STRUCTURAL } from './state.js';

const PAGE = 24;
const LONGEST_PAGE = 100;
/** Chunks done per quality are only in the video itself: read it again this often while it is being encoded. */
const REFRESH_MS = 4000;

export function library({ grid, empty, nothing, more, status, removal, onEnded, onFound = () => {} }) {
  const known = new Map(); // id -> {video, card, item, timer}
  const removed = new Set(); // here, maybe to come back
  const ears = new Set(); // lists of the messages since some question was asked
  let passed = new Set(); // ids that the search leaves out
  let wanted = EVERYTHING;
  let round = 0;
  let next = null;

  more.addEventListener('click', () => read(next, PAGE));

  /** Everything that is shown, anew: after this the list is as if no message had been missed. */
  const load = () => read(null, Math.max(PAGE, known.size));

  /** Shows what is asked for, and nothing else. */
  function search(filter) {
    wanted = filter;
    passed = new Set();
    for (const id of known.keys()) if (!matches(known.get(id).video, wanted)) forget(id);
    return read(null, PAGE);
  }

  async function read(start, count) {
    round += 1;
    const mine = round;
    const items = [];
    let after = start;
    more.disabled = true;
    await hearing(async (heard) => {
      try {
        do {
          const limit = Math.min(LONGEST_PAGE, count - items.length);
          const page = await api.videos({ limit, after, ...wanted });
          items.push(...page.items);
          after = page.next;
        } while (after && items.length < count);
        // Somebody has asked for something else meanwhile.
        if (mine !== round) return;
        next = after;
        for (const video of items) put(video, heard(video.id));
        if (!start) forgetVanished(items);
        say(status, '');
        if (!start) onFound(known.size, Boolean(next), wanted);
      } catch (refusal) {
        if (mine === round) say(status, refusal.message);
      }
    });
    if (mine !== round) return;
    more.disabled = false;
    more.hidden = !next;
    judge();
  }

  /** What `act` asks for is as old as its question: `heard(id)` are the messages that came since. */
  async function hearing(act) {
    const ear = [];
    ears.add(ear);
    try {
      return await act((id) => ear.filter((message) => message.videoId === id));
    } finally {
      ears.delete(ear);
    }
  }

  /** What is newer than the last item, yet not there, was deleted meanwhile. */
  function forgetVanished(items) {
    const there = new Set(items.map((video) => video.id));
    const oldest = next ? items.at(-1)?.createdAt : '';
    for (const [id, entry] of known) {
      if (!there.has(id) && (entry.video.createdAt ?? '') > oldest) forget(id);
    }
  }

  function put(video, since = []) {
    if (removed.has(video.id) && !known.has(video.id)) return;
    if (since.some(({ stage }) => stage === 'deleted')) return;
    show(video.id, adopt(known.get(video.id)?.video, video, since));
  }

  function show(id, video) {
    if (!matches(video, wanted)) {
      passed.add(id);
      forget(id);
      return;
    }
    let entry = known.get(id);
    if (!entry) {
      const own = card(id, { onRemove: remove, onChanged: put });
      const item = h('li', { 'data-created': video.createdAt }, own.element);
      entry = { card: own, item, timer: null };
      known.set(id, entry);
      grid.insertBefore(item, firstOlderThan(video));
    }
    entry.video = video;
    entry.card.show(video);
    judge();
  }

  /** RFC 3339 times in UTC of equal form sort as text. */
  function firstOlderThan(video) {
    return [...grid.children].find((item) => item.dataset.created < video.createdAt) ?? null;
  }

  function forget(id) {
    const entry = known.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    const focused = entry.item.contains(document.activeElement);
    entry.item.remove();
    // Whoever was just there is not sent to the top of the page.
    if (focused) document.getElementById('main')?.focus();
    known.delete(id);
    judge();
  }

  function judge() {
    const none = [...known.keys()].every((id) => removed.has(id)) && !next;
    empty.hidden = !none || narrowed(wanted);
    nothing.hidden = !none || !narrowed(wanted);
  }

  /** Out of sight at once, deleted when nobody has wanted it back. */
  function remove(id, event) {
    const { item, video } = known.get(id);
    removed.add(id);
    item.hidden = true;
    judge();
    removal.offer({
      id,
      title: video.title || 'Untitled',
      byKey: event.detail === 0,
      undo: () => {
        removed.delete(id);
        item.hidden = false;
        judge();
        item.querySelector('a, button')?.focus();
      },
      done: () => {
        forget(id);
        onEnded(id);
      },
      failed: (refusal) => {
        removed.delete(id);
        item.hidden = false;
        judge();
        say(status, `${video.title}: ${refusal.message}`);
      },
    });
  }

  function receive(message) {
    for (const ear of ears) ear.push(message);
    const id = message.videoId;
    if (message.stage === 'deleted') {
      // The offer of another tab to take it back holds no more.
      removal.withdraw(id);
      passed.delete(id);
      removed.delete(id);
      forget(id);
      return;
    }
    if (message.status === 'CANCELLED') onEnded(id);
    const entry = known.get(id);
    if (!entry) {
      const other = wanted.status && message.status && message.status !== wanted.status;
      if (!other && !(wanted.q && passed.has(id))) discover(id);
      return;
    }
    const after = reduce(entry.video, message);
    if (after === entry.video) return;
    show(id, after);
    if (!known.has(id)) return;
    if (STRUCTURAL.has(message.stage) && message.stage !== 'uploading') refresh(entry, 300);
    else if (!entry.timer) refresh(entry, REFRESH_MS);
  }

  /** How far an upload of this page is: of one in parts the server says nothing until it is whole. */
  function uploading(id, sent, size) {
    const entry = known.get(id);
    if (entry?.video.status !== 'UPLOADING' || !size) return;
    entry.video = { ...entry.video, progress: (100 * sent) / size };
    entry.card.show(entry.video);
  }

  const discovering = new Set();
  async function discover(id) {
    if (discovering.has(id)) return;
    discovering.add(id);
    await ask(id);
    discovering.delete(id);
  }

  function ask(id) {
    return hearing(async (heard) => {
      try {
        put(await api.video(id), heard(id));
      } catch (refusal) {
        // Otherwise not reachable just now: its next message, or the next connection, asks once more.
        if (refusal.status === 404) forget(id);
      }
    });
  }

  function refresh(entry, delay) {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      ask(entry.video.id);
    }, delay);
  }

  return { load, search, put, receive, discover, uploading };
}

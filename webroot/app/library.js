// The list of videos, newest first, kept up to date by messages.
import * as api from './api.js';
import { card } from './card.js';
import { h, say } from './dom.js';
import { adopt, reduce, STRUCTURAL } from './state.js';

const PAGE = 24;
/** Chunks done per quality are only in the video itself: read it again this often while it is being encoded. */
const REFRESH_MS = 4000;

export function library({ grid, empty, more, status, ignores }) {
  const known = new Map(); // id -> {video, card, since, timer}
  let next = null;

  more.addEventListener('click', () => load(next));

  async function load(after = null) {
    more.disabled = true;
    try {
      const page = await api.videos({ limit: PAGE, after });
      next = page.next;
      for (const video of page.items) put(video);
      if (!after) forgetVanished(page);
      say(status, '');
    } catch (refusal) {
      say(status, refusal.message);
    }
    more.disabled = false;
    more.hidden = !next;
    empty.hidden = known.size > 0;
  }

  /** After a reconnect: what is newer than the page's last item, yet not on it, was deleted meanwhile. */
  function forgetVanished(page) {
    const there = new Set(page.items.map((video) => video.id));
    const oldest = page.next ? page.items.at(-1)?.createdAt : '';
    for (const [id, entry] of known) {
      if (!there.has(id) && (entry.video.createdAt ?? '') > oldest) forget(id);
    }
  }

  function put(video) {
    let entry = known.get(video.id);
    if (entry) {
      entry.video = adopt(entry.video, video);
    } else {
      entry = { video, card: card(video.id, { onRemoved: forget, onChanged: put }), since: null, timer: null };
      known.set(video.id, entry);
      grid.insertBefore(h('li', { 'data-created': video.createdAt }, entry.card.element), firstOlderThan(video));
    }
    entry.card.show(entry.video);
    empty.hidden = true;
  }

  /** RFC 3339 times in UTC of equal form sort as text. */
  function firstOlderThan(video) {
    return [...grid.children].find((item) => item.dataset.created < video.createdAt) ?? null;
  }

  function forget(id) {
    const entry = known.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.card.element.closest('li').remove();
    known.delete(id);
    empty.hidden = known.size > 0;
  }

  function receive(message) {
    const entry = known.get(message.videoId);
    if (!entry) {
      if (!ignores(message)) discover(message.videoId);
      return;
    }
    const after = reduce(entry.video, message);
    if (after === entry.video) return;
    entry.video = after;
    entry.since?.push(message);
    entry.card.show(after);
    if (STRUCTURAL.has(message.stage) && message.stage !== 'uploading') refresh(entry, 300);
    else if (!entry.timer) refresh(entry, REFRESH_MS);
  }

  const discovering = new Set();
  async function discover(id) {
    if (discovering.has(id)) return;
    discovering.add(id);
    try {
      put(await api.video(id));
    } catch {
      // Gone again, or not readable yet: its next message asks once more.
    }
    discovering.delete(id);
  }

  function refresh(entry, delay) {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(async () => {
      entry.timer = null;
      const since = [];
      entry.since = since;
      try {
        entry.video = adopt(entry.video, await api.video(entry.video.id), since);
        entry.card.show(entry.video);
      } catch (refusal) {
        if (refusal.status === 404) forget(entry.video.id);
      }
      if (entry.since === since) entry.since = null;
    }, delay);
  }

  return { load, put, receive };
}

// One watched video: its state by WebSocket and HTTP, the player started once and improved in place.
import * as api from './api.js';
import { listedQualities } from './ladder.js';
import { backoff, followOne } from './live.js';
import { adopt, isTerminal, isWatchable, joinedOf, qualitiesOf, reduce, STRUCTURAL } from './state.js';

const REFRESH_MS = 4000;

/**
 * `onVideo` is told every state, `onTrouble` a sentence when the video cannot be read at all or is no more, `onLive`
 * whether updates come (live), are waited for (waiting), or cannot come any more (finished).
 */
export function session(id, player, { onVideo, onTrouble, onLive = () => {}, autoplay }) {
  // What tests and curious people can read; nothing on the page depends on it.
  const record = { hls: null, video: player.video, events: [], errors: [], aborts: [] };
  window.rivulet = record;
  let video = null;
  let engine = null;
  let joined = []; // as the master lists them
  let master = null; // its text
  let readAtEnd = false;
  let since = null;
  let ended = false;
  let timer = null;

  const live = followOne(id, {
    lastSeq: () => video?.seq ?? 0,
    onState: (state) => {
      document.body.dataset.live = state;
      onLive(state);
      // A proxy may let no WebSocket through: then every attempt at one reads the state by HTTP.
      if (state === 'waiting') refresh(0);
    },
    onMessage: receive,
  });
  refresh(0);

  function receive(message) {
    record.events.push(message);
    if (message.stage === 'deleted') {
      end();
      return;
    }
    const after = reduce(video, message);
    if (after === video) return;
    since?.push(message);
    take(after);
    if (message.type !== 'snapshot' && message.stage !== 'snapshot') {
      if (STRUCTURAL.has(message.stage) && message.stage !== 'uploading') refresh(200);
      else if (!timer) refresh(REFRESH_MS);
    }
  }

  /** Deleted: its bytes are gone, and nothing more is said of it. */
  function end() {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    live.close();
    player.stop();
    document.body.dataset.live = 'finished';
    onLive('finished');
    onTrouble({ title: 'This video was deleted', sentence: 'It cannot be watched any more.' });
  }

  function refresh(delay) {
    clearTimeout(timer);
    if (ended) return;
    timer = setTimeout(async () => {
      timer = null;
      const pending = [];
      since = pending;
      try {
        const fetched = await api.video(id);
        if (!ended) take(adopt(video, fetched, pending));
      } catch (refusal) {
        if (refusal.status === 404 && video) end();
        else if (!video && !ended) onTrouble({ title: 'This video cannot be shown', sentence: refusal.message });
        if (refusal.status === 404) live.close();
        // Not reachable just now: the WebSocket's snapshot brings the state when it is.
      }
      if (since === pending) since = null;
    }, delay);
  }

  function take(next) {
    video = next;
    const { dataset } = document.body;
    dataset.status = video.status;
    dataset.stage = video.stage ?? 'snapshot';
    player.show(video);
    onVideo(video);
    if (engine) engine.fail(failedOf(video));
    if (!player.started && isWatchable(video)) begin();
    else if (player.started) {
      // At the end the master is complete: what came without a quality of its own, such as captions, is taken up too.
      const settled = isTerminal(video) && !readAtEnd;
      readAtEnd ||= settled;
      if (settled || joinedOf(video).some((quality) => !joined.includes(quality))) readMaster();
    }
  }

  let beginning = false;
  async function begin() {
    if (beginning) return;
    beginning = true;
    const complete = video.status === 'COMPLETED';
    const source = video.masterUrl || video.previewUrl;
    const growing = !video.masterUrl;
    document.body.dataset.source = 'preview';
    document.body.dataset.levels = '';
    // What has joined is known before the first segment is asked for: a cap raised while it loads would abort it.
    const [manifest] = await Promise.all([
      complete ? null : plannedLadder(),
      growing ? null : readMaster(),
      player.ready,
    ]);
    if (ended) return;
    engine = player.start({ source, manifest, complete, growing, joined, autoplay, onError });
    record.hls = engine?.hls ?? null;
    if (master) engine?.renditions.publish(master, video.masterUrl);
  }

  function onError(data) {
    const { type, details, fatal, reason, error, frag, url } = data;
    // hls.js also reports each request that it takes back itself, for instance at a seek: no error of anybody.
    const list = details === 'aborted' ? record.aborts : record.errors;
    list.push({ type, details, fatal, reason: reason ?? error?.message, url: url ?? frag?.url });
  }

  /** The plan may be published a moment after the first segment. Without it, what is listed is played. */
  async function plannedLadder() {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const manifest = await api.manifest(id).catch(() => null);
      if (manifest?.renditions?.length) return manifest;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return null;
  }

  let reading = false;
  let again = false;
  let tries = 0;
  /** The master decides what may be played: a message alone does not raise the cap. */
  async function readMaster() {
    if (ended) return;
    if (reading || !video.masterUrl) {
      again = reading;
      return;
    }
    reading = true;
    try {
      master = await api.text(video.masterUrl);
      const listed = listedQualities(master);
      joined = listed.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
      engine?.join(joined);
      engine?.renditions.publish(master, video.masterUrl);
      document.body.dataset.levels = joined.join(',');
      document.body.dataset.source = 'master';
      player.show(video);
      if (joinedOf(video).some((quality) => !joined.includes(quality))) readLater();
      else tries = 0;
    } catch {
      readLater();
    }
    reading = false;
    if (again) {
      again = false;
      readMaster();
    }
  }

  function readLater() {
    setTimeout(readMaster, backoff(tries, Math.random()));
    tries += 1;
  }

  return { wake: live.wake };
}

const failedOf = (video) => qualitiesOf(video).flatMap((of) => (of.state === 'failed' ? [of.quality] : []));

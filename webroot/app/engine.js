// hls.js under our ladder: one source for the whole life of the page, levels unlocked as qualities join.
import Hls, { M3U8Parser } from '/assets/vendor/hls.min.mjs';
import { capOf, mergeLadder, qualityOf } from './ladder.js';
import { backoff } from './live.js';
import { renditions as renditionsOf } from './renditions.js';
import { renewal as renewalOf } from './renewal.js';

/** Little is buffered while better is to come: what is buffered is played before the next quality is seen. */
const BUFFER_GROWING = 12;
const BUFFER_COMPLETE = 30;
/** Nor much for somebody who has not begun to watch, and maybe pays for every byte. */
const BUFFER_UNPLAYED = 5;

export const supported = () => Hls.isSupported();

export function createEngine({
  video,
  source,
  manifest,
  joined: known,
  growing,
  complete,
  startPosition,
  onChange,
  onError,
}) {
  const hls = new Hls({
    pLoader: ladderLoader(complete ? null : manifest),
    workerPath: '/assets/vendor/hls.worker.js',
    startLevel: complete ? -1 : 0,
    startPosition,
    lowLatencyMode: false,
    maxBufferLength: complete ? BUFFER_UNPLAYED : BUFFER_GROWING,
    maxMaxBufferLength: complete ? BUFFER_UNPLAYED : BUFFER_GROWING,
    backBufferLength: 90,
    // Self-hosted is near: the first switch need not wait for the estimate to creep up.
    abrEwmaDefaultEstimate: 1_500_000,
  });
  const renewal = renewalOf(hls, video, Hls.Events);
  const renditions = renditionsOf(hls, video, { Events: Hls.Events, M3U8Parser, onChange });
  let joined = known;
  let chosen = null;
  let settled = complete;
  let played = false;
  if (!complete) hls.autoLevelCapping = 0;

  const names = () => hls.levels.map((level) => qualityOf(level.uri));
  const details = () => [hls.levels[hls.loadLevel]?.details, hls.audioTracks[hls.audioTrack]?.details].filter(Boolean);

  const { MANIFEST_PARSED, LEVEL_SWITCHED, LEVEL_UPDATED, LEVELS_UPDATED, AUDIO_TRACK_UPDATED, FRAG_BUFFERED, ERROR } =
    Hls.Events;
  for (const event of [MANIFEST_PARSED, LEVEL_SWITCHED, LEVEL_UPDATED, LEVELS_UPDATED, AUDIO_TRACK_UPDATED]) {
    hls.on(event, onChange);
  }
  hls.on(MANIFEST_PARSED, cap);
  hls.on(ERROR, (_event, data) => {
    onError(data);
    if (data.fatal) recover(data);
  });

  video.addEventListener(
    'play',
    () => {
      played = true;
      if (settled) fill();
    },
    { once: true },
  );

  /** Everything has joined: nothing better is to come, so buffer as far as hls.js likes to. */
  function fill() {
    settled = true;
    hls.config.maxBufferLength = played ? BUFFER_COMPLETE : BUFFER_UNPLAYED;
    hls.config.maxMaxBufferLength = played ? 4 * BUFFER_COMPLETE : BUFFER_UNPLAYED;
  }

  function cap() {
    if (complete || !hls.levels.length) return;
    const allowed = capOf(names(), joined);
    const rising = allowed > hls.autoLevelCapping;
    if (allowed !== hls.autoLevelCapping) hls.autoLevelCapping = allowed;
    if (rising) renewal.rise();
  }

  let mediaTrouble = 0;
  let networkTrouble = 0;
  hls.on(FRAG_BUFFERED, () => {
    networkTrouble = 0;
  });

  /** A server that restarts is waited for; a picture that breaks the decoder is tried again twice. */
  function recover({ type }) {
    if (type === Hls.ErrorTypes.MEDIA_ERROR) {
      mediaTrouble += 1;
      if (mediaTrouble <= 2) hls.recoverMediaError();
    } else if (type === Hls.ErrorTypes.NETWORK_ERROR) {
      // Without levels the multivariant playlist itself never arrived, so nothing is interrupted by asking again.
      const again = () => (hls.levels.length ? hls.startLoad() : hls.loadSource(source));
      setTimeout(again, backoff(networkTrouble + 1, Math.random()));
      networkTrouble += 1;
    }
  }

  hls.loadSource(source);
  hls.attachMedia(video);

  return {
    hls,
    renditions,
    /** The qualities that the published multivariant playlist lists; more of them raise the cap, nothing else. */
    join(qualities) {
      joined = qualities;
      cap();
    },
    fail(qualities) {
      for (const quality of qualities) {
        const index = names().indexOf(quality);
        if (index > 0 && !joined.includes(quality)) hls.removeLevel(index);
      }
      cap();
    },
    settle: fill,
    qualities: names,
    playable: (quality) => complete || names().indexOf(quality) <= hls.autoLevelCapping || joined.includes(quality),
    get playing() {
      return names()[hls.currentLevel] ?? null;
    },
    /** The quality the viewer chose, null for Auto. */
    get chosen() {
      return chosen;
    },
    /** Null for Auto. */
    select(quality) {
      chosen = quality;
      if (quality === null) {
        hls.loadLevel = -1;
        renewal.rise();
      } else {
        renewal.choose(names().indexOf(quality));
      }
    },
    /** True until the media playlists in use have their ENDLIST. */
    get growing() {
      const current = details();
      return current.length ? current.some((d) => d.live) : growing;
    },
    /** Up to where there is something to play. */
    get edge() {
      const current = details();
      return current.length ? Math.min(...current.map((d) => d.edge)) : 0;
    },
  };
}

/** Loads playlists as hls.js would, and adds the planned variants to the multivariant one. */
function ladderLoader(manifest) {
  return class extends Hls.DefaultConfig.loader {
    load(context, config, callbacks) {
      if (context.type !== 'manifest' || !manifest) {
        super.load(context, config, callbacks);
        return;
      }
      const onSuccess = (response, ...rest) =>
        callbacks.onSuccess({ ...response, data: mergeLadder(response.data, manifest) }, ...rest);
      super.load(context, config, { ...callbacks, onSuccess });
    }
  };
}

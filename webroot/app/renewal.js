// Replaces what is buffered further ahead when another quality is wanted: a better one has joined, or the viewer
// chose one. Without this a short video would be buffered to its end in 144p before 240p has joined. hls.js's own
// way (nextLevel) also drops what has been played and aborts what is loading; this keeps both.

/** Seconds ahead of the playhead that stay as they are, so that the next segment can be fetched in time. */
const KEEP_AUTO = 4;
const KEEP_CHOSEN = 2;
const RETRY_MS = 200;

/**
 * Pure: where to cut, the first segment at least `keep` seconds after `time` whose bitrate is not good enough;
 * null when there is none. Segments: {start, bitrate}.
 */
export function cutAfter(segments, time, keep, isGood) {
  const starts = segments.flatMap((s) => (s.start >= time + keep && !isGood(s.bitrate) ? [s.start] : []));
  return starts.length ? Math.min(...starts) : null;
}

/** Pure: the highest level up to `cap` that the bandwidth carries with room to spare, as hls.js reckons it. */
export function affordable(bitrates, cap, bandwidth) {
  for (let level = Math.min(cap, bitrates.length - 1); level > 0; level -= 1) {
    if (bitrates[level] <= 0.7 * bandwidth) return level;
  }
  return 0;
}

export function renewal(hls, video, { FRAG_BUFFERED, BUFFER_FLUSHING }) {
  const buffered = new Map(); // start -> bitrate, the newest fetch of each segment
  let timer = null;

  hls.on(FRAG_BUFFERED, (_event, { frag }) => {
    if (frag.type === 'main' && frag.sn !== 'initSegment') {
      buffered.set(frag.start, hls.levels[frag.level]?.bitrate ?? 0);
    }
  });

  /** A segment on its way would be appended after the cut, or aborted: wait until it has arrived. */
  function whenIdle(action) {
    clearTimeout(timer);
    const state = hls.inFlightFragments.main?.state;
    if (state === 'IDLE' || state === 'ENDED' || state === 'STOPPED') action();
    else timer = setTimeout(whenIdle, RETRY_MS, action);
  }

  function cut(keep, isGood) {
    const ranges = video.buffered;
    const end = ranges.length ? ranges.end(ranges.length - 1) : 0;
    const segments = [...buffered].map(([start, bitrate]) => ({ start, bitrate })).filter(({ start }) => start < end);
    const from = cutAfter(segments, video.currentTime, keep * Math.max(1, video.playbackRate), isGood);
    if (from === null) return;
    hls.trigger(BUFFER_FLUSHING, { startOffset: from, endOffset: Number.POSITIVE_INFINITY, type: 'video' });
  }

  return {
    /** Auto may go higher than before. */
    rise() {
      if (!hls.autoLevelEnabled || hls.loadLevel < 0) return;
      const bitrates = hls.levels.map((level) => level.bitrate);
      const cap = hls.autoLevelCapping < 0 ? bitrates.length - 1 : hls.autoLevelCapping;
      const best = affordable(bitrates, cap, hls.bandwidthEstimate);
      // A raised cap leaves hls.js 1.7 at its last choice for one more segment; the next ones are its own again.
      if (best > hls.loadLevel) hls.nextAutoLevel = best;
      whenIdle(() => cut(KEEP_AUTO, (bitrate) => bitrate >= bitrates[best]));
    },
    /** The viewer wants this level and no other. */
    choose(level) {
      whenIdle(() => {
        hls.loadLevel = level;
        cut(KEEP_CHOSEN, (bitrate) => bitrate === hls.levels[level]?.bitrate);
      });
    },
  };
}

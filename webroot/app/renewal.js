// When a better quality has joined, what is buffered further ahead is fetched anew in it. Without this a short
// video would be buffered to its end in 144p before 240p has joined. hls.js's own way (nextLevel) also drops what
// has been played and aborts what is loading; this keeps both.

/** Seconds ahead of the playhead that stay as they are: more than enough to fetch the next segment. */
const KEEP = 4;
const RETRY_MS = 250;

/**
 * Pure: where to cut, the first segment at least `keep` seconds after `time` whose bitrate is below `bitrate`;
 * null when there is none. Segments: {start, bitrate}.
 */
export function cutAfter(segments, time, keep, bitrate) {
  const starts = segments.flatMap((s) => (s.start >= time + keep && s.bitrate < bitrate ? [s.start] : []));
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

  function attempt() {
    clearTimeout(timer);
    if (!hls.autoLevelEnabled || hls.loadLevel < 0) return;
    const bitrates = hls.levels.map((level) => level.bitrate);
    const best = affordable(bitrates, hls.autoLevelCapping, hls.bandwidthEstimate);
    // A raised cap leaves hls.js 1.7 at its last choice for one more segment; the next ones are its own again.
    if (best > hls.loadLevel) hls.nextAutoLevel = best;
    // A segment on its way would be appended after the cut: wait until it has arrived.
    if (!isIdle(hls.inFlightFragments.main?.state)) {
      timer = setTimeout(attempt, RETRY_MS);
      return;
    }
    const end = endOfBuffer(video);
    const segments = [...buffered].map(([start, bitrate]) => ({ start, bitrate })).filter(({ start }) => start < end);
    const from = cutAfter(segments, video.currentTime, KEEP * Math.max(1, video.playbackRate), bitrates[best]);
    if (from !== null) {
      hls.trigger(BUFFER_FLUSHING, { startOffset: from, endOffset: Number.POSITIVE_INFINITY, type: 'video' });
    }
  }

  return { request: attempt };
}

const isIdle = (state) => state === undefined || state === 'IDLE' || state === 'ENDED';

function endOfBuffer({ buffered }) {
  return buffered.length ? buffered.end(buffered.length - 1) : 0;
}

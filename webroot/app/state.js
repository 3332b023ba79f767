// What is known of a video, from GET /videos/{id} and the live messages. Pure: a new object for every change.

const STAGES = {
  UPLOADING: 'Uploading',
  PROCESSING: 'Preparing',
  READY: 'Ready, getting better',
  COMPLETED: 'All qualities ready',
  PARTIAL: 'Some qualities failed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

/** Stages after which the whole video is worth fetching again: they carry less than they change. */
export const STRUCTURAL = new Set([
  'thumbnail_ready',
  'previewable',
  'playable',
  'rendition_ready',
  'done',
  'failed',
  'uploading',
]);

/** A message seen before, or overtaken by a later one, changes nothing: the same object comes back. */
export function reduce(video, message) {
  if (message.stage === 'snapshot' || message.type === 'snapshot') {
    return { ...message.video, seq: message.seq ?? video?.seq ?? 0, eta: message.eta ?? message.video.eta ?? null };
  }
  if (!video || message.seq <= (video.seq ?? 0)) return video;
  return apply(video, message);
}

/** A fetched video, with the messages that came while the answer was on its way put on top of it. */
export function adopt(known, fetched, since = []) {
  const base = { ...fetched, seq: known?.seq ?? 0, eta: known?.eta ?? null, stage: known?.stage };
  // While bytes arrive, the line shows how many of them: only the messages tell that.
  if (fetched.status === 'UPLOADING' && known?.status === 'UPLOADING') base.progress = known.progress;
  return since.reduce(apply, base);
}

export const isTerminal = (video) => ['COMPLETED', 'FAILED', 'CANCELLED', 'PARTIAL'].includes(video.status);
/** Failures that another attempt may mend; of the others the file is to blame, and not kept. */
const MENDABLE = ['encode_failed', 'timed_out'];
export const canRetry = (video) =>
  video.status === 'FAILED'
    ? MENDABLE.includes(video.error?.code)
    : video.status === 'PARTIAL' && qualitiesOf(video).some((of) => of.state === 'failed');
export const isWatchable = (video) =>
  video.status !== 'FAILED' && video.status !== 'CANCELLED' && Boolean(video.masterUrl || video.previewUrl);

export function stageText(video) {
  if (video.status === 'UPLOADING' && video.previewUrl) return 'Uploading, watchable already';
  if (video.status === 'PROCESSING' && video.previewUrl) return 'Watchable, still growing';
  return STAGES[video.status] ?? video.status;
}

/** Qualities, lowest first: {quality, state: planned | encoding | joined | failed, part: 0..1, error}. */
export function qualitiesOf(video) {
  const total = video.metadata?.totalChunks || 0;
  return Object.entries(video.metadata?.qualities ?? {})
    .map(([quality, of]) => {
      const done = of.completedChunks?.length ?? 0;
      const state = of.joined ? 'joined' : of.error ? 'failed' : done ? 'encoding' : 'planned';
      return { quality, state, part: of.joined ? 1 : total ? done / total : 0, error: of.error ?? null };
    })
    .sort((a, b) => Number.parseInt(a.quality, 10) - Number.parseInt(b.quality, 10));
}

export const joinedOf = (video) => qualitiesOf(video).flatMap((q) => (q.state === 'joined' ? [q.quality] : []));

function apply(video, message) {
  const next = { ...video, seq: Math.max(video.seq ?? 0, message.seq ?? 0), stage: message.stage };
  if (message.status) next.status = message.status;
  // Tried again: the old failure is none any more.
  if (isTerminal(video) && !isTerminal(next)) next.error = null;
  if (Number.isFinite(message.progress)) next.progress = message.progress;
  if (message.at) next.updatedAt = message.at;
  if ('eta' in message) next.eta = message.eta;
  switch (message.stage) {
    case 'uploading':
      if (message.size > 0) next.progress = (100 * message.uploaded) / message.size;
      break;
    case 'thumbnail_ready':
      next.thumbnailUrl = message.url ?? next.thumbnailUrl;
      break;
    case 'storyboard_ready':
      next.storyboardUrl = message.url ?? next.storyboardUrl;
      break;
    case 'previewable':
      next.previewUrl = message.url ?? next.previewUrl;
      break;
    case 'playable':
      next.masterUrl = message.url ?? next.masterUrl;
      next.metadata = withJoined(video.metadata, message.quality);
      break;
    case 'rendition_ready':
      next.metadata = withJoined(video.metadata, message.quality);
      break;
    case 'renamed':
      next.title = message.title ?? next.title;
      next.description = message.description ?? next.description;
      break;
    case 'deleted':
      next.deleted = true;
      break;
    case 'done':
      next.progress = 100;
      next.eta = null;
      break;
    case 'failed':
      next.error = message.error ?? next.error;
      next.eta = null;
      break;
  }
  return next;
}

function withJoined(metadata, quality) {
  if (!quality) return metadata;
  const qualities = metadata?.qualities ?? {};
  return {
    ...metadata,
    qualities: { ...qualities, [quality]: { completedChunks: [], ...qualities[quality], joined: true, error: null } },
  };
}

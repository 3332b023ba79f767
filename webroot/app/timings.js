// What the chunk plan (GET /videos/{id}/manifest) says about the work: a row for each tier, a cell for each chunk.
// Pure.

/** Seconds that a task took, or has taken until `now`; null before it began. */
export function took(task, now) {
  if (!task?.startedAt) return null;
  const end = task.finishedAt ? Date.parse(task.finishedAt) : task.state === 'RUNNING' ? now : null;
  return end === null ? null : Math.max(0, (end - Date.parse(task.startedAt)) / 1000);
}

/**
 * Rows in the order of the tiers: {name, cells, done, failed, seconds, mean, slowest, speed}. A cell is {chunk, start,
 * duration, state, seconds, cost, attempt, worker}; `cost` is seconds of work per second of video, null until it is
 * done. `speed` is how many times faster than it plays a tier was made, by one worker.
 */
export function rowsOf(manifest, now) {
  return manifest.tiers.map(({ tier, qualities }) => {
    const tasks = new Map(
      manifest.tasks.filter((task) => task.kind === 'chunk' && task.tier === tier).map((task) => [task.chunk, task]),
    );
    const cells = manifest.chunks.map(({ index, start, duration }) => {
      const task = tasks.get(index);
      const seconds = took(task, now);
      return {
        chunk: index,
        start,
        duration,
        state: task?.state ?? 'WAITING',
        seconds,
        cost: task?.state === 'DONE' && seconds !== null && duration > 0 ? seconds / duration : null,
        attempt: task?.attempt ?? 0,
        worker: task?.worker ?? null,
      };
    });
    const done = cells.filter((cell) => cell.state === 'DONE');
    const seconds = done.reduce((sum, cell) => sum + (cell.seconds ?? 0), 0);
    const media = done.reduce((sum, cell) => sum + cell.duration, 0);
    return {
      name: qualities.join(' '),
      cells,
      done: done.length,
      failed: cells.filter((cell) => cell.state === 'FAILED').length,
      seconds,
      mean: done.length ? seconds / done.length : null,
      slowest: done.reduce((worst, cell) => ((cell.seconds ?? 0) > (worst?.seconds ?? -1) ? cell : worst), null),
      speed: seconds > 0 ? media / seconds : null,
    };
  });
}

const WORDS = { poster: 'Poster', subtitles: 'Captions', mezzanine: 'Intermediate' };
/** By tier: sound is one task, or that of the lowest quality and that of the others. */
const SOUNDS = ['Sound', 'Sound of the lowest', 'Sound of the others'];

const nameOf = ({ kind, tier }) =>
  kind === 'audio' ? SOUNDS[tier ?? 0] : (WORDS[kind] ?? kind[0].toUpperCase() + kind.slice(1));

/** Tasks that are no chunks: {name, state, seconds, attempt}. */
export const othersOf = (manifest, now) =>
  manifest.tasks
    .filter((task) => task.kind !== 'chunk')
    .map((task) => ({
      name: nameOf(task),
      state: task.state,
      seconds: took(task, now),
      attempt: task.attempt,
    }));

/** How hot each cell is, 0..1, against the costliest of all tiers' done chunks. */
export function heats(rows) {
  const most = Math.max(0, ...rows.flatMap((row) => row.cells.map((cell) => cell.cost ?? 0)));
  return (cell) => (cell.cost === null || most === 0 ? 0 : cell.cost / most);
}

/** The plan in words: pairs of name and value, of which the empty ones are left out. */
export function planOf(manifest) {
  const { source, grid, chunks } = manifest;
  const rate = rateOf(grid.rate);
  return [
    ['Source', [source.format?.split(',')[0], source.codec, `${source.width} × ${source.height}`].filter(Boolean).join(', ')],
    ['Read as', { direct: 'direct', remux: 'copied first', mezzanine: 'decoded once first' }[source.class] ?? source.class],
    ['Sound', source.audio.map((track) => `${track.codec} ${track.channels} ch`).join(', ') || 'none'],
    ['Frames', `${grid.frames} at ${rate} per second`],
    ['Segments', `${manifest.segmentFrames} frames, ${manifest.segmentSeconds.toFixed(3)} s`],
    ['Chunks', `${chunks.length} in ${manifest.tiers.length} ${manifest.tiers.length === 1 ? 'tier' : 'tiers'}`],
  ].filter(([, value]) => value);
}

/** 30000/1001 as 29.97. */
function rateOf(rate) {
  const [num, den = 1] = String(rate).split('/').map(Number);
  return String(Number((num / den).toFixed(3)));
}

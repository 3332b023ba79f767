// Which upload goes next; states are queued, sending, paused, failed, asking (for its file) and
// gone. Pure state, no network: the caller starts what `next` hands out.

export class UploadQueue {
  #items = [];

  constructor(parallel = 2) {
    this.parallel = parallel;
  }

  get items() {
    return [...this.#items];
  }

  get active() {
    return this.#items.filter((item) => item.state === 'sending');
  }

  /** Queued ones in the order they came, as many as may run. */
  next() {
    const free = Math.max(0, this.parallel - this.active.length);
    const starting = this.#items.filter((item) => item.state === 'queued').slice(0, free);
    for (const item of starting) item.state = 'sending';
    return starting;
  }

  /** @param state where it begins: queued, paused, asking */
  add(item, state = 'queued') {
    item.state = state;
    this.#items.push(item);
    return item;
  }

  /** Takes it out of the running: paused, failed, or asking for its file; others may go on in its place. */
  rest(item, state) {
    item.state = state;
  }

  /** What rests waits for its turn again. */
  again(item) {
    if (item.state !== 'sending') item.state = 'queued';
  }

  /** Done and cancelled ones leave the list. */
  remove(item) {
    item.state = 'gone';
    this.#items = this.#items.filter((other) => other !== item);
  }
}

/**
 * Speed and remaining time from the byte counts of the last seconds: an average over the whole upload lags
 * behind a network that changes, the last event alone jumps.
 */
export class Speedometer {
  #samples = [];

  constructor(windowSeconds = 5) {
    this.window = windowSeconds * 1000;
  }

  add(time, sent) {
    this.#samples.push({ time, sent });
    while (this.#samples.length > 2 && this.#samples[0].time < time - this.window) this.#samples.shift();
  }

  /** Bytes per second, or null before two samples a tenth of a second apart. */
  get speed() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || last.time - first.time < 100) return null;
    return ((last.sent - first.sent) * 1000) / (last.time - first.time);
  }

  remaining(total) {
    const speed = this.speed;
    return speed ? Math.max(0, total - this.#samples.at(-1).sent) / speed : null;
  }
}

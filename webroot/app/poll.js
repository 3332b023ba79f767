// Asks again and again while somebody looks: not while the page is hidden, and less often while nobody answers.
import { backoff } from './live.js';

/** `ask` returns a promise; `onState` hears 'live' or 'waiting'. `now()` asks at once. */
export function poll(ask, { every, onState }) {
  let timer = null;
  let asking = false;
  let again = false;
  let failures = 0;

  async function round() {
    clearTimeout(timer);
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      await ask();
      failures = 0;
      onState('live');
    } catch (refusal) {
      failures += 1;
      onState('waiting', refusal.message);
    }
    asking = false;
    if (document.hidden) return;
    timer = setTimeout(round, again ? 0 : failures ? Math.max(every, backoff(failures, Math.random())) : every);
    again = false;
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else round();
  });
  round();
  return { now: round };
}

// The page for those who run the server: asks for the work every two seconds while somebody looks.
import * as api from './api.js';
import { say } from './dom.js';
import { poll } from './poll.js';
import { troubles } from './troubles.js';
import { work } from './work.js';

const EVERY_MS = 2000;
/** The state of earlier failures changes slowly. */
const FAILURES_EVERY = 5;

const $ = (id) => document.getElementById(id);

const onChanged = (text) => {
  say($('announce'), text);
  asking.now();
};
const doing = work({ onChanged });
const wrong = troubles({ onChanged });

let round = 0;
let newest;

async function ask() {
  const now = await api.work();
  doing.show(now);
  wrong.show(now);
  if (newest !== now.newestFailure || round % FAILURES_EVERY === 0) {
    await wrong.refresh();
    newest = now.newestFailure;
  }
  round += 1;
}

const asking = poll(ask, {
  every: EVERY_MS,
  onState(state, reason = '') {
    document.body.dataset.live = state;
    say($('live'), state === 'live' ? 'Live' : 'Trying again…');
    say($('trouble'), reason);
  },
});

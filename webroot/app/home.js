// The start page: wires the drop target, the uploads and the library to the live connection.
import * as api from './api.js';
import { h, say } from './dom.js';
import { filterForm, narrowed } from './filter.js';
import { library } from './library.js';
import { followAll } from './live.js';
import { fromLink, linkIn } from './link.js';
import { removals } from './removal.js';
import { canPick, canPickFolder, dropped, listed, picked, pickedFolder } from './sources.js';
import { uploads } from './uploads.js';

const $ = (id) => document.getElementById(id);

const sending = uploads({
  list: $('upload-list'),
  section: $('uploads'),
  all: everyUpload($('uploads').querySelector('.section-head')),
  announce: $('announce'),
  chooser: $('again'),
  onVideo: (id) => videos.discover(id),
  onShare: (id, sent, size) => videos.uploading(id, sent, size),
});

const videos = library({
  grid: $('grid'),
  empty: $('empty'),
  more: $('more'),
  nothing: $('nothing'),
  status: $('library-status'),
  removal: removals({ place: $('toasts'), announce: $('announce') }),
  onEnded: (id) => sending.ended(id),
  onFound: (count, isMore, wanted) => {
    if (narrowed(wanted)) say($('announce'), `${isMore ? 'At least ' : ''}${count} found`);
  },
});

/** "Pause all" and "Resume all", where there is more than one to pause or to resume. */
function everyUpload(place) {
  const pause = h('button', { type: 'button', class: 'quiet', hidden: true }, 'Pause all');
  const resume = h('button', { type: 'button', class: 'quiet', hidden: true }, 'Resume all');
  place.append(h('span', { class: 'all' }, pause, resume));
  return {
    wire({ onPause, onResume }) {
      pause.addEventListener('click', onPause);
      resume.addEventListener('click', onResume);
    },
    draw(items) {
      const count = (...states) => items.filter((item) => states.includes(item.state)).length;
      pause.hidden = count('queued', 'sending') < 2;
      resume.hidden = count('paused') < 2;
    },
  };
}

/** Takes up files as they are found; that one cannot be read is told. */
async function take(finding) {
  try {
    const found = await finding;
    if (found.length) await sending.add(found);
    else say($('announce'), 'No video was found there.');
  } catch (failure) {
    say($('link-status'), `This could not be read: ${failure.message}`);
  }
}

// The browser's own dialog gives handles, by which an upload goes on after a reload; the input is for all others.
$('file').addEventListener('click', (event) => {
  if (!canPick()) return;
  event.preventDefault();
  picked().then((found) => found.length && take(found));
});
$('folder').addEventListener('click', (event) => {
  if (!canPickFolder()) return;
  event.preventDefault();
  take(pickedFolder());
});
for (const id of ['file', 'folder']) {
  $(id).addEventListener('change', ({ target }) => {
    take(listed(target.files, { folder: id === 'folder' }));
    target.value = '';
  });
}

// The whole page is the drop target; `dragenter` and `dragleave` also fire for every child, hence the count.
let inside = 0;
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');
const mark = () => document.body.toggleAttribute('data-dropping', inside > 0);
addEventListener('dragenter', (event) => {
  if (!holdsFiles(event)) return;
  inside += 1;
  mark();
});
addEventListener('dragleave', (event) => {
  if (!holdsFiles(event)) return;
  inside = Math.max(0, inside - 1);
  mark();
});
addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
addEventListener('drop', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  inside = 0;
  mark();
  take(dropped(event.dataTransfer));
});

const link = fromLink({
  form: $('link'),
  status: $('link-status'),
  onVideo: (video) => {
    videos.put(video);
    say($('announce'), `The server fetches ${video.title}`);
  },
  begin: api.importLink,
});
addEventListener('paste', (event) => {
  if (event.target.closest?.('input, textarea, [contenteditable]')) return;
  const { files } = event.clipboardData;
  const address = linkIn(event.clipboardData.getData('text'));
  if (files.length) take(listed(files));
  else if (address) link.submit(address);
  else return;
  event.preventDefault();
});

sending.restore();
videos.search(filterForm({ form: $('filter'), words: $('q'), state: $('state'), onChange: videos.search }));
if (window.EventBus) {
  followAll(window.EventBus, {
    onMessage: (message) => videos.receive(message),
    onState: (state) => {
      document.body.dataset.live = state;
      say($('live'), state === 'live' ? 'Live' : 'Reconnecting…');
    },
    onOpen: () => videos.load(),
  });
}

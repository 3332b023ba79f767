// The start page: wires the drop target, the uploads and the library to the live connection.
import { say } from './dom.js';
import { library } from './library.js';
import { followAll } from './live.js';
import { uploads } from './uploads.js';

const $ = (id) => document.getElementById(id);

const sending = uploads({
  list: $('upload-list'),
  section: $('uploads'),
  announce: $('announce'),
  onVideo: (video) => videos.put(video),
});

const videos = library({
  grid: $('grid'),
  empty: $('empty'),
  more: $('more'),
  status: $('library-status'),
  // While this page sends, a video that is still uploading is most likely its own: it has a row already.
  ignores: (message) => message.stage === 'uploading' && sending.sending(),
});

$('file').addEventListener('change', (event) => {
  sending.add(event.target.files);
  event.target.value = '';
});

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
  sending.add(event.dataTransfer.files);
});

videos.load();
if (window.EventBus) {
  followAll(window.EventBus, {
    onMessage: (message) => videos.receive(message),
    onState: (state) => {
      document.body.dataset.live = state;
      say($('live'), state === 'live' ? 'Live' : 'Reconnecting…');
    },
    onReconnect: () => videos.load(),
  });
}

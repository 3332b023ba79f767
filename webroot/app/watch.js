// The watch page: the player, and below it what is known of the video.
import * as api from './api.js';
import { chips } from './chips.js';
import { details } from './details.js';
import { h, say } from './dom.js';
import { faultOf, faultText } from './fault.js';
import { ago, bytes, clock } from './format.js';
import { player } from './player.js';
import { progressLine } from './progress.js';
import { session } from './session.js';
import { sharing } from './share.js';
import { canRetry, isWatchable } from './state.js';

const $ = (name) => document.getElementById(name);
const id = decodeURIComponent(location.pathname.split('/').filter(Boolean).pop());

const screen = player($('stage'), id);
const line = progressLine({ live: true });
const row = chips();
const fault = faultText({ role: 'alert' });
const at = () => screen.video.currentTime;
const share = sharing({ buttons: document.querySelector('.toolbar'), told: $('told'), stage: document.body, at });
const drawer = details($('details'), id);
screen.video.addEventListener('timeupdate', share.draw);
$('state').append(line.element, row.element, fault.element);

session(id, screen, {
  onVideo: show,
  onTrouble: ({ title, sentence }) => {
    say($('title'), title);
    document.title = `${title} · Rivulet`;
    say($('error'), sentence);
    for (const name of ['facts', 'downloads']) $(name).hidden = true;
    $('stage').hidden = true;
    $('state').hidden = true;
    document.querySelector('.toolbar').hidden = true;
    $('details').hidden = true;
    $('lost').hidden = false;
  },
  onLive: (state) => say($('live'), state === 'waiting' ? 'Reconnecting…' : ''),
  autoplay: cameByClicking(),
});

function show(video) {
  say($('title'), video.title || 'Untitled');
  document.title = `${video.title || 'Untitled'} · Rivulet`;
  line.show(video);
  row.show(video);
  const why = faultOf(video);
  // Where nothing can be played, the player's panel says what is wrong already.
  fault.show(why && !isWatchable(video) ? { ...why, problem: '' } : why);
  $('again').hidden = !canRetry(video);
  share.show(video);
  drawer.show(video);
  // Not before: what stands above them has its place now.
  document.querySelector('.toolbar').hidden = false;
  $('details').hidden = false;
  showFacts(video);
  showDownloads(video);
}

$('again').addEventListener('click', async () => {
  $('again').disabled = true;
  try {
    say($('told'), '');
    show(await api.retry(id));
  } catch (refusal) {
    say($('told'), refusal.message);
  }
  $('again').disabled = false;
});

function showFacts(video) {
  const facts = [
    ['Length', video.duration ? clock(video.duration) : ''],
    ['Source', video.width && video.height ? `${video.width} × ${video.height}` : ''],
    ['Size', bytes(video.fileSize)],
    ['Added', ago(video.createdAt, Date.now())],
  ].filter(([, value]) => value);
  const rows = facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
  if (video.description)
    rows.push(h('div', { class: 'wide' }, h('dt', {}, 'Description'), h('dd', {}, video.description)));
  const list = $('facts');
  if (list.textContent !== rows.map((element) => element.textContent).join('')) list.replaceChildren(...rows);
}

function showDownloads(video) {
  const files = Object.entries(video.qualityUrls ?? {}).filter(([, url]) => url);
  const list = $('download-list');
  $('downloads').hidden = files.length === 0;
  if (list.children.length === files.length) return;
  const name = (quality) => `${video.title || 'video'} ${quality}.mp4`;
  const link = ([quality, url]) => h('a', { href: url, download: name(quality), class: 'button secondary' }, quality);
  list.replaceChildren(...files.map((file) => h('li', {}, link(file))));
}

/** Only someone who clicked on this very video is surprised by no sound. */
function cameByClicking() {
  try {
    const clicked = sessionStorage.getItem('rivulet.clicked') === id;
    sessionStorage.removeItem('rivulet.clicked');
    return clicked;
  } catch {
    return false;
  }
}

$('help').addEventListener('click', screen.help);

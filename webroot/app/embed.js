// The player alone, for other pages' frames.
import { say } from './dom.js';
import { player } from './player.js';
import { session } from './session.js';

const id = decodeURIComponent(location.pathname.split('/').filter(Boolean).pop());
const stage = document.getElementById('stage');

session(id, player(stage, id), {
  onVideo: (video) => {
    say(document.getElementById('title'), video.title || 'Untitled');
    document.title = video.title || 'Untitled';
  },
  onTrouble: ({ title, sentence }) => {
    const text = document.createElement('p');
    text.className = 'lost-text';
    text.textContent = `${title}. ${sentence}`;
    stage.replaceChildren(text);
  },
  autoplay: false,
});

// What a viewer can give away of a video: its link, with the time or without, and the code of its player.
import { h, icon, say } from './dom.js';
import { clock } from './format.js';
import { embedCode, linkTo } from './place.js';

/** `at` gives the seconds that are being watched, `told` is where it says what it did. */
export function sharing({ buttons, told, stage, at }) {
  const watch = location.origin + location.pathname;
  let known = null;

  const link = h('button', { type: 'button', id: 'copy', class: 'button secondary' }, 'Copy link');
  const timed = h('button', { type: 'button', id: 'copy-time', class: 'button secondary' }, 'Copy link at 0:00');
  const embed = h('button', { type: 'button', id: 'embed', class: 'button secondary' }, 'Embed');
  buttons.prepend(link, timed, embed);

  link.addEventListener('click', () => copy(linkTo(watch), 'Link copied.', told));
  timed.addEventListener('click', () => copy(linkTo(watch, at()), `Link to ${clock(at())} copied.`, told));
  embed.addEventListener('click', open);

  /** Without TLS there is no clipboard: then it is shown, to be copied by hand. */
  async function copy(text, done, place) {
    try {
      await navigator.clipboard.writeText(text);
      say(place, done);
    } catch {
      say(place, text);
    }
  }

  const code = h('textarea', { readonly: true, rows: 5, spellcheck: 'false', 'aria-label': 'Code for another page' });
  const begin = h('input', { type: 'checkbox', id: 'embed-begin' });
  const beginLabel = h('label', { for: 'embed-begin' });
  const copied = h('span', { class: 'hint', role: 'status' });
  const take = h('button', { type: 'button', class: 'button' }, 'Copy code');
  const close = h('button', { type: 'button', class: 'round', 'aria-label': 'Close' }, icon('cross'));
  const sheet = h(
    'dialog',
    { class: 'sheet', 'aria-labelledby': 'embed-title' },
    close,
    h('h2', { id: 'embed-title' }, 'Show it in another page'),
    code,
    h('p', { class: 'check' }, begin, beginLabel),
    h('p', { class: 'toolbar' }, take, copied),
  );
  stage.append(sheet);
  close.addEventListener('click', () => sheet.close());
  sheet.addEventListener('click', (event) => event.target === sheet && sheet.close());
  begin.addEventListener('change', write);
  code.addEventListener('focus', () => code.select());
  take.addEventListener('click', () => {
    code.select();
    copy(code.value, 'Code copied.', copied);
  });

  function open() {
    say(beginLabel, `Begin at ${clock(at())}`);
    begin.checked = false;
    say(copied, '');
    write();
    sheet.showModal();
  }

  function write() {
    const address = linkTo(watch.replace('/watch/', '/embed/'), begin.checked ? at() : 0);
    const { title, width, height } = known ?? {};
    code.value = embedCode({ address, title: title || 'Video', width, height });
  }

  return {
    show(video) {
      known = video;
    },
    /** Told when the time has moved. */
    draw() {
      say(timed, `Copy link at ${clock(at())}`);
    },
  };
}

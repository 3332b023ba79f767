// Videos that the server fetches by itself, from a link that is typed or pasted.
import { say, set } from './dom.js';
import { explain } from './fault.js';

/** The address when a text is nothing but one by HTTP, else null. Pure. */
export function linkIn(text) {
  const bare = text.trim();
  if (!/^https?:\/\/\S+$/i.test(bare)) return null;
  try {
    return new URL(bare).href;
  } catch {
    return null;
  }
}

/** `begin` asks the server to fetch an address and gives the video that it becomes. */
export function fromLink({ form, status, begin, onVideo }) {
  const input = form.querySelector('input');
  const button = form.querySelector('button');

  async function submit(text) {
    const address = linkIn(text);
    if (!address) {
      refuse(text.trim() ? 'This is no link: one begins with https:// or http://.' : 'Paste or type a link first.');
      return;
    }
    input.value = address;
    refuse('');
    say(button, 'Asking…');
    button.disabled = true;
    try {
      onVideo(await begin(address));
      input.value = '';
    } catch (refusal) {
      const { problem, advice } = explain({ code: refusal.code, message: refusal.message });
      refuse(`${problem} ${advice}`.trim());
    }
    button.disabled = false;
    say(button, 'Fetch');
  }

  function refuse(sentence) {
    say(status, sentence);
    set(input, { 'aria-invalid': sentence ? 'true' : null });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(input.value);
  });
  return { submit };
}

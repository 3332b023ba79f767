// A button that acts on the second press, in place of a dialog: nothing is lost by a slip, nothing is covered.
import { h, say, set } from './dom.js';

/**
 * @param {{text: string, question: string, of: () => string, act: () => void}} button `of` names what it acts on, for
 *   those who hear it
 */
export function twice({ text, question, of, act }) {
  const element = h('button', { type: 'button', class: 'quiet', onclick: press, onblur: calm }, text);

  function press() {
    if (element.dataset.sure) {
      calm();
      act();
    } else {
      element.dataset.sure = 'asked';
      label(question);
    }
  }

  function calm() {
    delete element.dataset.sure;
    label(text);
  }

  function label(words) {
    say(element, words);
    set(element, { 'aria-label': `${words} ${of()}` });
  }

  return { element, refresh: () => label(element.textContent) };
}

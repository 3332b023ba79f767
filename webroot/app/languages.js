// The menus for sound and captions, each shown only where there is a choice.
import { menu } from './menu.js';
import { keyOf, wordsOf } from './tracks.js';

const OFF = 'off';

/** `current()` gives the engine's renditions, or null where the browser plays by itself and brings its own menus. */
export function languages(current) {
  const sound = menu({ name: 'Sound', image: 'sound', compact: true, onSelect: (key) => current().selectSound(key) });
  const captions = menu({
    name: 'Captions',
    image: 'captions',
    compact: true,
    onSelect: (key) => current().selectCaptions(key === OFF ? null : key),
  });

  const itemOf = (chosen) => (track) => {
    const value = keyOf(track);
    return { value, ...wordsOf(track), checked: chosen !== null && keyOf(chosen) === value };
  };

  function draw() {
    const there = current();
    const sounds = there?.sounds ?? [];
    sound.element.hidden = sounds.length < 2;
    if (sounds.length > 1) {
      const heard = there.sound;
      sound.show(sounds.map(itemOf(heard)), heard ? wordsOf(heard).label : '');
    }
    const texts = there?.captions ?? [];
    captions.element.hidden = texts.length === 0;
    if (texts.length) {
      const shown = there.caption;
      const off = { value: OFF, label: 'Off', checked: shown === null };
      captions.show([off, ...texts.map(itemOf(shown))], shown ? wordsOf(shown).label : 'Off');
      captions.element.toggleAttribute('data-on', shown !== null);
    }
  }

  draw();
  return { elements: [sound.element, captions.element], draw };
}

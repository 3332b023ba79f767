// Which sound and which captions, out of what a video offers and what the viewer chose before. Tracks are those of
// hls.js: {name, lang, default, forced}; a choice is {language, name}, for captions with `on`. Only `recall` and
// `keep` touch anything.

/** ISO 639-2 and BCP 47 name a language in several ways: "eng" and "en" are the same. */
export function canonical(language) {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? '';
  } catch {
    return '';
  }
}

/** The language as people call it; what nobody knows stays as it is. */
export function languageName(language) {
  const tag = canonical(language);
  try {
    return tag ? new Intl.DisplayNames('en', { type: 'language' }).of(tag) : '';
  } catch {
    return language;
  }
}

/** {label, note}: a name that is nothing but the language's code is told as the language. */
export function wordsOf(track) {
  const language = languageName(track.lang);
  const bare = !track.name || (language && canonical(track.name) === canonical(track.lang));
  const label = bare ? language || 'Unnamed' : track.name;
  const told = label.toLowerCase().includes(language.toLowerCase());
  return { label, note: [told ? '' : language, track.forced ? 'forced' : ''].filter(Boolean).join(', ') };
}

/** The same track in every group and in every playlist that lists it. */
export const keyOf = (track) => JSON.stringify([track.lang ?? '', track.name ?? '', Boolean(track.forced)]);

export const choiceOf = (track) => ({ language: canonical(track.lang), name: track.name ?? '' });

/** The first that fits best: language and name, then the language with the default before others; or null. */
function fitting(tracks, choice) {
  if (!choice) return null;
  const same = tracks.filter((track) => canonical(track.lang) === choice.language);
  const named = same.find((track) => track.name === choice.name);
  if (named || !choice.language) return named ?? null;
  return same.find((track) => track.default) ?? same[0] ?? null;
}

/** Null leaves it to the playlist's default. */
export const chooseSound = (tracks, choice) => fitting(tracks, choice);

/** Null is off, which is also how a video starts that neither insists on captions nor offers the remembered ones. */
export function chooseCaptions(tracks, choice) {
  if (choice && !choice.on) return null;
  return fitting(tracks, choice) ?? tracks.find((track) => track.default) ?? tracks.find((t) => t.forced) ?? null;
}

/** What to show when captions are switched on without saying which. */
export function anyCaptions(tracks, choice, language) {
  const spoken = tracks.filter((track) => !track.forced && canonical(track.lang) === canonical(language));
  return (
    fitting(tracks, choice) ??
    tracks.find((track) => track.default) ??
    spoken[0] ??
    tracks.find((track) => !track.forced) ??
    tracks[0] ??
    null
  );
}

const key = (kind) => `rivulet.${kind}`;

/** The choice that this browser keeps for all videos; storage may be refused. */
export function recall(kind) {
  try {
    const choice = JSON.parse(localStorage.getItem(key(kind)));
    return choice && typeof choice === 'object' ? choice : null;
  } catch {
    return null;
  }
}

export function keep(kind, choice) {
  try {
    localStorage.setItem(key(kind), JSON.stringify(choice));
  } catch {
    // Refused: it holds for this page.
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anyCaptions,
  canonical,
  chooseCaptions,
  chooseSound,
  choiceOf,
  keep,
  keyOf,
  recall,
  wordsOf,
} from '../app/tracks.js';

const track = (name, lang, more = {}) => ({ name, lang, default: false, forced: false, ...more });
const ENGLISH = track('English', 'en', { default: true });
const COMMENTARY = track('Commentary', 'eng');
const FRENCH = track('Français', 'fr');
const PLAIN = track('Sound', undefined);
const SOUNDS = [ENGLISH, COMMENTARY, FRENCH, PLAIN];

test('knows a language by its old and its new code', () => {
  assert.equal(canonical('eng'), 'en');
  assert.equal(canonical('pt-br'), 'pt-BR');
  for (const odd of [undefined, null, '', 'no language at all']) assert.equal(canonical(odd), '');
});

test('tells tracks in words: the language where the name is only its code, the name where there is one', () => {
  assert.deepEqual(wordsOf(track('ger', 'ger')), { label: 'German', note: '' });
  assert.deepEqual(wordsOf(track('', 'fr')), { label: 'French', note: '' });
  assert.deepEqual(wordsOf(track('Director', 'en')), { label: 'Director', note: 'English' });
  assert.deepEqual(wordsOf(track('English (SDH)', 'en')), { label: 'English (SDH)', note: '' });
  assert.deepEqual(wordsOf(track('Signs', 'ja', { forced: true })), { label: 'Signs', note: 'Japanese, forced' });
  assert.deepEqual(wordsOf(PLAIN), { label: 'Sound', note: '' });
  assert.deepEqual(wordsOf(track('', undefined)), { label: 'Unnamed', note: '' });
});

test('chooses the remembered sound: the very track, else its language, else what the playlist says', () => {
  assert.equal(chooseSound(SOUNDS, null), null);
  assert.equal(chooseSound(SOUNDS, choiceOf(COMMENTARY)), COMMENTARY);
  assert.equal(chooseSound(SOUNDS, { language: 'en', name: 'Something else' }), ENGLISH);
  assert.equal(chooseSound(SOUNDS, { language: 'fr', name: '' }), FRENCH);
  assert.equal(chooseSound(SOUNDS, { language: 'ja', name: 'English' }), null);
  assert.equal(chooseSound(SOUNDS, choiceOf(PLAIN)), PLAIN);
  assert.equal(chooseSound(SOUNDS, { language: '', name: 'Another' }), null);
});

test('starts without captions unless one is the default or forced, or was chosen before', () => {
  const forced = track('Signs', 'en', { forced: true });
  const usual = track('English', 'en', { default: true });
  assert.equal(chooseCaptions([FRENCH, COMMENTARY], null), null);
  assert.equal(chooseCaptions([FRENCH, forced], null), forced);
  assert.equal(chooseCaptions([forced, usual], null), usual);
  assert.equal(chooseCaptions([forced, usual], { on: false }), null);
  assert.equal(chooseCaptions([FRENCH, usual], { on: true, language: 'fr', name: 'fr' }), FRENCH);
  assert.equal(chooseCaptions([FRENCH], { on: true, language: 'ja', name: 'ja' }), null);
  assert.equal(chooseCaptions([], { on: true, language: 'fr', name: 'fr' }), null);
});

test('switched on without saying which: the last ones, else the default, else those in the spoken language', () => {
  const forced = track('Signs', 'fr', { forced: true });
  assert.equal(anyCaptions([COMMENTARY, FRENCH], { on: false, language: 'fr', name: 'Français' }, 'en'), FRENCH);
  assert.equal(anyCaptions([forced, COMMENTARY, FRENCH], null, 'fra'), FRENCH);
  assert.equal(anyCaptions([FRENCH, ENGLISH], null, 'fr'), ENGLISH);
  assert.equal(anyCaptions([forced, FRENCH], null, undefined), FRENCH);
  assert.equal(anyCaptions([forced], null, 'en'), forced);
  assert.equal(anyCaptions([], null, 'en'), null);
});

test('tells tracks of one language apart, and knows the same track in another group', () => {
  assert.equal(new Set(SOUNDS.map(keyOf)).size, SOUNDS.length);
  assert.equal(keyOf({ ...FRENCH, groupId: 'audio-48k' }), keyOf({ ...FRENCH, groupId: 'audio-96k' }));
});

test('gets along without storage, and with rubbish in it', () => {
  keep('sound', { language: 'fr' });
  assert.equal(recall('sound'), null);
  globalThis.localStorage = { getItem: () => '"fr"' };
  assert.equal(recall('sound'), null);
  globalThis.localStorage = { getItem: () => '{' };
  assert.equal(recall('sound'), null);
  delete globalThis.localStorage;
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedCode, linkTo, placeIn } from '../app/place.js';

test('reads a place as people and other players write it', () => {
  const cases = { '83': 83, '83.5': 83.5, '83s': 83, '1m23s': 83, '1h2m3s': 3723, '2h': 7200, '5m': 300, '0': 0, '1H1S': 3601 };
  for (const [text, seconds] of Object.entries(cases)) assert.equal(placeIn(`?t=${text}`), seconds, text);
});

test('takes no place from what is none', () => {
  for (const search of ['', '?t=', '?t=abc', '?t=-5', '?t=1:23', '?t=1e9', '?x=5', '?t=s', '?t=1s1m', `?t=${'9'.repeat(40)}`])
    assert.equal(placeIn(search), null, search);
});

test('names whole seconds, and none at the beginning', () => {
  assert.equal(linkTo('/watch/a', 83.9), '/watch/a?t=83');
  assert.equal(linkTo('/watch/a', 0.9), '/watch/a');
  assert.equal(linkTo('/watch/a'), '/watch/a');
  assert.equal(placeIn(new URL(linkTo('http://x/watch/a', 83.9)).search), 83);
});

test('writes code that stays code whatever the title is', () => {
  const code = embedCode({ address: 'http://x/embed/a?t=5&b', title: '"><script>&', width: 1080, height: 1920 });
  assert.match(code, /^<iframe src="http:\/\/x\/embed\/a\?t=5&amp;b" title="&quot;&gt;&lt;script&gt;&amp;" /);
  assert.match(code, /aspect-ratio: 1080 \/ 1920;/);
  assert.match(code, /allowfullscreen><\/iframe>$/);
  assert.match(embedCode({ address: 'a', title: 'b' }), /16 \/ 9/);
});

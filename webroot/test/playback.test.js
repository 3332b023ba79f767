import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shouldHold } from '../app/hold.js';
import { backoff } from '../app/live.js';
import { affordable, cutAfter } from '../app/renewal.js';

test('holds at the edge of a growing playlist and goes on with enough ahead', () => {
  assert.equal(shouldHold({ growing: true, held: false, ahead: 0.3, rate: 1 }), true);
  assert.equal(shouldHold({ growing: true, held: false, ahead: 0.5, rate: 1 }), false);
  assert.equal(shouldHold({ growing: true, held: false, ahead: 0.5, rate: 2 }), true);
  assert.equal(shouldHold({ growing: true, held: true, ahead: 0.5, rate: 1 }), true);
  assert.equal(shouldHold({ growing: true, held: true, ahead: 0.9, rate: 1 }), false);
});

test('never holds once the playlist has ended', () => {
  assert.equal(shouldHold({ growing: false, held: true, ahead: 0, rate: 1 }), false);
});

test('cuts at the first segment far enough ahead that is not good enough', () => {
  const segments = [0, 3, 6, 9, 12].map((start) => ({ start, bitrate: start < 12 ? 100 : 400 }));
  const atLeast = (wanted) => (bitrate) => bitrate >= wanted;
  assert.equal(cutAfter(segments, 1, 4, atLeast(400)), 6);
  assert.equal(cutAfter(segments, 6, 4, atLeast(400)), null);
  assert.equal(cutAfter(segments, 6, 4, atLeast(900)), 12);
  assert.equal(
    cutAfter(segments, 6, 4, (bitrate) => bitrate === 100),
    12,
  );
  assert.equal(cutAfter([], 0, 4, atLeast(900)), null);
});

test('rises only as far as the cap and the bandwidth allow', () => {
  const bitrates = [160, 290, 520, 1700];
  assert.equal(affordable(bitrates, 3, 10000), 3);
  assert.equal(affordable(bitrates, 1, 10000), 1);
  assert.equal(affordable(bitrates, 3, 800), 2);
  assert.equal(affordable(bitrates, 3, 10), 0);
});

test('waits longer from try to try, up to a bound', () => {
  assert.equal(backoff(0, 1), 500);
  assert.equal(backoff(3, 1), 4000);
  assert.equal(backoff(30, 1), 15000);
  assert.ok(backoff(3, 0) >= 3000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence } from '../app/api.js';
import { ago, bytes, clock, span, titleOf } from '../app/format.js';

test('writes times as clocks', () => {
  assert.equal(clock(23.999999), '0:24');
  assert.equal(clock(0), '0:00');
  assert.equal(clock(754.9), '12:34');
  assert.equal(clock(3723), '1:02:03');
  assert.equal(clock(Number.NaN), '–:––');
});

test('writes spans roughly', () => {
  assert.equal(span(0), '1 s');
  assert.equal(span(59.4), '59 s');
  assert.equal(span(59.6), '1 min');
  assert.equal(span(4800), '1 h 20 min');
  assert.equal(span(3600), '1 h');
  assert.equal(span(null), '');
});

test('writes bytes in decimal units', () => {
  assert.equal(bytes(0), '0 B');
  assert.equal(bytes(999), '999 B');
  assert.equal(bytes(1500), '1.5 kB');
  assert.equal(bytes(104857600), '105 MB');
  assert.equal(bytes(999_999), '1.0 MB');
});

test('tells how long ago', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');
  assert.equal(ago('2026-01-01T23:59:30Z', now), 'just now');
  assert.equal(ago('2026-01-01T23:00:00Z', now), '1 h ago');
  assert.equal(ago('2026-01-01T00:00:00Z', now), 'yesterday');
  assert.equal(ago('nonsense', now), '');
});

test('makes a title of a file name', () => {
  assert.equal(titleOf('my_holiday_2024.final.mp4'), 'my holiday 2024.final');
  assert.equal(titleOf('.mp4'), '.mp4');
  assert.equal(titleOf('no extension'), 'no extension');
});

test('gives one sentence for every refusal', () => {
  assert.equal(sentence(415, '{"title":"Bad","detail":"This is text, not a video"}'), 'This is text, not a video.');
  assert.equal(sentence(400, '{"title":"Too long."}'), 'Too long.');
  assert.equal(sentence(413, '<html>'), 'This file is larger than the server accepts.');
  assert.equal(sentence(0, ''), 'The server could not be reached.');
  assert.equal(sentence(502, ''), 'The server answered with status 502.');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cueAt, cuesOf } from '../app/storyboard.js';

const TEXT = `WEBVTT

00:00:00.000 --> 00:00:02.000
storyboard_00.webp#xywh=0,0,160,90

00:02.000 --> 00:00:04.500
storyboard_00.webp#xywh=160,0,160,90

01:00:04.500 --> 01:00:06.000
storyboard_01.webp#xywh=0,90,160,90
`;

test('reads where each picture lies', () => {
  const cues = cuesOf(TEXT, '/media/a/storyboard.vtt');
  assert.equal(cues.length, 3);
  const first = { start: 0, end: 2, url: '/media/a/storyboard_00.webp', x: 0, y: 0, width: 160, height: 90 };
  assert.deepEqual(cues[0], first);
  assert.deepEqual([cues[1].start, cues[1].end, cues[1].x], [2, 4.5, 160]);
  assert.deepEqual([cues[2].start, cues[2].url, cues[2].y], [3604.5, '/media/a/storyboard_01.webp', 90]);
});

test('passes over what is no such cue, and leads nowhere else', () => {
  for (const place of ['', 'a.webp', '../x.webp#xywh=0,0,1,1', 'http://x/a.webp#xywh=0,0,1,1', 'a.webp#xywh=0,0,1'])
    assert.deepEqual(cuesOf(`WEBVTT\n\n00:00.000 --> 00:01.000\n${place}\n`, '/m/s.vtt'), [], place);
  assert.deepEqual(cuesOf('no WebVTT at all', '/m/s.vtt'), []);
});

test('finds the picture of a moment', () => {
  const cues = cuesOf(TEXT, '/s.vtt');
  assert.equal(cueAt(cues, 0), cues[0]);
  assert.equal(cueAt(cues, 1.999), cues[0]);
  assert.equal(cueAt(cues, 2), cues[1]);
  assert.equal(cueAt(cues, 99_999), cues[2]);
  assert.equal(cueAt(cues, -1), null);
  assert.equal(cueAt([], 5), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heats, othersOf, planOf, rowsOf, took } from '../app/timings.js';

const at = (second) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const NOW = Date.parse(at(30));
const task = (kind, tier, chunk, state, from = null, to = null, attempt = 1) => ({
  kind,
  tier,
  chunk,
  state,
  attempt,
  worker: from === null ? null : 'node-1',
  startedAt: from === null ? null : at(from),
  finishedAt: to === null ? null : at(to),
});
const manifest = {
  grid: { rate: '30000/1001', frames: 300 },
  segmentFrames: 90,
  segmentSeconds: 3.003,
  tiers: [
    { tier: 0, qualities: ['144p'] },
    { tier: 1, qualities: ['240p', '360p'] },
  ],
  chunks: [
    { index: 0, start: 0, duration: 4 },
    { index: 1, start: 4, duration: 8 },
  ],
  tasks: [
    task('chunk', 0, 0, 'DONE', 0, 1),
    task('chunk', 0, 1, 'DONE', 1, 5, 2),
    task('chunk', 1, 0, 'RUNNING', 20),
    task('chunk', 1, 1, 'FAILED', 5, 9, 3),
    task('audio', null, null, 'DONE', 0, 2),
    task('poster', null, null, 'WAITING'),
  ],
  source: { format: 'mov,mp4', codec: 'h264', width: 640, height: 360, class: 'remux', audio: [{ codec: 'aac', channels: 2 }] },
};

test('measures what a task took, and what it has taken while it runs', () => {
  assert.equal(took(manifest.tasks[1], NOW), 4);
  assert.equal(took(manifest.tasks[2], NOW), 10);
  assert.equal(took(manifest.tasks[5], NOW), null);
  assert.equal(took(undefined, NOW), null);
  assert.equal(took(task('chunk', 0, 0, 'WAITING', 3), NOW), null);
});

test('has a row for each tier with a cell for each chunk', () => {
  const [low, high] = rowsOf(manifest, NOW);
  assert.equal(low.name, '144p');
  assert.deepEqual(low.cells.map((cell) => cell.state), ['DONE', 'DONE']);
  assert.deepEqual(low.cells.map((cell) => cell.cost), [0.25, 0.5]);
  assert.equal(low.cells[1].attempt, 2);
  assert.deepEqual([low.done, low.seconds, low.mean, low.slowest.chunk, low.speed], [2, 5, 2.5, 1, 2.4]);
  assert.equal(high.name, '240p 360p');
  assert.deepEqual([high.done, high.failed, high.mean, high.slowest, high.speed], [0, 1, null, null, null]);
});

test('counts a chunk that no task is known of as waiting', () => {
  const [row] = rowsOf({ ...manifest, tasks: [] }, NOW);
  assert.deepEqual(row.cells.map((cell) => [cell.state, cell.seconds]), [['WAITING', null], ['WAITING', null]]);
});

test('is hottest where a second of video took the longest', () => {
  const rows = rowsOf(manifest, NOW);
  const heat = heats(rows);
  assert.deepEqual(rows.flatMap((row) => row.cells.map(heat)), [0.5, 1, 0, 0]);
  assert.equal(heats([])({ cost: null }), 0);
});

test('tells the other tasks and the plan in words', () => {
  assert.deepEqual(othersOf(manifest, NOW).map(({ name, state, seconds }) => [name, state, seconds]), [
    ['Sound', 'DONE', 2],
    ['Poster', 'WAITING', null],
  ]);
  const parts = { tasks: [0, 1, 2].map((tier) => task('audio', tier, 0, 'DONE', 0, 1)) };
  assert.deepEqual(othersOf(parts, NOW).map(({ name }) => name), ['Sound', 'Sound of the lowest', 'Sound of the others']);
  const plan = Object.fromEntries(planOf(manifest));
  assert.equal(plan.Source, 'mov, h264, 640 × 360');
  assert.equal(plan['Read as'], 'copied first');
  assert.equal(plan.Frames, '300 at 29.97 per second');
  assert.equal(plan.Chunks, '2 in 2 tiers');
  assert.equal(plan.Sound, 'aac 2 ch');
  assert.equal(Object.fromEntries(planOf({ ...manifest, source: { ...manifest.source, audio: [] } })).Sound, 'none');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptKey, className, inWork, lease, makes, runningFor, since } from '../app/tasktext.js';

const at = '2026-11-20T10:00:30Z';

test('names what a task makes', () => {
  assert.equal(makes({ kind: 'chunk', chunk: 3, qualities: ['240p', '360p'] }), 'Chunk 3 · 240p, 360p');
  assert.equal(makes({ kind: 'chunk', chunk: 0, qualities: [] }), 'Chunk 0');
  assert.equal(makes({ kind: 'audio', chunk: 0, qualities: [] }), 'Sound');
  assert.equal(makes({ kind: 'hologram', chunk: 0, qualities: [] }), 'hologram');
  assert.equal(className('preview'), 'Preview');
  assert.equal(className('later'), 'later');
});

test('tells by the clock of the server how long a task runs and is held', () => {
  const task = { startedAt: '2026-11-20T10:00:00Z', leaseUntil: '2026-11-20T10:00:42Z' };
  assert.equal(runningFor(task, at), 'running for 30 s');
  assert.deepEqual(lease(task, at), { text: 'lease for 12 s', lost: false });
  assert.equal(lease({ leaseUntil: '2026-11-20T10:00:30Z' }, at).lost, true);
});

test('tells what has become of a failure', () => {
  assert.equal(since('DONE'), 'has succeeded since');
  assert.equal(since('FAILED'), 'given up');
  assert.equal(since('NEW'), 'NEW');
});

test('tells the attempts of one task apart', () => {
  const failure = { videoId: 'v', kind: 'chunk', tier: 1, chunk: 2, attempt: 1 };
  assert.notEqual(attemptKey(failure), attemptKey({ ...failure, attempt: 2 }));
  assert.notEqual(attemptKey(failure), attemptKey({ ...failure, tier: 12, chunk: 2 }));
});

test('counts the videos in work by what they are doing', () => {
  assert.equal(
    inWork({ UPLOADING: 1, PROCESSING: 2000, READY: 3 }),
    '1 uploading, 2,000 preparing, 3 watchable, getting better',
  );
  assert.equal(inWork({ UPLOADING: 0, PROCESSING: 2, READY: 0 }), '2 preparing');
  assert.equal(inWork({ UPLOADING: 0, PROCESSING: 0, READY: 0 }), 'none');
});

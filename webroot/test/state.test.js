import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adopt, canRetry, isWatchable, joinedOf, qualitiesOf, reduce, stageText } from '../app/state.js';

const VIDEO = {
  id: 'v',
  title: 'A',
  status: 'PROCESSING',
  progress: 0,
  previewUrl: null,
  masterUrl: null,
  metadata: {
    totalChunks: 4,
    qualities: {
      '1080p': { completedChunks: [], joined: false, error: null },
      '144p': { completedChunks: [0, 1], joined: false, error: null },
    },
  },
};
const message = (seq, stage, more = {}) => ({ type: 'update', videoId: 'v', seq, stage, ...more });
const all = (messages) => messages.reduce(reduce, { ...VIDEO, seq: 0 });

test('follows a video from the first segment to its end', () => {
  const done = all([
    message(1, 'processing', { status: 'PROCESSING', progress: 12.5, eta: 30 }),
    message(2, 'previewable', { status: 'PROCESSING', url: '/media/v/preview.m3u8' }),
    message(3, 'thumbnail_ready', { url: '/media/v/poster.webp' }),
    message(4, 'playable', { status: 'READY', url: '/media/v/master.m3u8', quality: '144p' }),
    message(5, 'rendition_ready', { status: 'READY', quality: '1080p' }),
    message(6, 'done', { status: 'COMPLETED', progress: 100 }),
  ]);
  assert.equal(done.status, 'COMPLETED');
  assert.equal(done.seq, 6);
  assert.equal(done.eta, null);
  assert.equal(done.thumbnailUrl, '/media/v/poster.webp');
  assert.deepEqual(joinedOf(done), ['144p', '1080p']);
});

test('takes up a new title, keeps a description that is not told, and knows that a video is deleted', () => {
  const renamed = reduce({ ...VIDEO, seq: 0, description: 'words' }, message(1, 'renamed', { title: 'B' }));
  assert.deepEqual([renamed.title, renamed.description, renamed.deleted], ['B', 'words', undefined]);
  assert.equal(reduce(renamed, message(2, 'deleted')).deleted, true);
});

test('ignores duplicates and what comes out of order: the very same object comes back', () => {
  const at5 = reduce({ ...VIDEO, seq: 4 }, message(5, 'processing', { progress: 50 }));
  assert.equal(reduce(at5, message(5, 'processing', { progress: 50 })), at5);
  assert.equal(reduce(at5, message(3, 'processing', { progress: 10 })), at5);
});

test('knows nothing of a video before its snapshot', () => {
  assert.equal(reduce(null, message(1, 'processing')), null);
});

test('takes a snapshot whole, with its seq', () => {
  const taken = reduce(null, { stage: 'snapshot', seq: 9, video: VIDEO });
  assert.equal(taken.seq, 9);
  assert.equal(reduce(taken, message(9, 'done', { status: 'COMPLETED' })), taken);
});

test('puts messages that overtook a fetch on top of what was fetched', () => {
  const known = { ...VIDEO, seq: 7, stage: 'playable' };
  const late = message(8, 'playable', { status: 'READY', url: '/m', quality: '144p' });
  const merged = adopt(known, { ...VIDEO, progress: 20 }, [late]);
  assert.equal(merged.masterUrl, '/m');
  assert.equal(merged.seq, 8);
  assert.equal(merged.progress, 20);
});

test('sorts qualities by their lines and tells their states', () => {
  const failed = { completedChunks: [0], joined: false, error: { code: 'encode_failed', message: 'x' } };
  const video = { metadata: { totalChunks: 4, qualities: { ...VIDEO.metadata.qualities, '240p': failed } } };
  assert.deepEqual(
    qualitiesOf(video).map(({ quality, state, part }) => [quality, state, part]),
    [
      ['144p', 'encoding', 0.5],
      ['240p', 'failed', 0.25],
      ['1080p', 'planned', 0],
    ],
  );
  assert.deepEqual(qualitiesOf({}), []);
});

test('reckons the progress of an upload from its bytes', () => {
  assert.equal(reduce({ ...VIDEO, seq: 0 }, message(1, 'uploading', { uploaded: 25, size: 100 })).progress, 25);
});

test('a failed or cancelled video cannot be watched, a growing one can', () => {
  assert.equal(isWatchable({ status: 'PROCESSING', previewUrl: '/p' }), true);
  assert.equal(isWatchable({ status: 'CANCELLED', previewUrl: '/p' }), false);
  assert.equal(isWatchable({ status: 'PROCESSING' }), false);
  assert.equal(stageText({ status: 'PROCESSING', previewUrl: '/p' }), 'Watchable, still growing');
  assert.equal(stageText({ status: 'UPLOADING', previewUrl: '/p' }), 'Uploading, watchable already');
});

test('what another attempt may mend can be tried again', () => {
  const failed = { 720: { completedChunks: [], joined: false, error: { code: 'encode_failed', message: 'x' } } };
  const partial = { ...VIDEO, status: 'PARTIAL', metadata: { totalChunks: 4, qualities: failed } };
  assert.equal(canRetry(partial), true);
  assert.equal(canRetry({ ...VIDEO, status: 'PARTIAL' }), false);
  assert.equal(canRetry({ ...VIDEO, status: 'FAILED', error: { code: 'timed_out', message: 'x' } }), true);
  assert.equal(canRetry({ ...VIDEO, status: 'FAILED', error: { code: 'not_a_video', message: 'x' } }), false);
  assert.equal(canRetry({ ...VIDEO, status: 'COMPLETED' }), false);
});

test('a video that is tried again has failed no more', () => {
  const failed = reduce({ ...VIDEO, seq: 1 }, message(2, 'failed', { status: 'FAILED', error: { code: 'timed_out' } }));
  assert.equal(failed.error.code, 'timed_out');
  const again = reduce(failed, message(3, 'processing', { status: 'PROCESSING', progress: 0 }));
  assert.equal(again.error, null);
  assert.equal(again.progress, 0);
});

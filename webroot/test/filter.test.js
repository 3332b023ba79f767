import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERYTHING, fromAddress, matches, narrowed, toAddress } from '../app/filter.js';

const video = { title: 'The Harbour at Dawn', description: 'fishing boats', status: 'READY' };

test('judges as the server does: each word somewhere, capitals or not, and the state', () => {
  for (const q of ['', 'harbour', 'BOATS dawn', 'at  fishing']) assert.ok(matches(video, { q, status: '' }), q);
  assert.ok(!matches(video, { q: 'harbour night', status: '' }));
  assert.ok(matches(video, { q: 'dawn', status: 'READY' }));
  assert.ok(!matches(video, { q: 'dawn', status: 'FAILED' }));
  assert.ok(matches({ title: null, description: null, status: 'READY' }, EVERYTHING));
});

test('keeps what is wanted in the address, and takes from it only what has a meaning', () => {
  assert.equal(toAddress(EVERYTHING), '');
  for (const wanted of [{ q: 'a & b', status: '' }, { q: '', status: 'FAILED' }, { q: 'ä', status: 'PARTIAL' }])
    assert.deepEqual(fromAddress(toAddress(wanted)), wanted);
  assert.deepEqual(fromAddress('?status=DONE&q=%20'), EVERYTHING);
  assert.equal(fromAddress(`?q=${'x'.repeat(500)}`).q.length, 200);
  assert.ok(!narrowed(EVERYTHING));
  assert.ok(narrowed({ q: 'x', status: '' }));
});

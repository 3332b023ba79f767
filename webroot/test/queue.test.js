import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Speedometer, UploadQueue } from '../app/queue.js';

const names = (items) => items.map((item) => item.name);
const filled = () => {
  const queue = new UploadQueue(2);
  for (const name of ['a', 'b', 'c', 'd']) queue.add({ name });
  return queue;
};

test('starts as many as may run, in the order they came', () => {
  const queue = filled();
  assert.deepEqual(names(queue.next()), ['a', 'b']);
  assert.deepEqual(names(queue.next()), []);
});

test('starts the next when one is done', () => {
  const queue = filled();
  const [a] = queue.next();
  queue.remove(a);
  assert.equal(a.state, 'gone');
  assert.deepEqual(names(queue.next()), ['c']);
  assert.deepEqual(names(queue.items), ['b', 'c', 'd']);
});

test('keeps what failed, is paused or asks for its file, without blocking the others, until it may go on', () => {
  for (const state of ['failed', 'paused', 'asking']) {
    const queue = filled();
    const [a] = queue.next();
    queue.rest(a, state);
    assert.deepEqual(names(queue.next()), ['c']);
    queue.again(a);
    assert.equal(a.state, 'queued');
    assert.deepEqual(names(queue.next()), []);
    queue.remove(queue.items[1]);
    assert.deepEqual(names(queue.next()), ['a'], state);
  }
});

test('takes up what an earlier page left resting, and starts it only when it is told to', () => {
  const queue = new UploadQueue(2);
  const item = queue.add({ name: 'kept' }, 'asking');
  assert.deepEqual(queue.next(), []);
  queue.again(item);
  assert.deepEqual(names(queue.next()), ['kept']);
});

test('does not queue again what is being sent', () => {
  const queue = filled();
  const [a] = queue.next();
  queue.again(a);
  assert.equal(a.state, 'sending');
});

test('drops a cancelled one that had not started', () => {
  const queue = filled();
  queue.next();
  queue.remove(queue.items[3]);
  assert.deepEqual(names(queue.items), ['a', 'b', 'c']);
});

test('measures speed over the last seconds only', () => {
  const meter = new Speedometer(5);
  assert.equal(meter.speed, null);
  for (let second = 0; second <= 20; second += 1) meter.add(second * 1000, second <= 10 ? 0 : (second - 10) * 100);
  assert.equal(Math.round(meter.speed), 100);
  assert.equal(meter.remaining(2000), 10);
});

test('knows no remaining time while nothing moves', () => {
  const meter = new Speedometer();
  meter.add(0, 5);
  meter.add(1000, 5);
  assert.equal(meter.remaining(100), null);
});

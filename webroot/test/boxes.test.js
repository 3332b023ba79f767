import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayHaveBoxes, tailOf } from '../app/boxes.js';

const box = (type, payload = 0) => {
  const bytes = new Uint8Array(8 + payload);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(new TextEncoder().encode(type), 4);
  return bytes;
};
const long = (type, payload, size = BigInt(16 + payload)) => {
  const bytes = new Uint8Array(16 + payload);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 1);
  bytes.set(new TextEncoder().encode(type), 4);
  view.setBigUint64(8, size);
  return bytes;
};
const open = (type, payload) => {
  const bytes = box(type, payload);
  new DataView(bytes.buffer).setUint32(0, 0);
  return bytes;
};
const file = (...parts) => new Blob(parts);

test('finds where the samples end when the description comes behind them', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), box('mdat', 100), box('moov', 30))), 128);
  assert.equal(await tailOf(file(box('ftyp', 12), box('free', 4), box('mdat', 100), box('moov', 30), box('udta', 9))), 140);
});

test('keeps what lies between samples and description with the description', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), box('mdat', 100), box('free', 50), box('moov', 30))), 128);
});

test('takes the last samples before the description', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), box('mdat', 100), box('wide'), box('mdat', 20), box('moov', 3))), 164);
});

test('reads sizes of 64 bits', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), long('mdat', 100), box('moov', 30))), 136);
});

test('reads a description that reaches to the end of the file, and old QuickTime without a type', async () => {
  assert.equal(await tailOf(file(box('wide'), box('mdat', 100), open('moov', 30))), 116);
});

test('asks for no cut when the description is in front, or nothing comes behind the samples', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), box('moov', 30), box('mdat', 100))), null);
  assert.equal(await tailOf(file(box('ftyp', 12), box('mdat', 100))), null);
  assert.equal(await tailOf(file(box('ftyp', 12), open('mdat', 100))), null);
  assert.equal(await tailOf(file(box('ftyp', 12), box('mdat', 100), box('free', 5))), null);
});

test('leaves fragments alone', async () => {
  const parts = [box('ftyp', 12), box('moof', 9), box('mdat', 100), box('moov', 30)];
  assert.equal(await tailOf(file(...parts)), null);
});

test('asks for no cut of what is no such file', async () => {
  const text = new TextEncoder().encode('Dear diary, this is no video. '.repeat(20));
  const cases = {
    empty: [],
    'a few bytes': [new Uint8Array(5)],
    text: [text],
    zeros: [new Uint8Array(500)],
    'another box first': [box('abcd', 12), box('mdat', 100), box('moov', 30)],
    'a box beyond the end': [box('ftyp', 12), box('mdat', 100), box('moov', 30).slice(0, 20)],
    'samples beyond the end': [box('ftyp', 12), box('mdat', 100).slice(0, 60)],
    'a size below its own head': [box('ftyp', 12), new Uint8Array([0, 0, 0, 7, 109, 100, 97, 116]), box('moov', 30)],
    'a long size below its own head': [box('ftyp', 12), long('mdat', 40, 15n), box('moov', 30)],
    'a long size beyond all numbers': [box('ftyp', 12), long('mdat', 40, 2n ** 64n - 1n), box('moov', 30)],
    'a long size that is cut off': [box('ftyp', 12), long('mdat', 0).slice(0, 12)],
    'a head that is cut off': [box('ftyp', 12), box('mdat', 10), new Uint8Array(6)],
  };
  for (const [name, parts] of Object.entries(cases)) assert.equal(await tailOf(file(...parts)), null, name);
});

test('gives up after so many boxes, and reads only heads', async () => {
  assert.equal(await tailOf(file(box('ftyp', 12), ...Array(70).fill(box('free')), box('mdat', 9), box('moov', 9))), null);
  const real = file(box('ftyp', 12), box('mdat', 100_000), box('moov', 30));
  let read = 0;
  const counted = {
    size: real.size,
    slice: (from, to) => {
      read += to - from;
      return real.slice(from, to);
    },
  };
  assert.equal(await tailOf(counted), 100_028);
  assert.equal(read, 3 * 16);
});

test('looks only into files whose name or type promises boxes', () => {
  for (const name of ['a.mp4', 'b.MOV', 'c.m4v', 'd.qt']) assert.ok(mayHaveBoxes({ name }));
  assert.ok(mayHaveBoxes({ name: 'clip', type: 'video/quicktime' }));
  for (const name of ['a.mkv', 'b.webm', 'mp4']) assert.ok(!mayHaveBoxes({ name, type: 'video/webm' }));
});

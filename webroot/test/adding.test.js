import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkIn } from '../app/link.js';
import { lasting } from '../app/sending.js';
import { dropped, listed, looksLikeVideo } from '../app/sources.js';
import { idOf, metadataOf } from '../app/tus.js';

test('takes a link only when it is all of the text', () => {
  assert.equal(linkIn(' https://example.org/a.mp4\n'), 'https://example.org/a.mp4');
  assert.equal(linkIn('HTTP://example.org'), 'http://example.org/');
  for (const text of ['', 'see https://example.org', 'https://a b', 'ftp://example.org/a', 'https://', 'javascript:x'])
    assert.equal(linkIn(text), null, text);
});

test('leaves out of a folder what is no video, and takes what was chosen by itself', () => {
  for (const name of ['a.mp4', 'B.MKV', 'c.m2ts']) assert.ok(looksLikeVideo({ name }));
  assert.ok(looksLikeVideo({ name: 'noend', type: 'video/mp4' }));
  for (const name of ['.hidden.mp4', 'notes.txt', 'cover.jpg', 'mp4']) assert.ok(!looksLikeVideo({ name, type: '' }));
  const files = [new File([], 'a.mp4'), new File([], 'notes.txt')];
  assert.deepEqual(listed(files).map(({ file }) => file.name), ['a.mp4', 'notes.txt']);
  assert.deepEqual(listed(files, { folder: true }).map(({ file }) => file.name), ['a.mp4']);
});

const leaf = (name) => ({ name, isFile: true, file: (give) => give(new File([], name)) });
const folder = (name, ...portions) => ({
  name,
  isDirectory: true,
  createReader: () => {
    const left = [...portions, []];
    return { readEntries: (give) => give(left.shift()) };
  },
});
const item = (entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => (entry.isFile ? new File([], entry.name) : null) });

test('walks through dropped folders where the browser has only entries, portion by portion', async () => {
  const holiday = folder(
    'holiday',
    [leaf('10.mp4'), leaf('2.mp4'), leaf('.DS_Store')],
    [folder('more', [leaf('deep.mov'), leaf('notes.txt')]), folder('.git', [leaf('x.mp4')])],
  );
  const transfer = { items: [item(holiday), { kind: 'string' }, item(leaf('odd.xyz'))] };
  const names = (await dropped(transfer)).map(({ file }) => file.name);
  assert.deepEqual(names, ['2.mp4', '10.mp4', 'deep.mov', 'odd.xyz']);
});

test('walks through dropped folders by handles where there are any, and keeps them', async () => {
  const handle = (name) => ({ kind: 'file', name, getFile: async () => new File([], name) });
  const deep = { kind: 'directory', name: 'deep', values: () => [handle('b.mp4')].values() };
  const top = { kind: 'directory', name: 'top', values: () => [handle('a.mp4'), handle('.x.mp4'), deep, handle('n.txt')].values() };
  const found = await dropped({ items: [{ kind: 'file', getAsFileSystemHandle: async () => top, getAsFile: () => null }] });
  assert.deepEqual(found.map(({ file }) => file.name), ['a.mp4', 'b.mp4']);
  assert.ok(found.every(({ handle: own }) => own.kind === 'file'));
});

test('writes metadata as tus does', () => {
  assert.equal(metadataOf({ filename: 'ä.mp4', title: '' }), 'filename w6QubXA0,title ');
  assert.equal(idOf('/uploads/abc'), 'abc');
});

test('tells what the network or a busy server is to blame for from what will be refused again', () => {
  for (const status of [0, 409, 423, 429, 500, 502, 503]) assert.ok(!lasting({ status }), String(status));
  for (const status of [400, 403, 404, 410, 413, 507]) assert.ok(lasting({ status }), String(status));
  assert.ok(lasting({ status: 409, code: 'part_in_use' }));
});

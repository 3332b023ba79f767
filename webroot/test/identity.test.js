import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference, digestOf, identityOf, same } from '../app/identity.js';

const file = (bytes, name = 'a.mp4', lastModified = 7) => new File([bytes], name, { lastModified });
const filled = (size, at = -1) => {
  const bytes = new Uint8Array(size).fill(3);
  if (at >= 0) bytes[at] = 4;
  return bytes;
};

test('knows the same file again, by name, size, time and both ends', async () => {
  const begun = await identityOf(file(filled(300_000)));
  assert.deepEqual({ name: begun.name, size: begun.size, lastModified: begun.lastModified }, {
    name: 'a.mp4',
    size: 300_000,
    lastModified: 7,
  });
  assert.ok(same(begun, await identityOf(file(filled(300_000)))));
  const others = [
    file(filled(300_000), 'b.mp4'),
    file(filled(300_001)),
    file(filled(300_000), 'a.mp4', 8),
    file(filled(300_000, 0)),
    file(filled(300_000, 65_535)),
    file(filled(300_000, 299_999)),
    file(filled(300_000, 300_000 - 65_536)),
  ];
  for (const other of others) assert.ok(!same(begun, await identityOf(other)));
});

test('takes small and empty files', async () => {
  assert.ok(!same(await identityOf(file(filled(5))), await identityOf(file(filled(5, 2)))));
  assert.match((await identityOf(file(filled(0)))).digest, /^[0-9a-f]{16}$/);
});

test('tells the order of bytes and where one buffer ends from the other', () => {
  const of = (...bytes) => new Uint8Array(bytes).buffer;
  const digests = [digestOf(of(1, 2)), digestOf(of(2, 1)), digestOf(of(1, 2, 0)), digestOf(of())];
  assert.equal(new Set(digests).size, digests.length);
});

test('says which file was chosen and which was meant', () => {
  const wanted = { name: 'holiday.mp4', size: 5 };
  assert.match(difference(wanted, { name: 'other.mp4', size: 5 }), /^This is other\.mp4; .* holiday\.mp4\.$/);
  assert.match(difference(wanted, { name: 'holiday.mp4', size: 6 }), /not the file that was begun/);
});

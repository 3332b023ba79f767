import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explain, faultOf } from '../app/fault.js';

const openapi = readFileSync(new URL('../../src/main/resources/openapi.yaml', import.meta.url), 'utf8');
const CODES = /\n {4}VideoError:.*?enum:\n(.*?)\n {8}message:/s.exec(openapi)[1].match(/[a-z_]+/g);
const failed = (error, more = {}) => ({ status: 'FAILED', error, ...more });
const partial = (error, qualities) => ({
  status: 'PARTIAL',
  masterUrl: '/m',
  error,
  metadata: { totalChunks: 1, qualities },
});
const JOINED = { joined: true, error: null };
const LOST = { joined: false, error: { code: 'encode_failed', message: 'x' } };

test('has one sentence on the problem and one of advice for every code of the API', () => {
  assert.ok(CODES.length >= 10, `only ${CODES}`);
  for (const code of CODES) {
    const { problem, advice, detail } = explain({ code, message: 'Server says.' });
    for (const sentence of [problem, advice]) {
      assert.match(sentence, /^[A-Z].{10,}\.$/, code);
      assert.doesNotMatch(sentence, /[.!?] /, `${code}: more than one sentence`);
    }
    assert.equal(detail, 'Server says.');
  }
});

test('falls back to the message where the code is unknown, even one that every object has', () => {
  for (const code of ['from_the_future', 'constructor', '', null, undefined]) {
    assert.deepEqual(explain({ code, message: 'The server says so.' }), {
      problem: 'The server says so.',
      advice: '',
      detail: '',
    });
  }
  assert.equal(explain({ code: 'odd' }).problem, 'This video could not be prepared.');
  assert.equal(explain(null), null);
});

test('explains failed and partial videos only', () => {
  const error = { code: 'encrypted', message: 'CENC.' };
  assert.equal(faultOf(failed(error)).problem, 'The file is encrypted or copy-protected.');
  assert.equal(faultOf(failed(null)).problem, 'This video could not be prepared.');
  assert.equal(faultOf({ status: 'COMPLETED', error }), null);
  assert.equal(faultOf({ status: 'CANCELLED', error: null }), null);
});

test('a partial video says what can be watched and what cannot, with the reason as a detail', () => {
  const message = '480p, 720p: Encoding failed: exit 1';
  const some = partial({ code: 'encode_failed', message }, { '144p': JOINED, '240p': JOINED, '480p': LOST, '720p': LOST });
  const { problem, advice, detail } = faultOf(some);
  assert.equal(problem, '144p and 240p can be watched; 480p and 720p could not be made.');
  assert.match(advice, /^Upload it again later/);
  assert.equal(detail, message);
  const unknown = faultOf(partial({ code: 'new', message: 'Odd.' }, { '144p': JOINED, '240p': LOST }));
  assert.equal(unknown.problem, '144p can be watched; 240p could not be made.');
  assert.equal(unknown.detail, 'Odd.');
});

test('a damaged source is watched as far as it goes, in every quality', () => {
  const cut = partial({ code: 'corrupt_input', message: 'After 4.0 of 9.0 seconds.' }, { '144p': JOINED, '240p': JOINED });
  assert.equal(
    faultOf(cut).problem,
    'The file is damaged; 144p and 240p can be watched as far as it could be read.',
  );
  assert.match(faultOf(cut).advice, /^Upload the original again/);
});

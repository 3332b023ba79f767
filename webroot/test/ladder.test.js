import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capOf, listedQualities, mergeLadder, qualityOf } from '../app/ladder.js';

const PREVIEW = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-48k",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-48k/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=198000,AVERAGE-BANDWIDTH=140000,CODECS="avc1.42c00c,mp4a.40.2",RESOLUTION=256x144,FRAME-RATE=30.000,AUDIO="audio-48k"
144p/index.m3u8
`;

const rendition = (quality, width, height, bandwidth, codecs, audio, more = {}) => ({
  quality,
  width,
  height,
  bandwidth,
  averageBandwidth: bandwidth / 2,
  frameRate: '30.000',
  codecs,
  audio,
  joined: false,
  failed: false,
  url: `/media/v/${quality}/index.m3u8`,
  ...more,
});
const member = (group, more = {}) => ({
  group,
  url: `/media/v/${group}/index.m3u8`,
  name: 'Main',
  language: null,
  codecs: 'mp4a.40.2',
  default: true,
  channels: 2,
  ...more,
});
const MANIFEST = {
  renditions: [
    rendition('144p', 256, 144, 210000, 'avc1.42c00c', 'audio-48k'),
    rendition('240p', 426, 240, 400000, 'avc1.42c015', 'audio-64k'),
    rendition('360p', 640, 360, 700000, 'avc1.64001e', 'audio-96k', { failed: true }),
    rendition('480p', 854, 480, 1200000, 'avc1.64001f', 'audio-96k'),
  ],
  audio: [
    member('audio-48k'),
    member('audio-64k'),
    member('audio-96k', { name: 'Français "1"', language: 'fr', default: false }),
  ],
};

test('appends what is planned and keeps what is published byte for byte', () => {
  assert.equal(
    mergeLadder(PREVIEW, MANIFEST),
    `${PREVIEW}#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-64k",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="/media/v/audio-64k/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-96k",NAME="Français  1 ",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="/media/v/audio-96k/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=400000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.42c015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO="audio-64k"
/media/v/240p/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1200000,AVERAGE-BANDWIDTH=600000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=30.000,AUDIO="audio-96k"
/media/v/480p/index.m3u8
`,
  );
});

test('leaves out audio for a source without sound, and takes over subtitles', () => {
  const silent = `#EXTM3U
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="English",URI="subs/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=150000,CODECS="avc1.42c00c",RESOLUTION=256x144,SUBTITLES="subs"
144p/index.m3u8
`;
  const plan = { renditions: [rendition('240p', 426, 240, 400000, 'avc1.42c015', null)], audio: [] };
  assert.equal(
    mergeLadder(silent, plan),
    `${silent}#EXT-X-STREAM-INF:BANDWIDTH=400000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.42c015",RESOLUTION=426x240,FRAME-RATE=30.000,SUBTITLES="subs"
/media/v/240p/index.m3u8
`,
  );
});

test('changes nothing without a plan, when all is listed, or when the text lists nothing', () => {
  assert.equal(mergeLadder(PREVIEW, null), PREVIEW);
  assert.equal(mergeLadder(PREVIEW, { renditions: [MANIFEST.renditions[0]], audio: [] }), PREVIEW);
  assert.equal(mergeLadder('#EXTM3U\n', MANIFEST), '#EXTM3U\n');
});

test('reads qualities from relative, absolute and queried addresses', () => {
  assert.equal(qualityOf('144p/index.m3u8'), '144p');
  assert.equal(qualityOf('https://host:1/media/id/1080p/index.m3u8?x=1'), '1080p');
  assert.deepEqual(listedQualities(mergeLadder(PREVIEW, MANIFEST)), ['144p', '240p', '480p']);
  assert.deepEqual(listedQualities(PREVIEW.replaceAll('\n', '\r\n')), ['144p']);
});

test('caps at the highest level below which nothing is missing', () => {
  const levels = ['144p', '240p', '360p', '480p'];
  assert.equal(capOf(levels, []), 0);
  assert.equal(capOf(levels, ['144p']), 0);
  assert.equal(capOf(levels, ['144p', '240p']), 1);
  assert.equal(capOf(levels, ['144p', '360p', '480p']), 0);
  assert.equal(capOf(levels, ['144p', '240p', '360p', '480p']), 3);
  assert.equal(capOf(levels, ['240p']), 0);
});

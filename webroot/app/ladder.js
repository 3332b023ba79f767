// The ladder of one video as the player sees it: the published multivariant playlist (RFC 8216) plus the
// variants that are planned but not there yet, so that hls.js knows every level from the start and a quality
// that joins later needs no new source. Pure.

/** The quality that a media playlist's address names: /media/{id}/{quality}/index.m3u8. */
export function qualityOf(address) {
  const path = new URL(address, 'http://local/').pathname.split('/');
  return decodeURIComponent(path[path.length - 2] ?? '');
}

/** The qualities a multivariant playlist lists, in its order. */
export function listedQualities(text) {
  return variantsOf(text).map((variant) => qualityOf(variant.uri));
}

/**
 * Appends the planned variants (and the audio groups they name) that the published text does not list.
 * What is published stays as it is, byte for byte.
 */
export function mergeLadder(text, manifest) {
  const listed = variantsOf(text);
  const known = new Set(listed.map((variant) => qualityOf(variant.uri)));
  const wanted = (manifest?.renditions ?? []).filter((r) => !r.failed && !known.has(r.quality));
  if (!listed.length || !wanted.length) return text;

  const groups = new Set(wanted.flatMap((r) => (r.audio ? [r.audio] : [])).filter((group) => !hasGroup(text, group)));
  const audio = (manifest.audio ?? []).filter((member) => groups.has(member.group));
  const subtitles = /[:,]SUBTITLES="([^"]*)"/.exec(listed[0].attributes)?.[1];
  const lines = [...audio.map(mediaTag), ...wanted.flatMap((r) => variantTag(r, audioCodecs(manifest, r), subtitles))];
  return `${text.replace(/\s*$/, '')}\n${lines.join('\n')}\n`;
}

/** Highest index up to which every level can be played; the lowest always can, it is what the preview plays. */
export function capOf(levels, joined) {
  const there = new Set(joined);
  let cap = 0;
  while (cap + 1 < levels.length && there.has(levels[cap]) && there.has(levels[cap + 1])) cap += 1;
  return cap;
}

function variantsOf(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, i) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return [];
    const uri = lines.slice(i + 1).find((next) => next && !next.startsWith('#'));
    return uri ? [{ attributes: line, uri }] : [];
  });
}

function hasGroup(text, group) {
  return text.split('\n').some((line) => line.includes('TYPE=AUDIO') && line.includes(`GROUP-ID="${group}"`));
}

function audioCodecs(manifest, rendition) {
  const members = (manifest.audio ?? []).filter((member) => member.group === rendition.audio);
  return [...new Set(members.flatMap((member) => (member.codecs ? [member.codecs] : [])))];
}

function mediaTag(member) {
  const attributes = [
    'TYPE=AUDIO',
    `GROUP-ID=${quoted(member.group)}`,
    `NAME=${quoted(member.name)}`,
    ...(member.language ? [`LANGUAGE=${quoted(member.language)}`] : []),
    `DEFAULT=${member.default ? 'YES' : 'NO'}`,
    'AUTOSELECT=YES',
    ...(member.channels ? [`CHANNELS="${member.channels}"`] : []),
    `URI=${quoted(member.url)}`,
  ];
  return `#EXT-X-MEDIA:${attributes.join(',')}`;
}

function variantTag(rendition, audioCodec, subtitles) {
  const codecs = [rendition.codecs, ...audioCodec].filter(Boolean).join(',');
  const attributes = [
    `BANDWIDTH=${rendition.bandwidth}`,
    ...(rendition.averageBandwidth ? [`AVERAGE-BANDWIDTH=${rendition.averageBandwidth}`] : []),
    ...(codecs ? [`CODECS=${quoted(codecs)}`] : []),
    `RESOLUTION=${rendition.width}x${rendition.height}`,
    ...(rendition.frameRate ? [`FRAME-RATE=${rendition.frameRate}`] : []),
    ...(rendition.audio ? [`AUDIO=${quoted(rendition.audio)}`] : []),
    ...(subtitles ? [`SUBTITLES=${quoted(subtitles)}`] : []),
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, rendition.url];
}

/** A quoted-string may hold neither quotes nor line ends (RFC 8216, 4.2). */
function quoted(value) {
  return `"${String(value).replace(/["\r\n]/g, ' ')}"`;
}

// Where the description of an MP4 or QuickTime file lies, from its top-level boxes (ISO 14496-12, 4.2). Pure but for
// the reading of a few bytes of a Blob.

/** Real files have a handful; more is no file that is worth the questions. */
const MOST_BOXES = 64;
const FIRST = new Set(['ftyp', 'mdat', 'moov', 'wide', 'free', 'skip', 'pnot', 'uuid']);
const NAMED = /\.(mp4|m4v|mov|qt)$/i;

/** Whether the name or type promises such boxes. */
export const mayHaveBoxes = ({ name = '', type = '' }) =>
  NAMED.test(name) || ['video/mp4', 'video/quicktime', 'video/x-m4v'].includes(type);

/**
 * The offset of the first byte after the samples, when the description (`moov`) comes behind them: sent from there on
 * first, the file can be read while the rest is on its way. Null when the description is in front, or the boxes are not
 * as they should be.
 *
 * @param {Blob} file
 * @returns {Promise<number | null>} 0 < offset < file.size
 */
export async function tailOf(file) {
  let at = 0;
  let samplesEnd = null;
  for (let count = 0; count < MOST_BOXES && at < file.size; count += 1) {
    const box = await boxAt(file, at);
    if (!box || (count === 0 && !FIRST.has(box.type))) return null;
    // Fragments carry their own descriptions: such a file is read from the front.
    if (box.type === 'moof') return null;
    if (box.type === 'moov') return samplesEnd;
    if (box.type === 'mdat') samplesEnd = box.end;
    at = box.end;
  }
  return null;
}

/** {type, end}, or null when there is none that lies within the file. */
async function boxAt(file, at) {
  const head = new DataView(await file.slice(at, at + 16).arrayBuffer());
  if (head.byteLength < 8) return null;
  const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => head.getUint8(i)));
  let size = head.getUint32(0);
  let least = 8;
  if (size === 1) {
    if (head.byteLength < 16) return null;
    least = 16;
    // Beyond 2^53 the sum would be wrong, and beyond the file's end anyway.
    size = Number(head.getBigUint64(8));
  } else if (size === 0) {
    size = file.size - at;
  }
  const end = at + size;
  return size >= least && end <= file.size ? { type, end } : null;
}

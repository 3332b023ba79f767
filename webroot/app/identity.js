// Whether a file that is chosen again is the one that was begun. Pure but for reading 128 KiB of it.

const EDGE = 64 * 1024;

/**
 * Name, size, time of the last change, and a digest of both ends. The digest is FNV-1a in 2 x 32 bits and no
 * cryptographic one, which browsers keep from pages without TLS: it tells files apart and proves nothing.
 */
export async function identityOf(file) {
  const head = await file.slice(0, EDGE).arrayBuffer();
  const tail = await file.slice(Math.max(0, file.size - EDGE)).arrayBuffer();
  return { name: file.name, size: file.size, lastModified: file.lastModified, digest: digestOf(head, tail) };
}

export const same = (one, other) =>
  ['name', 'size', 'lastModified', 'digest'].every((field) => one[field] === other[field]);

/** What differs, as a sentence; for whoever chose the wrong file. */
export function difference(wanted, found) {
  if (found.name !== wanted.name) return `This is ${found.name}; the upload was begun with ${wanted.name}.`;
  return `This ${found.name} is not the file that was begun: its size, date or content is another.`;
}

export function digestOf(...buffers) {
  let one = 0x811c9dc5;
  let two = 0xcbf29ce4;
  for (const buffer of buffers) {
    for (const byte of new Uint8Array(buffer)) {
      one = Math.imul(one ^ byte, 0x01000193);
      two = Math.imul(two ^ byte, 0x01000193) ^ (one >>> 15);
    }
  }
  return [one, two].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

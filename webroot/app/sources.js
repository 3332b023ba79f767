// Files out of what a person drops or picks: many at once, whole folders, with a handle where the browser gives one, by
// which a file can be opened again after a reload.

const VIDEO = /\.(mp4|m4v|mov|qt|mkv|webm|avi|flv|wmv|asf|ts|m2ts|mts|mpg|mpeg|vob|ogv|ogg|3gp|3g2|mxf|divx)$/i;
/** A folder may hold anything: what is no video by type or name is left out. What is chosen by itself is not judged. */
export const looksLikeVideo = ({ name, type = '' }) =>
  !name.startsWith('.') && (type.startsWith('video/') || VIDEO.test(name));

const PICKER_TYPES = [
  {
    description: 'Videos',
    accept: { 'video/*': ['.mp4', '.m4v', '.mov', '.mkv', '.webm', '.avi', '.flv', '.wmv', '.ts', '.mts', '.m2ts', '.mpg', '.ogv'] },
  },
];

export const canPick = () => typeof window.showOpenFilePicker === 'function';
export const canPickFolder = () => typeof window.showDirectoryPicker === 'function';

/** What the browser's own dialog gives; nothing when it was closed. */
export async function picked({ multiple = true } = {}) {
  const handles = await closable(() => window.showOpenFilePicker({ multiple, types: PICKER_TYPES }));
  return Promise.all(handles.map(async (handle) => ({ handle, file: await handle.getFile() })));
}

export async function pickedFolder() {
  const [folder] = await closable(async () => [await window.showDirectoryPicker()]);
  return folder ? ofHandle(folder) : [];
}

async function closable(dialog) {
  try {
    return await dialog();
  } catch (failure) {
    if (failure.name === 'AbortError') return [];
    throw failure;
  }
}

/** A list of files, such as an input's; `folder` when it is all that a folder holds. */
export const listed = (files, { folder = false } = {}) =>
  [...files].filter((file) => !folder || looksLikeVideo(file)).map((file) => ({ file, handle: null }));

/** What was dropped. Everything is asked for before the first wait: afterwards the browser has cleared it away. */
export async function dropped(transfer) {
  const items = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({
      handle: item.getAsFileSystemHandle?.().catch(() => null) ?? null,
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
  const found = await Promise.all(
    items.map(async ({ handle, entry, file }) => {
      const own = await handle;
      if (own) return ofHandle(own);
      if (entry?.isDirectory) return ofEntry(entry);
      return file ? [{ file, handle: null }] : [];
    }),
  );
  return found.flat();
}

async function ofHandle(handle, { within = false } = {}) {
  if (handle.kind === 'directory') {
    const found = [];
    for await (const child of handle.values()) {
      if (!child.name.startsWith('.')) found.push(...(await ofHandle(child, { within: true })));
    }
    return found.sort(byName);
  }
  const file = await handle.getFile();
  return within && !looksLikeVideo(file) ? [] : [{ file, handle }];
}

async function ofEntry(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return looksLikeVideo(file) ? [{ file, handle: null }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // A folder is told in portions; an empty one is the end.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found.sort(byName);
    for (const child of some) if (!child.name.startsWith('.')) found.push(...(await ofEntry(child)));
  }
}

const byName = (one, other) => one.file.name.localeCompare(other.file.name, undefined, { numeric: true });

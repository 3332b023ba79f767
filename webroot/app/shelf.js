// Unfinished uploads, kept in IndexedDB over a reload. Where storage is refused, they live as long as the page.

const DATABASE = 'rivulet';
const STORE = 'uploads';

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let database = null;

async function run(mode, act) {
  try {
    database ??= opened();
    const transaction = (await database).transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch {
    return null;
  }
}

/** In the order they were added. */
export const kept = async () => ((await run('readonly', (store) => store.getAll())) ?? []).sort((a, b) => a.added - b.added);
export const keep = (record) => run('readwrite', (store) => store.put(record));
export const forget = (key) => run('readwrite', (store) => store.delete(key));

/**
 * The right to send an upload, which only one tab has, until it is closed; false when another tab has it. Browsers have
 * locks for pages with TLS or from this machine alone; without them each tab takes the right.
 */
export function claimed(key) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    // A page that is being reloaded lets go of its locks a moment after the new one has begun.
    const options = { signal: AbortSignal.timeout(2000) };
    navigator.locks
      .request(`rivulet.upload.${key}`, options, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

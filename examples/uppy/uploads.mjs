// Uploads to Rivulet by Uppy, which go on by themselves after a lost connection or a restart of the server.
import Uppy from '@uppy/core';
import Tus from '@uppy/tus';

/**
 * Milliseconds between the tries for one file; the list begins anew with every byte that got further. Uppy's own ends
 * after 9 s, which is less than a server may take to stop, start and be ready. This one lasts for ten minutes.
 */
export const retryDelays = [100, 1000, 3000, ...Array(120).fill(5000)];

/** An Uppy to which files are added, for a page that comes from the same origin as the server. */
export function uploads(options = {}) {
  return new Uppy().use(Tus, {
    endpoint: '/uploads',
    retryDelays,
    // The same file once more is a new video.
    removeFingerprintOnSuccess: true,
    ...options,
  });
}

/** The video that a file became. */
export const videoOf = (file) => file.uploadURL.slice(file.uploadURL.lastIndexOf('/') + 1);

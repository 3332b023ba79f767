// The example in a page: `start(options)` uploads three files. What was said to the server stands in `said`, in its order,
// and how it ended in `ended`.
import { uploads, videoOf } from '../../../../examples/uppy/uploads.mjs';

window.said = [];

const note = (kind, request, more) => {
  const offset = more?.getHeader('Upload-Offset') ?? (kind === 'asked' ? request.getHeader('Upload-Offset') : undefined);
  said.push({
    kind,
    method: request.getMethod(),
    url: new URL(request.getURL(), location.href).pathname,
    status: more?.getStatus() ?? 0,
    offset: Number(offset ?? -1),
  });
};

window.start = async (options) => {
  window.progress = 0;
  window.uppy = uploads({
    onBeforeRequest: (request) => note('asked', request),
    onAfterResponse: (request, response) => note('answered', request, response),
    ...options,
  });
  uppy.on('progress', (percent) => {
    window.progress = percent;
  });
  for (const name of ['first.mp4', 'second.mp4', 'third.mp4']) {
    const data = await (await fetch(`/made/${name}`)).blob();
    uppy.addFile({ name, type: 'video/mp4', data, meta: { title: `by Uppy: ${name}` } });
  }
  conclude(uppy.upload());
};

/** How the upload, or another try of it, ends. */
window.conclude = (uploading) => {
  window.ended = null;
  uploading.then(() => {
    const files = uppy.getFiles();
    window.ended = {
      failed: files.filter((file) => file.error).map((file) => `${file.name}: ${file.error}`),
      videos: Object.fromEntries(files.filter((file) => file.uploadURL).map((file) => [file.name, videoOf(file)])),
    };
  });
};

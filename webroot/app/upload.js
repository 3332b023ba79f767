// One multipart upload with byte progress. XMLHttpRequest, because fetch tells nothing while it sends.
import { refusal } from './api.js';

/** Returns {promise, abort}; the promise gives the video of the 202, or fails with a sentence. */
export function send(file, title, onProgress) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  // Fields before the file: the server knows them when the first byte of the file arrives.
  form.append('title', title);
  form.append('file', file, file.name);

  const promise = new Promise((resolve, reject) => {
    request.upload.onprogress = (event) => {
      // The form's own lines are counted too; the file's share is what the user knows.
      onProgress(Math.min(file.size, (event.loaded / event.total) * file.size));
    };
    request.onload = () => {
      if (request.status === 202 || request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(refusal(request.status, request.responseText));
    };
    request.onerror = () => reject(new Error('The connection was lost during the upload.'));
    request.onabort = () => reject(new Error('Cancelled.'));
  });
  request.open('POST', '/videos/upload');
  request.setRequestHeader('accept', 'application/json');
  request.send(form);
  return { promise, abort: () => request.abort() };
}

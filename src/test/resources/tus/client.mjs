// Drives tus-js-client, one JSON object a line on the standard output: node client.mjs upload|terminate ENDPOINT FILE PARTS
// Its packages are those of the folder that it is started in.
import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tus = createRequire(join(process.cwd(), 'package.json'))('tus-js-client');
const [what, endpoint, file, parts] = process.argv.slice(2);
const say = (message) => console.log(JSON.stringify(message));
const size = statSync(file).size;
let retries = 0;
let ended = false;

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  chunkSize: 512 * 1024,
  uploadSize: Number(parts) > 1 ? undefined : size,
  parallelUploads: Number(parts),
  retryDelays: Array(100).fill(250),
  metadata: { filename: 'clip.mp4', title: `by ${what} in ${parts}` },
  onShouldRetry: () => {
    retries += 1;
    return true;
  },
  onProgress: (sent, total) => {
    say({ progress: sent, total });
    if (what === 'terminate' && sent > total / 3 && !ended) {
      ended = true;
      const url = upload.url;
      upload.abort(true).then(() => say({ terminated: url }));
    }
  },
  onSuccess: () => say({ done: upload.url, retries }),
  onError: (error) => {
    say({ error: String(error) });
    process.exitCode = 1;
  },
});
upload.start();

// Lists the videos, then prints every update: node watch.mjs [BASE_URL]
import EventBus from '@vertx/eventbus-bridge-client.js';

const base = (process.argv[2] ?? 'http://localhost:8080').replace(/\/+$/, '');
const bus = new EventBus(`${base}/eventbus`);
bus.enableReconnect(true);

let failures = 0;

bus.onopen = () => {
  failures = 0;
  console.log(`connected to ${base}`);
  // Handlers last as long as the connection: register them at every opening, and before asking for the list,
  // so that no update falls between the two.
  bus.registerHandler('rivulet.events', (error, message) => {
    if (error) console.error(`cannot listen: ${error.message}`);
    else print(message.body);
  });
  bus.send('rivulet.videos', { action: 'list' }, (error, reply) => {
    if (error) {
      console.error(`cannot list: ${error.message}`);
      return;
    }
    const { items } = reply.body;
    console.log(items.length ? `${items.length} videos, newest first:` : 'no videos yet');
    for (const video of items) console.log(`  ${video.id}  ${video.status.padEnd(10)}  ${video.title}`);
  });
};

bus.onclose = () => {
  failures += 1;
  if (failures === 1) console.error(`no connection to ${base}, trying again`);
};

bus.onerror = (error) => console.error(`refused: ${error.message}`);

process.on('SIGINT', () => {
  bus.enableReconnect(false);
  if (bus.state === EventBus.OPEN) bus.close();
  process.exit(0);
});

function print({ at, videoId, seq, stage, status, progress, quality, url, eta, error }) {
  const details = [
    Number.isFinite(progress) && `${progress.toFixed(1)} %`,
    Number.isFinite(eta) && `${Math.round(eta)} s left`,
    quality,
    url && base + url,
    error?.message,
  ].filter(Boolean);
  console.log([at, videoId, `#${seq}`, stage, status, ...details].join('  '));
}

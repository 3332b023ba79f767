// Copies the third-party files that the pages load, with their licences: node vendor.mjs TARGET_DIR
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
if (!target) fail('usage: node vendor.mjs TARGET_DIR');

const files = JSON.parse(readFileSync(join(here, 'vendor.json'), 'utf8'));
const missing = files.filter((file) => !existsSync(join(here, file.from)));
if (missing.length) {
  fail(`missing, run "npm ci --ignore-scripts" first:\n${missing.map((file) => `  ${file.from}`).join('\n')}`);
}

for (const { from, to } of files) {
  const destination = join(resolve(target), to);
  mkdirSync(dirname(destination), { recursive: true });
  // Renamed into place, so that a server already running never sends half a file.
  copyFileSync(join(here, from), `${destination}.new`);
  renameSync(`${destination}.new`, destination);
}
console.log(`${files.length} files copied to ${resolve(target)}`);

function fail(message) {
  console.error(`vendor.mjs: ${message}`);
  process.exit(1);
}

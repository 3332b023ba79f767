import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = (folder, end) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith(end) ? [join(folder, name)] : []));
const pages = files('.', '.html');
const modules = files('app', '.js');
const styles = files('style', '.css');
const read = (file) => readFileSync(join(root, file), 'utf8');

test('names only assets that exist or that the build copies', () => {
  const copied = new Set(JSON.parse(read('vendor.json')).map(({ to }) => `vendor/${to}`));
  const named = [...pages, ...modules].flatMap((file) =>
    [...read(file).matchAll(/["'(]\/assets\/([^"')]+)["')]/g)].map(([, asset]) => ({ file, asset })),
  );
  assert.ok(named.length > 30, `only ${named.length} seen`);
  const missing = named.filter(({ asset }) => !copied.has(asset) && !existsSync(join(root, asset)));
  assert.deepEqual(missing, []);
});

test('holds no inline script, no handler attribute and no other host, as the content security policy demands', () => {
  assert.ok(pages.length >= 5);
  for (const page of pages) {
    const text = read(page);
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)/, page);
    assert.doesNotMatch(text, /\son[a-z]+=/, page);
    assert.doesNotMatch(text, /(src|href)="https?:/, page);
  }
});

/** The modules that a module needs before it runs, with those that they need. */
function needed(module, seen = new Set()) {
  for (const [, name] of read(join('app', module)).matchAll(/^import [^;]*?from '\.\/([^']+)';/gm)) {
    if (!seen.has(name)) {
      seen.add(name);
      needed(name, seen);
    }
  }
  return seen;
}

test('asks for all modules of a page at once, and for no other', () => {
  for (const [page, module] of Object.entries({ index: 'home', watch: 'watch', embed: 'embed', admin: 'admin' })) {
    const preloaded = [...read(`${page}.html`).matchAll(/"modulepreload" href="\/assets\/app\/([^"]+)"/g)];
    assert.deepEqual(preloaded.map(([, name]) => name).sort(), [...needed(`${module}.js`)].sort(), page);
    assert.ok(preloaded.length > 4);
  }
});

test('keeps every file within 300 lines', () => {
  const long = [...pages, ...modules, ...styles].filter((file) => read(file).split('\n').length > 301);
  assert.deepEqual(long, []);
});

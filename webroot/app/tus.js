// The calls of tus 1.0.0 that the page makes itself; bytes are sent by tus-js-client.
import { Refusal, refusal, sentence } from './api.js';

/** None of these calls carries bytes. */
const PATIENCE_MS = 30_000;
const VERSION = { 'Tus-Resumable': '1.0.0' };

/** As the protocol writes it: pairs of key and base64 of UTF-8. */
export function metadataOf(fields) {
  const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${encoded(value)}`)
    .join(',');
}

/** Begins an upload of so many bytes; its address. */
export const createWhole = (size, metadata) =>
  create({ 'Upload-Length': String(size), 'Upload-Metadata': metadataOf(metadata) });

export const createPart = (size) => create({ 'Upload-Length': String(size), 'Upload-Concat': 'partial' });

/** Names parts, also of those whose bytes are still to come, as one upload. */
export const createFinal = (urls, metadata) =>
  create({ 'Upload-Concat': `final;${urls.join(' ')}`, 'Upload-Metadata': metadataOf(metadata) });

/** Ends an upload for good; that it is gone already is no failure. */
export async function end(url) {
  const response = await ask(url, { method: 'DELETE', headers: VERSION });
  if (!response.ok && response.status !== 404 && response.status !== 410) throw await refused(response);
}

export const idOf = (url) => url.slice(url.lastIndexOf('/') + 1);

async function create(headers) {
  const response = await ask('/uploads', { method: 'POST', headers: { ...VERSION, ...headers } });
  if (!response.ok) throw await refused(response);
  return new URL(response.headers.get('location'), location.href).pathname;
}

async function ask(url, options) {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new Refusal(sentence(0, ''));
  }
}

async function refused(response) {
  const failure = refusal(response.status, await response.text().catch(() => ''));
  failure.after = Number(response.headers.get('retry-after')) || 0;
  return failure;
}

// The HTTP calls the pages make. A refusal becomes a Refusal whose message is one sentence for people.

export class Refusal extends Error {
  constructor(message, { status = 0, code = null } = {}) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const JSON_BOTH = { accept: 'application/json', 'content-type': 'application/json' };

export const video = (id) => call(`/videos/${encodeURIComponent(id)}`);
export const manifest = (id) => call(`/videos/${encodeURIComponent(id)}/manifest`);
export const cancel = (id) => command(id, 'cancel');
/** Only `quality` where one is named. */
export const retry = (id, quality = null) => command(id, 'retry', quality ? { quality } : null);
export const remove = (id) => call(`/videos/${encodeURIComponent(id)}`, { method: 'DELETE' });
/** The same, by a page that is being left: the browser sends it even when nobody is there for the answer. */
export function removeLeaving(id) {
  fetch(`/videos/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true }).catch(() => {});
}

/** The server fetches the file behind the address. */
export const importLink = (url) =>
  call('/videos/import', { method: 'POST', headers: JSON_BOTH, body: JSON.stringify({ url }) });
export const describe = (id, words) =>
  call(`/videos/${encodeURIComponent(id)}`, { method: 'PATCH', headers: JSON_BOTH, body: JSON.stringify(words) });

export const work = () => call('/admin/work');

export function failures({ limit, after = null }) {
  const query = new URLSearchParams({ limit });
  if (after) query.set('after', after);
  return call(`/admin/failures?${query}`);
}

export function videos({ limit = 24, after = null, q = '', status = '' } = {}) {
  const query = new URLSearchParams({ limit });
  if (q) query.set('q', q);
  if (status) query.set('status', status);
  if (after) query.set('after', after);
  return call(`/videos?${query}`);
}

export async function text(address) {
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Refusal(sentence(response.status, ''), { status: response.status });
  return response.text();
}

/** One sentence from an RFC 9457 problem, or from the status where the answer is no problem document. */
export function sentence(status, body) {
  try {
    const problem = JSON.parse(body);
    const said = problem.detail || problem.title || problem.message;
    if (said) return /[.!?]$/.test(said) ? said : `${said}.`;
  } catch {
    // Not JSON: a proxy in between answered.
  }
  if (status === 0) return 'The server could not be reached.';
  if (status === 413) return 'This file is larger than the server accepts.';
  if (status === 404) return 'This video does not exist, or no longer.';
  if (status === 429) return 'The server is busy; try again in a moment.';
  if (status === 507) return 'The server has no space left for this file.';
  return `The server answered with status ${status}.`;
}

/** What a refusing answer says, with its stable code. */
export function refusal(status, body) {
  return new Refusal(sentence(status, body), { status, code: codeOf(body) });
}

function command(id, name, body = null) {
  const headers = { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) };
  const options = { method: 'POST', headers, body: body ? JSON.stringify(body) : undefined };
  return call(`/videos/${encodeURIComponent(id)}/${name}`, options);
}

async function call(address, options) {
  let response;
  try {
    response = await fetch(address, { headers: { accept: 'application/json' }, ...options });
  } catch {
    throw new Refusal(sentence(0, ''));
  }
  const body = await response.text();
  if (!response.ok) {
    throw refusal(response.status, body);
  }
  return body ? JSON.parse(body) : null;
}

function codeOf(body) {
  try {
    return JSON.parse(body).code ?? null;
  } catch {
    return null;
  }
}

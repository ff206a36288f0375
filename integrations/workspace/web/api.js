// Requests to the workspace's page API and its stream of changes.

import { t } from './i18n.js';

const ROOT = '/app/api/';
const TIMEOUT_MS = 20_000;

// Failure is an answer that was not a success: code is the server's error string.
export class Failure extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function request(path, init = {}, timeout = TIMEOUT_MS) {
  let response;
  try {
    response = await fetch(ROOT + path, {
      ...init,
      headers: { 'X-Workspace': '1', ...init.headers },
      signal: AbortSignal.timeout(timeout),
    });
  } catch {
    throw new Failure('network');
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Failure(body?.error || `http_${response.status}`);
  return body;
}

const query = (params) => new URLSearchParams(Object.entries(params).filter(([, v]) => v !== undefined && v !== null && v !== '')).toString();

export const get = (path, params = {}) => request(Object.keys(params).length ? `${path}?${query(params)}` : path);

// post returns the answer whether or not it says ok: callers show errors beside what caused them.
export const post = (path, body) => request(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

// upload stores one file for the acting member and returns its id.
export async function upload(as, file) {
  const form = new FormData();
  form.append('as', as);
  form.append('file', file, file.name);
  const answer = await request('upload', { method: 'POST', body: form }, 120_000);
  const id = answer?.id || answer?.file?.id;
  if (!id) throw new Failure(answer?.error || 'upload_failed');
  return id;
}

export const fileURL = (as, id) => `${ROOT}files/${encodeURIComponent(id)}?${query({ as })}`;

// explain turns an error code into what happened and what to do.
export function explain(code) {
  if (/timeout|timed_out|no_ack|not_answer/.test(code)) return [t('errTimeout'), t('doTimeout')];
  if (/no_app|not_connected|offline|unreachable|dispatch_failed/.test(code)) return [t('errOffline'), t('doTimeout')];
  if (/expired|view_not_found|not_found_view/.test(code)) return [t('errExpired'), ''];
  if (/too_large|http_413/.test(code)) return [t('errTooLarge'), ''];
  if (code === 'not_in_channel') return [t('errNotIn'), ''];
  if (code === 'network') return [t('errNetwork'), t('doRetry')];
  return [t('errOther', { code }), t('doRetry')];
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Stream delivers the acting member's changes: server-sent events read with fetch (so that
// the header that guards the API can be sent), and polling between attempts to reconnect.
export class Stream {
  constructor(as, { onEvent, onState }) {
    this.as = as;
    this.onEvent = onEvent;
    this.onState = onState;
    this.abort = new AbortController();
    this.since = '';
    this.run();
  }

  stop() {
    this.abort.abort();
  }

  async run() {
    let wait = 500;
    while (!this.abort.signal.aborted) {
      const begun = Date.now();
      try {
        await this.read();
      } catch {
        // A broken stream is handled below like one that ended.
      }
      if (this.abort.signal.aborted) return;
      if (Date.now() - begun > 5000) wait = 500;
      await this.poll();
      await sleep(wait);
      wait = Math.min(wait * 2, 8000);
    }
  }

  async read() {
    const response = await fetch(`${ROOT}events?${query({ as: this.as })}`, {
      headers: { 'X-Workspace': '1', Accept: 'text/event-stream' }, signal: this.abort.signal, cache: 'no-store',
    });
    if (!response.ok || !response.body) throw new Failure(`http_${response.status}`);
    this.onState(true);
    this.onEvent({ type: 'resync' });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += value.replaceAll('\r\n', '\n');
      let end = buffer.indexOf('\n\n');
      while (end >= 0) {
        this.take(buffer.slice(0, end));
        buffer = buffer.slice(end + 2);
        end = buffer.indexOf('\n\n');
      }
    }
  }

  take(frame) {
    const lines = frame.split('\n');
    const data = lines.filter((l) => l.startsWith('data:')).map((l) => l.slice(5).trimStart()).join('\n');
    const id = lines.find((l) => l.startsWith('id:'));
    if (id) this.since = id.slice(3).trim();
    if (!data) return;
    try {
      this.onEvent(JSON.parse(data));
    } catch {
      this.onEvent({ type: 'resync' });
    }
  }

  async poll() {
    try {
      const answer = await get('poll', { as: this.as, since: this.since });
      this.since = String(answer?.since ?? answer?.next ?? answer?.seq ?? this.since);
      this.onEvent({ type: 'resync' });
      for (const event of answer?.events || []) if (event.type === 'error') this.onEvent(event);
    } catch {
      this.onState(false);
    }
  }
}

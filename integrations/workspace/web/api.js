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

export async function get(path, params = {}, timeout = TIMEOUT_MS) {
  const answer = await request(Object.keys(params).length ? `${path}?${query(params)}` : path, {}, timeout);
  if (answer?.ok === false) throw new Failure(answer.error || 'unknown_error');
  return answer;
}

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

const reasons = [
  [/timeout|timed_out/, 'errTimeout', 'doTimeout'],
  [/trouble|dispatch_failed|http_error/i, 'errTrouble', 'doTimeout'],
  [/no_app|not_connected|app_offline/, 'errOffline', 'doTimeout'],
  [/view_not_open|invalid_state|expired/, 'errStale', ''],
  [/message_not_found|element_not_found|thread_not_found/, 'errGone', ''],
  [/too_large|http_413/, 'errTooLarge', ''],
  [/too_long/, 'errTooLong', ''],
  [/^not_in_channel$|^channel_not_found$/, 'errNotIn', ''],
  [/^unknown_member$/, 'errMember', ''],
  [/^network$/, 'errNetwork', 'doRetry'],
];

// explain turns an error code into what happened and what to do.
export function explain(code) {
  for (const [pattern, what, then] of reasons) if (pattern.test(code)) return [t(what), then ? t(then) : ''];
  return [t('errOther', { code }), t('doRetry')];
}

// refused is thrown when a stream could not be opened at all.
const refused = new Failure('stream_refused');

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
      const opened = await this.read().then(() => true, (error) => error !== refused);
      if (this.abort.signal.aborted) return;
      if (opened) wait = 500;
      else if (!(await this.poll())) this.onState(false);
      await sleep(wait);
      wait = Math.min(wait * 2, 8000);
    }
  }

  async read() {
    const response = await fetch(`${ROOT}events?${query({ as: this.as })}`, {
      headers: { 'X-Workspace': '1', Accept: 'text/event-stream' }, signal: this.abort.signal, cache: 'no-store',
    }).catch(() => { throw refused; });
    if (!response.ok || !response.body) throw refused;
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

  // poll asks once, waiting as long as the server holds the answer back; false when it fails.
  async poll() {
    try {
      const answer = await get('poll', { as: this.as, since: this.since }, 30_000);
      if (this.abort.signal.aborted) return true;
      const first = this.since === '';
      this.since = String(answer?.seq ?? this.since);
      this.onState(true);
      if (first) this.onEvent({ type: 'resync' });
      for (const event of answer?.events || []) this.onEvent(event);
      return true;
    } catch {
      return false;
    }
  }
}

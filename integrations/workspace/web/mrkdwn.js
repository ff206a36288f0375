// Slack's mrkdwn as DOM nodes. Text arrives escaped by Slack's rule (&amp; &lt; &gt;) and is
// unescaped only when it becomes a text node.

import { h, safeURL } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { slackDate } from './i18n.js';

export const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

// names resolves ids to people and channels: {user(id), channel(id)} give a name or null.
let names = { user: () => null, channel: () => null, me: '' };
export const setNames = (resolver) => { names = resolver; };

// mrkdwn renders a whole text: code blocks, quotes, then lines.
export function mrkdwn(source, { verbatim = false } = {}) {
  const out = document.createDocumentFragment();
  for (const [i, part] of (source || '').split('```').entries()) {
    const fenced = i % 2 === 1 && (source.split('```').length - 1) > i;
    if (fenced) out.append(h('pre', { class: 'code-block' }, h('code', { text: unescape(part.replace(/^\n|\n$/g, '')) })));
    else appendLines(out, i % 2 === 1 ? '```' + part : i > 0 ? part.replace(/^\n/, '') : part, verbatim);
  }
  return out;
}

function appendLines(out, text, verbatim) {
  let quote = null;
  let first = true;
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(?!&gt;&gt;)/.exec(line);
    if (quoted) {
      if (quote) quote.append(h('br'));
      else out.append(quote = h('blockquote', {}));
      inline(quote, line.slice(quoted[0].length), verbatim);
      first = true;
      continue;
    }
    if (quote) quote = null;
    else if (!first) out.append(h('br'));
    inline(out, line, verbatim);
    first = false;
  }
}

// Marks must stand at a word's edge. As in Slack, a Chinese character counts as part of a word.
const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}*_~])(?:\*(?!\s)([^*\n]*[^*\s])\*|_(?!\s)([^_\n]*[^_\s])_|~(?!\s)([^~\n]*[^~\s])~)(?![\p{L}\p{N}*_~])|(https?:\/\/[^\s<>|，。；、）】》”]+)|:([a-z0-9_+-]+):/gu;

function inline(out, text, verbatim) {
  let at = 0;
  for (const m of text.matchAll(TOKEN)) {
    if (m[6] && verbatim) continue;
    out.append(unescape(text.slice(at, m.index)));
    out.append(tokenNode(m));
    at = m.index + m[0].length;
  }
  out.append(unescape(text.slice(at)));
}

function tokenNode(m) {
  if (m[1] !== undefined) return angle(m[1]);
  if (m[2] !== undefined) return h('code', { text: unescape(m[2]) });
  for (const [i, tag] of [[3, 'strong'], [4, 'em'], [5, 's']]) {
    if (m[i] === undefined) continue;
    const node = h(tag, {});
    inline(node, m[i], true);
    return node;
  }
  if (m[6] !== undefined) return link(unescape(m[6]), unescape(m[6]));
  return document.createTextNode(emoji(m[7]));
}

function angle(body) {
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? '' : unescape(body.slice(bar + 1));
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return channel(target.slice(1), label);
  if (target.startsWith('!date^')) return date(target, label);
  if (target.startsWith('!')) return h('span', { class: 'mention', text: '@' + (label.replace(/^@/, '') || target.slice(1).replace(/^subteam\^/, '')) });
  return link(unescape(target), label || unescape(target).replace(/^mailto:/, ''));
}

export function mention(id, label = '') {
  const name = names.user(id) || label || id;
  return h('span', { class: id === names.me ? 'mention mention-me' : 'mention', data: { user: id }, text: '@' + name });
}

export function channel(id, label = '') {
  const name = names.channel(id) || label || id;
  return h('a', { class: 'mention', href: `?c=${encodeURIComponent(id)}`, data: { channelLink: id }, text: '#' + name });
}

function date(target, label) {
  const [, seconds, pattern, url] = target.split('^');
  const text = Number.isFinite(Number(seconds)) ? slackDate(Number(seconds), unescape(pattern || '')) : label;
  return url ? link(unescape(url), text) : h('time', { text: text || label });
}

// link makes a link that opens apart from the page, or plain text when its scheme is not safe.
export function link(url, label) {
  const href = safeURL(url);
  if (!href) return document.createTextNode(label);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', text: label });
}

// textObject renders a composition object {type, text}. Line breaks of plain_text are kept by CSS.
export function textObject(object, fallback = '') {
  if (!object) return document.createTextNode(fallback);
  if (typeof object === 'string') return document.createTextNode(object);
  if (object.type === 'mrkdwn') return mrkdwn(object.text, { verbatim: object.verbatim });
  return document.createTextNode(withEmoji(unescape(object.text || '')));
}

export const plain = (object) => (object ? unescape(typeof object === 'string' ? object : object.text || '') : '');

// rich_text, markdown and table blocks as DOM nodes.

import { h } from './dom.js';
import { emoji } from './emoji.js';
import { slackDate, t } from './i18n.js';
import { channel, link, mention, mrkdwn, unescape } from './mrkdwn.js';

// richText renders the elements of a rich_text block or table cell.
export function richText(block) {
  const box = h('div', { class: 'rich-text' });
  for (const element of block.elements || []) {
    if (element.type === 'rich_text_list') addList(box, element);
    else box.append(richPart(element));
  }
  return box;
}

function richPart(element) {
  switch (element.type) {
    case 'rich_text_preformatted':
      return h('pre', { class: 'code-block' }, h('code', {}, (element.elements || []).map(richNode)));
    case 'rich_text_quote':
      return h('blockquote', {}, (element.elements || []).map(richNode));
    default:
      return h('div', { class: 'rich-section' }, (element.elements || []).map(richNode));
  }
}

function addList(box, element) {
  const ordered = element.style === 'ordered';
  const list = h(ordered ? 'ol' : 'ul', { class: `rich-list indent-${Math.min(element.indent || 0, 8)}`, start: ordered && element.offset ? element.offset + 1 : null });
  for (const item of element.elements || []) list.append(h('li', {}, (item.elements || []).map(richNode)));
  box.append(list);
}

function richNode(e) {
  let node;
  switch (e.type) {
    case 'link': node = link(e.url, e.text || e.url); break;
    case 'user': node = mention(e.user_id); break;
    case 'channel': node = channel(e.channel_id); break;
    case 'emoji': node = document.createTextNode(emoji(e.name)); break;
    case 'date': node = document.createTextNode(slackDate(e.timestamp, e.format || '{date}')); break;
    case 'broadcast': node = h('span', { class: 'mention', text: '@' + e.range }); break;
    case 'usergroup': node = h('span', { class: 'mention', text: '@' + e.usergroup_id }); break;
    default: node = document.createTextNode(e.text ?? e.value ?? '');
  }
  for (const [style, tag] of [['code', 'code'], ['bold', 'strong'], ['italic', 'em'], ['strike', 's'], ['underline', 'u']]) {
    if (e.style?.[style]) node = h(tag, {}, node);
  }
  return node;
}

// table renders a table block; its first row is the heading, as in Slack.
export function table(block) {
  const settings = block.column_settings || [];
  const cell = (c, i, tag) => h(tag, { class: `align-${settings[i]?.align || 'left'}${settings[i]?.is_wrapped ? ' wrapped' : ''}`, scope: tag === 'th' ? 'col' : null },
    c?.type === 'rich_text' ? richText(c) : String(c?.text ?? c?.value ?? ''));
  const [head, ...rows] = block.rows || [];
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t('table') },
    h('table', {},
      head && h('thead', {}, h('tr', {}, head.map((c, i) => cell(c, i, 'th')))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((c, i) => cell(c, i, 'td')))))));
}

// markdown renders the common part of Markdown that Slack's markdown block takes.
export function markdown(source) {
  const box = h('div', { class: 'markdown' });
  const lines = (source || '').replaceAll('\r', '').split('\n');
  let i = 0;
  while (i < lines.length) {
    const line = lines[i];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (!line.trim()) i += 1;
    else if (line.startsWith('```')) i = fence(box, lines, i);
    else if (heading) { box.append(h('h' + Math.min(heading[1].length + 2, 6), {}, inlineMarkdown(heading[2]))); i += 1; }
    else if (/^(?:-{3,}|\*{3,})\s*$/.test(line)) { box.append(h('hr')); i += 1; }
    else if (/^\s*\|.*\|\s*$/.test(line) && /^[\s|:-]+$/.test(lines[i + 1] || '')) i = markdownTable(box, lines, i);
    else if (line.startsWith('>')) i = run(box, lines, i, /^>\s?/, (rows) => h('blockquote', {}, rows.map((r, n) => [n ? h('br') : null, inlineMarkdown(r)])));
    else if (/^\s*[-*+]\s+/.test(line)) i = run(box, lines, i, /^\s*[-*+]\s+(?:\[[ xX]\]\s+)?/, (rows) => h('ul', {}, rows.map((r) => h('li', {}, inlineMarkdown(r)))));
    else if (/^\s*\d+[.)]\s+/.test(line)) i = run(box, lines, i, /^\s*\d+[.)]\s+/, (rows) => h('ol', { start: parseInt(line.trim(), 10) }, rows.map((r) => h('li', {}, inlineMarkdown(r)))));
    else i = paragraph(box, lines, i);
  }
  return box;
}

function run(box, lines, i, pattern, make) {
  const rows = [];
  while (i < lines.length && pattern.test(lines[i])) rows.push(lines[i++].replace(pattern, ''));
  box.append(make(rows));
  return i;
}

function fence(box, lines, i) {
  const code = [];
  for (i += 1; i < lines.length && !lines[i].startsWith('```'); i += 1) code.push(lines[i]);
  box.append(h('pre', { class: 'code-block' }, h('code', { text: code.join('\n') })));
  return i + 1;
}

function paragraph(box, lines, i) {
  const p = h('p', {});
  while (i < lines.length && lines[i].trim() && !/^(?:#{1,6}\s|```|>|\s*[-*+]\s|\s*\d+[.)]\s)/.test(lines[i])) {
    if (p.childNodes.length) p.append(h('br'));
    p.append(...inlineMarkdown(lines[i++]));
  }
  if (!p.childNodes.length) p.append(lines[i++]);
  box.append(p);
  return i;
}

function markdownTable(box, lines, i) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((c) => c.trim());
  const row = (line, tag) => h('tr', {}, cells(line).map((c) => h(tag, { class: 'wrapped' }, inlineMarkdown(c))));
  const body = h('tbody', {});
  const head = h('thead', {}, row(lines[i], 'th'));
  for (i += 2; i < lines.length && lines[i].includes('|'); i += 1) body.append(row(lines[i], 'td'));
  box.append(h('div', { class: 'table-scroll', tabindex: 0 }, h('table', {}, head, body)));
  return i;
}

const MD = /`([^`]+)`|\[([^\]]*)\]\(([^()\s]+)\)|\*\*(.+?)\*\*|__(.+?)__|\*([^*\s][^*]*)\*|(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])|~~(.+?)~~|(<[@#!][^<>]+>)/gu;

function inlineMarkdown(text) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(MD)) {
    out.push(document.createTextNode(unescape(text.slice(at, m.index))));
    at = m.index + m[0].length;
    if (m[1] !== undefined) out.push(h('code', { text: m[1] }));
    else if (m[3] !== undefined) out.push(link(m[3], m[2] || m[3]));
    else if (m[4] !== undefined || m[5] !== undefined) out.push(h('strong', {}, inlineMarkdown(m[4] ?? m[5])));
    else if (m[6] !== undefined || m[7] !== undefined) out.push(h('em', {}, inlineMarkdown(m[6] ?? m[7])));
    else if (m[8] !== undefined) out.push(h('s', {}, inlineMarkdown(m[8])));
    else out.push(mrkdwn(m[9]));
  }
  out.push(document.createTextNode(unescape(text.slice(at))));
  return out;
}

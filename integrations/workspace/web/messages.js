// A list of messages: a conversation's, or a thread's in the side panel.

import { get, post } from './api.js';
import { fileCard, renderBlocks } from './blocks.js';
import { append, h, icon, latest, reconcile } from './dom.js';
import { emoji } from './emoji.js';
import { clockTime, dayName, dayOf, fullTime, t } from './i18n.js';
import { mrkdwn, unescape } from './mrkdwn.js';
import { openMenu, toast, toastFailure } from './popup.js';
import { avatar } from './sidebar.js';
import { Surface } from './surface.js';

const GROUP_SECONDS = 300;
const parts = new WeakMap();

export class MessagePane {
  // where is {channel, thread}; hooks is {openThread(ts), loaded(messages)}.
  constructor(root, store, env, where, hooks) {
    Object.assign(this, { root, store, env, where, hooks });
    this.surfaces = new Map();
    this.messages = null;
    this.list = h('div', { class: 'message-list', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-busy': 'true' }, h('p', { class: 'empty', text: t('loading') }));
    this.more = h('button', { type: 'button', class: 'new-messages', hidden: true, on: { click: () => this.toEnd() } }, t('newMessages'), icon('down'));
    this.scroller = h('div', { class: 'scroller', tabindex: -1, on: { scroll: () => { if (this.atEnd()) this.more.hidden = true; } } }, this.list);
    root.append(this.scroller, this.more);
    this.refresh = latest(() => this.load());
    this.sizer = new ResizeObserver(() => { if (this.stick) this.toEnd(); });
    this.sizer.observe(this.list);
    this.stick = true;
    this.scroller.addEventListener('scroll', () => { this.stick = this.atEnd(); });
  }

  stop() { this.sizer.disconnect(); this.stopped = true; }

  atEnd() { return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 60; }

  toEnd() { this.scroller.scrollTop = this.scroller.scrollHeight; this.more.hidden = true; }

  async load() {
    let answer;
    try {
      answer = await get('messages', { as: this.store.as, channel: this.where.channel, thread_ts: this.where.thread });
    } catch (error) {
      if (!this.messages && !this.stopped) { this.list.replaceChildren(h('p', { class: 'empty', text: error.code === 'not_in_channel' ? t('errNotIn') : t('errOther', { code: error.code }) })); this.list.setAttribute('aria-busy', 'false'); }
      return;
    }
    if (this.stopped) return;
    const all = answer?.messages || [];
    const before = this.messages?.length ?? 0;
    const stick = this.stick || !this.messages;
    this.messages = this.where.thread ? all : all.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === 'thread_broadcast' || (m.ephemeral && !m.thread_ts));
    this.draw();
    if (stick) this.toEnd();
    else if (this.messages.length > before) this.more.hidden = false;
    this.hooks.loaded?.(this.messages);
  }

  draw() {
    const rows = [];
    let last = null;
    for (const m of this.messages) {
      const day = dayOf(m.ts);
      if (!last || dayOf(last.ts) !== day) rows.push({ key: 'day' + day, sig: dayName(m.ts), make: () => h('div', { class: 'day', role: 'separator' }, h('span', { text: dayName(m.ts) })) });
      const compact = Boolean(last) && last.user === m.user && dayOf(last.ts) === day && m.ts - last.ts < GROUP_SECONDS && !m.ephemeral === !last.ephemeral && !m.blocks?.length && !last.reply_count;
      rows.push({ key: m.ts, sig: JSON.stringify([m, compact]), make: (old) => this.node(m, compact, old) });
      last = m;
    }
    if (!rows.length) rows.push({ key: 'empty', sig: '', make: () => h('p', { class: 'empty', text: t('emptyChannel') }) });
    reconcile(this.list, rows);
    this.list.setAttribute('aria-busy', 'false');
  }

  // node updates a message in place where it is already shown, so that its fields keep focus.
  node(m, compact, old) {
    const hadFocus = old?.contains(document.activeElement);
    const node = old || h('article', { tabindex: -1 });
    let p = parts.get(node);
    if (!p) {
      p = { side: h('div', { class: 'message-side' }), head: h('div', { class: 'message-head' }), blocks: h('div', { class: 'blocks' }), text: h('div', { class: 'message-text' }), rest: h('div', { class: 'message-rest' }), tools: h('div', { class: 'message-tools', role: 'group', 'aria-label': t('menuOf') }) };
      parts.set(node, p);
      node.append(p.side, h('div', { class: 'message-body' }, p.head, p.text, p.blocks, p.rest), p.tools);
    }
    const name = this.nameOf(m);
    node.className = `message${compact ? ' compact' : ''}${m.ephemeral ? ' ephemeral' : ''}`;
    node.setAttribute('aria-label', `${name} ${clockTime(m.ts)}`);
    Object.assign(node.dataset, { ts: m.ts, user: m.user || '' });
    if (m.thread_ts) node.dataset.threadTs = m.thread_ts;
    if (m.metadata?.event_type) node.dataset.eventType = m.metadata.event_type;
    p.side.replaceChildren(compact ? h('time', { class: 'side-time', title: fullTime(m.ts), text: clockTime(m.ts) }) : avatar(m.user, name, this.isApp(m)));
    this.fillHead(p.head, m, name, compact);
    this.fillBody(p, m);
    this.fillTools(p.tools, m);
    if (hadFocus && !node.contains(document.activeElement)) node.focus({ preventScroll: true });
    return node;
  }

  isApp(m) { return Boolean(m.bot) || this.store.isBot(m.user); }

  nameOf(m) { return this.store.memberName(m.user, null) || m.bot?.name || m.username || (m.bot && this.store.app()?.name) || m.user || ''; }

  fillHead(head, m, name, compact) {
    head.replaceChildren();
    if (m.ephemeral) head.append(h('span', { class: 'only-you' }, icon('eye'), t('onlyYou')));
    if (compact) return;
    const note = this.isApp(m) ? null : this.store.memberNote(m.user);
    append(head, [h('span', { class: 'author', text: name }), this.isApp(m) && h('span', { class: 'app-tag', text: t('appTag') }),
      h('time', { title: fullTime(m.ts), datetime: new Date(m.ts * 1000).toISOString(), text: clockTime(m.ts) }), note && h('span', { class: 'author-note', text: note })]);
  }

  fillBody(p, m) {
    const edited = m.edited && h('span', { class: 'edited', text: t('edited') });
    p.text.replaceChildren();
    p.rest.replaceChildren();
    if (m.blocks?.length) {
      let surface = this.surfaces.get(m.ts);
      if (!surface) this.surfaces.set(m.ts, surface = new Surface('message', { channel: this.where.channel, ts: m.ts }, this.env));
      renderBlocks(p.blocks, m.blocks, surface);
      if (edited) p.rest.append(edited);
    } else {
      p.blocks.replaceChildren();
      p.text.append(mrkdwn(m.text || ''), ...(edited ? [' ', edited] : []));
    }
    for (const file of m.files || []) p.rest.append(fileCard(file, file.url?.startsWith('/app/') ? file.url : this.env.fileURL(file.id)));
    if (m.reactions?.length) p.rest.append(h('div', { class: 'reactions' }, m.reactions.map((r) => h('span', { class: 'reaction', title: (r.users || []).map((id) => this.store.memberName(id)).join(' ') }, emoji(r.name), ' ', r.count))));
    if (m.reply_count && !this.where.thread) {
      p.rest.append(h('button', { type: 'button', class: 'replies', data: { openThread: m.ts }, on: { click: () => this.hooks.openThread(m.ts) } }, icon('reply'), t(m.reply_count === 1 ? 'reply' : 'replies', { n: m.reply_count })));
    }
  }

  fillTools(tools, m) {
    tools.replaceChildren();
    if (m.ephemeral) return;
    if (!this.where.thread) tools.append(h('button', { type: 'button', class: 'icon-button', 'aria-label': t('replyIn'), title: t('replyIn'), data: { openThread: m.ts }, on: { click: () => this.hooks.openThread(m.thread_ts || m.ts) } }, icon('reply')));
    const more = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('more'), title: t('more'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', data: { messageMenu: m.ts }, on: { click: () => this.menu(more, m) } }, icon('more'));
    tools.append(more);
  }

  menu(anchor, m) {
    const items = this.store.boot.shortcuts.filter((s) => s.type?.startsWith('message')).map((s) => ({
      label: s.name, note: this.store.app()?.name, data: { callbackId: s.callback_id, ts: m.ts }, run: () => runShortcut(this.store, s, { channel: this.where.channel, ts: m.ts }, this.env),
    }));
    items.push({ label: t('copyLink'), run: () => navigator.clipboard?.writeText(unescape(m.text || '')).then(() => toast(t('copied')), () => {}) });
    openMenu(anchor, t('menuOf'), items);
  }
}

// runShortcut starts a message or global shortcut for the acting member.
export async function runShortcut(store, shortcut, where, env) {
  try {
    const answer = await post('shortcut', { as: store.as, callback_id: shortcut.callback_id, ...where });
    if (answer?.ok === false) throw Object.assign(new Error(answer.error), { code: answer.error || 'shortcut_failed' });
    env.afterAction(null);
  } catch (error) {
    toastFailure(error);
  }
}

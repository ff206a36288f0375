// What the page knows: the workspace's people, commands and shortcuts (from boot), the acting
// member's conversations, and where the page stands, which is also the page's address.

import { fileURL, get, post, upload } from './api.js';
import { lang, roleName } from './i18n.js';
import { setNames } from './mrkdwn.js';

export const HOME = 'home';

export class Store {
  constructor(boot) {
    this.boot = boot;
    this.members = boot.members || [];
    this.byID = new Map(this.members.map((m) => [m.id, m]));
    this.bots = new Map((boot.apps || []).map((a) => [a.bot_user_id, a]));
    this.list = [];
    const params = new URLSearchParams(location.search);
    const people = this.people();
    this.as = this.byID.has(params.get('as')) ? params.get('as') : people[0]?.id || '';
    this.at = { channel: params.get('c') || '', thread: params.get('t') || '' };
    setNames({ user: (id) => this.memberName(id, null), channel: (id) => this.channelName(id), me: this.as });
  }

  people() { return this.members.filter((m) => !m.is_bot); }

  app() { return (this.boot.apps || [])[0] || null; }

  memberName(id, fallback = id) {
    const m = this.byID.get(id);
    return m?.real_name || m?.name || this.bots.get(id)?.name || fallback;
  }

  // memberNote is a member's unit and post, in one line.
  memberNote(id) {
    const m = this.byID.get(id);
    if (!m) return '';
    return [m.unit, m.title || roleName(m.role)].filter(Boolean).join(' · ');
  }

  channelName(id) {
    return this.list.find((c) => c.id === id)?.name || (this.boot.channels || []).find((c) => c.id === id)?.name || null;
  }

  conversation(id) { return this.list.find((c) => c.id === id) || this.unjoined().find((c) => c.id === id) || null; }

  // unjoined are the channels that the acting member may read and join.
  unjoined() {
    return (this.boot.channels || []).filter((c) => !this.list.some((x) => x.id === c.id)).map((c) => ({ id: c.id, name: c.name, topic: c.topic, type: 'channel', unread: 0, outside: true }));
  }

  label(c) { return c.type === 'im' ? this.memberName(c.user, c.name || c.id) : c.name || c.id; }

  isBot(id) { return this.bots.has(id) || Boolean(this.byID.get(id)?.is_bot); }

  // appDirect is the acting member's conversation with the app.
  appDirect() { return this.list.find((c) => c.type === 'im' && this.isBot(c.user)) || null; }

  async loadConversations() {
    const as = this.as;
    const answer = await get('conversations', { as });
    if (as === this.as) this.list = Array.isArray(answer) ? answer : answer?.conversations || [];
  }

  // address writes the standing into the page's address; push makes a step for Back.
  address(push) {
    const params = new URLSearchParams();
    if (lang === 'en') params.set('lang', 'en');
    params.set('as', this.as);
    if (this.at.channel) params.set('c', this.at.channel);
    if (this.at.thread) params.set('t', this.at.thread);
    history[push ? 'pushState' : 'replaceState'](null, '', `?${params}`);
  }

  // env is what surfaces need from the page.
  env(afterAction) {
    return {
      as: () => this.as, members: this.members, post,
      memberName: (id) => this.memberName(id), memberNote: (id) => this.memberNote(id),
      conversations: () => this.list.map((c) => ({ ...c, label: this.label(c) })),
      options: (params) => get('options', { as: this.as, ...params, query: params.value }),
      upload: (file) => upload(this.as, file),
      fileURL: (id) => fileURL(this.as, id), afterAction,
    };
  }
}

const tints = 8;

// tint gives a member one of a few quiet colours, always the same.
export function tint(id) {
  let sum = 0;
  for (const c of id || '') sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  return sum % tints;
}

// initials are the last two characters of a Chinese name, else the first letters of two words.
export function initials(name) {
  const text = (name || '?').trim();
  if (/\p{Script=Han}/u.test(text)) return [...text.replace(/[^\p{L}\p{N}]/gu, '')].slice(0, 4).slice(-2).join('');
  return text.split(/[\s._-]+/).slice(0, 2).map((w) => [...w][0] || '').join('').toUpperCase();
}

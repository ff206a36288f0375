// The side column: who one is acting as, the app, channels and direct messages.

import { h, icon, reconcile } from './dom.js';
import { lang, roleName, t } from './i18n.js';
import { HOME, initials, tint } from './store.js';

export function avatar(id, name, bot) {
  return h('span', { class: `avatar tint-${tint(id)}${bot ? ' avatar-app' : ''}`, 'aria-hidden': 'true', text: initials(name) });
}

export class Sidebar {
  // go is {conversation(id), member(id)}.
  constructor(root, store, go) {
    this.root = root;
    this.store = store;
    this.go = go;
    root.setAttribute('aria-label', t('navigation'));
    this.me = h('div', { class: 'me' });
    this.list = h('div', { class: 'conversations' });
    this.status = h('span', { class: 'status', role: 'status' });
    const other = new URLSearchParams(location.search);
    this.langLink = h('a', { class: 'lang-switch', href: '?', 'aria-label': t('languageLabel'), text: t('language'), on: { click: () => this.aimLanguage(other) } });
    root.append(
      h('div', { class: 'brand' }, h('span', { class: 'brand-mark', 'aria-hidden': 'true', text: '会' }), h('span', { class: 'brand-name', text: store.boot.team?.name || '会办' }),
        h('button', { type: 'button', class: 'icon-button only-narrow', 'aria-label': t('closeMenu'), on: { click: () => this.toggle(false) } }, icon('close'))),
      this.me, this.list, h('div', { class: 'sidebar-foot' }, this.status, this.langLink));
    root.addEventListener('keydown', (e) => this.key(e));
    document.getElementById('scrim').addEventListener('click', () => this.toggle(false));
    this.setLive(true);
  }

  aimLanguage() {
    const params = new URLSearchParams(location.search);
    if (lang === 'en') params.delete('lang');
    else params.set('lang', 'en');
    this.langLink.href = `?${params}`;
  }

  setLive(live) {
    this.status.textContent = live ? t('live') : t('offline');
    this.status.classList.toggle('down', !live);
  }

  toggle(open) {
    document.body.classList.toggle('menu-open', open);
    document.getElementById('scrim').hidden = !open;
    if (open) this.me.querySelector('button')?.focus();
    else if (this.root.contains(document.activeElement)) document.querySelector('#main .menu-button')?.focus();
  }

  draw() {
    const { store } = this;
    const me = store.byID.get(store.as);
    this.me.replaceChildren(h('button', { type: 'button', class: 'me-button', id: 'member-switch', 'aria-haspopup': 'dialog', title: `${t('switchMember')} (Ctrl+K)`, on: { click: () => this.pick() } },
      avatar(store.as, store.memberName(store.as)),
      h('span', { class: 'me-text' }, h('span', { class: 'me-kicker', text: t('actFor') }), h('span', { class: 'me-name', text: store.memberName(store.as) }), h('span', { class: 'me-note', text: store.memberNote(store.as) })),
      icon('down')));
    const rows = [];
    const heading = (key) => rows.push({ key, sig: key, make: () => h('h2', { class: 'side-heading', text: t(key) }) });
    const app = store.app();
    if (app) {
      heading('apps');
      rows.push(this.entry({ id: HOME, label: app.name, unread: store.appDirect()?.unread || 0, user: app.bot_user_id || app.id, bot: true }));
    }
    const channels = [...store.list.filter((c) => c.type !== 'im'), ...store.unjoined()];
    if (channels.length) heading('channels');
    rows.push(...channels.map((c) => this.entry({ id: c.id, label: store.label(c), unread: c.unread, channel: true, outside: c.outside })));
    const directs = store.list.filter((c) => c.type === 'im' && !store.isBot(c.user));
    if (directs.length) heading('directs');
    rows.push(...directs.map((c) => this.entry({ id: c.id, label: store.label(c) + (c.user === store.as ? t('you') : ''), note: store.memberNote(c.user), unread: c.unread, user: c.user })));
    reconcile(this.list, rows);
    const unread = store.list.reduce((n, c) => n + (c.unread || 0), 0);
    document.title = `${unread ? `(${unread}) ` : ''}${store.boot.team?.name || '会办'}`;
  }

  entry(c) {
    const { store } = this;
    const direct = store.appDirect();
    const current = store.at.channel === c.id || (c.id === HOME && direct?.id === store.at.channel);
    const unread = current ? 0 : c.unread || 0;
    return {
      key: c.id, sig: JSON.stringify([c, current]),
      make: (old) => {
        const node = h('button', {
          type: 'button', class: `side-item${current ? ' current' : ''}${unread ? ' has-unread' : ''}${c.outside ? ' outside' : ''}`, data: { channel: c.id }, 'aria-current': current ? 'page' : null, title: c.note || null,
          on: { click: () => { this.go.conversation(c.id); this.toggle(false); } },
        }, c.channel ? h('span', { class: 'hash', 'aria-hidden': 'true', text: '#' }) : avatar(c.user, c.label, c.bot), h('span', { class: 'side-label', text: c.label }),
        unread > 0 && h('span', { class: 'badge', 'aria-label': t('unread', { n: unread }), text: unread > 99 ? '99+' : String(unread) }));
        if (old?.contains(document.activeElement)) queueMicrotask(() => node.focus());
        return node;
      },
    };
  }

  key(e) {
    if (e.key === 'Escape' && document.body.classList.contains('menu-open')) this.toggle(false);
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const items = [...this.list.querySelectorAll('.side-item')];
    const at = items.indexOf(document.activeElement);
    if (!step || at < 0) return;
    e.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, at + step))].focus();
  }

  // pick opens the searchable list of members.
  pick() {
    if (document.querySelector('dialog[open]')) return;
    const { store } = this;
    const search = h('input', { type: 'search', class: 'control', placeholder: t('searchMember'), 'aria-label': t('searchMember'), autocomplete: 'off', id: 'member-search' });
    const list = h('div', { class: 'member-list' });
    const dialog = h('dialog', { class: 'members', 'aria-label': t('switchMember') }, h('div', { class: 'members-head' }, icon('search'), search,
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), on: { click: () => shut() } }, icon('close'))), list);
    const shut = () => { dialog.close(); dialog.remove(); };
    const choose = (id) => { shut(); this.toggle(false); this.go.member(id); };
    const draw = () => {
      const q = search.value.trim().toLowerCase();
      const found = store.people().filter((m) => !q || [m.real_name, m.name, m.unit, m.title, m.role, roleName(m.role)].some((x) => (x || '').toLowerCase().includes(q)));
      list.replaceChildren(...(found.length ? grouped(found).flatMap(([unit, people]) => [unit && h('h3', { class: 'side-heading', text: unit }), ...people.map((m) => this.member(m, choose))].filter(Boolean))
        : [h('p', { class: 'option-none', text: t('noMember') })]));
    };
    search.addEventListener('input', draw);
    dialog.addEventListener('cancel', (e) => { e.preventDefault(); shut(); });
    dialog.addEventListener('click', (e) => { if (e.target === dialog) shut(); });
    dialog.addEventListener('keydown', (e) => memberKey(e, search, list));
    draw();
    document.body.append(dialog);
    dialog.showModal();
    search.focus();
    list.querySelector('.current')?.scrollIntoView({ block: 'center' });
  }

  member(m, choose) {
    const current = m.id === this.store.as;
    return h('button', { type: 'button', class: `member${current ? ' current' : ''}`, data: { member: m.id }, 'aria-current': current ? 'true' : null, on: { click: () => choose(m.id) } },
      avatar(m.id, m.real_name || m.name),
      h('span', { class: 'member-text' }, h('span', { class: 'me-name', text: m.real_name || m.name }), h('span', { class: 'me-note', text: m.title || '' })),
      m.role && h('span', { class: 'role-tag', text: roleName(m.role) }));
  }
}

function grouped(people) {
  const groups = new Map();
  for (const m of people) groups.set(m.unit || '', [...(groups.get(m.unit || '') || []), m]);
  return [...groups];
}

function memberKey(e, search, list) {
  const items = [...list.querySelectorAll('.member')];
  const at = items.indexOf(document.activeElement);
  if (e.key === 'ArrowDown' && items.length) { e.preventDefault(); items[Math.min(at + 1, items.length - 1)].focus(); }
  else if (e.key === 'ArrowUp') { e.preventDefault(); (at > 0 ? items[at - 1] : search).focus(); }
  else if (e.key === 'Enter' && document.activeElement === search && !e.isComposing) { e.preventDefault(); items[0]?.click(); }
  else if (at >= 0 && e.key.length === 1 && !e.ctrlKey && !e.metaKey && e.key !== ' ') search.focus();
}

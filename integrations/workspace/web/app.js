// Starts the page and holds its parts together: where one stands, what is shown, live updates.
//
// A browser test finds its way by attributes that stay the same: body[data-as], [data-ready] (set
// when that member's page is complete) and [data-place]; .side-item[data-channel]; article[data-ts];
// [data-action-id][data-block-id] on every element that acts, with [data-value] on options and
// [data-selected] on select fields; [data-callback-id] on shortcuts; dialog.view[data-view-id]
// [data-callback-id][data-hash] with [data-view=submit] and [data-view=close]; [data-confirm=ok|deny];
// [data-error-for] on a field's error; [data-error] on banners.

import { explain, get, post, Stream } from './api.js';
import { renderBlocks } from './blocks.js';
import { Composer } from './composer.js';
import { h, icon, latest, reconcile } from './dom.js';
import { lang, t } from './i18n.js';
import { MessagePane } from './messages.js';
import { Modal } from './modal.js';
import { toast } from './popup.js';
import { avatar, Sidebar } from './sidebar.js';
import { HOME, Store } from './store.js';
import { Surface } from './surface.js';

class Page {
  constructor(store) {
    this.store = store;
    this.main = document.getElementById('main');
    this.side = document.getElementById('thread');
    this.drafts = new Map();
    this.env = store.env((surface) => this.afterAction(surface));
    this.modal = new Modal(store, this.env);
    this.sidebar = new Sidebar(document.getElementById('sidebar'), store, { conversation: (id) => this.go({ channel: id, thread: '' }), member: (id) => this.become(id) });
    this.conversations = latest(() => this.loadConversations());
    this.home = latest(() => this.loadHome());
    addEventListener('popstate', () => this.followAddress());
    document.addEventListener('keydown', (e) => this.key(e));
    document.addEventListener('click', (e) => this.channelLink(e));
    // A browser opens six connections to one server: pages that nobody looks at let go of theirs.
    document.addEventListener('visibilitychange', () => (document.hidden ? this.stream?.stop() : this.listen()));
    addEventListener('pagehide', () => this.stream?.stop());
    addEventListener('pageshow', (e) => { if (e.persisted) this.listen(); });
    setInterval(() => { if (document.hidden) this.conversations(); }, 20_000);
  }

  async start() {
    document.body.dataset.as = this.store.as;
    this.listen();
    await this.conversations();
    if (!this.store.at.channel || (this.store.at.channel !== HOME && !this.store.conversation(this.store.at.channel))) this.store.at = { channel: this.first(), thread: '' };
    this.show(false);
    await this.modal.refresh();
    document.body.dataset.ready = this.store.as;
  }

  listen() {
    this.stream?.stop();
    this.stream = new Stream(this.store.as, { onEvent: (e) => this.changed(e), onState: (live) => this.sidebar.setLive(live) });
  }

  first() { return this.store.app() ? HOME : this.store.list[0]?.id || ''; }

  go(at, push = true) {
    this.store.at = { ...this.store.at, ...at };
    this.show(push);
  }

  become(id) {
    if (id === this.store.as) return;
    delete document.body.dataset.ready;
    this.store.as = id;
    this.store.at.thread = '';
    this.store.list = [];
    this.modal.reset();
    this.shownAs = null;
    this.start();
  }

  followAddress() {
    const params = new URLSearchParams(location.search);
    this.store.at = { channel: params.get('c') || this.first(), thread: params.get('t') || '' };
    const as = params.get('as');
    if (as && as !== this.store.as && this.store.byID.has(as)) this.become(as);
    else this.show(null);
  }

  // show draws the place one stands at; push null leaves the address alone.
  show(push) {
    const { at, as } = this.store;
    const place = `${as}|${at.channel}`;
    if (push !== null) this.store.address(push);
    if (this.shownPlace !== place) {
      this.pane?.stop();
      this.pane = null;
      this.homeBox = null;
      this.shownPlace = place;
      this.main.replaceChildren();
      document.body.dataset.place = at.channel;
      if (at.channel === HOME) this.drawHome();
      else if (at.channel) this.drawConversation();
      else this.main.append(h('p', { class: 'empty', text: t('pickConversation') }));
    }
    this.drawThread();
    this.sidebar.draw();
  }

  head(title, note, mark, tabs) {
    const menu = h('button', { type: 'button', class: 'icon-button menu-button only-narrow', 'aria-label': t('openMenu'), on: { click: () => this.sidebar.toggle(true) } }, icon('menu'));
    return h('header', { class: 'pane-head' }, h('div', { class: 'pane-title' }, menu, mark, h('div', { class: 'pane-names' }, h('h1', { text: title }), note && h('p', { text: note }))), tabs);
  }

  // appTabs are the app's two places: its Home and the direct messages with it.
  appTabs(current) {
    const direct = this.store.appDirect();
    const tab = (id, label) => h('button', { type: 'button', role: 'tab', class: 'tab', 'aria-selected': String(id === current), data: { tab: id === HOME ? 'home' : 'messages' }, on: { click: () => this.go({ channel: id, thread: '' }) } }, label);
    return h('div', { class: 'tabs', role: 'tablist' }, tab(HOME, t('home')), direct && tab(direct.id, t('messages')));
  }

  drawHome() {
    const app = this.store.app();
    this.homeBox = h('div', { class: 'blocks home-blocks', 'aria-live': 'polite' }, h('p', { class: 'empty', text: t('loading') }));
    this.homeSurface = null;
    this.main.append(this.head(app?.name || t('home'), t('appTag'), avatar(app?.bot_user_id || app?.id, app?.name, true), this.appTabs(HOME)), h('div', { class: 'scroller home', tabindex: -1 }, this.homeBox));
    const as = this.store.as;
    post('home/open', { as }).then((answer) => { if (answer?.ok === false) this.report(answer.error); }, (error) => this.report(error.code)).finally(() => this.home());
    this.home();
  }

  async loadHome() {
    const box = this.homeBox;
    if (!box) return;
    const answer = await get('home', { as: this.store.as }).catch(() => undefined);
    if (answer === undefined || box !== this.homeBox) return;
    const view = answer?.view;
    if (!view) {
      reconcile(box, [{ key: 'empty', sig: '', make: () => h('p', { class: 'empty', text: t('emptyHome') }) }]);
      return;
    }
    this.homeSurface ??= new Surface('home', { view_id: view.id }, this.env);
    this.homeSurface.place.view_id = view.id;
    box.dataset.viewId = view.id;
    box.dataset.callbackId = view.callback_id || '';
    renderBlocks(box, view.blocks, this.homeSurface);
  }

  drawConversation() {
    const { store } = this;
    const c = store.conversation(store.at.channel) || { id: store.at.channel, name: store.at.channel };
    const name = store.label(c);
    const bot = c.type === 'im' && store.isBot(c.user);
    const mark = c.type === 'im' ? avatar(c.user, name, bot) : h('span', { class: 'hash big', 'aria-hidden': 'true', text: '#' });
    const note = c.type === 'im' ? (bot ? t('appTag') : store.memberNote(c.user)) : plainTopic(c, store);
    const body = h('div', { class: 'pane-body' });
    const composer = h('div', { class: 'composer' });
    this.main.append(this.head(name, note, mark, bot ? this.appTabs(c.id) : null), body, composer);
    this.pane = new MessagePane(body, store, this.env, { channel: c.id, thread: '' }, {
      openThread: (ts) => this.go({ thread: ts }), loaded: () => this.conversations(),
    });
    const pane = this.pane;
    this.pane.refresh();
    if (c.outside) { this.offerJoin(composer, c.id); return; }
    this.composer = new Composer(composer, store, this.env, { channel: c.id, thread: '' }, { drafts: this.drafts, label: t('write', { name }), sent: () => { pane.stick = true; pane.refresh(); } });
    if (!matchMedia('(pointer: coarse)').matches && !document.querySelector('dialog[open]')) this.composer.focus();
  }

  // offerJoin stands in the composer's place until the member has joined.
  offerJoin(root, channel) {
    const join = async () => {
      try {
        await post('channel/join', { as: this.store.as, channel });
        await this.conversations();
        this.shownPlace = null;
        this.show(null);
      } catch (error) {
        this.report(error.code);
      }
    };
    root.append(h('div', { class: 'join' }, h('span', { text: t('notJoined') }), h('button', { type: 'button', class: 'button primary', data: { join: channel }, on: { click: join } }, t('join'))));
  }

  drawThread() {
    const { at, as } = this.store;
    const place = at.thread && at.channel !== HOME ? `${as}|${at.channel}|${at.thread}` : '';
    if (place === this.shownThread) return;
    this.shownThread = place;
    this.thread?.stop();
    this.thread = null;
    this.side.replaceChildren();
    this.side.hidden = !place;
    document.body.classList.toggle('thread-open', Boolean(place));
    if (!place) return;
    const c = this.store.conversation(at.channel);
    const body = h('div', { class: 'pane-body' });
    const composer = h('div', { class: 'composer' });
    this.side.setAttribute('aria-label', t('thread'));
    this.side.dataset.threadTs = at.thread;
    this.side.append(h('header', { class: 'pane-head' }, h('div', { class: 'pane-title' }, h('div', { class: 'pane-names' }, h('h2', { text: t('thread') }), c && h('p', { text: t('threadOf', { name: (c.type === 'im' ? '' : '#') + this.store.label(c) }) })),
      h('button', { type: 'button', class: 'icon-button close-thread', 'aria-label': t('closeThread'), title: t('closeThread'), on: { click: () => this.closeThread() } }, icon('close')))), body, composer);
    this.thread = new MessagePane(body, this.store, this.env, { channel: at.channel, thread: at.thread }, { openThread: () => {} });
    const pane = this.thread;
    this.threadComposer = new Composer(composer, this.store, this.env, { channel: at.channel, thread: at.thread }, { drafts: this.drafts, label: t('writeThread'), sent: () => { pane.stick = true; pane.refresh(); } });
    this.thread.refresh();
    if (document.querySelector('dialog[open]')) return;
    if (matchMedia('(pointer: coarse)').matches) this.side.querySelector('.close-thread').focus();
    else this.threadComposer.focus();
  }

  closeThread() {
    const ts = this.store.at.thread;
    this.go({ thread: '' });
    (document.querySelector(`#main [data-ts="${CSS.escape(ts)}"]`) || this.main).focus({ preventScroll: true });
  }

  async loadConversations() {
    await this.store.loadConversations().catch(() => {});
    this.sidebar.draw();
  }

  changed(event) {
    const all = event.type === 'resync';
    if (event.type === 'error') this.report(event.error || event.message || event.text || 'app_error');
    if ((all || event.type === 'message') && (all || !event.channel || event.channel === this.store.at.channel)) {
      this.pane?.refresh();
      this.thread?.refresh();
    }
    if (all || event.type === 'message' || event.type === 'conversations') this.conversations();
    if (all || event.type === 'view') this.modal.refresh();
    if (all || event.type === 'home') this.home();
  }

  report(code) {
    if (this.modal.shown) { this.modal.report(code); return; }
    const [text, more] = explain(code || 'unknown');
    toast(text, { kind: 'error', more });
  }

  // afterAction catches up at once with what an action may have changed.
  afterAction(surface) {
    if (surface?.kind === 'home') this.home();
    this.pane?.refresh();
    this.thread?.refresh();
    return this.modal.refresh();
  }

  key(e) {
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === 'k') { e.preventDefault(); this.sidebar.pick(); }
    if (e.key === 'Escape' && !e.defaultPrevented && !document.querySelector('dialog[open]') && this.store.at.thread && this.side.contains(document.activeElement)) this.closeThread();
  }

  channelLink(e) {
    const link = e.target.closest?.('a[data-channel-link]');
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    if (this.store.conversation(link.dataset.channelLink)) this.go({ channel: link.dataset.channelLink, thread: '' });
  }
}

// plainTopic is a channel's topic or purpose, whichever list carries it.
function plainTopic(c, store) {
  const known = { ...(store.boot.channels || []).find((x) => x.id === c.id), ...c };
  const said = known.topic || known.purpose;
  return typeof said === 'object' ? said?.value : said;
}

async function main() {
  document.documentElement.lang = lang;
  document.getElementById('skip').textContent = t('skip');
  const box = document.getElementById('main');
  box.append(h('p', { class: 'empty', role: 'status', text: t('loading') }));
  try {
    const boot = await get('boot');
    boot.shortcuts ||= [];
    boot.commands ||= [];
    const store = new Store(boot);
    if (!store.as) throw Object.assign(new Error('no members'), { text: t('noMembers') });
    await new Page(store).start();
  } catch (error) {
    const [text, more] = error.text ? [error.text, ''] : error.code ? explain(error.code) : [String(error), ''];
    box.replaceChildren(h('div', { class: 'empty fatal', role: 'alert' }, h('h1', { text: t('fatal') }), h('p', { text }), more && h('p', { text: more }),
      h('button', { type: 'button', class: 'button primary', text: t('reload'), on: { click: () => location.reload() } })));
    throw error;
  }
}

main();

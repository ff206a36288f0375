// Modals: shows the view on top of the acting member's stack, keeps what was typed in the views
// below it and across updates, submits and closes.

import { explain, get, post } from './api.js';
import { renderBlocks } from './blocks.js';
import { h, icon, latest, uid } from './dom.js';
import { t } from './i18n.js';
import { textObject } from './mrkdwn.js';
import { banner, toast } from './popup.js';
import { Surface } from './surface.js';

export class Modal {
  constructor(store, env) {
    this.store = store;
    this.env = env;
    this.shown = null;
    this.surfaces = new Map();
    this.opener = null;
    this.lastError = '';
    this.refresh = latest(() => this.load());
  }

  async load() {
    const as = this.store.as;
    let answer;
    try {
      answer = await get('view', { as });
    } catch {
      return;
    }
    if (as !== this.store.as) return;
    const error = answer?.error || '';
    if (!answer?.view) this.hide();
    else this.show(answer.view, answer.depth || 1);
    if (error && error !== this.lastError) this.report(error);
    this.lastError = error;
  }

  report(error) {
    if (this.shown) {
      if (!this.shown.notice.childNodes.length) this.fail(error);
      return;
    }
    const [text, more] = explain(error);
    toast(text, { kind: 'error', more });
  }

  // reset drops everything when another member takes over the page.
  reset() {
    this.hide();
    this.lastError = '';
  }

  show(view, depth) {
    if (!this.shown) this.opener = document.activeElement;
    const sig = JSON.stringify([view, depth]);
    if (this.shown?.sig === sig) return;
    const same = this.shown?.view.id === view.id;
    if (!same) this.build(view);
    const s = this.shown;
    Object.assign(s, { view, sig, depth });
    s.dialog.dataset.hash = view.hash || '';
    s.dialog.dataset.callbackId = view.callback_id || '';
    s.title.replaceChildren(textObject(view.title));
    s.back.hidden = depth < 2;
    s.closeText.replaceChildren(textObject(view.close, t(depth > 1 ? 'back' : 'cancel')));
    s.submit.hidden = !view.submit && !(view.blocks || []).some((b) => b.type === 'input');
    s.submit.replaceChildren(textObject(view.submit, t('submit')));
    renderBlocks(s.body, view.blocks, s.surface);
    if (!same) this.enter(s);
  }

  enter(s) {
    s.dialog.showModal();
    s.scroll.scrollTop = 0;
    const first = s.body.querySelector('[autofocus]') || s.body.querySelector('.block-input .control, .block-input input, .block-input textarea') || s.body.querySelector('button, a[href], input') || s.dialog.querySelector('.view-close');
    first?.focus({ preventScroll: true });
  }

  // build makes the dialog of a view that was not shown just now; a view that comes back from
  // below the stack finds its surface, and so its values, again.
  build(view) {
    if (this.shown) {
      for (const block of this.shown.view.blocks || []) this.shown.surface.forget(block.block_id);
      this.shown.dialog.remove();
    }
    const old = this.surfaces.get(view.id);
    const surface = new Surface('view', { view_id: view.id }, this.env);
    if (old) surface.kept = old.kept;
    this.surfaces.set(view.id, surface);
    const titleID = uid('view');
    const s = {
      surface, view,
      title: h('h2', { id: titleID }),
      back: h('button', { type: 'button', class: 'icon-button view-back', 'aria-label': t('back'), title: t('back'), on: { click: () => this.close() } }, icon('back')),
      notice: h('div', { class: 'view-notice' }),
      body: h('div', { class: 'blocks view-blocks' }),
      closeText: h('button', { type: 'button', class: 'button view-close', data: { view: 'close' }, on: { click: () => this.close() } }),
      submit: h('button', { type: 'submit', class: 'button primary view-submit', data: { view: 'submit' } }),
      busy: h('span', { class: 'view-busy', role: 'status' }),
    };
    s.scroll = h('div', { class: 'view-scroll' }, s.notice, s.body);
    const form = h('form', { novalidate: true, on: { submit: (e) => { e.preventDefault(); if (!s.submit.hidden) this.submit(s); } } },
      h('header', { class: 'view-head' }, s.back, s.title, h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), on: { click: () => this.close(true) } }, icon('close'))),
      s.scroll, h('footer', { class: 'view-foot' }, s.busy, s.closeText, s.submit));
    form.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' && e.target.tagName === 'TEXTAREA' && (e.ctrlKey || e.metaKey) && !e.isComposing) { e.preventDefault(); form.requestSubmit(); }
    });
    s.dialog = h('dialog', { class: 'view', 'aria-labelledby': titleID, data: { viewId: view.id, callbackId: view.callback_id || '', externalId: view.external_id || null } }, form);
    s.dialog.addEventListener('cancel', (e) => { if (e.target !== s.dialog) return; e.preventDefault(); this.close(); });
    // A browser may close a dialog on a second Esc whatever the page says.
    s.dialog.addEventListener('close', () => { if (this.shown === s) { s.dialog.showModal(); this.close(); } });
    document.body.append(s.dialog);
    this.shown = s;
  }

  hide() {
    this.surfaces.clear();
    if (!this.shown) return;
    const area = document.getElementById('toasts');
    if (this.shown.dialog.contains(area)) document.body.append(area);
    this.shown.dialog.close();
    this.shown.dialog.remove();
    this.shown = null;
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    else document.getElementById('main').focus({ preventScroll: true });
    this.opener = null;
  }

  busy(s, on) {
    s.dialog.setAttribute('aria-busy', String(on));
    s.submit.disabled = on;
    s.busy.textContent = on ? t('submitting') : '';
  }

  fail(code) {
    this.shown.notice.replaceChildren(banner(code));
    this.shown.scroll.scrollTop = 0;
  }

  errors(s, errors) {
    const first = s.surface.showErrors(errors);
    const stray = Object.entries(errors).filter(([id]) => !s.surface.errorNodes.has(id)).map(([, message]) => message);
    s.notice.replaceChildren(h('div', { class: 'banner', role: 'alert' }, icon('alert'), h('div', {}, h('strong', { text: t('fieldErrors', { n: Object.keys(errors).length }) }), stray.map((m) => h('p', { text: m })))));
    if (!first) return;
    first.scrollIntoView({ block: 'center' });
    first.querySelector('[data-action-id]')?.focus({ preventScroll: true });
  }

  async submit(s) {
    if (s.dialog.getAttribute('aria-busy') === 'true') return;
    s.notice.replaceChildren();
    const wrong = s.surface.check();
    s.surface.showErrors({});
    if (Object.keys(wrong).length) { this.errors(s, wrong); return; }
    this.busy(s, true);
    s.surface.unsent.clear();
    const focused = document.activeElement;
    try {
      const answer = await post('view/submit', { as: this.store.as, view_id: s.view.id, state: { values: s.surface.values() } });
      if (answer?.errors && Object.keys(answer.errors).length) this.errors(s, answer.errors);
      else if (answer?.ok === false || answer?.error) this.fail(answer.error || 'not_submitted');
      else await this.env.afterAction(null);
    } catch (error) {
      this.fail(error.code || 'submit_failed');
    } finally {
      this.busy(s, false);
      if (this.shown === s && document.activeElement === document.body) focused?.focus?.();
    }
  }

  // close closes the view on top, or with all the whole stack.
  async close(all = false) {
    const s = this.shown;
    if (!s || s.dialog.getAttribute('aria-busy') === 'true') return;
    try {
      await s.surface.flush();
      await post('view/close', { as: this.store.as, view_id: s.view.id, all: all && s.depth > 1, state: { values: s.surface.values() } });
      this.surfaces.delete(s.view.id);
      await this.refresh();
    } catch (error) {
      if (this.shown) this.fail(error.code || 'close_failed');
    }
  }
}

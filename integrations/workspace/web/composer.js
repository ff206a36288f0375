// Writing: messages, files, slash commands with completion, mentions, global shortcuts.

import { explain, post, upload } from './api.js';
import { h, icon, uid } from './dom.js';
import { t } from './i18n.js';
import { runShortcut } from './messages.js';
import { openMenu, toast } from './popup.js';

export class Composer {
  // where is {channel, thread}; drafts is a Map that outlives the composer; sent is called after success.
  constructor(root, store, env, where, { drafts, sent, label }) {
    Object.assign(this, { root, store, env, where, sent });
    this.as = store.as;
    const key = [store.as, where.channel, where.thread].join('|');
    this.draft = drafts.get(key) || { text: '', files: [], mentions: new Map() };
    drafts.set(key, this.draft);
    this.listID = uid('complete');
    this.notice = h('div', { class: 'composer-notice' });
    this.list = h('div', { class: 'completion', role: 'listbox', id: this.listID, hidden: true, 'aria-label': t('commands') });
    this.files = h('ul', { class: 'file-list composer-files' });
    this.input = h('textarea', {
      class: 'composer-input', rows: 1, placeholder: label, 'aria-label': label, id: where.thread ? 'thread-input' : 'message-input', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.listID,
      on: { input: () => this.typed(), keydown: (e) => this.key(e), blur: () => setTimeout(() => this.hide(), 150), paste: (e) => { if (e.clipboardData.files.length) { e.preventDefault(); this.addFiles(e.clipboardData.files); } } },
    });
    this.input.value = this.draft.text;
    this.picker = h('input', { type: 'file', multiple: true, class: 'visually-hidden', tabindex: -1, 'aria-label': t('attach'), id: uid('attach'), data: { composerFile: where.thread || '' }, on: { change: () => { this.addFiles(this.picker.files); this.picker.value = ''; } } });
    this.root.append(this.notice, this.list, this.frame());
    this.drawFiles();
    this.dropOn(root.parentElement || root);
    this.typed();
    this.hide();
  }

  frame() {
    const globals = this.where.thread ? [] : this.store.boot.shortcuts.filter((s) => !s.type?.startsWith('message'));
    const bolt = globals.length > 0 && h('button', { type: 'button', class: 'icon-button', id: 'shortcut-menu', 'aria-label': t('shortcuts'), title: t('shortcuts'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', on: { click: () => openMenu(bolt, t('shortcuts'), globals.map((s) => ({
      label: s.name, note: this.store.app()?.name, data: { callbackId: s.callback_id }, run: () => runShortcut(this.store, s, {}, this.env),
    })), { align: 'start' }) } }, icon('bolt'));
    this.button = h('button', { type: 'button', class: 'send', 'aria-label': t('send'), title: t('send'), on: { click: () => this.submit() } }, icon('send'));
    return h('div', { class: 'composer-frame' }, this.files, this.input,
      h('div', { class: 'composer-bar' },
        h('button', { type: 'button', class: 'icon-button', 'aria-label': t('attach'), title: t('attach'), on: { click: () => this.picker.click() } }, icon('attach')), this.picker, bolt,
        h('span', { class: 'composer-hint', text: t('hint') }), this.button));
  }

  focus() { this.input.focus(); }

  typed() {
    this.draft.text = this.input.value;
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 220)}px`;
    this.button.disabled = !this.input.value.trim() && !this.draft.files.some((f) => f.id);
    const before = this.input.value.slice(0, this.input.selectionStart);
    const command = /^\/\S*$/.exec(before);
    const named = /^(\/\S+)\s/.exec(this.input.value);
    const person = /(?:^|[^\w.@])@([^\s@]{0,20})$/.exec(before);
    if (command) this.show(this.store.boot.commands.filter((c) => c.command.startsWith(command[0])).map((c) => ({ label: c.command, hint: c.usage_hint, note: c.description, data: { command: c.command }, use: () => this.fill(`${c.command} `) })));
    else if (person) this.show(this.matchPeople(person[1]).map((m) => ({ label: m.real_name || m.name, note: this.store.memberNote(m.id), data: { member: m.id }, use: () => this.mention(m, person[1].length + 1) })));
    else this.hide();
    const usage = named && !command && this.store.boot.commands.find((c) => c.command === named[1]);
    this.root.classList.toggle('has-usage', Boolean(usage));
    this.root.querySelector('.composer-hint').textContent = usage ? [usage.command, usage.usage_hint].filter(Boolean).join(' ') : t('hint');
  }

  matchPeople(query) {
    const q = query.toLowerCase();
    return this.store.members.filter((m) => [m.real_name, m.name, m.unit].some((x) => (x || '').toLowerCase().includes(q))).slice(0, 8);
  }

  show(items) {
    this.items = items;
    this.at = 0;
    if (!items.length) { this.hide(); return; }
    this.list.replaceChildren(...items.map((item, i) => h('div', { role: 'option', class: 'option', id: `${this.listID}-${i}`, data: item.data, on: { mousedown: (e) => { e.preventDefault(); this.use(i); } } },
      h('span', { class: 'option-text' }, h('strong', { text: item.label }), item.hint && h('span', { class: 'option-hint', text: ' ' + item.hint })), item.note && h('span', { class: 'option-note', text: item.note }))));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark(0);
  }

  hide() {
    this.items = [];
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  mark(i) {
    this.at = (i + this.items.length) % this.items.length;
    [...this.list.children].forEach((node, n) => { node.classList.toggle('active', n === this.at); node.setAttribute('aria-selected', String(n === this.at)); });
    this.list.children[this.at].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', `${this.listID}-${this.at}`);
  }

  use(i) { this.items[i]?.use(); }

  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.typed();
  }

  mention(member, length) {
    const name = `@${member.real_name || member.name}`;
    const end = this.input.selectionStart;
    this.draft.mentions.set(name, member.id);
    this.input.setRangeText(name + ' ', end - length, end, 'end');
    this.input.focus();
    this.typed();
  }

  key(e) {
    if (e.isComposing || e.keyCode === 229) return;
    if (this.items.length) {
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); this.mark(this.at + (e.key === 'ArrowDown' ? 1 : -1)); return; }
      const whole = this.items[this.at]?.label === this.input.value;
      if (e.key === 'Tab' || (e.key === 'Enter' && !whole)) { e.preventDefault(); this.use(this.at); return; }
      if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); this.hide(); return; }
    }
    if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); this.submit(); }
  }

  // dropOn takes files dropped anywhere on the pane.
  dropOn(zone) {
    const has = (e) => [...(e.dataTransfer?.types || [])].includes('Files');
    let depth = 0;
    const over = (on) => { zone.classList.toggle('dropping', on); zone.dataset.drop = t('dropHere'); };
    zone.ondragenter = (e) => { if (has(e)) { e.preventDefault(); depth += 1; over(true); } };
    zone.ondragover = (e) => { if (has(e)) e.preventDefault(); };
    zone.ondragleave = (e) => { if (has(e)) { depth -= 1; if (depth <= 0) over(false); } };
    zone.ondrop = (e) => { if (has(e)) { e.preventDefault(); depth = 0; over(false); this.addFiles(e.dataTransfer.files); } };
  }

  async addFiles(chosen) {
    await Promise.all([...chosen].map(async (file) => {
      const entry = { id: null, name: file.name };
      this.draft.files.push(entry);
      this.drawFiles();
      try {
        entry.id = await upload(this.as, file);
      } catch (error) {
        this.draft.files = this.draft.files.filter((f) => f !== entry);
        toast(t('uploadFailed', { name: file.name }), { kind: 'error', more: error.code || '' });
      }
      this.drawFiles();
    }));
    this.typed();
  }

  drawFiles() {
    this.files.replaceChildren(...this.draft.files.map((f) => h('li', { class: f.id ? '' : 'pending', data: { fileId: f.id } }, icon('file'), h('span', { class: 'file-name', text: f.name }), !f.id && h('span', { class: 'file-size', text: t('uploading') }),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('remove', { name: f.name }), on: { click: () => { this.draft.files = this.draft.files.filter((x) => x !== f); this.drawFiles(); this.typed(); this.focus(); } } }, icon('close')))));
  }

  // encode turns the names chosen from the list into mentions; the server escapes the rest.
  encode(text) {
    let out = text;
    for (const [name, id] of this.draft.mentions) out = out.replaceAll(name, `<@${id}>`);
    return out;
  }

  // submit takes what was written out of the composer at once, so that typing can go on, and
  // sends it after what is still under way.
  submit() {
    const { draft } = this;
    const text = this.input.value.trim();
    if (!text && !draft.files.some((f) => f.id)) return;
    if (draft.files.some((f) => !f.id)) { toast(t('stillUploading')); return; }
    const out = { typed: this.input.value, text: this.encode(text), files: draft.files, mentions: draft.mentions };
    this.notice.replaceChildren();
    this.clear();
    this.queue = (this.queue || Promise.resolve()).then(() => this.deliver(out));
  }

  async deliver(out) {
    this.root.setAttribute('aria-busy', 'true');
    try {
      const slash = /^(\/\S+)\s*([\s\S]*)$/.exec(out.text);
      const answer = slash ? await this.command(slash[1], slash[2]) : await post('message', {
        as: this.as, channel: this.where.channel, text: out.text, thread_ts: this.where.thread || undefined, files: out.files.map((f) => f.id),
      });
      if (answer?.ok === false) throw Object.assign(new Error(answer.error), { code: answer.error || 'not_sent' });
      this.sent();
      this.env.afterAction(null);
    } catch (error) {
      this.giveBack(out);
      const [text, more] = error.plain ? [error.plain, t('keptText')] : explain(error.code || String(error));
      this.notice.replaceChildren(h('div', { class: 'banner', role: 'alert', data: { error: error.code } }, icon('alert'), h('div', {}, h('strong', { text }), h('p', { text: more || t('keptText') }))));
    } finally {
      this.root.removeAttribute('aria-busy');
    }
  }

  // giveBack puts what could not be sent before what was typed since.
  giveBack(out) {
    const { draft } = this;
    draft.files = [...out.files, ...draft.files];
    for (const [name, id] of out.mentions) draft.mentions.set(name, id);
    this.input.value = draft.text ? `${out.typed}\n${draft.text}` : out.typed;
    this.drawFiles();
    this.typed();
    this.hide();
  }

  command(name, text) {
    if (!this.store.boot.commands.some((c) => c.command === name)) throw Object.assign(new Error(name), { plain: t('unknownCommand', { name }) });
    return post('command', { as: this.as, channel: this.where.channel, command: name, text, thread_ts: this.where.thread || undefined });
  }

  clear() {
    Object.assign(this.draft, { text: '', files: [], mentions: new Map() });
    this.input.value = '';
    this.drawFiles();
    this.typed();
  }
}

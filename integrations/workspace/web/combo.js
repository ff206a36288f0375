// A searchable list to choose one or several options from: mouse, touch and keyboard. It follows
// the ARIA combobox pattern (focus stays in the input, aria-activedescendant moves).

import { debounce, h, icon, uid } from './dom.js';
import { t } from './i18n.js';
import { place } from './popup.js';

const open = new Set();

// closeOrphans closes the lists whose field has left the page.
export function closeOrphans() {
  for (const combo of [...open]) if (!combo.node.isConnected) combo.close();
}

// Combo is built with {many, max, chosen, load(query) → Promise<[{label, options}]>, render(option) → text,
// note(option), data, attrs, placeholder, searchDelay, changed(chosen)}. An option is anything with a value.
export class Combo {
  constructor(config) {
    this.config = config;
    this.chosen = [...config.chosen];
    this.options = [];
    this.active = -1;
    this.query = '';
    this.listID = uid('list');
    this.input = h('input', {
      type: 'text', role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.listID, 'aria-haspopup': 'listbox',
      spellcheck: 'false', data: config.data, ...config.attrs,
    });
    this.chips = h('span', { class: 'chips' });
    this.node = h('div', { class: config.many ? 'combo many' : 'combo' }, this.chips, this.input, icon('down'));
    this.list = h('div', { class: 'popup listbox', role: 'listbox', id: this.listID, popover: 'manual', 'aria-multiselectable': config.many ? 'true' : null });
    this.outside = (e) => { if (!this.node.contains(e.target) && !this.list.contains(e.target)) this.close(); };
    this.moved = (e) => { if (e.type === 'resize' || !this.list.contains(e.target)) this.isOpen() && place(this.list, this.node, { width: 240 }); };
    const search = debounce(() => this.refresh(), config.searchDelay || 0);
    this.input.addEventListener('input', () => { this.query = this.input.value; this.open(); search(); });
    this.input.addEventListener('keydown', (e) => this.key(e));
    this.input.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== this.input) this.close(); }, 150));
    this.node.addEventListener('mousedown', (e) => { if (e.target !== this.input && !e.target.closest('button')) e.preventDefault(); });
    this.node.addEventListener('click', (e) => {
      if (e.target.closest('button')) return;
      this.input.focus();
      if (!this.isOpen()) this.open();
      else if (e.target !== this.input) this.close();
    });
    this.draw();
  }

  isOpen() { return this.list.isConnected; }

  open() {
    if (this.isOpen()) return;
    (this.node.closest('dialog') || document.body).append(this.list);
    this.list.showPopover();
    open.add(this);
    this.input.setAttribute('aria-expanded', 'true');
    this.input.select();
    document.addEventListener('pointerdown', this.outside, true);
    addEventListener('resize', this.moved);
    document.addEventListener('scroll', this.moved, true);
    this.refresh();
  }

  close() {
    if (!this.isOpen()) return;
    this.list.remove();
    open.delete(this);
    this.query = '';
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    document.removeEventListener('pointerdown', this.outside, true);
    removeEventListener('resize', this.moved);
    document.removeEventListener('scroll', this.moved, true);
    this.draw();
  }

  async refresh() {
    const asked = this.query;
    const { groups, message } = await this.config.load(asked);
    if (!this.isOpen() || asked !== this.query) return;
    this.options = [];
    const rows = [];
    for (const group of groups) {
      if (!group.options.length) continue;
      const title = group.label && h('div', { class: 'option-group', id: uid('group'), text: group.label });
      const box = h('div', { role: 'group', 'aria-labelledby': title?.id });
      box.append(...[title, ...group.options.map((o) => this.row(o))].filter(Boolean));
      rows.push(box);
    }
    if (!this.options.length) rows.push(h('div', { class: 'option-none', role: 'presentation', text: message || t('noOptions') }));
    this.list.replaceChildren(...rows);
    const at = this.options.findIndex((o) => this.has(o.option));
    this.activate(asked || at < 0 ? 0 : at);
    place(this.list, this.node, { width: 240 });
  }

  row(option) {
    const note = this.config.note?.(option);
    const node = h('div', {
      role: 'option', class: 'option', id: uid('option'), 'aria-selected': String(this.has(option)), data: { value: option.value, actionId: this.config.data?.actionId },
      on: { mousedown: (e) => e.preventDefault(), click: () => this.pick(option) },
    }, h('span', { class: 'option-text', text: this.config.render(option) }), note && h('span', { class: 'option-note', text: note }));
    this.options.push({ option, node });
    return node;
  }

  activate(i) {
    this.options[this.active]?.node.classList.remove('active');
    this.active = this.options.length ? Math.max(0, Math.min(i, this.options.length - 1)) : -1;
    const now = this.options[this.active];
    if (!now) return this.input.removeAttribute('aria-activedescendant');
    now.node.classList.add('active');
    now.node.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', now.node.id);
  }

  key(e) {
    if (e.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step) {
      e.preventDefault();
      if (this.isOpen()) this.activate(this.active + step);
      else this.open();
    } else if (e.key === 'Enter') {
      e.preventDefault();
      e.stopPropagation();
      if (!this.isOpen()) this.open();
      else if (this.options[this.active]) this.pick(this.options[this.active].option);
    } else if (e.key === 'Escape' && this.isOpen()) {
      e.preventDefault();
      e.stopPropagation();
      this.close();
    } else if (e.key === 'Tab') this.close();
    else if (e.key === 'Backspace' && this.config.many && !this.input.value && this.chosen.length) this.set(this.chosen.slice(0, -1));
    else if ((e.key === 'Delete' || e.key === 'Backspace') && !this.config.many && this.clearable() && (!this.input.value || this.input.selectionEnd - this.input.selectionStart === this.input.value.length)) { e.preventDefault(); this.set([]); }
  }

  clearable() { return this.config.clearable && this.chosen.length > 0; }

  has(option) { return this.chosen.some((c) => c.value === option.value); }

  pick(option) {
    if (!this.config.many) {
      this.set([option]);
      this.close();
      return;
    }
    const on = this.has(option);
    if (!on && this.config.max && this.chosen.length >= this.config.max) return;
    this.query = '';
    this.set(on ? this.chosen.filter((c) => c.value !== option.value) : [...this.chosen, option]);
    this.input.value = '';
    this.refresh();
  }

  // set changes the choice and reports it; restore changes it silently.
  set(chosen) {
    const before = this.chosen;
    this.restore(chosen);
    const same = before.length === chosen.length && before.every((b, i) => b.value === chosen[i].value);
    if (!same) this.config.changed(this.chosen, before);
  }

  restore(chosen) {
    this.chosen = [...chosen];
    this.draw();
  }

  draw() {
    const { many, render, placeholder } = this.config;
    this.input.placeholder = this.chosen.length && many ? '' : placeholder;
    this.input.dataset.selected = this.chosen.map((c) => c.value).join(',');
    const clear = (label, next) => h('button', { type: 'button', class: 'chip-remove', tabindex: many ? null : -1, 'aria-label': label, on: { click: () => { this.set(next()); this.input.focus(); } } }, icon('close'));
    if (many) {
      this.chips.replaceChildren(...this.chosen.map((c) => h('span', { class: 'chip', data: { value: c.value } }, render(c),
        clear(t('remove', { name: render(c) }), () => this.chosen.filter((x) => x !== c)))));
      return;
    }
    if (!this.query) this.input.value = this.chosen[0] ? render(this.chosen[0]) : '';
    this.chips.replaceChildren();
    this.node.querySelector(':scope > .chip-remove')?.remove();
    if (this.clearable()) this.input.after(clear(t('clear'), () => []));
  }
}

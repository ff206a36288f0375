// Things that open above the page: menus, confirmation dialogs, short notices.

import { h, icon, uid } from './dom.js';
import { explain } from './api.js';
import { t } from './i18n.js';
import { textObject } from './mrkdwn.js';

// place puts a fixed popup next to its anchor, inside the window.
export function place(popup, anchor, { width = null, align = 'start' } = {}) {
  const box = anchor.getBoundingClientRect();
  const gap = 4;
  if (width) popup.style.width = `${Math.min(Math.max(box.width, width), innerWidth - 16)}px`;
  popup.style.maxHeight = '';
  const size = popup.getBoundingClientRect();
  const below = innerHeight - box.bottom - gap - 8;
  const above = box.top - gap - 8;
  const up = size.height > below && above > below;
  popup.style.maxHeight = `${Math.max(Math.min(up ? above : below, 360), 120)}px`;
  const left = align === 'end' ? box.right - size.width : box.left;
  popup.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
  popup.style.top = up ? 'auto' : `${box.bottom + gap}px`;
  popup.style.bottom = up ? `${innerHeight - box.top + gap}px` : 'auto';
}

let openMenuClose = null;

// openMenu shows items [{label, note, data, danger, run}] under the anchor.
export function openMenu(anchor, label, items, { align = 'end' } = {}) {
  openMenuClose?.();
  const menu = h('div', { class: 'popup menu', role: 'menu', 'aria-label': label, popover: 'manual' });
  const close = (refocus) => {
    openMenuClose = null;
    document.removeEventListener('pointerdown', outside, true);
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (refocus) anchor.focus();
  };
  const outside = (e) => { if (!menu.contains(e.target) && !anchor.contains(e.target)) close(false); };
  for (const item of items) {
    menu.append(h('button', {
      type: 'button', role: 'menuitem', tabindex: -1, class: item.danger ? 'menu-item danger' : 'menu-item', data: item.data || {},
      on: { click: () => { close(true); item.run(); } },
    }, h('span', { class: 'menu-label' }, item.label), item.note && h('span', { class: 'menu-note' }, item.note)));
  }
  menu.addEventListener('keydown', (e) => menuKey(e, menu, close));
  (anchor.closest('dialog') || document.body).append(menu);
  menu.showPopover();
  place(menu, anchor, { align });
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  openMenuClose = () => close(false);
  menu.firstElementChild?.focus();
}

function menuKey(e, menu, close) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const go = (i) => { e.preventDefault(); items[(i + items.length) % items.length].focus(); };
  if (e.key === 'ArrowDown') go(at + 1);
  else if (e.key === 'ArrowUp') go(at - 1);
  else if (e.key === 'Home') go(0);
  else if (e.key === 'End') go(items.length - 1);
  else if (e.key === 'Escape' || e.key === 'Tab') { e.preventDefault(); e.stopPropagation(); close(true); }
}

// confirmDialog asks a Block Kit confirm object's question and resolves to the answer.
export function confirmDialog(confirm) {
  return new Promise((resolve) => {
    const title = uid('confirm');
    const dialog = h('dialog', { class: 'confirm', role: 'alertdialog', 'aria-labelledby': title });
    const answer = (yes) => { dialog.close(); dialog.remove(); resolve(yes); };
    dialog.append(
      h('h2', { id: title }, textObject(confirm.title)),
      h('div', { class: 'confirm-text' }, textObject(confirm.text)),
      h('div', { class: 'dialog-buttons' },
        h('button', { type: 'button', class: 'button', data: { confirm: 'deny' }, on: { click: () => answer(false) } }, textObject(confirm.deny, t('cancel'))),
        h('button', { type: 'button', class: confirm.style === 'danger' ? 'button danger-solid' : 'button primary', data: { confirm: 'ok' }, on: { click: () => answer(true) } }, textObject(confirm.confirm, t('confirm')))));
    dialog.addEventListener('cancel', (e) => { e.preventDefault(); answer(false); });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[data-confirm=ok]').focus();
  });
}

// toast shows a short notice; errors stay until dismissed or 12 s pass.
export function toast(text, { kind = 'info', more = '' } = {}) {
  const host = document.querySelector('dialog.view[open]') || document.body;
  const area = document.getElementById('toasts');
  if (area.parentNode !== host) host.append(area);
  const note = h('div', { class: `toast ${kind}`, role: kind === 'error' ? 'alert' : null },
    kind === 'error' && icon('alert'),
    h('div', {}, h('strong', { text }), more && h('p', { text: more })),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': t('dismiss'), on: { click: () => note.remove() } }, icon('close')));
  area.append(note);
  while (area.children.length > 3) area.firstElementChild.remove();
  setTimeout(() => note.remove(), kind === 'error' ? 12_000 : 3_000);
}

export function toastFailure(error) {
  const [text, more] = explain(error?.code || String(error));
  toast(text, { kind: 'error', more });
}

// banner builds an error notice that stays where it happened.
export function banner(code) {
  const [text, more] = explain(code);
  return h('div', { class: 'banner', role: 'alert', data: { error: code } }, icon('alert'), h('div', {}, h('strong', { text }), more && h('p', { text: more })));
}

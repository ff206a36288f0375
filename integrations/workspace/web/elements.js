// Interactive elements that are pressed: buttons, overflow menus, checkboxes, radio buttons.
// element() is the entry for every kind; fields to type or choose in come from inputs.js,
// select.js and fileinput.js. Every node that acts carries data-action-id and data-block-id.

import { h, icon, safeURL, uid } from './dom.js';
import { fileInput } from './fileinput.js';
import { t } from './i18n.js';
import { dateTime, textInput } from './inputs.js';
import { textObject } from './mrkdwn.js';
import { openMenu } from './popup.js';
import { select } from './select.js';
import { marks } from './surface.js';

// element renders e of block; a11y is {id, labelledBy, describedBy, required, label}.
export function element(e, block, surface, a11y) {
  if (e.type === 'button' || e.type === 'workflow_button') return button(e, block, surface);
  if (e.type === 'overflow') return overflow(e, block, surface, a11y);
  if (e.type === 'checkboxes' || e.type === 'radio_buttons') return choices(e, block, surface, a11y);
  if (e.type === 'file_input') return fileInput(e, block, surface, a11y);
  if (e.type === 'feedback_buttons') return feedback(e, block, surface);
  if (e.type === 'icon_button') return button({ ...e, text: e.text }, block, surface);
  if (['datepicker', 'timepicker', 'datetimepicker'].includes(e.type)) return dateTime(e, block, surface, a11y);
  if (/_text_input$|^number_input$/.test(e.type || '')) return textInput(e, block, surface, a11y);
  if (/select$/.test(e.type || '')) return select(e, block, surface, a11y);
  return h('span', { class: 'unsupported', text: t('unsupported', { type: e.type }) });
}

function button(e, block, surface) {
  const style = e.style === 'primary' ? ' primary' : e.style === 'danger' ? ' danger' : '';
  const props = {
    class: `button${style}`, data: { ...marks(e, block), value: e.value }, 'aria-label': e.accessibility_label || null,
    on: { click: () => surface.act(block, e, { value: e.value ?? '' }, node) },
  };
  const href = e.url && safeURL(e.url);
  const node = href
    ? h('a', { ...props, href, target: '_blank', rel: 'noopener noreferrer' }, textObject(e.text))
    : h('button', { ...props, type: 'button' }, textObject(e.text));
  return node;
}

function feedback(e, block, surface) {
  return h('span', { class: 'feedback' }, [e.positive_button, e.negative_button].filter(Boolean).map((b) =>
    button({ ...b, type: 'feedback_buttons', action_id: e.action_id }, block, surface)));
}

function overflow(e, block, surface, a11y) {
  const node = h('button', {
    type: 'button', class: 'button overflow', data: marks(e, block), 'aria-haspopup': 'menu', 'aria-expanded': 'false',
    'aria-label': a11y.label ? t('appliesTo', { name: a11y.label }) : t('more'),
    on: { click: () => openMenu(node, t('more'), (e.options || []).map((o) => ({
      label: textObject(o.text), note: o.description && textObject(o.description), data: { value: o.value, actionId: e.action_id, blockId: block.block_id },
      run: () => {
        if (o.url && safeURL(o.url)) open(safeURL(o.url), '_blank', 'noopener');
        surface.act(block, e, { selected_option: o }, node);
      },
    }))) },
  }, icon('more'));
  return node;
}

// choices are checkboxes or radio buttons with descriptions.
function choices(e, block, surface, a11y) {
  const many = e.type === 'checkboxes';
  const name = uid('choice');
  const start = new Set(many ? (e.initial_options || []).map((o) => o.value) : [e.initial_option?.value]);
  const boxes = [];
  const node = h('div', { class: 'choices', role: many ? 'group' : 'radiogroup', 'aria-labelledby': a11y.labelledBy, 'aria-label': a11y.labelledBy ? null : a11y.label, 'aria-describedby': a11y.describedBy, 'aria-required': !many && a11y.required ? 'true' : null });
  const picked = () => (e.options || []).filter((_, i) => boxes[i].checked);
  const state = () => (many ? { selected_options: picked() } : { selected_option: picked()[0] || null });
  for (const option of e.options || []) {
    const box = h('input', {
      type: many ? 'checkbox' : 'radio', name, checked: start.has(option.value), data: { ...marks(e, block), value: option.value },
      on: { change: () => changed() },
    });
    boxes.push(box);
    node.append(h('label', { class: 'choice' }, box, h('span', {}, h('span', { class: 'choice-text' }, textObject(option.text)),
      option.description && h('span', { class: 'choice-note' }, textObject(option.description)))));
  }
  let last = boxes.map((b) => b.checked);
  const changed = async () => {
    if (surface.dispatches(block) && !(await surface.act(block, e, state(), node)) && e.confirm) boxes.forEach((b, i) => { b.checked = last[i]; });
    last = boxes.map((b) => b.checked);
  };
  surface.field(block, e, {
    read: () => ({ type: e.type, ...state() }),
    restore: (kept) => {
      const values = new Set((many ? kept.selected_options : [kept.selected_option]).filter(Boolean).map((o) => o.value));
      boxes.forEach((b, i) => { b.checked = values.has(e.options[i].value); });
      last = boxes.map((b) => b.checked);
    },
  });
  if (e.focus_on_load) boxes[0]?.setAttribute('autofocus', '');
  return node;
}

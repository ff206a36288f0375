// Fields to type in: text, e-mail, web address, number, dates and times.

import { debounce, h } from './dom.js';
import { fromLocalInput, localInput, t } from './i18n.js';
import { plain } from './mrkdwn.js';
import { marks } from './surface.js';

const MAX_PLAIN = 3000;
const count = (text) => [...text].length;

// textInput renders plain_text_input, email_text_input, url_text_input, number_input and
// rich_text_input. Long text is never cut: it is counted, and refused with the excess.
export function textInput(e, block, surface, a11y) {
  const multiline = Boolean(e.multiline) || e.type === 'rich_text_input';
  const isPlain = e.type === 'plain_text_input';
  const max = isPlain ? e.max_length || MAX_PLAIN : Infinity;
  const initial = e.type === 'rich_text_input' ? richToText(e.initial_value) : e.initial_value || '';
  const modes = { email_text_input: 'email', url_text_input: 'url', number_input: e.is_decimal_allowed ? 'decimal' : 'numeric' };
  const control = h(multiline ? 'textarea' : 'input', {
    type: multiline ? null : 'text', class: 'control', id: a11y.id, inputmode: modes[e.type], rows: multiline ? 5 : null, autocomplete: 'off',
    placeholder: plain(e.placeholder), data: marks(e, block), 'aria-describedby': a11y.describedBy, 'aria-required': a11y.required ? 'true' : null,
    'aria-label': a11y.labelledBy ? null : a11y.label || plain(e.placeholder), autofocus: e.focus_on_load, spellcheck: 'false',
  });
  control.value = initial;
  const counter = isPlain && (multiline || e.max_length || e.min_length) && h('span', { class: 'counter', 'aria-hidden': 'true' });
  const recount = () => {
    if (!counter) return;
    const n = count(control.value);
    counter.textContent = t('chars', { n, max });
    counter.classList.toggle('over', n > max);
  };
  recount();
  control.addEventListener('input', recount);
  const value = () => control.value || null;
  const state = () => (e.type === 'rich_text_input' ? { rich_text_value: textToRich(control.value) } : { value: value() });
  wireDispatch(control, e, block, surface, state, multiline);
  surface.field(block, e, {
    read: () => ({ type: e.type, ...state() }),
    restore: (kept) => { control.value = kept.value ?? richToText(kept.rich_text_value); recount(); },
    problem: () => textProblem(e, control.value, max),
  });
  return counter ? h('div', { class: 'counted' }, control, counter) : control;
}

// wireDispatch sends the value as dispatch_action_config asks: on Enter (the default), on typing.
function wireDispatch(control, e, block, surface, state, multiline) {
  if (!surface.dispatches(block)) return;
  const triggers = e.dispatch_action_config?.trigger_actions_on || ['on_enter_pressed'];
  if (triggers.includes('on_character_entered')) {
    const send = () => { surface.unsent.delete(control); return surface.act(block, e, state(), null); };
    const later = debounce(() => { if (surface.unsent.has(control)) send(); }, 350);
    control.addEventListener('input', () => { surface.unsent.set(control, send); later(); });
  }
  if (triggers.includes('on_enter_pressed')) {
    control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing || (multiline && !event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      surface.act(block, e, state(), control);
    });
  }
}

function textProblem(e, text, max) {
  if (!text) return null;
  const n = count(text);
  if (n > max) return t('tooLong', { n: n - max, max });
  if (e.min_length && n < e.min_length) return t('tooShort', { n: e.min_length - n, min: e.min_length });
  if (e.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return t('badEmail');
  if (e.type === 'url_text_input' && !/^https?:\/\/[^\s.]/.test(text)) return t('badURL');
  if (e.type === 'number_input') return numberProblem(e, text);
  return null;
}

function numberProblem(e, text) {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text.trim())) return t('badNumber');
  const n = Number(text);
  if (!e.is_decimal_allowed && !Number.isInteger(n)) return t('notWhole');
  if (e.min_value !== undefined && e.min_value !== '' && n < Number(e.min_value)) return t('tooSmall', { min: e.min_value });
  if (e.max_value !== undefined && e.max_value !== '' && n > Number(e.max_value)) return t('tooBig', { max: e.max_value });
  return null;
}

const richToText = (rich) => (rich?.elements || []).map((p) => (p.elements || []).map((x) => x.text || x.url || '').join('')).join('\n');
const textToRich = (text) => (text ? { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] } : null);

const pickers = {
  datepicker: { type: 'date', key: 'selected_date', initial: (e) => e.initial_date || '', parse: (v) => v || null, show: (v) => v || '' },
  timepicker: { type: 'time', key: 'selected_time', initial: (e) => e.initial_time || '', parse: (v) => v || null, show: (v) => v || '' },
  datetimepicker: {
    type: 'datetime-local', key: 'selected_date_time', initial: (e) => (e.initial_date_time ? localInput(e.initial_date_time) : ''),
    parse: fromLocalInput, show: (v) => (v ? localInput(v) : ''),
  },
};

// dateTime renders the three pickers with the browser's own controls, in the workspace's zone.
export function dateTime(e, block, surface, a11y) {
  const kind = pickers[e.type];
  const control = h('input', {
    type: kind.type, class: 'control picker', id: a11y.id, data: marks(e, block), 'aria-describedby': a11y.describedBy,
    'aria-required': a11y.required ? 'true' : null, 'aria-label': a11y.labelledBy ? null : a11y.label || t(kind.type === 'time' ? 'time' : 'date'), autofocus: e.focus_on_load,
  });
  control.value = kind.initial(e);
  const state = () => ({ [kind.key]: kind.parse(control.value) });
  let last = control.value;
  control.addEventListener('change', async () => {
    if (control.value === last || !surface.dispatches(block)) return;
    const before = last;
    last = control.value;
    if (!(await surface.act(block, e, state(), control)) && e.confirm) control.value = last = before;
  });
  surface.field(block, e, {
    read: () => ({ type: e.type, ...state() }),
    restore: (kept) => { control.value = last = kind.show(kept[kind.key]); },
  });
  return control;
}

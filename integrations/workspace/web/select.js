// The select elements: options from the block, from the app, people, conversations.

import { Combo } from './combo.js';
import { t } from './i18n.js';
import { marks } from './surface.js';
import { plain } from './mrkdwn.js';

const byText = (query) => {
  const q = query.trim().toLowerCase();
  return (...texts) => !q || texts.some((x) => (x || '').toLowerCase().includes(q));
};

// sources say, for each kind, where options come from and how state is written. An option's value
// is its text value or an id; raw is what goes into the state.
const sources = {
  static: (e) => {
    const groups = e.option_groups?.length ? e.option_groups : [{ options: e.options || [] }];
    return async (query) => {
      const match = byText(query);
      return { groups: groups.map((g) => ({ label: plain(g.label), options: (g.options || []).filter((o) => match(plain(o.text), plain(o.description))) })) };
    };
  },
  external: (e, block, surface) => async (query) => {
    const min = e.min_query_length ?? 3;
    if ([...query].length < min) return { groups: [], message: t('typeMore', { n: min - [...query].length }) };
    try {
      const answer = await surface.env.options({ block_id: block.block_id, action_id: e.action_id, value: query, ...surface.place });
      if (answer?.ok === false) return { groups: [], message: t('errOther', { code: answer.error }) };
      const groups = answer?.option_groups?.length ? answer.option_groups : [{ options: answer?.options || [] }];
      return { groups: groups.map((g) => ({ label: plain(g.label), options: g.options || [] })) };
    } catch (error) {
      return { groups: [], message: t('errOther', { code: error.code }) };
    }
  },
  users: (e, block, surface) => async (query) => {
    const match = byText(query);
    return { groups: [{ options: surface.env.members.filter((m) => !m.is_bot && match(m.real_name, m.name, m.unit, m.title)).map((m) => ({ value: m.id })) }] };
  },
  conversations: (e, block, surface) => async (query) => {
    const match = byText(query);
    const want = e.type.includes('channels') ? ['public', 'private', 'channel'] : e.filter?.include;
    const list = surface.env.conversations().filter((c) => !want || want.some((w) => (w === 'im' ? c.type === 'im' : c.type !== 'im')));
    return { groups: [{ options: list.filter((c) => match(c.label)).map((c) => ({ value: c.id })) }] };
  },
};

function kindOf(type) {
  if (type.includes('users')) return 'users';
  if (type.includes('conversations') || type.includes('channels')) return 'conversations';
  return type.includes('external') ? 'external' : 'static';
}

// keyOf is the name Slack gives the value in state and payloads.
function keyOf(kind, type, many) {
  if (kind === 'users') return many ? 'selected_users' : 'selected_user';
  if (kind === 'conversations') {
    const noun = type.includes('channels') ? 'channel' : 'conversation';
    return `selected_${noun}${many ? 's' : ''}`;
  }
  return many ? 'selected_options' : 'selected_option';
}

function initialOf(e, kind, many) {
  const noun = { users: 'user', conversations: e.type.includes('channels') ? 'channel' : 'conversation' }[kind] || 'option';
  const value = e[`initial_${noun}${many ? 's' : ''}`];
  const list = many ? value || [] : value ? [value] : [];
  return list.map((v) => (typeof v === 'string' ? { value: v } : v));
}

export function select(e, block, surface, a11y) {
  const many = e.type.startsWith('multi_');
  const kind = kindOf(e.type);
  const key = keyOf(kind, e.type, many);
  const byID = kind === 'users' || kind === 'conversations';
  const label = (o) => {
    if (kind === 'users') return surface.env.memberName(o.value);
    if (kind === 'conversations') return surface.env.conversations().find((c) => c.id === o.value)?.label || o.value;
    return plain(o.text);
  };
  const combo = new Combo({
    many, max: e.max_selected_items, chosen: initialOf(e, kind, many), load: sources[kind](e, block, surface), render: label,
    note: (o) => (kind === 'users' ? surface.env.memberNote(o.value) : plain(o.description)),
    data: marks(e, block), placeholder: plain(e.placeholder) || t('choose'), searchDelay: kind === 'external' ? 250 : 0,
    clearable: block.type === 'input' && block.optional,
    attrs: {
      id: a11y.id, 'aria-describedby': a11y.describedBy, 'aria-required': a11y.required ? 'true' : null,
      'aria-label': a11y.labelledBy ? null : a11y.label || plain(e.placeholder) || t('choose'), autofocus: e.focus_on_load,
    },
    changed: async (chosen, before) => {
      if (!surface.dispatches(block)) return;
      if (!(await surface.act(block, e, state(), combo.node)) && e.confirm) combo.restore(before);
    },
  });
  const raw = (o) => (byID ? o.value : o);
  const state = () => ({ [key]: many ? combo.chosen.map(raw) : combo.chosen.length ? raw(combo.chosen[0]) : null });
  surface.field(block, e, {
    read: () => ({ type: e.type, ...state() }),
    restore: (kept) => {
      const list = (many ? kept[key] : [kept[key]]).filter(Boolean).map((v) => (typeof v === 'string' ? { value: v } : v));
      combo.restore(kind === 'static' ? list.filter((o) => stillOffered(e, o)) : list);
    },
  });
  return combo.node;
}

function stillOffered(e, option) {
  const all = [...(e.options || []), ...(e.option_groups || []).flatMap((g) => g.options || [])];
  return all.some((o) => o.value === option.value);
}

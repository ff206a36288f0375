// data_visualization blocks as a plain chart: a labelled bar for every figure. Figures stay
// readable as text, which also serves screen readers.

import { h } from './dom.js';
import { t } from './i18n.js';
import { plain } from './mrkdwn.js';

export function chart(block) {
  const source = block.chart || block;
  const series = source.series || [{ data: source.segments || source.data || [] }];
  const rows = series.flatMap((s) => (s.data || s.values || s.segments || []).map((d) => ({
    label: [plain(d.label ?? d.name ?? d.x ?? ''), series.length > 1 ? plain(s.name ?? s.label ?? '') : ''].filter(Boolean).join(' · '),
    value: Number(d.value ?? d.y ?? 0),
  })));
  if (!rows.length) return h('p', { class: 'unsupported', text: t('unsupported', { type: block.type }) });
  const top = Math.max(...rows.map((r) => Math.abs(r.value)), 1);
  const title = block.title || source.title;
  return h('figure', { class: 'chart' }, title && h('figcaption', { text: plain(title) }),
    h('dl', {}, rows.map((r) => {
      const bar = h('span', { class: 'chart-bar' });
      bar.style.width = `${(Math.abs(r.value) / top) * 100}%`;
      return h('div', {}, h('dt', { text: r.label }), h('dd', {}, h('span', { class: 'chart-track' }, bar), h('span', { class: 'chart-value', text: String(r.value) })));
    })));
}

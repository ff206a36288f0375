// Layout blocks. renderBlocks brings a container up to date with a list of blocks; interactive
// elements come from elements.js.

import { h, icon, reconcile, safeURL, uid } from './dom.js';
import { fileSize, t } from './i18n.js';
import { plain, textObject } from './mrkdwn.js';
import { markdown, richText, table } from './richtext.js';
import { element as renderElement } from './elements.js';
import { closeOrphans } from './combo.js';
import { chart } from './chart.js';

// renderBlocks reuses the nodes of blocks that did not change. Where the block in use is replaced,
// its successor gets the focus and the caret.
export function renderBlocks(container, blocks, surface) {
  const entries = (blocks || []).map((block, i) => {
    const withID = { ...block, block_id: block.block_id || `b${i}` };
    return {
      key: withID.block_id, sig: JSON.stringify(withID),
      make: () => { surface.forget(withID.block_id); return renderBlock(withID, surface); },
    };
  });
  const ids = new Set(entries.map((e) => e.key));
  for (const field of [...surface.fields.values()]) if (!ids.has(field.block)) surface.forget(field.block);
  const held = holdFocus(container);
  reconcile(container, entries);
  closeOrphans();
  held();
}

function holdFocus(container) {
  const active = document.activeElement;
  if (!container.contains(active) || !active.dataset.actionId) return () => {};
  const { actionId, blockId } = active.dataset;
  const caret = active.selectionStart;
  return () => {
    if (container.contains(document.activeElement)) return;
    const next = container.querySelector(`[data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]`);
    next?.focus({ preventScroll: true });
    if (typeof caret === 'number' && next?.setSelectionRange) next.setSelectionRange(caret, caret);
  };
}

function renderBlock(block, surface) {
  const make = kinds[block.type];
  const node = make ? make(block, surface) : h('p', { class: 'unsupported', text: t('unsupported', { type: block.type }) });
  node.classList.add('block', `block-${block.type}`);
  node.dataset.blockId = block.block_id;
  return node;
}

const kinds = {
  section, actions, input, context, image,
  header: (b) => h('h3', { class: 'block-heading' }, textObject(b.text)),
  divider: () => h('hr', {}),
  rich_text: (b) => richText(b),
  table: (b) => table(b),
  markdown: (b) => markdown(b.text),
  file: (b, s) => fileBlock(b, s),
  context_actions: (b, s) => actions(b, s),
  data_visualization: (b) => chart(b),
};

function section(b, surface) {
  const main = h('div', { class: 'section-main' });
  if (b.text) main.append(h('div', { class: 'section-text' }, textObject(b.text)));
  if (b.fields?.length) main.append(h('div', { class: 'section-fields' }, b.fields.map((f) => h('div', {}, textObject(f)))));
  const node = h('div', {}, main);
  if (b.accessory) {
    const label = plain(b.text).replace(/[*_~`]/g, '').slice(0, 60);
    node.append(h('div', { class: `section-accessory accessory-${b.accessory.type}` }, b.accessory.type === 'image' ? picture(b.accessory, 'thumb', surface) : renderElement(b.accessory, b, surface, { label })));
  }
  return node;
}

function actions(b, surface) {
  return h('div', {}, (b.elements || []).map((e) => renderElement(e, b, surface, {})));
}

function context(b, surface) {
  return h('div', {}, (b.elements || []).map((e) => (e.type === 'image' ? picture(e, 'tiny', surface) : h('span', {}, textObject(e)))));
}

// input shows label, element, hint and error; the error's node belongs to the surface.
function input(b, surface) {
  const labelID = uid('label');
  const hintID = uid('hint');
  const errorID = uid('error');
  const grouped = ['checkboxes', 'radio_buttons', 'file_input'].includes(b.element?.type);
  const label = [textObject(b.label), b.optional && h('span', { class: 'optional', text: t('optional') })];
  const error = h('p', { class: 'field-error', id: errorID, role: 'alert', hidden: true, data: { errorFor: b.block_id } });
  const controlID = uid('control');
  const control = renderElement(b.element || {}, b, surface, {
    id: controlID, labelledBy: labelID, describedBy: `${b.hint ? hintID + ' ' : ''}${errorID}`, required: !b.optional, label: plain(b.label),
  });
  const node = h('div', { class: 'field' },
    grouped ? h('span', { class: 'field-label', id: labelID }, label) : h('label', { class: 'field-label', id: labelID, for: controlID }, label),
    control,
    b.hint && h('p', { class: 'field-hint', id: hintID }, textObject(b.hint)),
    error);
  surface.errorNodes.set(b.block_id, { box: node, node: error });
  return node;
}

function image(b, surface) {
  return h('figure', {}, b.title && h('figcaption', {}, textObject(b.title)), picture(b, 'full', surface));
}

// picture loads only http(s) addresses and files of this workspace.
function picture(e, size, surface) {
  const own = e.slack_file?.id || /-(F[A-Z0-9]+)\//.exec(e.slack_file?.url || '')?.[1];
  const source = own ? surface.env.fileURL(own) : e.image_url || '';
  const url = source.startsWith('/') ? source : safeURL(source);
  const alt = e.alt_text || t('image');
  const broken = () => h('span', { class: `picture-missing ${size}`, role: 'img', 'aria-label': alt, title: t('imageFailed'), text: alt });
  if (!url || !/^(?:https?:|\/)/.test(url)) return broken();
  const img = h('img', { class: `picture ${size}`, src: url, alt, loading: 'lazy', referrerpolicy: 'no-referrer' });
  img.addEventListener('error', () => img.replaceWith(broken()));
  return img;
}

function fileBlock(b, surface) {
  const file = b.file || { id: b.external_id, name: b.external_id };
  return fileCard(file, surface.env.fileURL(file.id));
}

// fileCard is a file with its name, size and a download link.
export function fileCard(file, url) {
  const name = file.name || file.title || file.id;
  const kind = /\.([a-z0-9]{1,5})$/i.exec(name || '')?.[1] || '';
  return h('a', { class: 'file-card', href: url, download: name, data: { fileId: file.id }, 'aria-label': `${t('download')} ${name}` },
    h('span', { class: 'file-kind' }, kind ? kind.toUpperCase() : icon('file')),
    h('span', { class: 'file-text' }, h('span', { class: 'file-name', text: name }), h('span', { class: 'file-size', text: fileSize(file.size) })),
    icon('download'));
}

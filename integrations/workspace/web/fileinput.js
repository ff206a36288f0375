// file_input: files are stored as soon as they are chosen; the state carries their ids.

import { h, icon, uid } from './dom.js';
import { fileSize, t } from './i18n.js';
import { marks } from './surface.js';

export function fileInput(e, block, surface, a11y) {
  const max = e.max_files || 10;
  const types = (e.filetypes || []).map((x) => x.toLowerCase().replace(/^\./, ''));
  let files = [];
  const note = h('p', { class: 'field-error', id: uid('filenote'), role: 'alert', hidden: true });
  const list = h('ul', { class: 'file-list' });
  const picker = h('input', {
    type: 'file', class: 'visually-hidden', id: a11y.id, multiple: max > 1, accept: types.map((x) => '.' + x).join(',') || null, data: marks(e, block),
    'aria-labelledby': a11y.labelledBy, 'aria-describedby': a11y.describedBy, on: { change: () => { add(picker.files); picker.value = ''; } },
  });
  const zone = h('label', { class: 'drop-zone' }, picker, icon('attach'), h('span', {}, h('strong', { text: t('chooseFile') }), ' ', t('orDrop')),
    types.length ? h('span', { class: 'file-size', text: t('fileTypes', { types: types.map((x) => '.' + x).join(' ') }) }) : null);
  const node = h('div', { class: 'file-input' }, zone, list, note);

  const draw = () => list.replaceChildren(...files.map((f) => h('li', { class: f.id ? '' : 'pending', data: { fileId: f.id } }, icon('file'),
    h('span', { class: 'file-name', text: f.name }), h('span', { class: 'file-size', text: f.id ? fileSize(f.size) : t('uploading') }),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': t('remove', { name: f.name }), on: { click: () => { files = files.filter((x) => x !== f); draw(); picker.focus(); changed(); } } }, icon('close')))));
  const say = (text) => { note.textContent = text; note.hidden = !text; };
  const state = () => ({ files: files.filter((f) => f.id) });
  const changed = () => { if (surface.dispatches(block)) surface.act(block, e, state(), null); };

  async function add(chosen) {
    say('');
    for (const file of [...chosen]) {
      if (types.length && !types.some((x) => file.name.toLowerCase().endsWith('.' + x))) { say(t('badType', { name: file.name, types: types.join(' ') })); continue; }
      if (files.length >= max) {
        if (max === 1) files = [];
        else { say(t('tooManyFiles', { max })); break; }
      }
      const entry = { id: null, name: file.name, size: file.size, mimetype: file.type };
      files.push(entry);
      draw();
      try {
        entry.id = await surface.env.upload(file);
      } catch (error) {
        files = files.filter((x) => x !== entry);
        say(`${t('uploadFailed', { name: file.name })} ${error.code === 'network' ? '' : `(${error.code || ''})`}`);
      }
      draw();
    }
    changed();
  }

  for (const type of ['dragenter', 'dragover']) zone.addEventListener(type, (ev) => { ev.preventDefault(); ev.stopPropagation(); zone.classList.add('dropping'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('dropping'));
  zone.addEventListener('drop', (ev) => { ev.preventDefault(); ev.stopPropagation(); zone.classList.remove('dropping'); add(ev.dataTransfer.files); });
  surface.field(block, e, {
    read: () => ({ type: e.type, ...state() }),
    restore: (kept) => { files = [...(kept.files || [])]; draw(); },
    problem: () => (files.some((f) => !f.id) ? t('stillUploading') : null),
  });
  return node;
}

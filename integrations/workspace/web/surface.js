// A surface is one place that blocks are shown in: a message, a modal or the Home tab. It owns
// the values that were entered there, in Slack's state form, and sends the actions. A field whose
// block_id and action_id survive an update keeps what was entered.

import { t } from './i18n.js';
import { confirmDialog, toastFailure } from './popup.js';

export class Surface {
  // place is {channel, ts} or {view_id}; env is {as(), members, conversations(), post, options}.
  constructor(kind, place, env) {
    this.kind = kind;
    this.place = place;
    this.env = env;
    this.fields = new Map();
    this.kept = {};
    this.errorNodes = new Map();
    this.unsent = new Map();
  }

  // flush sends what was typed a moment ago and still waits to be told to the app.
  async flush() {
    for (const send of [...this.unsent.values()]) await send();
  }

  // forget drops a block's fields before it is rendered anew; their values wait in kept.
  forget(blockID) {
    for (const [key, field] of this.fields) {
      if (field.block !== blockID) continue;
      const value = field.read();
      if (value) (this.kept[blockID] ??= {})[field.action] = value;
      this.fields.delete(key);
    }
    this.errorNodes.delete(blockID);
  }

  // field registers an element that holds a value: read gives its state, restore takes one
  // back, problem gives the reason why it may not be submitted, or null.
  field(block, element, { read, restore, problem }) {
    const action = element.action_id || element.type;
    this.fields.set(`${block.block_id}\u0000${action}`, { block: block.block_id, action, read, problem, optional: block.type !== 'input' || block.optional });
    const kept = this.kept[block.block_id]?.[action];
    if (kept && kept.type === element.type) restore(kept);
  }

  values() {
    const values = {};
    for (const field of this.fields.values()) (values[field.block] ??= {})[field.action] = field.read();
    return values;
  }

  // check returns what Slack's client refuses before it asks the app: {block_id: message}.
  check() {
    const errors = {};
    for (const field of this.fields.values()) {
      const problem = field.problem?.() || (!field.optional && isEmpty(field.read()) ? t('required') : null);
      if (problem && !errors[field.block]) errors[field.block] = problem;
    }
    return errors;
  }

  // showErrors puts each message under its field and returns the first field in error.
  showErrors(errors) {
    let first = null;
    for (const [blockID, { box, node }] of this.errorNodes) {
      const message = errors[blockID] || '';
      node.textContent = message;
      node.hidden = !message;
      box.classList.toggle('has-error', Boolean(message));
      for (const control of box.querySelectorAll('[data-action-id]')) {
        if (message) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
      }
      if (message && (!first || first.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_PRECEDING)) first = box;
    }
    return first;
  }

  // act sends one action after its confirmation, if it has one. node shows that it is under way.
  async act(block, element, value, node) {
    if (element.confirm && !(await confirmDialog(element.confirm))) return false;
    if (node?.getAttribute('aria-busy') === 'true') return false;
    node?.setAttribute('aria-busy', 'true');
    try {
      const answer = await this.env.post('action', {
        as: this.env.as(), ...this.place, block_id: block.block_id, action_id: element.action_id,
        value: { type: element.type, ...value }, state: { values: this.values() },
      });
      if (answer?.ok === false) throw Object.assign(new Error(answer.error), { code: answer.error || 'action_failed' });
      this.env.afterAction(this);
      return true;
    } catch (error) {
      toastFailure(error);
      return false;
    } finally {
      node?.removeAttribute('aria-busy');
    }
  }

  // dispatches tells whether a change of this element is sent at once.
  dispatches(block) {
    return block.type !== 'input' || Boolean(block.dispatch_action);
  }
}

// marks are the attributes by which a browser test finds an element.
export function marks(e, block) {
  return { actionId: e.action_id || '', blockId: block.block_id, type: e.type };
}

function isEmpty(state) {
  if (!state) return true;
  const { type, ...rest } = state;
  return Object.values(rest).every((v) => v === null || v === undefined || v === '' || (Array.isArray(v) && v.length === 0));
}

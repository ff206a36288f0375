// Building and updating DOM nodes. Text only ever enters the page through text nodes and
// attributes set here; nothing in this page parses markup.

// h makes an element. Props: class, text, data (dataset), on (listeners), and any attribute;
// null, undefined and false leave an attribute out, true sets it empty.
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'text') node.textContent = value;
    else if (name === 'data') setData(node, value);
    else if (name === 'on') for (const [type, fn] of Object.entries(value)) node.addEventListener(type, fn);
    else if (name === 'value') node.value = value;
    else if (name === 'checked' || name === 'disabled') node[name] = Boolean(value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

function setData(node, data) {
  for (const [key, value] of Object.entries(data)) {
    if (value !== null && value !== undefined) node.dataset[key] = value;
  }
}

const SVG = 'http://www.w3.org/2000/svg';
const icons = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  reply: 'M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4L14.5 7.3',
  send: 'M4 12l16-8-6 16-3-7z',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  down: 'M6 9l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  alert: 'M12 4l9 16H3zM12 10v4M12 17h.01',
};

// icon draws one of the line icons; they are decoration, the button beside carries the label.
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon icon-' + name);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

const made = new WeakMap();

// reconcile brings parent's children to the given entries {key, sig, make}. A child whose key and
// sig are unchanged stays the same node in the same place, so focus, caret, scroll and open menus
// survive a live update.
export function reconcile(parent, entries) {
  const old = new Map();
  for (const child of parent.children) {
    const mark = made.get(child);
    if (mark) old.set(mark.key, child);
  }
  const wanted = entries.map(({ key, sig, make }) => {
    const have = old.get(key);
    if (have && made.get(have).sig === sig) return have;
    const node = make(have);
    made.set(node, { key, sig });
    return node;
  });
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, i) => {
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] || null);
  });
}

let serial = 0;

// uid returns an id that is unique in the page, for aria references.
export function uid(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}

// safeURL returns url when a click on it can do no harm, else null.
export function safeURL(url) {
  try {
    const parsed = new URL(url);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

// debounce calls fn once, ms after the last call.
export function debounce(fn, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), ms);
  };
}

// latest runs fn one call at a time; a call during a run causes exactly one more run after it.
export function latest(fn) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await fn();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => { running = null; });
    return running;
  };
}

// Elements, and the few parts that the sheet is made of. Text is always text: nothing is parsed as HTML.

import { t } from './words.js';

/** @typedef {Node | string | number | null | undefined | boolean | any[]} Part */

/**
 * An element. Attributes as they are written; on… are listeners; class may be a list; booleans set or leave out.
 * @param {string} name @param {Record<string, any> | null} [attributes] @param {...Part} parts
 * @returns {any}
 */
export function h(name, attributes, ...parts) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') /** @type {any} */ (element).value = value;
    else if (key === 'class' && Array.isArray(value)) element.className = value.filter(Boolean).join(' ');
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  add(element, parts);
  return element;
}

/** @param {Element} element @param {Part[]} parts */
function add(element, parts) {
  for (const part of parts) {
    if (part === null || part === undefined || typeof part === 'boolean' || part === '') continue;
    if (Array.isArray(part)) add(element, part);
    else element.append(part instanceof Node ? part : String(part));
  }
}

/** Puts other parts in the place of what stands in an element. @param {Element} element @param {...Part} parts */
export function fill(element, ...parts) {
  element.replaceChildren();
  add(element, parts);
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of icons.svg. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** @param {'stop' | 'warn' | 'info' | 'ok'} kind @param {string} drawing @param {Part} text @param {...Part} more */
export const banner = (kind, drawing, text, ...more) =>
  h('div', { class: `banner banner-${kind}`, role: kind === 'stop' ? 'alert' : 'status' }, icon(drawing), h('p', { class: 'banner-text' }, text), more);

/** @param {string} kind @param {string | null} drawing @param {Part} text */
export const chip = (kind, drawing, text) => h('span', { class: kind ? `chip chip-${kind}` : 'chip' }, drawing && icon(drawing), text);

/** @param {Part} text @param {() => void} act @param {{kind?: string, drawing?: string, attributes?: Record<string, any>}} [how] */
export const button = (text, act, how = {}) =>
  h('button', { type: 'button', class: ['button', how.kind && `button-${how.kind}`], onclick: act, ...how.attributes }, how.drawing && icon(how.drawing), text);

let dialogs = 0;

/**
 * A dialog as the browser has it: the page behind is inert, Escape closes, the focus goes back.
 * @param {{title: string, note?: string, narrow?: boolean, body: Part, foot: (close: () => void) => Part, submit?: (close: () => unknown) => unknown, stay?: boolean}} what
 */
export function dialog(what) {
  const id = `dialog-${++dialogs}`;
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const close = () => element.close();
  const element = h('dialog', { class: ['dialog', what.narrow && 'is-narrow'], 'aria-labelledby': `${id}-t` },
    h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); what.submit?.(close); } },
      h('header', { class: 'dialog-head' },
        h('h2', { class: 'dialog-title', id: `${id}-t` }, what.title, what.note && h('small', null, what.note)),
        !what.stay && h('button', { type: 'button', class: 'button button-icon', 'aria-label': t('close'), onclick: close }, icon('close'))),
      h('div', { class: 'dialog-body' }, what.body),
      h('footer', { class: 'dialog-foot' }, what.foot(close))));
  if (what.stay) element.addEventListener('cancel', (/** @type {Event} */ e) => e.preventDefault());
  element.addEventListener('close', () => { element.remove(); if (opener?.isConnected) opener.focus({ preventScroll: true }); });
  document.body.append(element);
  element.showModal();
  element.querySelector('[autofocus]')?.focus();
  return element;
}

/** Asks once more before something is thrown away. @param {string} title @param {string} text @param {string} yes @returns {Promise<boolean>} */
export const confirmed = (title, text, yes) => new Promise((done) => {
  let answer = false;
  dialog({
    title, narrow: true, body: h('p', null, text),
    foot: (close) => [button(t('cancel'), close), button(yes, () => { answer = true; close(); }, { kind: 'stop' })],
  }).addEventListener('close', () => done(answer));
});

/** A field with its label and, when something is wrong, the sentence that says so. @param {string} id @param {string} label @param {HTMLElement} control @param {string} [problem] @param {string} [hint] */
export const field = (id, label, control, problem, hint) => {
  control.id = id;
  if (problem) control.setAttribute('aria-invalid', 'true');
  if (problem || hint) control.setAttribute('aria-describedby', `${id}-e`);
  return h('div', { class: 'field' }, h('label', { class: 'field-label', for: id }, label), control,
    problem ? h('p', { class: 'field-error', id: `${id}-e` }, icon('alert'), problem) : hint && h('p', { class: 'field-hint', id: `${id}-e` }, hint));
};

// The number pad. It writes into the figure that has the focus, which stays there.

import { button, h, icon } from './html.js';
import { t } from './words.js';

const phone = window.matchMedia('(width < 700px)');

/** @param {{root: HTMLElement, skip: ((why: string) => void) | null}} sheet */
export function makePad(sheet) {
  /** @type {HTMLInputElement | null} */
  let active = null;
  const part = (/** @type {string} */ name) => h('span', { class: name });
  const parts = { name: part('pad-name'), before: part(''), range: part(''), value: part(''), unit: part('unit') };
  const key = (/** @type {string} */ k, /** @type {any} */ text, /** @type {string} */ label) =>
    h('button', { type: 'button', class: k === 'next' ? 'key key-next' : 'key', 'data-key': k, 'aria-label': label || undefined }, text);
  const root = h('aside', { class: 'pad', 'aria-label': t('pad.label'), 'data-pad': true },
    h('div', { class: 'pad-head' }, parts.name, h('span', { class: 'pad-before' }, parts.before, ' ', parts.range)),
    h('div', { class: 'pad-display', 'aria-hidden': 'true' }, parts.value, parts.unit),
    h('div', { class: 'pad-keys' }, ['7', '8', '9', '4', '5', '6', '1', '2', '3'].map((k) => key(k, k, '')), key('.', '.', t('pad.point')), key('0', '0', ''), key('next', t('pad.next'), '')),
    h('div', { class: 'pad-alt' },
      h('button', { type: 'button', class: 'button', 'data-key': 'back', 'aria-label': t('pad.back') }, icon('backspace')),
      sheet.skip && [button(t('pad.could_not'), () => sheet.skip?.('couldNotMeasure')), button(t('pad.declined'), () => sheet.skip?.('declined'))]));

  const figures = () => /** @type {HTMLInputElement[]} */ ([...sheet.root.querySelectorAll('.tile-input')]);
  const tileOf = () => /** @type {HTMLElement | null} */ (active?.closest('.tile') ?? null);

  function show() {
    const tile = tileOf();
    const texts = { name: active?.getAttribute('aria-label') || tile?.dataset.name, before: tile?.dataset.before, range: tile?.dataset.range, value: active?.value, unit: tile?.dataset.unit };
    for (const [name, text] of Object.entries(texts)) /** @type {any} */ (parts)[name].textContent = text ?? '';
    const held = document.activeElement;
    root.hidden = phone.matches && !(held?.classList.contains('tile-input') || root.contains(held));
    for (const other of sheet.root.querySelectorAll('.tile.is-active')) if (other !== tile) other.classList.remove('is-active');
    tile?.classList.add('is-active');
  }

  function next() {
    const all = figures();
    const following = active && all[all.indexOf(active) + 1];
    if (following) {
      following.focus();
      return;
    }
    // After the last figure the pad makes way, and the words come next.
    const after = [...sheet.root.querySelectorAll('main input, main textarea, main select, main button')].find((x) =>
      !x.classList.contains('tile-input') && /** @type {HTMLElement} */ (x).offsetParent && active && active.compareDocumentPosition(x) & Node.DOCUMENT_POSITION_FOLLOWING);
    /** @type {HTMLElement | undefined} */ (after)?.focus();
    show();
  }

  function press(/** @type {string} */ k) {
    if (k === 'next') { next(); return; }
    if (!active) return;
    const whole = active.selectionStart === 0 && active.selectionEnd === active.value.length;
    const value = whole ? '' : active.value;
    if (k === 'back') active.value = whole ? '' : value.slice(0, -1);
    else if (k === '.' && value.includes('.')) return;
    else if (value.length < active.maxLength) active.value = value + k;
    active.setSelectionRange(active.value.length, active.value.length);
    active.dispatchEvent(new Event('input', { bubbles: true }));
  }

  root.addEventListener('click', (/** @type {any} */ e) => { const k = e.target.closest('[data-key]')?.dataset.key; if (k) press(k); });
  // A tap on the pad leaves the focus where it is.
  for (const event of ['pointerdown', 'mousedown']) root.addEventListener(event, (/** @type {any} */ e) => e.target.closest('button') && e.preventDefault());
  sheet.root.addEventListener('focusin', (/** @type {any} */ e) => {
    if (!e.target.classList.contains('tile-input')) return;
    active = e.target;
    e.target.select();
    show();
    if (phone.matches) e.target.closest('.tile').scrollIntoView({ block: 'nearest' });
  });
  sheet.root.addEventListener('focusout', () => queueMicrotask(show));
  sheet.root.addEventListener('input', (e) => e.target === active && show());
  sheet.root.addEventListener('keydown', (/** @type {any} */ e) => {
    if (e.key === 'Enter' && e.target.classList.contains('tile-input') && !e.isComposing) {
      e.preventDefault();
      next();
    }
  });
  phone.addEventListener('change', show);
  show();
  return { root, show, active: () => active, release: () => { active = null; show(); } };
}

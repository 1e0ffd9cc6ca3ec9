// Photographs of wounds on the sheet: taken, looked at, named, thrown away again.

import { fieldOfPhoto, fieldOfPlace, photosIn } from './draft.js';
import { banner, confirmed, fill, h, icon } from './html.js';
import { able, bytesOf, MOST, take } from './photos.js';
import { clock, t } from './words.js';

/** @param {import('./fields.js').Form} form @param {string} personId @param {() => string} now the instant at which one is taken */
export function photoField(form, personId, now) {
  if (!able()) return null;
  const list = h('div', { class: 'photos' });
  const said = h('div');
  const input = h('input', { type: 'file', accept: 'image/*', capture: 'environment', id: 'f-photo', class: 'photo-input', 'aria-describedby': 'photo-n', onchange: () => taken() });
  const button = h('label', { class: 'button photo-take', for: 'f-photo' }, icon('photo'), t('photo.take'), input);
  const note = h('span', { class: 'page-note', id: 'photo-n' });
  /** @type {string[]} */
  let shown = [];

  async function taken() {
    const file = input.files?.[0];
    input.value = '';
    if (!file || input.disabled) return;
    const at = now();
    input.disabled = true;
    button.setAttribute('aria-busy', 'true');
    fill(said);
    try {
      const made = await take(personId, file, at);
      if (made) form.put(fieldOfPhoto(made.photo.photoId), JSON.stringify(made.photo));
      else fill(said, banner('stop', 'alert', t('photo.unreadable')));
    } catch (error) {
      fill(said, banner('stop', 'alert', t(/** @type {any} */ (error)?.name === 'QuotaExceededError' ? 'photo.no_room' : 'photo.unreadable')));
    }
    button.removeAttribute('aria-busy');
    show();
    if (!input.disabled) input.focus({ preventScroll: true });
  }

  /** @param {import('./draft.js').Photo} photo @param {number} number */
  async function picture(photo, number) {
    const image = h('img', { alt: t('photo.alt', number), width: 120, height: 90 });
    const figure = h('figure', { class: 'photo' }, image, h('div', { class: 'field' },
      h('label', { class: 'field-label', for: `f-place-${photo.photoId}` }, t('photo.place', number), h('small', null, ` ${clock(photo.takenAt)}`)),
      h('input', { class: 'input', id: `f-place-${photo.photoId}`, 'data-field': fieldOfPlace(photo.photoId), maxlength: 100, autocomplete: 'off', placeholder: t('photo.place_hint'), value: photo.place ?? '' })),
    h('button', { type: 'button', class: 'button button-quiet button-icon', 'aria-label': t('photo.remove', number), onclick: async () => {
      if (!(await confirmed(t('discard.title'), t('photo.remove_text'), t('discard.yes')))) return;
      form.put(fieldOfPhoto(photo.photoId), null);
      form.put(fieldOfPlace(photo.photoId), null);
      show();
      input.focus();
    } }, icon('trash')));
    const bytes = await bytesOf(personId, photo.photoId).catch(() => null);
    const url = bytes ? URL.createObjectURL(new Blob([bytes], { type: photo.type })) : null;
    if (url) {
      image.onload = () => URL.revokeObjectURL(url);
      image.src = url;
    } else image.replaceWith(h('p', { class: 'photo-missing' }, t('photo.lost')));
    return figure;
  }

  async function show() {
    const photos = photosIn(form.fields());
    input.disabled = photos.length >= MOST;
    fill(note, input.disabled ? t('photo.most', MOST) : t('photo.how'));
    const ids = photos.map((p) => p.photoId);
    if (ids.join() === shown.join()) return;
    shown = ids;
    const figures = await Promise.all(photos.map((p, i) => picture(p, i + 1)));
    if (ids === shown) fill(list, figures);
  }

  show();
  return h('div', { class: 'field-row is-top', role: 'group', 'aria-labelledby': 'photo-l' }, h('span', { class: 'field-label', id: 'photo-l' }, t('photo.label')),
    h('div', { class: 'stack' }, said, list, h('div', { class: 'cluster' }, button, note)));
}

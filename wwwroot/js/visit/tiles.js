// The tiles: what a sign was before, what is typed, and in words what is to be said of it.

import { button, fill, h } from './html.js';
import { check, numberOf, rangeText, sentences, weightChange } from './limits.js';
import { dayOf, number, ruleOf, shortDay, t, wordOf } from './words.js';
import { skipped } from './draft.js';

/** @typedef {{key: string, signs: string[]}} Tile */

const one = (/** @type {string} */ sign) => ({ key: sign, signs: [sign] });
const pressure = { key: 'pressure', signs: ['systolic', 'diastolic'] };
const kin = (/** @type {string} */ profession) => profession === 'family' || profession === 'patient';

/** The tiles that always stand on a sheet. A helper measures temperature, automatic pressure with its pulse, and SpO₂. @param {string} profession @returns {Tile[]} */
export const always = (profession) => profession === 'helper' ? [one('temperature'), pressure, one('pulse'), one('spO2')]
  : kin(profession) ? [pressure, ...['pulse', 'temperature', 'weight', 'glucose', 'spO2'].map(one)]
    : [one('temperature'), one('pulse'), one('respiration'), pressure, one('spO2'), one('weight')];

/** The tiles that are added when needed. @param {string} profession @returns {Tile[]} */
export const more = (profession) => (profession === 'helper' ? ['oxygenFlow', 'weight', 'intake', 'output', 'stool']
  : kin(profession) ? ['intake', 'stool'] : ['oxygenFlow', 'glucose', 'pain', 'intake', 'output', 'stool', 'height']).map(one);

/** Whether anything is typed or said of a tile. @param {Tile} tile @param {Record<string, string>} fields */
export const isUsed = (tile, fields) => tile.signs.some((s) => fields[s] || skipped(fields, s)) || (tile.key === 'glucose' && Boolean(fields.glucoseMeter));

/** @param {Tile} tile */
export const nameOf = (tile) => (tile.signs.length > 1 ? t('visit.pressure') : ruleOf(tile.signs[0]).name);

/** The readings of a sign, newest first. @param {any[]} readings @param {string} sign */
const of = (readings, sign) => readings.filter((r) => r.sign === sign).reverse();

/** Values before, newest first; the two pressures of one measurement together. @param {Tile} tile @param {any[]} readings @param {number} count */
function earlier(tile, readings, count) {
  const lower = tile.signs.length > 1 ? of(readings, tile.signs[1]) : [];
  return of(readings, tile.signs[0]).slice(0, count).map((r) => {
    const low = lower.find((l) => l.sourceId === r.sourceId);
    return { when: shortDay(dayOf(r.measuredAt)), text: number(r.value) + (tile.signs.length > 1 ? `/${low ? number(low.value) : '—'}` : '') };
  });
}

/**
 * Draws a tile. It is drawn once; update says anew what is to be said without touching the field that is typed into.
 * @param {Tile} tile
 * @param {{fields: () => Record<string, string>, person: any, readings: any[], day: string, problems: Map<string, string>,
 *   confirm: (sign: string) => void, unskip: (tile: Tile) => void}} sheet
 */
export function draw(tile, sheet) {
  const name = nameOf(tile);
  const unit = ruleOf(tile.signs[0]).unit;
  const before = earlier(tile, sheet.readings, 3);
  const id = `sign-${tile.signs[0]}`;
  const label = h('label', { class: 'tile-label', for: id }, name);
  const why = h('span', { class: 'tile-why', id: `${id}-why`, role: 'status' });
  const extra = h('span', { class: 'tile-extra' });
  const inputs = tile.signs.map((sign) => h('input', {
    class: 'tile-input', id: `sign-${sign}`, 'data-field': sign, type: 'text', inputmode: 'none', autocomplete: 'off', placeholder: '—', maxlength: 7,
    'aria-label': tile.signs.length > 1 && ruleOf(sign).name, 'aria-describedby': `${id}-b ${id}-why`, value: sheet.fields()[sign] ?? '',
  }));
  const entry = h('span', { class: 'tile-entry' }, inputs.flatMap((input, i) => (i ? [h('span', { class: 'tile-slash', 'aria-hidden': 'true' }, '/'), input] : [input])),
    h('span', { class: 'tile-unit' }, unit));
  const root = h('div', {
    class: 'tile', 'data-tile': tile.key, 'data-name': name, 'data-unit': unit, 'data-before': before.map((b) => `${b.when} ${b.text}`).join('・'),
    'data-range': tile.signs.map((s) => rangeText(s, sheet.person.ranges, sheet.day)).find(Boolean) ?? '',
  });
  const beforeText = h('span', { class: 'tile-before', id: `${id}-b` }, before[0] && t('visit.before', before[0].text));
  let shown = '';

  function update() {
    const fields = sheet.fields();
    const left = tile.signs.map((s) => skipped(fields, s)).find(Boolean);
    const mode = left ? 'skipped' : 'open';
    if (mode !== shown || left) {
      shown = mode;
      if (left) {
        fill(root, h('span', { class: 'tile-label-plain' }, name), beforeText,
          h('span', { class: 'tile-skip' }, wordOf('notMeasuredWhy', left.why), left.reason && `・${left.reason}`),
          button(t('visit.unskip'), () => sheet.unskip(tile), { drawing: 'undo', attributes: { class: 'button tile-button' } }));
        root.className = 'tile';
        return;
      }
      fill(root, label, beforeText, entry, why, extra);
    }
    const checks = tile.signs.map((s) => check(s, fields, { ranges: sheet.person.ranges, birthDate: sheet.person.birthDate, day: sheet.day }));
    const lines = [];
    tile.signs.forEach((sign, i) => {
      const problem = sheet.problems.get(sign);
      if (problem && !checks[i].fault && !checks[i].lookAgain) lines.push(problem);
      lines.push(...sentences(checks[i]));
    });
    if (tile.key === 'weight') lines.push(weightChange(checks[0].value, sheet.readings, sheet.day));
    const text = lines.filter(Boolean);
    if (why.textContent !== text.join('')) fill(why, text.map((line) => h('span', { class: 'tile-line' }, line)));
    const unusual = checks.find((c) => c.lookAgain);
    const confirming = extra.firstChild?.dataset?.sign;
    if (unusual?.sign !== confirming) {
      fill(extra, unusual && button(t('visit.looked_again'), () => sheet.confirm(unusual.sign), { drawing: 'check', attributes: { class: 'button tile-button', 'data-sign': unusual.sign } }));
    }
    tile.signs.forEach((sign, i) => inputs[i].toggleAttribute('aria-invalid', false));
    tile.signs.forEach((sign, i) => { if (checks[i].fault || sheet.problems.get(sign)) inputs[i].setAttribute('aria-invalid', 'true'); });
    const flow = numberOf(fields.oxygenFlow);
    if (tile.key === 'spO2') label.textContent = flow === null ? name : t('visit.spo2_on', name, number(flow));
    root.classList.toggle('is-refused', checks.some((c) => c.fault) || tile.signs.some((s) => sheet.problems.get(s)));
    root.classList.toggle('is-stop', checks.some((c) => c.alert?.byPhysician));
    root.classList.toggle('is-warn', !checks.some((c) => c.alert?.byPhysician) && checks.some((c) => c.alert || c.lookAgain));
  }
  update();
  return { tile, root, inputs, update };
}

/** The signs whose figures cannot be taken, or have to be looked at again. @param {Tile[]} tiles @param {Record<string, string>} fields @param {any} person @param {string} day */
export const faults = (tiles, fields, person, day) => tiles.flatMap((tile) => tile.signs).filter((s) => !skipped(fields, s))
  .map((s) => check(s, fields, { ranges: person.ranges, birthDate: person.birthDate, day })).filter((c) => c.fault || c.lookAgain).map((c) => c.sign);

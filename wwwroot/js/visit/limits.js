// What is to be said of a figure while it is typed. The limits come from the server's one table; nothing is written down here again.

import { dayOf, ruleOf, t, number, years, language } from './words.js';

/**
 * @typedef {{sign: string, low?: number, high?: number, from: string, until?: string}} Range
 * @typedef {{sign: string, measuredAt: string, value: number, oxygen?: number, sourceId: string}} Reading
 * @typedef {{low?: number, high?: number, byPhysician: boolean}} Held
 * @typedef {{sign: string, value: number | null, fault: null | 'number' | 'impossible' | 'fine' | 'reversed', lookAgain: boolean,
 *   alert: null | {bound: number, above: boolean, byPhysician: boolean}}} Check
 */

/** A number of 0 and more, full-width digits included; null when it is none. @param {string | undefined} text */
export function numberOf(text) {
  const plain = (text ?? '').normalize('NFKC').trim();
  return /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** Whether a value is a whole number of steps, counted without the errors of binary fractions. @param {number} value @param {number} step */
export function onStep(value, step) {
  const times = Math.round(value / step);
  return Math.abs(value - times * step) < 1e-9;
}

const inside = (/** @type {number} */ value, /** @type {{low?: number, high?: number}} */ limits) =>
  !(limits.low !== undefined && value < limits.low) && !(limits.high !== undefined && value > limits.high);

/**
 * The range that readings of the day are held against: the physician's, else for adults the default.
 * @param {string} sign @param {Range[]} ranges @param {string | undefined} birthDate @param {string} day
 * @returns {Held | null}
 */
export function heldAgainst(sign, ranges, birthDate, day) {
  const own = ranges.filter((r) => r.sign === sign && r.from <= day && !(r.until && r.until < day)).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (own) return { low: own.low, high: own.high, byPhysician: true };
  const quiet = ruleOf(sign).quiet;
  return quiet && (!birthDate || years(birthDate, day) >= language().adultAge) ? { ...quiet, byPhysician: false } : null;
}

/**
 * @param {string} sign @param {Record<string, string>} fields as typed
 * @param {{ranges: Range[], birthDate?: string, day: string}} person
 * @returns {Check}
 */
export function check(sign, fields, person) {
  const nothing = /** @type {Check} */ ({ sign, value: null, fault: null, lookAgain: false, alert: null });
  const text = fields[sign];
  if (!text?.trim()) return nothing;
  const rule = ruleOf(sign);
  const value = numberOf(text);
  if (value === null) return { ...nothing, fault: 'number' };
  if (!inside(value, rule.possible)) return { ...nothing, value, fault: 'impossible' };
  if (!onStep(value, rule.step)) return { ...nothing, value, fault: 'fine' };
  const upper = numberOf(fields.systolic);
  if (sign === 'diastolic' && upper !== null && upper <= value) return { ...nothing, value, fault: 'reversed' };
  const held = heldAgainst(sign, person.ranges, person.birthDate, person.day);
  const low = held?.low !== undefined && value < held.low;
  const high = held?.high !== undefined && value > held.high;
  return {
    sign, value, fault: null,
    lookAgain: Boolean(rule.usual && !inside(value, rule.usual) && !fields[`confirmed.${sign}`]),
    alert: held && (low || high) ? { bound: Number(low ? held.low : held.high), above: high, byPhysician: held.byPhysician } : null,
  };
}

/** What is said of a check, a sentence each. @param {Check} check */
export function sentences(check) {
  const rule = ruleOf(check.sign);
  const said = [];
  if (check.fault === 'number') said.push(t('sign.not_a_number'));
  if (check.fault === 'impossible') said.push(t('sign.impossible', number(rule.possible.low ?? 0), number(rule.possible.high ?? 0), rule.unit));
  if (check.fault === 'fine') said.push(t('sign.too_fine', number(rule.step), rule.unit));
  if (check.fault === 'reversed') said.push(t('sign.pressure_reversed'));
  if (check.alert) {
    said.push(t(`alert.${check.alert.byPhysician ? 'physician' : 'adult'}.${check.alert.above ? 'above' : 'below'}`, number(check.alert.bound)));
  }
  if (check.lookAgain) said.push(t('sign.look_again'));
  return said;
}

/** How far the weight has moved within seven days; 5 % and more is said to be looked at again. @param {number | null} now @param {Reading[]} readings oldest first @param {string} day */
export function weightChange(now, readings, day) {
  if (now === null) return null;
  const week = new Date(new Date(`${day}T00:00:00Z`).getTime() - 7 * 86_400_000).toISOString().slice(0, 10);
  const then = readings.find((r) => r.sign === 'weight' && dayOf(r.measuredAt) >= week);
  if (!then || then.value === now) return null;
  const by = now - then.value;
  const text = t('visit.weight_change', (by > 0 ? '▲ +' : '▼ −') + number(Math.round(Math.abs(by) * 10) / 10), ruleOf('weight').unit);
  return Math.abs(by) * 20 >= then.value ? `${text} ${t('sign.look_again')}` : text;
}

/** The level that a value of the Japan Coma Scale suggests; 'ask' for 1–3, where it is first asked whether it is different from usual. @param {number} jcs */
export function suggestionOf(jcs) {
  if (jcs === 0) return 'alert';
  if (jcs <= 3) return 'ask';
  if (jcs <= 20) return 'voice';
  return jcs <= 200 ? 'pain' : 'unresponsive';
}

/** The physician's range in words; null when there is none on the day. @param {string} sign @param {Range[]} ranges @param {string} day */
export function rangeText(sign, ranges, day) {
  const held = heldAgainst(sign, ranges, undefined, day);
  if (!held?.byPhysician) return null;
  if (held.low !== undefined && held.high !== undefined) return t('range.both', number(held.low), number(held.high));
  return held.low !== undefined ? t('range.low', number(held.low)) : t('range.high', number(Number(held.high)));
}

// Words of the reader's language, and numbers and times as people at work read them: Japan's clock, the reader's language.

/**
 * @typedef {{low?: number, high?: number}} Limits
 * @typedef {{sign: string, name: string, unit: string, step: number, possible: Limits, usual?: Limits, quiet?: Limits}} SignRule
 * @typedef {{value: string, word: string}} Choice
 * @typedef {{language: string, words: Record<string, string>, choices: Record<string, Choice[]>, signs: SignRule[], adultAge: number,
 *   longestVisitHours: number, clockToleranceSeconds: number, jcs: number[]}} Language
 */

/** @type {Language} */
let current = { language: 'ja', words: {}, choices: {}, signs: [], adultAge: 16, longestVisitHours: 24, clockToleranceSeconds: 300, jcs: [] };

/** Takes the language that everything is said in from now on. @param {Language} language */
export function speak(language) {
  current = language;
}

export const language = () => current;

/** A sentence, its places filled; the key itself when there is none. @param {string} key @param {...(string | number)} values */
export function t(key, ...values) {
  const sentence = current.words[key] ?? key;
  return sentence.replace(/\{(\d)\}/g, (whole, place) => (values[Number(place)] ?? whole).toString());
}

/** Whether there is such a sentence. @param {string} key */
export const knows = (key) => key in current.words;

/** @param {string} sign */
export const ruleOf = (sign) => /** @type {SignRule} */ (current.signs.find((s) => s.sign === sign));

/** @param {string} kind @param {string | undefined} value */
export const wordOf = (kind, value) => current.choices[kind]?.find((c) => c.value === value)?.word ?? value ?? '';

/** 36.8, 1,200: with the digits that were measured. @param {number} value */
export const number = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 4 });

const pad = (/** @type {number} */ n) => String(n).padStart(2, '0');

/** Japan keeps one time all the year. @param {number | string | Date} instant */
function japan(instant) {
  return new Date(new Date(instant).getTime() + 9 * 3_600_000);
}

/** The day in Japan, 2026-11-22. @param {number | string | Date} instant */
export const dayOf = (instant) => japan(instant).toISOString().slice(0, 10);

/** As <input type=datetime-local> writes it, on Japan's clock to the minute. @param {number | string | Date} instant */
export const localOf = (instant) => japan(instant).toISOString().slice(0, 16);

/** The instant that such a field wrote, as it is sent; null when it is none. @param {string | undefined} text */
export function instantOf(text) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '')) return null;
  const time = new Date(`${/** @type {string} */ (text).slice(0, 16)}:00+09:00`);
  return Number.isNaN(time.getTime()) ? null : `${/** @type {string} */ (text).slice(0, 16)}:00+09:00`;
}

/** 14:36 @param {number | string | Date} instant */
export const clock = (instant) => japan(instant).toISOString().slice(11, 16);

/** 14:36:12 @param {number | string | Date} instant */
export const seconds = (instant) => japan(instant).toISOString().slice(11, 19);

/** 11月22日(日), or Sun 22 Nov. @param {string} day */
export function dayText(day) {
  const date = new Date(`${day}T00:00:00Z`);
  const part = (/** @type {Intl.DateTimeFormatOptions} */ o) => new Intl.DateTimeFormat(current.language === 'ja' ? 'ja-JP' : 'en-GB', { ...o, timeZone: 'UTC' }).format(date);
  return current.language === 'ja'
    ? `${date.getUTCMonth() + 1}月${date.getUTCDate()}日(${part({ weekday: 'short' })})`
    : `${part({ weekday: 'short' })} ${date.getUTCDate()} ${part({ month: 'short' })}`;
}

/** 2026年11月22日, or 22 Nov 2026. @param {string} day */
export function dateText(day) {
  const [y, m, d] = day.split('-').map(Number);
  return current.language === 'ja' ? `${y}年${m}月${d}日`
    : `${d} ${new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))} ${y}`;
}

/** 11月22日(日) 14:36 @param {number | string | Date} instant */
export const dayTime = (instant) => `${dayText(dayOf(instant))} ${clock(instant)}`;

/** 11/20, or 20 Nov: where there is little room. @param {string} day */
export function shortDay(day) {
  const [, m, d] = day.split('-').map(Number);
  return current.language === 'ja' ? `${m}/${d}` : `${d} ${new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))}`;
}

/** Whole years on a day. @param {string} birth @param {string} day */
export function years(birth, day) {
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}

/** 84歳, or 84 years; in months below two years. @param {string} birth @param {string} day */
export function age(birth, day) {
  const whole = years(birth, day);
  if (whole >= 2) return t('age.years', whole);
  const [by, bm, bd] = birth.split('-').map(Number);
  const [y, m, d] = day.split('-').map(Number);
  return t('age.months', (y - by) * 12 + m - bm - (d < bd ? 1 : 0));
}

/** How long, in the largest two units: 365 日 0 時間, 12 分 5 秒. @param {number} span in seconds */
export function spanText(span) {
  const all = Math.abs(Math.round(span));
  const parts = [[Math.floor(all / 86400), 'span.days'], [Math.floor(all / 3600) % 24, 'span.hours'], [Math.floor(all / 60) % 60, 'span.minutes'], [all % 60, 'span.seconds']];
  const first = parts.findIndex(([n]) => Number(n) > 0);
  return (first < 0 ? parts.slice(3) : parts.slice(first, first + 2)).map(([n, key]) => t(String(key), Number(n))).join(' ');
}

/** Moves a time as a field writes it. @param {string} local @param {number} bySeconds */
export function moved(local, bySeconds) {
  const instant = instantOf(local);
  return instant ? localOf(new Date(instant).getTime() + bySeconds * 1000) : local;
}

export const pad2 = pad;

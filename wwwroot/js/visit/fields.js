// The fields of the sheet beside its tiles. Each names its field in data-field; the sheet listens to all of them in one place.

import { banner, button, field, fill, h, icon } from './html.js';
import { suggestionOf } from './limits.js';
import { canDictate, dictate } from './dictation.js';
import { knows, language, t, wordOf } from './words.js';

/** @typedef {{fields: () => Record<string, string>, put: (field: string, value: string | null) => void, problems: Map<string, string>}} Form */

const id = (/** @type {string} */ name) => `f-${name}`;

/** A line of text. @param {Form} form @param {string} name @param {string} label @param {{type?: string, longest?: number, hint?: string}} [how] */
export const textField = (form, name, label, how = {}) => field(id(name), label, h('input', {
  class: 'input', type: how.type ?? 'text', 'data-field': name, maxlength: how.longest, autocomplete: 'off', value: form.fields()[name] ?? '',
}), form.problems.get(name), how.hint);

/** Several lines of text. @param {Form} form @param {string} name @param {string} label @param {number} longest */
export const area = (form, name, label, longest) => field(id(name), label, h('textarea', {
  class: 'input input-line', rows: 1, 'data-field': name, maxlength: longest, value: form.fields()[name] ?? '',
}), form.problems.get(name));

/** @param {Form} form @param {string} name @param {string} label @param {[string, string][]} options value and word; '' is a choice too */
function select(form, name, label, options) {
  const control = h('select', { class: 'input', 'data-field': name }, options.map(([value, word]) => h('option', { value }, word)));
  control.value = form.fields()[name] ?? '';
  return field(id(name), label, control, form.problems.get(name));
}

/** One of a few; nothing chosen is a choice too. @param {Form} form @param {string} name @param {string} kind @param {string} label @param {string} [empty] */
export const oneOf = (form, name, kind, label, empty) =>
  select(form, name, label, [['', empty ?? t('not_said')], .../** @type {[string, string][]} */ (language().choices[kind].map((c) => [c.value, c.word]))]);

/** Yes, no, or not said. @param {Form} form @param {string} name @param {string} label @param {string} yes @param {string} no */
export const yesNo = (form, name, label, yes, no) => select(form, name, label, [['', t('not_said')], ['true', yes], ['false', no]]);

/** Any of several, each kept as a field of its own. @param {Form} form @param {string} kind @param {string} label @param {{plain?: boolean, only?: string[]}} [how] */
export const choices = (form, kind, label, how = {}) => h('div', { class: 'field-row is-top', role: 'group', 'aria-labelledby': `${kind}-l` },
  h('span', { class: 'field-label', id: `${kind}-l` }, label),
  h('div', { class: ['choices', how.plain && 'is-plain'] }, language().choices[kind].filter((c) => !how.only || how.only.includes(c.value)).map((c) => h('label', { class: 'choice' },
    h('input', { type: 'checkbox', 'data-field': `${kind}.${c.value}`, checked: Boolean(form.fields()[`${kind}.${c.value}`]) }), h('span', null, c.word)))));

/** The level of consciousness that a person confirms; a value of the Japan Coma Scale beside it only suggests one. @param {Form} form */
export function consciousness(form) {
  const asked = h('div');
  const radios = language().choices.acvpu.map((c) => h('label', { class: ['segment', c.value !== 'alert' && 'is-stop'] },
    h('input', { type: 'radio', name: 'acvpu', 'data-field': 'acvpu', value: c.value, checked: form.fields().acvpu === c.value, onchange: () => fill(asked) }), h('span', null, c.word)));
  const choose = (/** @type {string} */ level) => {
    form.put('acvpu', level);
    for (const radio of radios) radio.firstChild.checked = radio.firstChild.value === level;
    fill(asked);
  };
  const jcs = h('select', { class: 'input', 'data-field': 'jcs', onchange: (/** @type {any} */ e) => {
    const value = e.target.value;
    const suggested = value === '' ? null : suggestionOf(Number(value));
    if (suggested === 'ask') {
      fill(asked, banner('info', 'question', t('mind.as_usual'), button(t('mind.different'), () => choose('confusion')), button(t('mind.usual'), () => choose('alert'))));
    } else if (suggested && suggested !== form.fields().acvpu) {
      fill(asked, banner('info', 'question', t('mind.suggests', value, wordOf('acvpu', suggested)), button(t('mind.confirm'), () => choose(suggested), { drawing: 'check' })));
    } else fill(asked);
  } }, [h('option', { value: '' }, '—'), ...language().jcs.map((v) => h('option', { value: v }, v))]);
  jcs.value = form.fields().jcs ?? '';
  return h('div', { class: 'field-row is-top' }, h('span', { class: 'field-label', id: 'acvpu-l' }, t('mind.label')),
    h('div', { class: 'stack' }, h('div', { class: 'cluster' },
      h('div', { class: 'segments', role: 'radiogroup', 'aria-labelledby': 'acvpu-l' }, radios),
      h('label', { class: 'with-unit' }, h('span', { class: 'field-label' }, 'JCS'), jcs)), asked));
}

/** Puts words at the end of a field. @param {HTMLTextAreaElement} area @param {string} words */
function append(area, words) {
  const before = area.value.trimEnd();
  area.value = before ? `${before}${/[。.、,\n]$/.test(before) ? '' : language().language === 'ja' ? '。' : '. '}${words}` : words;
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

/** S/O/A/P with phrases and, where the device itself can, dictation; for those without clinical words one field in plain ones. @param {Form} form @param {boolean} plain */
export function note(form, plain) {
  const parts = plain ? [['', 'objective']] : [['S', 'subjective'], ['O', 'objective'], ['A', 'assessment'], ['P', 'plan']];
  const areas = new Map();
  let last = 'objective';
  const phrases = h('div', { class: 'phrases', id: 'phrases', hidden: true });
  const open = h('button', { type: 'button', class: 'button button-quiet', 'aria-expanded': 'false', 'aria-controls': 'phrases', onclick: () => {
    phrases.hidden = !phrases.hidden;
    open.setAttribute('aria-expanded', String(!phrases.hidden));
  } }, t('note.phrases'));
  const listen = h('button', { type: 'button', class: 'button button-quiet', hidden: true, 'aria-pressed': 'false', onclick: () =>
    dictate(listen, (words) => append(areas.get(last), words)) }, icon('mic'), t('note.dictate'));
  canDictate().then((can) => { listen.hidden = !can; });
  const list = parts.map(([letter, name]) => {
    const text = h('textarea', {
      class: ['input', !plain && 'input-line'], id: id(name), rows: 1, 'data-field': name, maxlength: 4000, 'aria-label': plain && t('visit.plain_note'),
      placeholder: t(plain ? 'visit.plain_hint' : `visit.note.${name}`), value: form.fields()[name] ?? '', onfocus: () => { last = name; },
    });
    areas.set(name, text);
    const problem = form.problems.get(name);
    return h('div', { class: plain ? 'field' : 'soap-field' },
      !plain && h('label', { class: 'soap-letter', for: id(name) }, h('span', { 'aria-hidden': 'true' }, letter), h('span', { class: 'sr-only' }, `${letter} ${t(`visit.note.${name}`)}`)),
      h('div', { class: 'field' }, text, problem && h('p', { class: 'field-error' }, icon('alert'), problem)));
  });
  for (const [letter, name] of parts) {
    const key = `note.phrases.${plain ? 'plain' : name}`;
    if (!knows(key)) continue;
    phrases.append(h('div', { class: 'choices is-plain', role: 'group', 'aria-label': letter || t('visit.plain_note') }, letter && h('span', { class: 'soap-letter', 'aria-hidden': 'true' }, letter),
      t(key).split('|').map((words) => h('button', { type: 'button', class: 'phrase', onclick: () => append(areas.get(name), words) }, words))));
  }
  return h('section', { class: 'stack', 'aria-labelledby': 'note-l' },
    h('div', { class: 'field-tools' }, h('h2', { class: 'field-label', id: 'note-l' }, t(plain ? 'visit.plain_note' : 'visit.note')), open, listen),
    phrases, h('div', { class: 'soap-fields' }, list));
}

/** How it was measured: only what belongs to the figures on the sheet. @param {Form} form @param {(sign: string) => boolean} shows */
export const measuredHow = (form, shows) => h('div', { class: 'card form-grid' },
  textField(form, 'measuredAt', t('how.at'), { type: 'datetime-local' }),
  shows('temperature') && oneOf(form, 'temperatureSite', 'temperatureSite', t('how.site')),
  shows('pulse') && yesNo(form, 'pulseRegular', t('how.rhythm'), t('how.regular'), t('how.irregular')),
  shows('respiration') && yesNo(form, 'ventilated', t('how.ventilated'), t('how.by_ventilator'), t('how.by_self')),
  shows('systolic') && [oneOf(form, 'posture', 'posture', t('how.posture')), oneOf(form, 'side', 'side', t('how.side'))],
  shows('oxygenFlow') && [oneOf(form, 'oxygenDevice', 'oxygenDevice', t('how.oxygen')), oneOf(form, 'oxygenDuring', 'exertion', t('how.during'))],
  shows('glucose') && [oneOf(form, 'glucoseTiming', 'glucoseTiming', t('how.glucose')), oneOf(form, 'glucoseMeter', 'meterReading', t('how.meter'), t('how.meter_number'))],
  shows('intake') && textField(form, 'intakeRoute', t('how.intake'), { longest: 100 }),
  shows('output') && textField(form, 'outputRoute', t('how.output'), { longest: 100 }),
  shows('stool') && textField(form, 'stoolAmount', t('how.stool'), { longest: 100 }));

/** What frames a visit: times, kind, insurance, medicines, supplies, the next one. @param {Form} form @param {boolean} late whether its end is written too */
export const facts = (form, late) => h('section', { class: 'stack', 'aria-labelledby': 'facts-l' },
  h('h2', { class: 'field-label', id: 'facts-l' }, t('facts.title')),
  h('div', { class: 'card stack' },
    h('div', { class: 'form-grid' },
      textField(form, 'startedAt', t('facts.start'), { type: 'datetime-local' }),
      textField(form, 'endedAt', t('facts.end'), { type: 'datetime-local', hint: late ? undefined : t('facts.end_now') }),
      oneOf(form, 'kind', 'visitKind', t('facts.kind'), wordOf('visitKind', 'regular')),
      oneOf(form, 'insurance', 'visitInsurance', t('facts.insurance')),
      yesNo(form, 'medicinesChecked', t('facts.medicines'), t('facts.checked'), t('facts.unchecked')),
      textField(form, 'nextVisitOn', t('facts.next'), { type: 'date' }),
      textField(form, 'companion', t('facts.companion'), { longest: 100 }),
      textField(form, 'supplies', t('facts.supplies'), { longest: 500 })),
    area(form, 'situation', t('facts.situation'), 2000),
    h('label', { class: 'tick' }, h('input', { type: 'checkbox', 'data-field': 'teamOnly', checked: form.fields().teamOnly === 'true' }),
      h('span', { class: 'tick-text' }, t('facts.team_only'), h('small', null, t('facts.team_only_hint'))))));

// Open instructions on the sheet. A step goes to the outbox like everything else, in the order in which it was taken.

import { banner, button, chip, dialog, field, fill, h } from './html.js';
import { numberOf } from './limits.js';
import { dayTime, instantOf, localOf, number, t } from './words.js';

/** @typedef {{instructionId: string, step: string, body: any, command: string, label: string}} Step */

/** The parts of a medicine order, each of which is read back. */
const PARTS = [['drug', 'Drug'], ['dose', 'Dose'], ['unit', 'Unit'], ['route', 'Route'], ['rate', 'Rate'], ['timing', 'Timing']];
const COMMANDS = { read: 'mark-instruction-read', take: 'take-instruction', question: 'question-instruction', complete: 'complete-instruction', decline: 'decline-instruction' };
/** Whether a second person has to countersign before it is carried out. @param {any} card */
export const waitsForCountersign = (card) => card.countersign?.before === 'do' && !card.countersignedAt;
const Capital = (/** @type {string} */ s) => s.slice(0, 1).toUpperCase() + s.slice(1);

/** As texts are compared: width, kana kind, case and spaces make no difference. @param {unknown} text */
const plain = (text) => String(text ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  .replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));

/** @param {any} order @param {string} part @param {string} said @returns {boolean | null} null: not said yet */
export const agrees = (order, part, said) => (said.trim() === '' ? null : part === 'dose' ? numberOf(said) === order.dose : plain(said) === plain(order[part]));

/**
 * @param {any[]} list @param {{visitId: string, now: () => number, send: (steps: Step[]) => Promise<void>, done: Map<string, string>, taken: Set<string>}} sheet done, taken: what was done here already
 */
export function instructions(list, sheet) {
  const root = h('section', { class: 'stack', 'aria-labelledby': 'todo-l' });
  const draw = () => fill(root, h('h2', { class: 'field-label', id: 'todo-l' }, t('visit.instructions')), list.map((item) => {
    const { card, steps } = item;
    const done = sheet.done.get(card.instructionId);
    const note = `${card.issuerName} ${dayTime(card.issuedAt)}・${t(`InstructionStatus.${Capital(card.status)}`)}${card.dueAt ? `・${t('due', dayTime(card.dueAt))}` : ''}`;
    const open = /** @type {string[]} */ (steps).filter((s) => s in COMMANDS && !(s === 'take' && !card.order && steps.includes('complete')));
    return h('article', { class: ['card', card.terms?.stopOrder ? 'is-stop' : card.urgency === 'urgent' && 'is-warn'], 'data-instruction': card.instructionId },
      card.terms?.stopOrder && h('p', null, chip('stop', 'stop', t('stop_order'))), waitsForCountersign(card) && h('p', null, chip('warn', 'person', t('countersign_first'))),
      h('p', { class: 'entry-text' }, h('strong', null, card.text)), orderLines(card.order), (card.former ?? []).slice(-1).map((/** @type {any} */ f) => h('p', { class: 'small' }, h('del', null, f.text))),
      h('p', { class: 'small muted' }, note),
      done ? h('p', null, chip('ok', 'check', done)) : h('div', { class: 'card-actions' },
        open.includes('take') && !card.order && !waitsForCountersign(card) && button(t('instruction.do'), () => say(item, 'complete', sheet, redraw, true), { kind: 'primary', drawing: 'check' }),
        open.map((s) => button(t(`step.${Capital(s)}`), () => act(item, s), { attributes: { 'data-step': Capital(s) }, kind: s === 'complete' || (s === 'take' && card.order) ? 'primary' : undefined }))));
  }));
  const redraw = () => draw();
  const act = (/** @type {any} */ item, /** @type {string} */ step) => {
    if (step === 'take' && item.card.order) readBack(item, sheet, redraw);
    else if (step === 'take' || step === 'read') once(item, step, {}, sheet, redraw);
    else say(item, step, sheet, redraw, false);
  };
  for (const item of list) if (sheet.taken.has(item.card.instructionId)) taken(item);
  draw();
  return root;
}

/** From now on it is theirs. @param {any} item */
function taken(item) {
  item.card = { ...item.card, status: 'taken' };
  // A standing order with occasions is carried out by these.
  const { when, every } = item.card.terms?.standing ?? {};
  item.steps = when || every || waitsForCountersign(item.card) ? ['question', 'decline'] : ['complete', 'question', 'decline'];
}

/** @param {any} item @param {string} step @param {any} more @param {any} sheet @param {() => void} redraw */
async function once(item, step, more, sheet, redraw) {
  const { card } = item;
  await sheet.send([{ instructionId: card.instructionId, step, command: /** @type {any} */ (COMMANDS)[step], body: { instructionId: card.instructionId, ...more }, label: card.text }]);
  if (step === 'take') taken(item);
  else item.steps = item.steps.filter((/** @type {string} */ s) => s !== step);
  redraw();
}

/** @param {any} order */
function orderLines(order) {
  if (!order) return null;
  const line = (/** @type {string} */ key, /** @type {any} */ value) => value && h('div', null, h('dt', null, t(`order.${key}`)), h('dd', null, value));
  return h('dl', { class: 'order' }, line('Drug', order.drug), line('Dose', `${number(order.dose)} ${order.unit}`), line('Route', order.route), line('Rate', order.rate), line('Timing', order.timing));
}

const noteOf = (/** @type {any} */ card) => `${card.patientName}・${card.issuerName} ${dayTime(card.issuedAt)}`;

/** A step that is said in words: carried out, asked back, declined. @param {any} item @param {string} step @param {any} sheet @param {() => void} redraw @param {boolean} takes whether it is taken first */
function say(item, step, sheet, redraw, takes) {
  const { card } = item;
  const name = Capital(step);
  const words = h('textarea', { class: 'input', autofocus: true, maxlength: 2000 });
  const at = step === 'complete' ? h('input', { class: 'input', type: 'datetime-local', value: localOf(sheet.now()) }) : null;
  const place = h('div', { class: 'form' });
  const show = (/** @type {string} */ problem) => fill(place, h('blockquote', { class: 'said' }, card.text), takes && h('p', null, t('instruction.do_how')),
    field('say-text', t(`step.${name}.text`), words, problem), at && field('say-at', t('step.Complete.at'), at));
  show('');
  dialog({
    title: t(`step.${name}.title`), note: noteOf(card), narrow: true, body: place,
    foot: (close) => [button(t('cancel'), close), h('button', { type: 'submit', class: ['button', step === 'decline' ? 'button-stop' : 'button-primary'] }, t(`step.${name}.send`))],
    submit: async (close) => {
      const text = words.value.trim();
      if (!text) { show(t(`step.${name}.missing`)); words.focus(); return; }
      const body = { complete: { evidence: text, doneAt: instantOf(at?.value) ?? instantOf(localOf(sheet.now())), visitId: sheet.visitId }, question: { question: text }, decline: { reason: text } }[step];
      const first = takes ? [{ instructionId: card.instructionId, step: 'take', command: COMMANDS.take, body: { instructionId: card.instructionId }, label: card.text }] : [];
      await sheet.send([...first, { instructionId: card.instructionId, step, command: /** @type {any} */ (COMMANDS)[step], body: { instructionId: card.instructionId, ...body }, label: card.text }]);
      sheet.done.set(card.instructionId, `${t(`step.${name}`)}:${text}`);
      close();
      redraw();
    },
  });
}

/** A medicine order is taken by reading it back, part by part. @param {any} item @param {any} sheet @param {() => void} redraw */
function readBack(item, sheet, redraw) {
  const { card } = item;
  const parts = PARTS.filter(([p]) => card.order[p] !== undefined && String(card.order[p]).trim() !== '');
  /** @type {Record<string, string>} */
  const said = {};
  const refusal = h('div');
  const rows = parts.map(([part, name], i) => {
    const result = h('span', { class: 'readback-result', id: `take-${part}-r` }, t('take.not_yet'));
    const row = h('div', { class: 'readback-item' }, h('label', { class: 'readback-name', for: `take-${part}` }, t(`order.${name}`)),
      h('span', { class: 'readback-ordered' }, String(card.order[part])),
      h('input', { class: 'input input-figure', id: `take-${part}`, autocomplete: 'off', autofocus: i === 0, inputmode: part === 'dose' && 'decimal', 'aria-describedby': `take-${part}-r`,
        oninput: (/** @type {any} */ e) => {
          said[part] = e.target.value;
          const same = agrees(card.order, part, said[part]);
          row.classList.toggle('is-same', same === true);
          row.classList.toggle('is-different', same === false);
          fill(result, same === null ? t('take.not_yet') : same ? t('take.same') : t('take.differs', String(card.order[part])));
        } }), result);
    return row;
  });
  dialog({
    title: t('take.title'), note: noteOf(card),
    body: h('div', { class: 'form' }, h('blockquote', { class: 'said' }, card.text), h('p', null, t('take.how')), h('div', { class: 'readback' },
      h('div', { class: 'readback-item readback-head', 'aria-hidden': 'true' }, h('span'), h('span', null, t('take.ordered')), h('span', null, t('take.said')), h('span')), rows), refusal),
    foot: (close) => [button(t('cancel'), close), button(t('step.Question'), () => { close(); say(item, 'question', sheet, redraw, false); }), h('button', { type: 'submit', class: 'button button-primary' }, t('step.Take.send'))],
    submit: async (close) => {
      const missing = parts.some(([p]) => !(said[p] ?? '').trim());
      const differing = parts.filter(([p]) => agrees(card.order, p, said[p] ?? '') === false).map(([, name]) => t(`order.${name}`));
      if (missing || differing.length) {
        fill(refusal, banner('stop', 'alert', missing ? t('take.incomplete') : t('take.refused', differing.join(t('and')), card.issuerName)));
        return;
      }
      const back = { drug: said.drug, dose: numberOf(said.dose), unit: said.unit, route: said.route, rate: said.rate, timing: said.timing };
      await once(item, 'take', { readBack: back }, sheet, redraw);
      close();
    },
  });
}

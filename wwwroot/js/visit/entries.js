// Finished entries as cards: what was written, where it is, and, where the server refused it, both sides and what can be done.

import * as api from './api.js';
import * as drain from './drain.js';
import * as store from './store.js';
import { banner, button, chip, confirmed, fill, h } from './html.js';
import { reasonOf, stateChip } from './states.js';
import { clock, dayTime, instantOf, knows, language, localOf, moved, number, ruleOf, spanText, t, wordOf } from './words.js';

/** @typedef {import('./outbox.js').Entry} Entry @typedef {import('./who.js').Who} Who */

/** Refusals where somebody else's act stands against this one. */
const OTHERS = new Set(['visit.already_recorded', 'visit.started_by_another', 'visit.already_started', 'visit.entered_in_error', 'visit.other_patient', 'vitals.already_recorded',
  'instruction.over', 'instruction.taken_by_another', 'instruction.question_open', 'instruction.not_taken']);

const titleOf = (/** @type {Entry} */ e) => t(`command.${e.command}`);

/** What was written, in lines. @param {Entry} entry */
export function summary(entry) {
  const body = entry.body;
  const vitals = body.vitals ?? {};
  const values = language().signs.map((s) => [s, { oxygenFlow: vitals.oxygen?.litresPerMinute, glucose: vitals.glucose?.milligramsPerDecilitre, intake: vitals.intake?.millilitres, output: vitals.output?.millilitres, stool: vitals.stool?.bristol }[s.sign] ?? vitals[s.sign]])
    .filter(([, v]) => v !== undefined).map(([s, v]) => `${s.name} ${number(v)} ${s.unit}`);
  const words = [body.note?.subjective, body.note?.objective, body.note?.assessment, body.note?.plan, body.comment, body.situation, body.supplies, body.evidence, body.question, body.reason, entry.fields?.label];
  const chosen = [...(body.softSigns ?? []).map((/** @type {string} */ s) => wordOf('softSign', s)), ...(body.careGiven ?? []).map((/** @type {string} */ s) => wordOf('careGiven', s)), vitals.consciousness && wordOf('acvpu', vitals.consciousness.acvpu)].filter(Boolean);
  return [values.join('・'), chosen.join('・'), ...words.filter(Boolean)].filter(Boolean);
}

/** When it was, as the person wrote it, and when it was finished here. @param {Entry} entry */
function times(entry) {
  const at = entry.body.vitals?.measuredAt ?? entry.body.startedAt ?? entry.body.doneAt;
  return [at && t('entry.at', dayTime(at)), t('entry.finished', clock(entry.madeAt))].filter(Boolean).join('・');
}

/** @param {Entry} entry @param {Who} who */
export function entryCard(entry, who) {
  const facts = h('div');
  const card = h('article', { class: ['card', 'entry-waits', entry.state === 'refused' && 'is-stop'], 'data-entry': entry.id, 'data-state': entry.state },
    h('div', { class: 'card-head' }, h('h2', { class: 'card-title' }, entry.patientName, ' ', h('small', { class: 'muted' }, titleOf(entry))), stateChip(entry)),
    h('p', { class: 'small muted' }, times(entry)), summary(entry).map((line) => h('p', { class: 'entry-text' }, line)), photoLines(entry), facts);
  if (entry.state === 'kept' || entry.state === 'sent') fill(facts, h('p', { class: 'small' }, t(entry.stuck ? 'entry.stuck' : api.isOnline() ? 'entry.on_its_way' : 'entry.waits')));
  if (entry.state === 'refused') refused(entry, who, facts);
  return card;
}

/** How far the photographs have come; one that was refused is dealt with here. @param {Entry} entry */
function photoLines(entry) {
  const photos = (entry.photos ?? []).filter((p) => !p.dropped);
  if (photos.length === 0) return null;
  const there = photos.filter((p) => p.done).length;
  const [sent, all] = [photos.reduce((n, p) => n + (p.done ? p.all : p.sent), 0), photos.reduce((n, p) => n + p.all, 0)];
  const state = there === photos.length ? chip('ok', 'check', t('photo.all_here', there))
    : sent > 0 ? chip('info', 'send', t('photo.sending', there, photos.length, Math.floor((100 * sent) / all))) : chip('warn', 'saved', t('photo.kept', photos.length));
  return h('div', { class: 'stack', 'data-photos': there === photos.length ? 'received' : 'kept' }, h('p', null, state), photos.filter((p) => p.refusal).map((p) => h('div', { class: 'stack' },
    banner('stop', 'alert', [h('strong', null, t('photo.refused')), ' ', reasonOf(/** @type {any} */ (p.refusal))]),
    h('div', { class: 'form-actions' }, button(t('entry.again'), async () => { await store.markPhoto(entry.id, p.photoId, (x) => ({ ...x, refusal: undefined })); drain.kick(); }),
      button(t('discard'), async () => {
        if (await confirmed(t('discard.title'), t('photo.discard', entry.patientName), t('discard.yes'))) await store.markPhoto(entry.id, p.photoId, (x) => ({ ...x, dropped: true }));
      }, { kind: 'quiet', drawing: 'trash' })))));
}

/** @param {Entry} entry @param {Who} who @param {HTMLElement} place */
function refused(entry, who, place) {
  const refusal = /** @type {import('./outbox.js').Refusal} */ (entry.refusal);
  const other = h('div');
  const drop = () => confirmed(t('discard.title'), t('discard.text', entry.patientName), t('discard.yes')).then((yes) => (yes ? store.discard(entry.id) : undefined));
  const actions = [];
  if (refusal.key === 'clock.off') {
    const compared = api.clockNow();
    const by = -(compared?.aheadMs ?? 0) / 1000;
    fill(place, banner('warn', 'clock', t('clock.doubt', spanText(by), dayTime(entry.body.vitals?.measuredAt ?? entry.body.startedAt ?? entry.body.doneAt ?? entry.madeAt),
      dayTime(new Date(entry.body.vitals?.measuredAt ?? entry.body.startedAt ?? entry.body.doneAt ?? entry.madeAt).getTime() + by * 1000))));
    actions.push(button(t('clock.shift'), () => again(entry, shifted(entry.body, by)), { kind: 'primary' }), button(t('clock.keep'), () => again(entry, entry.body)));
  } else {
    fill(place, banner('stop', 'alert', [h('strong', null, t('entry.refused')), ' ', reasonOf(refusal)],
      Object.values(refusal.errors ?? {}).flat().map((e) => h('p', null, e))), other);
    if (OTHERS.has(refusal.key)) otherSide(entry, other);
    const typed = entry.fields && entry.visitId && ['record-visit', 'record-vitals'].includes(entry.command);
    if (typed && ['visit.already_recorded', 'visit.started_by_another', 'visit.entered_in_error', 'visit.other_patient', 'vitals.already_recorded'].includes(refusal.key)) {
      actions.push(button(t('entry.separate'), () => mend(entry, who, api.newId()), { kind: 'primary' }));
    } else if (typed) actions.push(button(t('entry.mend'), () => mend(entry, who, /** @type {string} */ (entry.visitId)), { kind: 'primary' }));
    if (!refusal.errors) actions.push(button(t('entry.again'), () => again(entry, entry.body)));
  }
  place.append(h('div', { class: 'form-actions' }, actions, button(t('discard'), drop, { kind: 'quiet', drawing: 'trash' })));
}

/** What stands in the record against it: the last entries about the same thing, with who and when. @param {Entry} entry @param {HTMLElement} place */
async function otherSide(entry, place) {
  const about = entry.body.instructionId ?? entry.body.visitId ?? entry.body.measurementId;
  const got = await api.call(`/api/patients/${entry.patientId}/timeline?limit=200`, { patience: 8000 });
  if (!Array.isArray(got.body)) {
    fill(place, h('p', { class: 'small muted' }, t('entry.other_unknown')));
    return;
  }
  const found = got.body.filter((e) => [e.data.instructionId, e.data.visitId, e.data.measurementId].includes(about)).slice(0, 3);
  const words = (/** @type {any} */ d) => [d.evidence, d.reason, d.comment, d.note?.subjective, d.note?.objective, d.note?.assessment, d.note?.plan, d.question].filter(Boolean).join('　');
  const figures = (/** @type {any} */ d) => language().signs.filter((s) => typeof d.vitals?.[s.sign] === 'number').map((s) => `${ruleOf(s.sign).name} ${number(d.vitals[s.sign])}`).join('・');
  fill(place, h('h3', { class: 'field-label' }, t('entry.other')), found.map((e) => h('blockquote', { class: 'said' },
    h('strong', null, `${e.author.name}　${knows(`kind.${e.kind}`) ? t(`kind.${e.kind}`) : e.kind}`), ` ${dayTime(e.occurredAt)}`, h('p', null, figures(e.data)), h('p', null, words(e.data)))),
  found.length === 0 && h('p', { class: 'small muted' }, t('entry.other_unknown')),
  h('a', { class: 'button button-quiet', href: `/patients/${entry.patientId}` }, t('visit.over.back')));
}

/** Goes back into a sheet, to be mended and finished anew. @param {Entry} entry @param {Who} who @param {string} visitId */
async function mend(entry, who, visitId) {
  const fields = { ...entry.fields };
  await store.mend({ key: `${who.personId}.${entry.patientId}.${visitId}`, personId: who.personId, patientId: entry.patientId, patientName: entry.patientName, visitId, fields, savedAt: Date.now(), mends: entry.id });
  location.assign(`/patients/${entry.patientId}/visit?visit=${visitId}`);
}

/** Sent once more, as another act: the refused one is done with. @param {Entry} entry @param {any} body */
async function again(entry, body) {
  const fresh = { ...entry, body, id: api.newId(), state: /** @type {const} */ ('kept'), tries: 0, notBefore: 0, refusal: undefined, clock: { aheadSeconds: 0, known: true } };
  delete fresh.seq;
  await store.replace(entry.id, fresh);
  drain.kick();
}

/** The same body with its times moved. @param {any} body @param {number} by seconds */
export function shifted(body, by) {
  const move = (/** @type {string | undefined} */ at) => (at ? /** @type {string} */ (instantOf(moved(localOf(at), by))) : at);
  const clockNow = api.clockNow();
  return JSON.parse(JSON.stringify({
    ...body, startedAt: move(body.startedAt), endedAt: move(body.endedAt), doneAt: move(body.doneAt), vitals: body.vitals ? { ...body.vitals, measuredAt: move(body.vitals.measuredAt) } : undefined,
    photos: body.photos?.map((/** @type {any} */ p) => ({ ...p, takenAt: move(p.takenAt) })),
    clock: body.vitals || body.endedAt ? { aheadSeconds: Math.round((clockNow?.aheadMs ?? 0) / 1000), comparedAt: clockNow ? new Date(clockNow.at - clockNow.aheadMs).toISOString() : undefined, corrected: true } : undefined,
  }));
}

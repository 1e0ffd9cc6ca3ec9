// One visit as it is written at the bedside. Nothing here waits for the network.

import * as api from './api.js';
import * as store from './store.js';
import * as vault from './vault.js';
import { bestNow, isOff, recorded } from './clock.js';
import { fieldOf, hasContent, isRecord, toDiary, toVisit } from './draft.js';
import { entryCard } from './entries.js';
import * as form from './fields.js';
import { banner, button, dialog, field, fill, h, icon } from './html.js';
import { allergyChips, identity, nameOf } from './identity.js';
import { instructions } from './instructions.js';
import { claim, findDraft, keep } from './keeping.js';
import { personButton } from './lock.js';
import { makePad } from './pad.js';
import { photoField } from './camera.js';
import { PIECE } from './photos.js';
import { head, notices, reasonOf } from './states.js';
import { always, draw, faults, isUsed, more, nameOf as tileName } from './tiles.js';
import { understand } from './outbox.js';
import { clock, dayOf, instantOf, language, localOf, ruleOf, t } from './words.js';

/** @typedef {import('./who.js').Who} Who @typedef {import('./outbox.js').Entry} Entry */

/** What a helper does; the rest is for nurses. */
const HELPER_CARE = ['observation', 'hygiene', 'elimination', 'nutrition', 'medicineSupport', 'familySupport'];

/** What the visit is written with: from the server, else as taken along. @param {Who} who @param {string} patientId @param {string | null} visitId */
export async function load(who, patientId, visitId) {
  const kept = await vault.one(who.personId, patientId, visitId);
  // Where it has been taken along nobody waits long for a network that is there and does not answer.
  const got = await api.call(`/api/patients/${patientId}/visit-sheet${visitId ? `?visit=${visitId}` : ''}`, { patience: !kept ? 15_000 : api.isOnline() ? 4000 : 1500 });
  if (got.status === 200 && got.body?.patient) {
    // One who has a PIN and came by password opens what was taken along with it, or takes it along anew: that is not thrown away here.
    const key = (await vault.keyOf(who.personId)) ?? ((await store.person(who.personId))?.locked ? null : await vault.getKey(who, null).catch(() => null));
    if (key) await vault.put(who.personId, key, [got.body], false).catch(() => {});
    return { data: got.body, fresh: true };
  }
  if (got.status === 404 && got.body?.key === 'patient.unknown') {
    await vault.forget(who.personId, patientId);
    return { data: null, unknown: true };
  }
  return { data: kept, fresh: false };
}

/** @param {HTMLElement} app @param {Who} who @param {string} patientId @param {string | null} asked a planned or started visit */
export async function openSheet(app, who, patientId, asked) {
  const { data, unknown } = await load(who, patientId, asked);
  if (!data) return absent(app, who, unknown ? ['patient_unknown.title', 'patient_unknown.text'] : ['absent.offline.title', 'absent.offline.text']);
  const draft = await findDraft(who.personId, data.patient, asked ?? data.visit?.visitId);
  const finished = (await store.entriesOf(who.personId)).find((e) => e.visitId === draft.visitId && e.command === 'record-visit' && !(e.state === 'refused' && draft.mends === e.id));
  if (finished) return showEntry(app, who, data, finished);
  const over = ['recorded', 'enteredInError', 'cancelled'].includes(data.visit?.stage) && data.visit.visitId === draft.visitId;
  if (over && !hasContent(draft.fields)) {
    return absent(app, who, ['visit.over.title', data.visit.stage === 'cancelled' ? 'visit.over.cancelled' : 'visit.over.recorded'], `/patients/${patientId}`);
  }
  const mine = await claim(draft.key, false, () => moved(app, who));
  if (!mine) return elsewhere(app, who, data, () => claim(draft.key, true, () => moved(app, who)).then(async () => new Sheet(app, who, data, await findDraft(who.personId, data.patient, draft.visitId)).begin()));
  await new Sheet(app, who, data, draft).begin();
}

/** A page that says something. @param {HTMLElement} app @param {Who | null} who @param {string[]} words title and text @param {string} [back] */
export function absent(app, who, words, back) {
  fill(app, h('div', { class: 'sheet-page' }, pageHead(who, t(words[0]), back ?? '/visits'), h('main', { class: 'page-body is-narrow', id: 'main', tabindex: -1 },
    h('div', { class: 'empty' }, icon('search'), h('p', { class: 'empty-title' }, t(words[0])), h('p', null, t(words[1])), h('a', { class: 'button', href: '/visits' }, t('device.title'))))));
}

const pageHead = (/** @type {Who | null} */ who, /** @type {string} */ title, /** @type {string} */ back, /** @type {string} */ backName = t('device.title')) =>
  h('header', { class: 'page-head visit-head' }, h('a', { class: 'button button-quiet visit-back', href: back }, icon('chevron-left'), backName),
    h('h1', { class: 'page-title', tabindex: -1 }, title), head(who).root, who && personButton(who));

function elsewhere(/** @type {HTMLElement} */ app, /** @type {Who} */ who, /** @type {any} */ data, /** @type {() => void} */ take) {
  fill(app, h('div', { class: 'sheet-page' }, pageHead(who, t('visit.title'), '/visits'), h('main', { class: 'page-body is-narrow', id: 'main' },
    banner('info', 'info', t('tab.elsewhere', nameOf(data.patient))), button(t('tab.take'), take, { kind: 'primary' }))));
}

function moved(/** @type {HTMLElement} */ app, /** @type {Who} */ who) {
  fill(app, h('div', { class: 'sheet-page' }, pageHead(who, t('visit.title'), '/visits'), h('main', { class: 'page-body is-narrow', id: 'main' }, banner('info', 'info', t('tab.moved')))));
}

/** After it is finished: where it is, until it has arrived. @param {HTMLElement} app @param {Who} who @param {any} data @param {Entry} entry */
export function showEntry(app, who, data, entry) {
  const place = h('div');
  const links = h('div', { class: 'form-actions' });
  fill(app, h('div', { class: 'sheet-page' }, pageHead(who, t(entry.command === 'record-vitals' ? 'diary.title' : 'visit.title'), `/patients/${entry.patientId}`, entry.patientName),
    h('main', { class: 'page-body is-narrow', id: 'main', tabindex: -1 }, notices(), place, links)));
  let reopened = false;
  const update = async () => {
    // Sent once more it is another entry of the same visit; thrown away there is none.
    const now = (await store.entry(entry.id)) ?? (await store.entriesOf(who.personId)).find((e) => e.visitId === entry.visitId && e.command === entry.command);
    if (!place.isConnected) return;
    if (!now) { location.assign('/visits'); return; }
    if (now.state === 'refused' && now.refusal?.errors && now.fields && data && !reopened) {
      // The fields are named: they are shown where they were typed.
      reopened = true;
      const draft = { key: `${who.personId}.${now.patientId}.${now.visitId}`, personId: who.personId, patientId: now.patientId, patientName: now.patientName, visitId: /** @type {string} */ (now.visitId), fields: { ...now.fields }, savedAt: Date.now(), mends: now.id };
      await store.mend(draft);
      await new Sheet(app, who, data, draft).begin();
      return;
    }
    fill(place, entryCard(now, who));
    fill(links, now.state === 'received' && h('a', { class: 'button button-primary', href: `/patients/${now.patientId}#entry-${now.receipt?.sequence}` }, t('visit.over.back')),
      h('a', { class: 'button', href: '/visits' }, t('device.title')));
  };
  store.onOutbox(update);
  update();
  document.getElementById('main')?.focus();
}

class Sheet {
  /** @param {HTMLElement} app @param {Who} who @param {any} data @param {import('./draft.js').Draft} draft */
  constructor(app, who, data, draft) {
    this.app = app;
    this.who = who;
    this.data = data;
    this.draft = draft;
    this.kin = who.profession === 'family' || who.profession === 'patient';
    this.helper = who.profession === 'helper';
    this.person = { ranges: data.patient.ranges, birthDate: data.patient.details.birthDate };
    this.head = head(who);
    /** @type {Map<string, string>} */
    this.problems = new Map();
    this.storageProblem = '';
    this.keeper = keep(draft, {
      saved: (at) => { this.head.saved(at); if (this.storageProblem) { this.storageProblem = ''; this.say(); } },
      failed: (full) => { this.storageProblem = t(full ? 'storage.full' : 'storage.failed'); this.say(); },
    });
    this.form = { fields: () => this.draft.fields, put: (/** @type {string} */ f, /** @type {string | null} */ v) => this.put(f, v), problems: this.problems };
    this.summary = '';
    this.busy = false;
  }

  now() { return bestNow(Date.now(), api.clockNow()); }

  get day() { return dayOf(instantOf(this.draft.fields.measuredAt) ?? this.now()); }

  async begin() {
    const f = this.draft.fields;
    const visit = this.data.visit;
    if (visit?.stage === 'started' && visit.startedAt && !f.startedAt && visit.visitId === this.draft.visitId) f.startedAt = localOf(visit.startedAt);
    if (visit && !f.kind) f.kind = visit.kind;
    this.entries = await store.entriesOf(this.who.personId);
    const mended = this.draft.mends ? await store.entry(this.draft.mends) : null;
    for (const [path, sentences] of Object.entries(mended?.refusal?.errors ?? {})) this.problems.set(fieldOf(path), sentences.join(' '));
    if (mended?.refusal) this.summary = this.problems.size ? t('visit.look_at', this.problems.size) : reasonOf(mended.refusal);
    const tiles = always(this.who.profession);
    const spo2 = this.data.readings.filter((/** @type {any} */ r) => r.sign === 'spO2').at(-1);
    if (spo2?.oxygen > 0 && !this.kin) tiles.splice(tiles.findIndex((x) => x.key === 'spO2') + 1, 0, more(this.who.profession)[0]);
    for (const tile of more(this.who.profession)) if (isUsed(tile, f) && !tiles.some((x) => x.key === tile.key)) tiles.push(tile);
    this.tileList = tiles;
    if (this.kin || (f.identified && (f.late || f.startedAt))) this.open(this.problems.size === 0);
    else this.ask();
  }

  /** Whose home it is said to be. */
  ask() {
    fill(this.app, h('div', { class: 'sheet-page' },
      h('header', { class: 'page-head visit-head' }, this.back(), h('h1', { class: 'page-title', tabindex: -1 }, t('visit.title')), this.head.root, personButton(this.who)),
      h('main', { class: 'page-body is-narrow', id: 'main', tabindex: -1 }, notices(),
        identity(this.data, { hasDraft: hasContent(this.draft.fields), now: this.now(), start: () => this.start(), late: () => this.late() }))));
    this.head.saved(this.draft.savedAt);
  }

  back() {
    return h('a', { class: 'button button-quiet visit-back', href: api.isOnline() ? `/patients/${this.draft.patientId}` : '/visits' }, icon('chevron-left'), nameOf(this.data.patient));
  }

  async start() {
    const f = this.draft.fields;
    const visit = this.data.visit;
    if (visit?.stage !== 'started') {
      const startedAt = localOf(this.now());
      this.put('startedAt', startedAt);
      const body = { visitId: this.draft.visitId, patientId: this.draft.patientId, startedAt: instantOf(startedAt), kind: f.kind || 'regular' };
      await store.finish([this.entry('start-visit', body)], null).catch(() => {});
    }
    this.put('identified', '1');
    this.open(true);
  }

  late() {
    this.put('late', '1');
    this.put('identified', '1');
    if (this.data.visit?.plannedAt && !this.draft.fields.startedAt) this.put('startedAt', localOf(this.data.visit.plannedAt));
    this.open(false);
    document.getElementById('f-startedAt')?.focus();
  }

  /** The sheet itself. @param {boolean} focus whether the first figure is to be typed at once */
  open(focus) {
    const { kin, helper } = this;
    const f = this.draft.fields;
    this.banners = h('div', { class: 'stack' });
    this.tilesRoot = h('div', { class: 'tiles' });
    this.adding = h('div', { class: 'cluster' });
    this.how = h('div', { id: 'how', hidden: !kin && !this.detailed });
    const own = [notices(), this.banners];
    const vitals = h('section', { 'aria-label': t('visit.vitals') }, this.tilesRoot);
    const moreRow = h('div', { class: 'field-row is-top', role: 'group', 'aria-labelledby': 'more-l' }, h('span', { class: 'field-label', id: 'more-l' }, t('visit.more')), this.adding);
    const main = h('main', { class: 'visit-main', id: 'main', tabindex: -1 }, own, kin ? [
      h('p', { class: 'muted' }, t('diary.how')), vitals, moreRow, this.how, form.area(this.form, 'comment', t('diary.comment'), 1000),
    ] : [
      helper && [form.choices(this.form, 'softSign', t('visit.signs')), form.note(this.form, true)],
      vitals, moreRow, this.how,
      !helper && [form.consciousness(this.form), form.choices(this.form, 'softSign', t('visit.signs'))],
      form.choices(this.form, 'careGiven', t('visit.care'), { plain: true, only: helper ? HELPER_CARE : undefined }),
      photoField(this.form, this.who.personId, () => new Date(this.now()).toISOString()),
      !helper && form.note(this.form, false),
      this.data.instructions.length > 0 && this.todo(),
      form.facts(this.form, Boolean(f.late)),
    ]);
    this.record = button(t(kin ? 'diary.record' : 'visit.record'), () => this.finish(), { kind: 'primary', attributes: { 'data-record': true } });
    const root = h('div', { class: 'visit', oninput: (/** @type {any} */ e) => this.typed(e), onchange: (/** @type {any} */ e) => this.typed(e) },
      h('header', { class: 'page-head visit-head' }, this.back(), h('h1', { class: 'page-title', tabindex: -1 }, t(kin ? 'diary.title' : 'visit.title')), allergyChips(this.data.patient),
        f.startedAt && !kin && h('span', { class: 'page-note' }, t('visit.started', clock(instantOf(f.startedAt) ?? 0), this.who.name)), this.head.root, personButton(this.who)),
      main);
    this.pad = makePad({ root, skip: kin ? null : (why) => this.skip(why) });
    root.append(this.pad.root, h('footer', { class: 'visit-foot' }, h('a', { class: 'button', href: '/visits', onclick: (/** @type {Event} */ e) => this.later(e) }, t('visit.later')),
      h('span', { class: 'page-note' }, t('visit.kept')), this.record));
    this.tiles = [];
    for (const tile of this.tileList ?? []) this.addTile(tile);
    this.offer();
    fill(this.app, root);
    this.head.saved(this.draft.savedAt);
    this.say();
    const wrong = this.problems.keys().next().value;
    if (wrong) this.focus(wrong);
    else if (focus && !helper && !kin) this.focus(this.tiles[0].tile.signs[0]);
    else main.focus();
    if (!this.pad.active()) this.pad.show();
  }

  todo() {
    const mine = (this.entries ?? []).filter((e) => e.body.instructionId && e.state !== 'refused');
    return instructions(this.data.instructions.map((/** @type {any} */ i) => ({ ...i })), {
      visitId: this.draft.visitId, now: () => this.now(),
      taken: new Set(mine.filter((e) => e.command === 'take-instruction').map((e) => e.body.instructionId)),
      done: new Map(mine.filter((e) => ['complete-instruction', 'decline-instruction', 'question-instruction'].includes(e.command))
        .map((e) => [e.body.instructionId, e.body.evidence ?? e.body.reason ?? e.body.question])),
      send: async (steps) => { await store.finish(steps.map((s) => ({ ...this.entry(s.command, s.body), fields: { label: s.label } })), null); },
    });
  }

  addTile(/** @type {import('./tiles.js').Tile} */ tile) {
    const drawn = draw(tile, {
      fields: this.form.fields, person: this.person, readings: this.data.readings, day: this.day, problems: this.problems,
      confirm: (sign) => { this.put(`confirmed.${sign}`, '1'); this.problems.delete(sign); this.focus(sign); },
      unskip: (x) => { for (const s of x.signs) this.put(`skip.${s}`, null); this.focus(x.signs[0]); },
    });
    this.tiles?.push(drawn);
    this.tilesRoot?.append(drawn.root);
  }

  /** The tiles that can be added, and how it was measured. */
  offer() {
    const shown = new Set(this.tiles?.map((d) => d.tile.key));
    const how = h('button', { type: 'button', class: 'button button-quiet', 'aria-expanded': String(!this.how.hidden), 'aria-controls': 'how', onclick: () => {
      this.how.hidden = !this.how.hidden;
      this.detailed = !this.how.hidden;
      how.setAttribute('aria-expanded', String(this.detailed));
    } }, t('visit.how'));
    fill(/** @type {HTMLElement} */ (this.adding), more(this.who.profession).filter((x) => !shown.has(x.key)).map((tile) => button(tileName(tile), () => {
      this.addTile(tile);
      if (['oxygenFlow', 'glucose'].includes(tile.key)) { this.detailed = true; this.how.hidden = false; }
      this.offer();
      this.focus(tile.signs[0]);
    }, { drawing: 'plus' })), !this.kin && how);
    const signs = new Set(this.tiles?.flatMap((d) => d.tile.signs));
    fill(this.how, this.kin ? h('div', { class: 'form-grid' }, form.textField(this.form, 'measuredAt', t('how.at'), { type: 'datetime-local' }), form.oneOf(this.form, 'glucoseTiming', 'glucoseTiming', t('how.glucose')))
      : form.measuredHow(this.form, (s) => signs.has(s)));
  }

  /** A key of the browser has changed a field. @param {any} e */
  typed(e) {
    const name = e.target.dataset?.field;
    if (!name) return;
    this.put(name, e.target.type === 'checkbox' ? (e.target.checked ? 'true' : null) : e.target.value);
  }

  /** @param {string} name @param {string | null} value */
  put(name, value) {
    const f = this.draft.fields;
    if ((f[name] ?? '') === (value ?? '')) return;
    const sign = language().signs.some((s) => s.sign === name);
    this.keeper.put(name, value);
    if (this.problems.delete(name) && this.problems.size === 0) { this.summary = ''; this.say(); }
    if (sign) {
      // A new figure has not been looked at again.
      this.keeper.put(`confirmed.${name}`, null);
      if (!f.measuredAt && !f.late) {
        this.keeper.put('measuredAt', localOf(this.now()));
        const shown = /** @type {HTMLInputElement | null} */ (document.getElementById('f-measuredAt'));
        if (shown) shown.value = f.measuredAt;
      }
    }
    if (isOff(api.clockNow())) this.keeper.put('clockCorrected', '1');
    for (const drawn of this.tiles ?? []) if (sign || name.startsWith('skip.') || name.startsWith('confirmed.')) drawn.update();
  }

  focus(/** @type {string} */ name) {
    const target = /** @type {HTMLElement | null} */ (this.app.querySelector(`[data-field="${CSS.escape(name)}"]`));
    if (target && this.how?.contains(target)) this.how.hidden = false;
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  }

  say() {
    if (!this.banners) return;
    const refusedStart = this.entries?.find((e) => e.command === 'start-visit' && e.visitId === this.draft.visitId && e.state === 'refused');
    fill(this.banners,
      this.storageProblem && banner('stop', 'alert', this.storageProblem),
      this.summary && banner('stop', 'alert', [h('strong', null, t('visit.not_recorded')), ' ', this.summary]),
      this.data.visit?.stage === 'recorded' && this.data.visit.visitId === this.draft.visitId && banner('warn', 'alert', t('visit.over_meanwhile', this.data.visit.visitorName)),
      refusedStart?.refusal && banner('warn', 'alert', t('visit.start_refused', reasonOf(refusedStart.refusal))));
  }

  skip(/** @type {string} */ why) {
    const active = this.pad?.active();
    const drawn = this.tiles?.find((d) => d.inputs.includes(active));
    if (!drawn) return;
    const sign = drawn.tile.signs[0];
    const words = h('input', { class: 'input', maxlength: 200, autocomplete: 'off', autofocus: true });
    const reasons = t(`skip.reasons.${why.slice(0, 1).toUpperCase()}${why.slice(1)}`).split(/[、;]/).map((r) => r.trim());
    dialog({
      title: `${ruleOf(sign).name}:${language().choices.notMeasuredWhy.find((c) => c.value === why)?.word}`, narrow: true,
      body: h('div', { class: 'form' }, h('div', { class: 'choices is-plain', role: 'group', 'aria-label': t('skip.reason') },
        reasons.map((r) => h('button', { type: 'button', class: 'phrase', onclick: () => { words.value = r; } }, r))), field('skip-text', t('skip.words'), words)),
      foot: (close) => [button(t('cancel'), close), h('button', { type: 'submit', class: 'button button-primary' }, t('skip.send'))],
      submit: (close) => {
        for (const s of drawn.tile.signs) { this.put(s, null); }
        drawn.inputs.forEach((i) => { i.value = ''; });
        this.put(`skip.${sign}`, `${why}|${words.value.trim()}`);
        close();
        const next = this.tiles?.slice((this.tiles?.indexOf(drawn) ?? 0) + 1).find((d) => !d.tile.signs.some((s) => this.draft.fields[`skip.${s}`]));
        if (next) this.focus(next.tile.signs[0]);
      },
    });
  }

  /** @param {string} command @param {any} body @returns {Entry} */
  entry(command, body) {
    const compared = api.clockNow();
    return {
      id: api.newId(), personId: this.who.personId, personName: this.who.name, patientId: this.draft.patientId, patientName: this.draft.patientName, command, body,
      state: 'kept', madeAt: Date.now(), tries: 0, notBefore: 0, visitId: this.draft.visitId, clock: { aheadSeconds: Math.round((compared?.aheadMs ?? 0) / 1000), known: compared !== null },
    };
  }

  later(/** @type {Event} */ e) {
    e.preventDefault();
    this.keeper.settled().then(() => location.assign('/visits'));
  }

  async finish() {
    if (this.busy) return;
    const f = this.draft.fields;
    this.problems.clear();
    const wrong = faults(this.tiles?.map((d) => d.tile) ?? [], f, this.person, this.day);
    const missing = this.kin ? null : !instantOf(f.startedAt) ? ['startedAt', 'visit.start_missing'] : f.late && !instantOf(f.endedAt) ? ['endedAt', 'visit.end_missing'] : null;
    if (missing) this.problems.set(missing[0], t(missing[1]));
    const content = isRecord(f);
    if (wrong.length || missing || !content) {
      this.summary = !content && !missing ? t(this.kin ? 'diary.empty' : 'visit.empty') : t('visit.look_at', wrong.length + (missing ? 1 : 0));
      this.say();
      for (const drawn of this.tiles ?? []) drawn.update();
      const first = wrong[0] ?? missing?.[0];
      if (first) this.focus(first);
      else document.getElementById('main')?.focus();
      return;
    }
    this.busy = true;
    this.record.setAttribute('aria-disabled', 'true');
    await this.keeper.settled();
    const whole = { ...this.draft, fields: { ...f } };
    if (!whole.fields.measuredAt && this.kin) whole.fields.measuredAt = localOf(this.now());
    if (!whole.fields.endedAt) {
      const end = localOf(this.now());
      whole.fields.endedAt = end > whole.fields.startedAt ? end : localOf(new Date(instantOf(whole.fields.startedAt) ?? 0).getTime() + 60_000);
    }
    const stood = recorded(api.clockNow(), Boolean(f.clockCorrected));
    const body = this.kin ? toDiary(whole, stood) : toVisit(whole, stood);
    const photos = body?.photos?.map((/** @type {import('./draft.js').Photo} */ p) => ({ photoId: p.photoId, bytes: p.bytes, sent: 0, all: Math.ceil(p.bytes / PIECE) }));
    const entry = { ...this.entry(this.kin ? 'record-vitals' : 'record-visit', body), fields: { ...f }, photos };
    try {
      await store.finish([entry], this.draft);
      this.keeper.end();
      showEntry(this.app, this.who, this.data, entry);
    } catch {
      await this.sendAtOnce(entry);
    } finally {
      this.busy = false;
      this.record.removeAttribute('aria-disabled');
    }
  }

  /** The device takes nothing any more: the entry goes straight to the server, and stays on the screen until it has arrived. @param {Entry} entry */
  async sendAtOnce(entry) {
    // What was typed is the same: it is the same entry, under the same id, at the same times.
    const same = this.unkept && JSON.stringify(this.unkept.fields) === JSON.stringify(entry.fields) ? this.unkept : entry;
    this.unkept = same;
    const got = await api.call(`/api/commands/${same.command}`, { method: 'POST', body: same.body, headers: { 'Idempotency-Key': same.id, Author: same.personId } });
    const answer = understand(got.status, got.body, got.type, got.retryAfter);
    if (answer.kind === 'received') {
      this.keeper.end();
      await store.dropDraft(this.draft.key).catch(() => {});
      fill(this.app, h('div', { class: 'sheet-page' }, pageHead(this.who, t('visit.title'), `/patients/${same.patientId}`, same.patientName),
        h('main', { class: 'page-body is-narrow', id: 'main' }, entryCard({ ...same, state: 'received', receipt: answer.receipt }, this.who))));
      return;
    }
    this.summary = answer.kind === 'refused' ? reasonOf(answer.refusal) : t('storage.not_sent');
    this.say();
  }
}

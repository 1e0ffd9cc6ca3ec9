// The device's own page: today's visits, taken along or not, what is being written, and where each finished entry is.

import * as api from './api.js';
import * as store from './store.js';
import * as vault from './vault.js';
import { entryCard } from './entries.js';
import { hasContent } from './draft.js';
import { pendingPhotos } from './outbox.js';
import { banner, button, chip, confirmed, fill, h, icon } from './html.js';
import { allergyChips, kindWord, nameOf } from './identity.js';
import { newPin, personButton } from './lock.js';
import { head, notices } from './states.js';
import { clock, dayText, dayOf, dayTime, t } from './words.js';

/** @param {HTMLElement} app @param {import('./who.js').Who} who */
export async function openDevice(app, who) {
  const takeRow = h('div', { class: 'stack' });
  const visits = h('div', { class: 'stack' });
  const entries = h('div', { class: 'stack' });
  const drafts = h('div', { class: 'stack' });
  fill(app, h('div', { class: 'sheet-page' },
    h('header', { class: 'page-head visit-head' }, h('a', { class: 'button button-quiet visit-back', href: '/' }, icon('chevron-left'), t('device.home')),
      h('h1', { class: 'page-title', tabindex: -1 }, t('device.title')), h('span', { class: 'page-note' }, dayText(dayOf(Date.now()))), head(who).root, personButton(who)),
    h('main', { class: 'page-body is-narrow', id: 'main', tabindex: -1 }, notices(), takeRow, entries, drafts,
      h('section', { class: 'section', 'aria-labelledby': 'device-visits' }, h('h2', { class: 'section-title', id: 'device-visits' }, t('device.visits')), visits))));

  /** @type {any[] | null} */
  let today = null;
  let taking = false;

  async function showVisits() {
    const known = await store.person(who.personId);
    const taken = await vault.all(who.personId);
    const finished = new Set((await store.entriesOf(who.personId)).filter((e) => e.command === 'record-visit' && e.state !== 'refused').map((e) => e.visitId));
    const ids = new Set(taken.map((o) => o.taken.key));
    const list = [...taken.map((o) => o.sheet), ...(today ?? []).filter((s) => !ids.has(vault.keyOfSheet(who.personId, s.patient.patientId, s.visit?.visitId)))]
      .filter((s) => !s.visit || !finished.has(s.visit.visitId));
    fill(visits, list.map((s, i) => row(s, ids.has(vault.keyOfSheet(who.personId, s.patient.patientId, s.visit?.visitId)), i === 0)),
      list.length === 0 && h('div', { class: 'card' }, h('div', { class: 'empty' }, icon('calendar'), h('p', { class: 'empty-title' }, t(api.isOnline() ? 'device.visits_none' : 'device.none_taken')))));
    const until = known?.locked && (known.expiresAt ?? 0) > Date.now() ? (known.endsAt ?? known.expiresAt) : null;
    fill(takeRow, !vault.able() && banner('warn', 'lock', t('take_along.unable')),
      vault.able() && h('div', { class: 'card take-along', 'data-state': taking ? 'taking' : until ? 'taken' : 'none' }, h('div', null, h('h2', { class: 'card-title' }, t('take_along.title')),
        h('p', { class: 'small muted' }, until ? t('take_along.until', taken.length, dayTime(/** @type {number} */ (until))) : t('take_along.how'))),
      button(t(until ? 'take_along.again' : 'take_along'), takeAlong, { kind: until ? undefined : 'primary', drawing: 'download', attributes: { 'aria-disabled': api.isOnline() && !taking ? undefined : 'true', 'aria-busy': taking ? 'true' : undefined } })));
  }

  async function takeAlong() {
    if (!api.isOnline() || taking) return;
    taking = true;
    const done = await takeAll().catch(() => false);
    taking = false;
    await showVisits();
    if (done === false) takeRow.prepend(banner('stop', 'alert', t('take_along.failed')));
  }

  /** @returns {Promise<boolean | null>} null: given up by the person */
  async function takeAll() {
    const known = await store.person(who.personId);
    let key = known?.locked ? await vault.keyOf(who.personId) : null;
    if (!key) {
      const chosen = await newPin(who);
      if (!chosen) return null;
      key = await vault.getKey(who, chosen.pin, chosen.opener);
    }
    const got = key ? await api.call('/api/visits/today') : null;
    if (!key || got?.status !== 200) return false;
    today = got.body.sheets;
    await vault.put(who.personId, key, got.body.sheets, true);
    navigator.storage?.persist?.().catch(() => {});
    return true;
  }

  async function showEntries() {
    const written = await store.draftsOf(who.personId);
    const mended = new Set(written.map((d) => d.mends));
    const all = (await store.entriesOf(who.personId)).filter((e) => e.command !== 'start-visit' && !(e.state === 'refused' && mended.has(e.id)));
    const waiting = all.filter((e) => e.state !== 'received' || pendingPhotos(e).length > 0);
    const arrived = all.filter((e) => e.state === 'received' && !pendingPhotos(e).length).slice(-20).reverse();
    fill(entries, (waiting.length > 0 || arrived.length > 0) && h('section', { class: 'section', 'aria-labelledby': 'device-entries' },
      h('h2', { class: 'section-title', id: 'device-entries' }, t('device.entries'), ' ', waiting.length > 0 && h('span', { class: 'count' }, waiting.length)),
      h('div', { class: 'stack' }, waiting.slice(0, 100).map((e) => entryCard(e, who)), waiting.length > 100 && h('p', { class: 'muted' }, t('device.more', waiting.length - 100)),
        arrived.length > 0 && h('ul', { class: 'rows' }, arrived.map((e) => h('li', { class: 'row', 'data-entry': e.id, 'data-state': e.state }, h('span', { class: 'row-main' }, h('span', { class: 'row-title' }, e.patientName),
          h('span', { class: 'row-note' }, t(`command.${e.command}`))), h('span', { class: 'row-end' }, chip('ok', 'check', t('state.received', clock(e.receipt?.recordedAt ?? 0), String(e.receipt?.sequence))))))))));
    const mine = written.filter((d) => hasContent(d.fields)).sort((a, b) => (b.savedAt ?? 0) - (a.savedAt ?? 0));
    fill(drafts, mine.length > 0 && h('section', { class: 'section', 'aria-labelledby': 'device-drafts' }, h('h2', { class: 'section-title', id: 'device-drafts' }, t('device.drafts')),
      h('ul', { class: 'rows' }, mine.map((d) => h('li', { class: 'row' }, h('a', { class: 'row-main', href: `/patients/${d.patientId}/visit?visit=${d.visitId}` }, h('span', { class: 'row-title' }, d.patientName),
        h('span', { class: 'row-note' }, t('device.draft_saved', dayTime(d.savedAt ?? 0)))),
      h('span', { class: 'row-end' }, button(t('discard'), async () => {
        if (await confirmed(t('discard.title'), t('discard.draft', d.patientName), t('discard.yes'))) { await store.dropDraft(d.key); await showEntries(); }
      }, { kind: 'quiet', drawing: 'trash' })))))));
  }

  let drawing = false;
  store.onOutbox(async () => {
    if (drawing) return;
    drawing = true;
    await new Promise((done) => { setTimeout(done, 200); });
    drawing = false;
    await Promise.all([showEntries(), showVisits()]);
  });
  api.events.addEventListener('connection', showVisits);
  await Promise.all([showVisits(), showEntries()]);
  document.getElementById('main')?.focus();
  await refresh();
  await showVisits();

  /** Online, what was taken along is made new, and what one may no longer see goes. */
  async function refresh() {
    const got = await api.call('/api/visits/today', { patience: 10_000 });
    if (got.status !== 200 || !Array.isArray(got.body?.sheets)) return;
    today = got.body.sheets;
    const key = await vault.keyOf(who.personId);
    if (!key) return;
    const now = new Set(got.body.sheets.map((/** @type {any} */ s) => vault.keyOfSheet(who.personId, s.patient.patientId, s.visit?.visitId)));
    const taken = await store.takenBy(who.personId);
    for (const one of taken.filter((x) => !now.has(x.key))) {
      const sheet = await api.call(`/api/patients/${one.patientId}/visit-sheet${one.visitId ? `?visit=${one.visitId}` : ''}`);
      if (sheet.status === 404 || sheet.status === 403) await vault.forget(who.personId, one.patientId);
      else if (sheet.body?.visit && sheet.body.visit.stage !== 'planned' && sheet.body.visit.stage !== 'started') await store.dropTaken(one.key);
    }
    if (taken.length > 0) await vault.put(who.personId, key, got.body.sheets.filter((/** @type {any} */ s) => taken.some((x) => x.key === vault.keyOfSheet(who.personId, s.patient.patientId, s.visit?.visitId))), false);
  }
}

/** @param {any} sheet @param {boolean} taken @param {boolean} next whether it is the next one */
function row(sheet, taken, next) {
  const { visit, patient } = sheet;
  const at = visit?.startedAt ?? visit?.plannedAt;
  return h('article', { class: 'card plan', 'data-visit': visit?.visitId },
    h('div', { class: 'plan-time' }, h('time', null, at ? clock(at) : '—')),
    h('div', null, h('span', { class: 'kana' }, [patient.details.familyKana, patient.details.givenKana].filter(Boolean).join(' ')), h('h3', { class: 'person-name' }, nameOf(patient)),
      h('span', { class: 'row-note' }, [patient.details.address, visit && kindWord(visit.kind), visit?.purpose].filter(Boolean).join('・')),
      h('div', { class: 'plan-marks' }, allergyChips(patient), taken && chip('ok', 'saved', t('take_along.here')))),
    h('div', { class: 'plan-end' }, h('a', { class: ['button', next && 'button-primary'], href: `/patients/${patient.patientId}/visit${visit ? `?visit=${visit.visitId}` : ''}` }, t(visit?.stage === 'started' ? 'device.go_on' : 'device.open'), h('span', { class: 'sr-only' }, ` ${nameOf(patient)}`))));
}

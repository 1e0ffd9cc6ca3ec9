// Generated sessions at one tablet: several people, tabs killed between any two steps, a network that swallows, cuts and repeats, a server that is busy,
// fails or is somebody else's portal. store.js, outbox.js and drain.js run as they are. Afterwards every finished entry is on record exactly once, under
// its writer, unchanged and in order; a draft is a draft or an entry, never both and never neither. HOMECARE_SEED repeats a run.

import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';
import { clock, inTab, kill, network, openTab, pass, speed, tables } from './device/device.mjs';

register('./device/hooks.mjs', import.meta.url);

const long = process.env.HOMECARE_LONG === '1';
const SESSIONS = Number(process.env.HOMECARE_SHEET_SESSIONS ?? (long ? 5000 : 300));
const seed = Number(process.env.HOMECARE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const PEOPLE = ['nurse', 'physician', 'pharmacist'];

/** @param {number} from mulberry32 */
const generator = (from) => () => {
  from = (from + 0x6d2b79f5) | 0;
  let t = Math.imul(from ^ (from >>> 15), 1 | from);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** The server: what it has done it does not do again, and only for the one who is signed in. */
function server() {
  const done = new Map();
  /** @type {{person: string, body: any}[]} */
  const log = [];
  const state = { session: /** @type {string | null} */ (null), log, repeats: 0 };
  const problem = (/** @type {number} */ status, /** @type {string} */ key) => ({ status, body: { key, title: key } });
  network.answer = (path, how) => {
    if (!state.session) return problem(401, 'session.missing');
    if (path === '/api/me') return { status: 200, body: { personId: state.session } };
    if (!path.startsWith('/api/commands/')) return { status: 204 };
    if (how.headers.Author !== state.session) return problem(409, 'session.other_person');
    const id = how.headers['Idempotency-Key'];
    const known = done.get(id);
    if (known) {
      state.repeats++;
      return known.text === how.body && known.person === state.session ? { status: 200, body: known.receipt } : problem(422, 'command.id_reused');
    }
    const body = JSON.parse(how.body);
    if (body.refused) return problem(409, 'visit.already_recorded');
    log.push({ person: state.session, body });
    const receipt = { sequence: log.length, version: 1, recordedAt: new Date(clock.now).toISOString() };
    done.set(id, { text: how.body, person: state.session, receipt });
    return { status: 200, body: receipt };
  };
  return state;
}

test(`every finished entry of ${SESSIONS} generated sessions is on record once, under its writer, in order (HOMECARE_SEED=${seed})`, async (t) => {
  const random = generator(seed);
  const any = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  speed(generator(seed + 1));
  const state = server();
  /** @type {{person: string, patientId: string, words: string, refused: boolean}[]} */
  const finished = [];
  let [killed, kept, faults] = [0, 0, 0];
  /** @type {any[]} */
  let open = [];

  const bad = generator(seed + 2);
  const networks = {
    away: () => 'away',
    there: () => 'there',
    bad: () => (bad() < 0.4 ? any(['dropped', 'cut', 'cut', 'busy', 'failed', 'portal']) : 'there'),
  };
  const treat = (/** @type {() => string} */ how) => { network.treat = () => { const f = how(); if (f !== 'there') faults++; return f; }; };

  for (let s = 0; s < SESSIONS; s++) {
    const person = any(PEOPLE);
    treat(networks[/** @type {'away' | 'there' | 'bad'} */ (any(['away', 'there', 'bad', 'bad']))]);
    // Nobody, the same, or another is signed in on the server when somebody begins.
    state.session = random() < 0.7 ? person : any([null, ...PEOPLE]);
    for (const tab of open.filter(() => random() < 0.7)) { kill(tab); killed++; }
    open = open.filter((tab) => !tab.dead).slice(-2);
    const tab = await openTab();
    open.push(tab);
    for (const one of open) inTab(one, () => one.drain.sendFor(person, 'tablet'));
    // What has arrived is put out of the list, as the sheet does after a day and a half.
    inTab(tab, () => tab.store.clear(clock.now));
    for (let n = Math.floor(random() * 4); n >= 0 && !tab.dead; n--) {
      const patientId = `patient ${Math.floor(random() * 5)}`;
      const [words, id] = [`${s}.${n}`, `${seed}.${s}.${n}`];
      const body = { patientId, words, refused: random() < 0.05, measuredAt: new Date(clock.now).toISOString() };
      const draft = { key: `${person}.${id}`, personId: person, patientId, patientName: '', visitId: id, fields: { objective: words }, savedAt: clock.now };
      const entry = { id, personId: person, personName: '', patientId, patientName: '', command: 'record-visit', body, state: 'kept', madeAt: clock.now, tries: 0, notBefore: 0, visitId: id };
      let settled = false;
      inTab(tab, () => tab.store.keepDraft(draft).then(() => { settled = true; }));
      await pass(60_000, () => settled);
      assert.ok(settled, 'a draft is kept');
      settled = false;
      inTab(tab, () => tab.store.finish([entry], draft).then(() => { settled = true; }));
      if (random() < 0.2) {
        await pass(random() * 12);
        kill(tab);
        killed++;
        const [isDraft, isEntry] = [tables.drafts.has(draft.key), [...tables.outbox.values()].some((e) => e.id === id)];
        const sentAlready = state.log.some((l) => l.body.words === words);
        assert.ok(isDraft !== (isEntry || sentAlready), `${words}: a draft ${isDraft}, an entry ${isEntry}`);
        if (isDraft) kept++;
        if (settled) assert.ok(!isDraft, `${words}: what was said to be finished is`);
        if (isEntry || sentAlready) finished.push({ person, patientId, words, refused: body.refused });
      } else {
        await pass(60_000, () => settled);
        assert.ok(settled, 'an entry is finished');
        finished.push({ person, patientId, words, refused: body.refused });
      }
      await pass(random() * 3000);
    }
    await pass(random() ** 3 * 60_000);
  }

  // Everybody comes once more, and the network is good.
  treat(networks.there);
  for (const person of PEOPLE) {
    for (const tab of open) kill(tab);
    state.session = person;
    const tab = await openTab();
    open = [tab];
    inTab(tab, () => tab.drain.sendFor(person, 'tablet'));
    const waits = () => [...tables.outbox.values()].filter((e) => e.personId === person && (e.state === 'kept' || e.state === 'sent')).length;
    await pass(6 * 3_600_000, () => waits() === 0);
    assert.equal(waits(), 0, `${person}'s entries have all been answered`);
  }

  const recorded = state.log.map((l) => `${l.person} ${l.body.patientId} ${l.body.words}`);
  const expected = finished.filter((f) => !f.refused).map((f) => `${f.person} ${f.patientId} ${f.words}`);
  assert.deepEqual([...recorded].sort(), [...expected].sort());
  for (const person of PEOPLE) {
    for (const patient of new Set(finished.map((f) => f.patientId))) {
      const of = (/** @type {string[]} */ list) => list.filter((r) => r.startsWith(`${person} ${patient} `));
      assert.deepEqual(of(recorded), of(expected), 'in the order in which they were finished');
    }
  }
  const refused = [...tables.outbox.values()].filter((e) => e.state === 'refused').map((e) => e.body.words);
  assert.deepEqual(refused.sort(), finished.filter((f) => f.refused).map((f) => f.words).sort(), 'what was refused is on the tablet, and nothing else');
  assert.ok(faults > 0 && killed > 0 && state.repeats > 0, 'there was something to survive');
  t.diagnostic(`${finished.length} entries, ${killed} tabs killed, ${kept} finished as drafts, ${faults} faults, ${state.repeats} repeats answered with their first receipt`);
});

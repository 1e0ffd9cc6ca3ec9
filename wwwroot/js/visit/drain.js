// Sends what waits, one after another, as the person who wrote it or not at all. One tab of the device does it at a time.

import * as api from './api.js';
import * as store from './store.js';
import { NOTICEABLE } from './clock.js';
import { after, clockInDoubt, next, nextPhoto, onTheWay, pauseAfter, pendingPhotos, understand } from './outbox.js';
import { sendPhoto } from './photos.js';
import * as vault from './vault.js';

/** @typedef {import('./outbox.js').Entry} Entry */

/** @type {string | null} */
let personId = null;
/** @type {string | undefined} */
let device;
let timer = 0;
let again = false;
let impatient = false;
let misses = 0;
let running = false;
/** Why nothing is sent at the moment. @type {'sign-in' | 'other-person' | 'too-old' | null} */
let held = null;
export const events = new EventTarget();

/** Why nothing is sent at the moment: nobody is signed in, or somebody else, or this sheet is too old for the server. */
export const heldBy = () => held;

function hold(/** @type {typeof held} */ why) {
  if (why !== held) {
    held = why;
    events.dispatchEvent(new Event('held'));
  }
}

/** Sends this person's entries from now on; null: nobody's. @param {string | null} who @param {string} [deviceId] */
export function sendFor(who, deviceId) {
  personId = who;
  device = deviceId;
  hold(null);
  kick();
}

/** Looks at once whether something can be sent. */
export function kick() {
  clearTimeout(timer);
  if (running) again = true;
  else if (personId) run();
}

// The network is back: what waits for its next try need not wait any longer.
api.events.addEventListener('maybe', () => { impatient = true; kick(); });
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && kick());
store.onOutbox(() => { if (!running) kick(); });

async function run() {
  running = true;
  again = false;
  let pause = 0;
  try {
    // A tab that has the lock sends; the others look again later, should it be gone by then.
    pause = await oneTab(sendAll);
  } catch {
    pause = 5000;
  } finally {
    running = false;
    clearTimeout(timer);
    if (again) kick();
    else if (pause > 0) timer = window.setTimeout(kick, pause);
  }
}

/** @param {() => Promise<number>} work @returns {Promise<number>} */
function oneTab(work) {
  return navigator.locks ? /** @type {any} */ (navigator.locks).request('homecare-outbox', { ifAvailable: true }, async (lock) => (lock ? work() : 3000)) : work();
}

/** @returns {Promise<number>} when to look again, in ms; 0: when something changes */
async function sendAll() {
  const who = personId;
  let asked = false;
  for (;;) {
    if (!who || who !== personId) return 0;
    const entries = await store.entriesOf(who);
    const now = impatient ? Infinity : Date.now();
    const { entry, at } = next(entries, now);
    // Words and figures first: a photograph is large, and comes after them.
    const picture = entry ? {} : nextPhoto(entries, now);
    impatient = false;
    if (!entry && !picture.photo) {
      await report(who).catch(() => {});
      const soonest = Math.min(at ?? Infinity, picture.at ?? Infinity);
      return soonest < Infinity ? Math.max(250, soonest - Date.now()) : 0;
    }
    if (!asked) {
      // The session must be this person's. The server looks again at each entry.
      const me = await api.call('/api/me', { patience: 10_000 });
      // A device that this person has opened by PIN signs them in again by itself.
      if (me.status === 401 && !(await vault.signIn(who).catch(() => null))) { hold('sign-in'); return 20_000; }
      if (me.status === 401) continue;
      if (me.status !== 200 || !me.body?.personId) return pauseAfter(++misses, Math.random());
      misses = 0;
      if (me.body.personId !== who) {
        if (await vault.signIn(who).catch(() => null)) continue;
        hold('other-person');
        return 20_000;
      }
      // Whether the sheet is too old is known again only when something has been sent.
      if (held !== 'too-old') hold(null);
      asked = true;
    }
    if (!entry) {
      const held = await sendPicture(/** @type {Entry} */ (picture.entry), /** @type {import('./outbox.js').EntryPhoto} */ (picture.photo));
      if (held) { hold(held); return 20_000; }
      continue;
    }
    if (clockInDoubt(entry, Date.now(), api.clockNow(), NOTICEABLE)) {
      await store.advance(entry.id, (e) => ({ ...e, state: 'refused', refusal: { status: 0, key: 'clock.off', title: '' } }));
      continue;
    }
    const answer = await send(entry);
    if (answer.kind === 'sign-in' || answer.kind === 'other-person' || answer.kind === 'too-old') { hold(answer.kind); return 20_000; }
    hold(null);
  }
}

/** Sends a photograph, or as much of it as goes. @param {Entry} entry @param {import('./outbox.js').EntryPhoto} photo
 * @returns {Promise<'sign-in' | 'other-person' | 'too-old' | null>} why nothing can be sent at the moment */
async function sendPicture(entry, photo) {
  const got = await sendPhoto(entry, photo.photoId, {
    sent: (sent, all) => store.markPhoto(entry.id, photo.photoId, (p) => ({ ...p, sent, all })),
    goOn: async () => !next(await store.entriesOf(entry.personId), Date.now()).entry,
  });
  if (got === 'later') return null;
  if (got === 'whole') {
    await store.markPhoto(entry.id, photo.photoId, (p) => ({ ...p, done: true, refusal: undefined }));
    return null;
  }
  const answer = got === 'lost' ? { kind: /** @type {const} */ ('refused'), refusal: { status: 0, key: 'photo.lost', title: '' } } : understand(got.status, got.body, got.type, got.retryAfter);
  if (answer.kind === 'sign-in' || answer.kind === 'other-person' || answer.kind === 'too-old') return answer.kind;
  if (answer.kind === 'refused') await store.markPhoto(entry.id, photo.photoId, (p) => ({ ...p, refusal: answer.refusal }));
  else await store.delayPhotos(entry.id, (tries) => Date.now() + (answer.kind === 'later' && answer.after ? answer.after : pauseAfter(tries, Math.random())));
  return null;
}

/** Tells the office what waits refused here, when that has changed. @param {string} who */
async function report(who) {
  if (!device) return;
  const refused = (await store.entriesOf(who)).map((e) => ({ ...e, refusal: e.refusal ?? pendingPhotos(e).find((p) => p.refusal)?.refusal }))
    .filter((e) => e.refusal && e.command !== 'start-visit').slice(0, 500);
  const now = refused.map((e) => e.id).join();
  if (now === ((await store.setting(`reported.${who}`)) ?? '')) return;
  const body = { entries: refused.map((e) => ({ commandId: e.id, patientId: e.patientId, command: e.command, reason: e.refusal?.key ?? '', since: new Date(e.madeAt).toISOString() })) };
  const me = await api.call('/api/me', { patience: 10_000 });
  if (me.body?.personId !== who) return;
  const got = await api.call(`/api/devices/${device}/unsent`, { method: 'PUT', body });
  if (got.status === 204) await store.keepSetting(`reported.${who}`, now);
}

/** @param {Entry} entry */
async function send(entry) {
  await store.advance(entry.id, onTheWay);
  const got = await api.call(`/api/commands/${entry.command}`, {
    method: 'POST', body: entry.body,
    headers: { 'Idempotency-Key': entry.id, Author: entry.personId, ...(device ? { Device: device } : {}) },
  });
  const answer = understand(got.status, got.body, got.type, got.retryAfter);
  await store.advance(entry.id, (e) => after(e, answer, Date.now(), Math.random()));
  // Access has ended: nothing taken along of this person stays either.
  if (answer.kind === 'refused' && answer.refusal.key === 'patient.unknown') await vault.forget(entry.personId, entry.patientId);
  return answer;
}

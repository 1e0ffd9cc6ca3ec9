// What is taken along lies on the device under a key that the server gave at sign-in. While somebody works the browser holds that key so that no script
// can read it out; after the lock only the PIN brings it back, until the working day is over. See docs/adr.

import * as api from './api.js';
import { isOff } from './clock.js';
import * as passkey from './passkey.js';
import * as store from './store.js';

/** @typedef {import('./store.js').Person} Person @typedef {{key: CryptoKey, secret?: Uint8Array}} Open */

/** What makes trying PINs slow: OWASP's number for PBKDF2 with SHA-256 (2023). */
const ROUNDS = 600_000;
export const PIN = /^\d{6,12}$/;
const MOST_WRONG = 5;

/** Whether this browser can lock anything: only over HTTPS or on this machine itself. */
export const able = () => Boolean(globalThis.crypto?.subtle);

const bytesOf = (/** @type {string} */ base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes));

/** This device's number; it gives it to itself once. */
export async function device() {
  const known = await store.setting('device');
  if (known) return known;
  const made = crypto.randomUUID?.() ?? api.newId();
  await store.keepSetting('device', made);
  return made;
}

/** @param {Uint8Array} raw */
const importKey = (raw) => crypto.subtle.importKey('raw', /** @type {BufferSource} */ (raw), 'AES-GCM', false, ['encrypt', 'decrypt']);

/** @param {string} pin @param {Uint8Array} salt */
async function keyOfPin(pin, salt) {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', iterations: ROUNDS, salt: /** @type {BufferSource} */ (salt) }, typed,
    { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The key of the person at work, if this device holds it. @param {string} personId @returns {Promise<CryptoKey | null>} */
export async function keyOf(personId) {
  const current = await store.setting('current');
  const known = await store.person(personId);
  if (known?.expiresAt && known.expiresAt < Date.now()) {
    await store.wipe(personId);
    return null;
  }
  return current?.personId === personId ? (current.key ?? null) : null;
}

/** @param {CryptoKey} key @param {{key: string, secret: string}} pass */
async function lockedUnder(key, pass) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, locked: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify({ key: pass.key, secret: pass.secret }))) };
}

/** Asks the server for a pass and holds its key for the person at work; with a PIN it can be opened again without the network, and with a passkey too.
 * @param {{personId: string, name: string, profession: string, organisationName?: string}} who @param {string | null} pin @param {import('./passkey.js').Opener | null} [opener] @returns {Promise<CryptoKey | null>} */
export async function getKey(who, pin, opener = null) {
  if (!able()) return null;
  const given = await api.call(`/api/devices/${await device()}/pass`, { method: 'POST', headers: { 'Idempotency-Key': api.newId() }, patience: 10_000 });
  if (given.status !== 200) return null;
  const raw = bytesOf(given.body.key);
  const key = await importKey(raw);
  // What lay under the key before cannot be opened any longer.
  await store.wipe(who.personId);
  /** @type {Person} */
  const known = { personId: who.personId, name: who.name, profession: who.profession, organisationName: who.organisationName, wrong: 0, endsAt: Date.parse(given.body.expiresAt) };
  // By the device's own clock, which is all there is without the network: how far it is off is known now.
  const compared = api.clockNow();
  known.expiresAt = /** @type {number} */ (known.endsAt) + (isOff(compared) ? /** @type {import('./clock.js').Compared} */ (compared).aheadMs : 0);
  if (pin) {
    known.salt = crypto.getRandomValues(new Uint8Array(16));
    Object.assign(known, await lockedUnder(await keyOfPin(pin, known.salt), given.body));
    if (opener) known.passkey = { id: opener.id, salt: opener.salt, ...(await lockedUnder(opener.key, given.body)) };
  }
  raw.fill(0);
  await store.keepPerson(known);
  await store.changeSetting('current', (c) => ({ ...(c?.personId === who.personId ? c : {}), personId: who.personId, key, secret: pin ? bytesOf(given.body.secret) : undefined, at: Date.now() }));
  return key;
}

/** Opens with a PIN. @param {string} personId @param {string} pin @returns {Promise<{ok: true} | {ok: false, left: number}>} left 0: wiped */
export async function unlock(personId, pin) {
  const known = await store.person(personId);
  if (!known?.locked || !known.salt || !known.iv || (known.expiresAt ?? 0) < Date.now()) {
    await store.wipe(personId);
    return { ok: false, left: 0 };
  }
  // Counted before it is tried: turning the device off does not give another try.
  const wrong = (known.wrong ?? 0) + 1;
  await store.keepPerson({ ...known, wrong });
  try {
    const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (known.iv) }, await keyOfPin(pin, known.salt), known.locked);
    await atWork(known, open);
    return { ok: true };
  } catch {
    if (wrong >= MOST_WRONG) await store.wipe(personId);
    return { ok: false, left: Math.max(0, MOST_WRONG - wrong) };
  }
}

/** @param {Person} known @param {ArrayBuffer} open key and secret */
async function atWork(known, open) {
  const { key, secret } = JSON.parse(new TextDecoder().decode(open));
  await store.keepPerson({ ...known, wrong: 0 });
  await store.keepSetting('current', { personId: known.personId, key: await importKey(bytesOf(key)), secret: bytesOf(secret), at: Date.now() });
}

/** Opens with the passkey of the tablet. Nothing is counted: the tablet itself guards against trying. @param {string} personId */
export async function unlockByPasskey(personId) {
  const known = await store.person(personId);
  if (!known?.passkey || (known.expiresAt ?? 0) < Date.now()) return false;
  const { id, salt, iv, locked } = known.passkey;
  const key = await passkey.ask(id, salt);
  if (!key) return false;
  try {
    await atWork(known, await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (iv) }, key, locked));
    return true;
  } catch {
    return false;
  }
}

/** Signs in on the server as the person whose PIN opened the device. @param {string} personId */
export async function signIn(personId) {
  const current = await store.setting('current');
  if (current?.personId !== personId || !current.secret) return null;
  const got = await api.call('/api/session/device', { method: 'POST', body: { deviceId: await device(), personId, secret: base64Of(current.secret) }, patience: 10_000 });
  if (got.status === 401) {
    // The pass has ended: so has what hangs on it.
    await store.wipe(personId);
    await lock();
  }
  return got.status === 200 ? got.body : null;
}

/** Locks: from now on the PIN is needed. */
export async function lock() {
  await store.changeSetting('current', (c) => ({ personId: c?.personId, locked: true, at: Date.now() }));
}

// What is taken along

export const keyOfSheet = (/** @type {string} */ personId, /** @type {string} */ patientId, /** @type {string | undefined} */ visitId) =>
  `${personId}.${patientId}.${visitId ?? ''}`;

/** @param {string} personId @param {CryptoKey} key @param {any} sheet @returns {Promise<import('./store.js').Taken>} */
async function sealed(personId, key, sheet) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const name = keyOfSheet(personId, sheet.patient.patientId, sheet.visit?.visitId);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, key, new TextEncoder().encode(JSON.stringify(sheet)));
  return { key: name, personId, patientId: sheet.patient.patientId, visitId: sheet.visit?.visitId ?? '', plannedAt: sheet.visit?.startedAt ?? sheet.visit?.plannedAt, takenAt: Date.now(), iv, data };
}

/** Puts sheets away under the key. @param {string} personId @param {CryptoKey} key @param {any[]} sheets @param {boolean} whole whether others taken before go */
export const put = async (personId, key, sheets, whole) =>
  store.keepTaken(await Promise.all(sheets.map((s) => sealed(personId, key, s))), whole ? personId : null);

/** @param {CryptoKey} key @param {import('./store.js').Taken} taken */
export async function open(key, taken) {
  try {
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (taken.iv), additionalData: new TextEncoder().encode(taken.key) }, key, taken.data);
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null;
  }
}

/** All that the person took along and can open now, by time; what another key had locked is put away. @param {string} personId */
export async function all(personId) {
  const key = await keyOf(personId);
  if (!key) return [];
  const open1 = await Promise.all((await store.takenBy(personId)).map(async (taken) => ({ taken, sheet: await open(key, taken) })));
  return open1.filter((o) => o.sheet).sort((a, b) => ((a.taken.plannedAt ?? '') < (b.taken.plannedAt ?? '') ? -1 : 1));
}

/** A sheet taken along; that of the visit, else the person's latest. @param {string} personId @param {string} patientId @param {string | null} visitId */
export async function one(personId, patientId, visitId) {
  const mine = (await all(personId)).filter((o) => o.taken.patientId === patientId);
  return (mine.find((o) => o.taken.visitId === visitId) ?? mine.sort((a, b) => b.taken.takenAt - a.taken.takenAt)[0])?.sheet ?? null;
}

/** Access to a person's record has ended: nothing of it stays. @param {string} personId @param {string} patientId */
export async function forget(personId, patientId) {
  for (const taken of await store.takenBy(personId)) if (taken.patientId === patientId) await store.dropTaken(taken.key);
}

// Who is at work on this device: the session's person online; without the network the one who was here a moment ago, or whom a PIN opens.

import * as api from './api.js';
import * as store from './store.js';
import * as vault from './vault.js';

/** @typedef {{personId: string, name: string, profession: string, organisationName?: string}} Who */

/** After so long without a touch the PIN is asked for. */
export const IDLE = 10 * 60_000;

/** Those whom a PIN opens on this device now. */
export const openable = async () => (await store.people()).filter((p) => p.locked && (p.expiresAt ?? 0) > Date.now());

/**
 * Finds out.
 * @returns {Promise<{state: 'known', who: Who, online: boolean} | {state: 'locked', people: import('./store.js').Person[], online: boolean} | {state: 'nobody', online: boolean}>}
 */
export async function find() {
  // Whoever it belongs to: what was taken along does not outlast its day.
  for (const p of await store.people().catch(() => [])) if (p.expiresAt && p.expiresAt < Date.now()) await store.wipe(p.personId);
  const current = await store.setting('current').catch(() => undefined);
  let me = await api.call('/api/me', { patience: 4000 });
  const online = me.status !== 0;
  const people = await openable().catch(() => []);
  const idle = current?.key && people.some((p) => p.personId === current.personId) && Date.now() - (current.at ?? 0) > IDLE;
  if (current?.locked || idle) {
    if (idle) await vault.lock();
    if (people.length > 0) return { state: 'locked', people, online };
    // Without a PIN only the server can say who it is, and it is asked anew.
    if (online) await leave();
    return { state: 'nobody', online };
  }
  if (current?.secret && !current.locked && online && me.body?.personId !== current.personId) {
    // Whoever opened the tablet is at work here, whatever session an answer that came late has left: the session becomes theirs again.
    const mine = await vault.signIn(current.personId);
    if (!mine && (await store.setting('current'))?.locked) return find();
    me = mine ? { ...me, status: 200, body: mine } : { ...me, status: 0 };
  }
  if (me.status === 200 && me.body?.personId) {
    const who = { personId: me.body.personId, name: me.body.name, profession: me.body.profession, organisationName: me.body.organisationName };
    await become(who);
    return { state: 'known', who, online: true };
  }
  if (me.status !== 401 && current?.personId && !current.locked && Date.now() - (current.at ?? 0) < IDLE) {
    const known = await store.person(current.personId);
    if (known) return { state: 'known', who: known, online: false };
  }
  return people.length > 0 ? { state: 'locked', people, online } : { state: 'nobody', online };
}

/** This person is at work now. @param {Who} who */
export async function become(who) {
  await store.changePerson(who.personId, (known) => ({ ...known, personId: who.personId, name: who.name, profession: who.profession, organisationName: who.organisationName }));
  await store.changeSetting('current', (c) => ({ ...(c?.personId === who.personId ? c : {}), personId: who.personId, locked: false, at: Date.now() }));
}

/** The session ends and with it the lock: whoever comes next signs in with name and password. */
export async function leave() {
  const gone = await api.call('/api/session', { method: 'DELETE' });
  if (gone.status === 204) await store.keepSetting('current', undefined);
}

/** What was taken along goes where the device's pass is gone, or the person no longer may. @param {Who} who */
export async function checkPass(who) {
  const known = await store.person(who.personId);
  if (!known?.expiresAt) return;
  if (known.expiresAt < Date.now()) return store.wipe(who.personId);
  const pass = await api.call(`/api/devices/${await vault.device()}`, { patience: 10_000 });
  if (pass.status === 404 && pass.body?.key === 'session.device_ended') await store.wipe(who.personId);
}

/** Watches for idleness, and locks. @param {Who} who @param {() => void} onLock */
export function watchIdle(who, onLock) {
  let last = Date.now();
  let kept = last;
  const touch = () => {
    last = Date.now();
    if (last - kept > 15_000) {
      kept = last;
      store.changeSetting('current', (c) => (c?.personId === who.personId && !c.locked ? { ...c, at: last } : undefined)).catch(() => {});
    }
  };
  for (const event of ['pointerdown', 'keydown', 'input']) addEventListener(event, touch, { passive: true, capture: true });
  const look = async () => {
    // A lock that nobody could open again is not put on.
    if (Date.now() - last < IDLE || !(api.isOnline() || (await openable()).length)) return;
    clearInterval(timer);
    await vault.lock();
    onLock();
  };
  const timer = setInterval(look, 10_000);
  document.addEventListener('visibilitychange', look);
}

// What this device keeps, in IndexedDB. Each step is one transaction: an entry is in the draft or in the outbox, never in both and never in neither.

import { openDB } from '/lib/idb/idb.js';
import { pendingPhotos } from './outbox.js';

/**
 * @typedef {import('./draft.js').Draft} Draft
 * @typedef {import('./outbox.js').Entry} Entry
 * @typedef {{personId: string, name: string, profession: string, organisationName?: string, salt?: Uint8Array, iv?: Uint8Array, locked?: ArrayBuffer,
 *   expiresAt?: number, endsAt?: number, wrong?: number, passkey?: {id: Uint8Array, salt: Uint8Array, iv: Uint8Array, locked: ArrayBuffer}}} Person
 *   locked: key and secret under the PIN, or under the passkey; expiresAt: when the pass ends by this device's clock; endsAt: by the server's
 * @typedef {{id: string, personId: string, iv: Uint8Array, data: ArrayBuffer, type: string, keptAt: number}} KeptPhoto under the person's key of photos.js
 * @typedef {{key: string, personId: string, patientId: string, visitId: string, plannedAt?: string, takenAt: number, iv: Uint8Array, data: ArrayBuffer}} Taken
 */

const NAME = 'homecare-visit';
const CERTAIN = { durability: /** @type {const} */ ('strict') };

/** @type {Promise<any> | undefined} */
let opened;

function database() {
  return (opened ??= openNow());
}

async function openNow() {
  const shape = {
    /** @param {any} db @param {number} from */
    upgrade(db, from) {
      if (from < 2) db.createObjectStore('photos', { keyPath: 'id' }).createIndex('person', 'personId');
      if (from >= 1) return;
      db.createObjectStore('drafts', { keyPath: 'key' }).createIndex('person', 'personId');
      const outbox = db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
      outbox.createIndex('person', 'personId');
      outbox.createIndex('id', 'id', { unique: true });
      db.createObjectStore('people', { keyPath: 'personId' });
      db.createObjectStore('taken', { keyPath: 'key' }).createIndex('person', 'personId');
      db.createObjectStore('settings');
    },
    // A newer sheet in another tab wants to change the shape: make room, and open anew at the next call.
    blocking: (/** @type {any} */ _a, /** @type {any} */ _b, /** @type {any} */ event) => { /** @type {IDBDatabase} */ (event.target).close(); opened = undefined; },
    terminated: () => { opened = undefined; },
  };
  try {
    return await openDB(NAME, 2, shape);
  } catch (error) {
    opened = undefined;
    // A newer sheet has added to the shape, and this one is still open: what it knows of is there as before.
    if (/** @type {any} */ (error)?.name === 'VersionError') return openDB(NAME, undefined, { blocking: shape.blocking, terminated: shape.terminated });
    throw error;
  }
}

/** One transaction; done only when it is on the disk. A connection that was closed meanwhile is opened anew, once.
 * @template T @param {string[]} stores @param {(stores: any) => Promise<T> | T} work @returns {Promise<T>} */
async function certainly(stores, work) {
  try {
    return await once(stores, work);
  } catch (error) {
    if (/** @type {any} */ (error)?.name !== 'InvalidStateError') throw error;
    opened = undefined;
    return once(stores, work);
  }
}

/** @template T @param {string[]} stores @param {(stores: any) => Promise<T> | T} work @returns {Promise<T>} */
async function once(stores, work) {
  const tx = (await database()).transaction(stores, 'readwrite', CERTAIN);
  try {
    const result = await work(Object.fromEntries(stores.map((s) => [s, tx.objectStore(s)])));
    await tx.done;
    return result;
  } catch (error) {
    try { tx.abort(); } catch { /* It has ended already. */ }
    tx.done.catch(() => {});
    throw error;
  }
}

// Other tabs hear of what has changed.
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
const changes = new EventTarget();
channel?.addEventListener('message', () => changes.dispatchEvent(new Event('outbox')));

let telling = false;

/** Many changes in a row are told once. */
function tell() {
  if (telling) return;
  telling = true;
  setTimeout(() => {
    telling = false;
    changes.dispatchEvent(new Event('outbox'));
    channel?.postMessage('outbox');
  }, 50);
}

/** Calls when the outbox has changed, here or in another tab. @param {() => void} act */
export const onOutbox = (act) => changes.addEventListener('outbox', act);

// Drafts

/** @param {string} personId @returns {Promise<Draft[]>} */
export const draftsOf = async (personId) => (await database()).getAllFromIndex('drafts', 'person', personId);
/** @param {string} key @returns {Promise<Draft | undefined>} */
export const draft = async (key) => (await database()).get('drafts', key);
/** @param {Draft} draft */
export const keepDraft = (draft) => certainly(['drafts'], (s) => s.drafts.put(draft));
/** @param {string} key */
export const dropDraft = (key) => certainly(['drafts'], (s) => s.drafts.delete(key));

// Outbox

/** The finished entries take the place of the draft, and of the refused one that it mends. @param {Entry[]} entries @param {Draft | null} draft */
export async function finish(entries, draft) {
  await certainly(['drafts', 'outbox'], async (s) => {
    for (const entry of entries) await s.outbox.add(entry);
    if (!draft) return;
    // That the start was refused says nothing more once there is a record.
    for (let c = await s.outbox.index('person').openCursor(draft.personId); c; c = await c.continue()) {
      if (c.value.command === 'start-visit' && c.value.visitId === draft.visitId && c.value.state === 'refused') await c.delete();
    }
    await s.drafts.delete(draft.key);
    if (draft.mends) {
      const old = await s.outbox.index('id').get(draft.mends);
      if (old?.state === 'refused') await s.outbox.delete(old.seq);
    }
  });
  tell();
}

/** @param {string} personId @returns {Promise<Entry[]>} oldest first */
export async function entriesOf(personId) {
  const entries = await (await database()).getAllFromIndex('outbox', 'person', personId);
  return entries.sort((/** @type {any} */ a, /** @type {any} */ b) => a.seq - b.seq);
}

/** @param {string} id @returns {Promise<Entry | undefined>} */
export const entry = async (id) => (await database()).getFromIndex('outbox', 'id', id);

/** Writes an entry's next state, unless it is gone or has its receipt meanwhile. @param {string} id @param {(entry: Entry) => Entry} step */
export async function advance(id, step) {
  const now = await certainly(['outbox'], async (s) => {
    const stands = await s.outbox.index('id').get(id);
    if (!stands || stands.state === 'received') return stands;
    const moved = step(stands);
    await s.outbox.put(moved);
    return moved;
  });
  tell();
  return now;
}

/** Takes a refused entry back into a draft to be mended; it stays refused until the mended one takes its place. @param {Draft} draft */
export async function mend(draft) {
  await keepDraft(draft);
  tell();
}

/** A refused entry is sent once more as another act, in its place. @param {string} id @param {Entry} fresh */
export async function replace(id, fresh) {
  await certainly(['outbox'], async (s) => {
    const stands = await s.outbox.index('id').get(id);
    if (stands?.state !== 'refused') return;
    await s.outbox.delete(stands.seq);
    await s.outbox.add(fresh);
  });
  tell();
}

/** A person throws a refused entry away, or one that has arrived is put out of the list. @param {string} id */
export async function discard(id) {
  await certainly(['outbox'], async (s) => {
    const stands = await s.outbox.index('id').get(id);
    if (stands && (stands.state === 'refused' || (stands.state === 'received' && !pendingPhotos(stands).length))) await s.outbox.delete(stands.seq);
  });
  tell();
}

/** Entries that arrived before a time need not be shown any longer. @param {number} before */
export async function clear(before) {
  await certainly(['outbox'], async (s) => {
    for (let c = await s.outbox.openCursor(); c; c = await c.continue()) {
      if (c.value.state === 'received' && c.value.madeAt < before && !pendingPhotos(c.value).length) await c.delete();
    }
  });
}

/** How many entries and drafts of others this device keeps; nothing more is told of them. @param {string | undefined} personId */
export async function ofOthers(personId) {
  const db = await database();
  const waits = (await db.getAll('outbox')).filter((/** @type {Entry} */ e) => e.personId !== personId && (e.state !== 'received' || pendingPhotos(e).length > 0)).length;
  const drafts = (await db.getAll('drafts')).filter((/** @type {Draft} */ d) => d.personId !== personId).length;
  return { waits, drafts };
}

// Photographs

/** @param {KeptPhoto} photo */
export const keepPhoto = (photo) => certainly(['photos'], (s) => s.photos.put(photo));
/** @param {string} id @returns {Promise<KeptPhoto | undefined>} */
export const photo = async (id) => (await database()).get('photos', id);

/** How far a photograph of an entry has come; what has arrived whole, or was thrown away by its writer, leaves the device.
 * @param {string} id of the entry @param {string} photoId @param {(photo: import('./outbox.js').EntryPhoto) => import('./outbox.js').EntryPhoto} step */
export async function markPhoto(id, photoId, step) {
  await certainly(['outbox', 'photos'], async (s) => {
    const stands = await s.outbox.index('id').get(id);
    if (!stands?.photos) return;
    const photos = stands.photos.map((/** @type {any} */ p) => (p.photoId === photoId ? step(p) : p));
    await s.outbox.put({ ...stands, photos });
    if (photos.some((/** @type {any} */ p) => p.photoId === photoId && (p.done || p.dropped))) await s.photos.delete(photoId);
  });
  tell();
}

/** An entry's photographs are tried again later. @param {string} id @param {(tries: number) => number} when */
export async function delayPhotos(id, when) {
  await certainly(['outbox'], async (s) => {
    const stands = await s.outbox.index('id').get(id);
    const photoTries = (stands?.photoTries ?? 0) + 1;
    if (stands) await s.outbox.put({ ...stands, photoTries, photosAt: when(photoTries) });
  });
  tell();
}

/** Photographs that no draft and no entry of the person names any more go; one that was taken a moment ago may be about to be named. @param {string} personId */
export const sweepPhotos = (personId) => certainly(['drafts', 'outbox', 'photos'], async (s) => {
  const named = new Set();
  for (const d of await s.drafts.index('person').getAll(personId)) for (const f of Object.keys(d.fields)) if (f.startsWith('photo.')) named.add(f.slice('photo.'.length));
  for (const e of await s.outbox.index('person').getAll(personId)) {
    for (const p of e.photos ?? []) if (!p.done && !p.dropped) named.add(p.photoId);
    // A refused entry can be mended: its draft is made of its fields.
    for (const f of Object.keys(e.fields ?? {})) if (e.state === 'refused' && f.startsWith('photo.')) named.add(f.slice('photo.'.length));
  }
  for (let c = await s.photos.index('person').openCursor(personId); c; c = await c.continue()) {
    if (!named.has(c.value.id) && c.value.keptAt < Date.now() - 3_600_000) await c.delete();
  }
});

// People of this device, what they took along, settings

/** @returns {Promise<Person[]>} */
export const people = async () => (await database()).getAll('people');
/** @param {string} personId @returns {Promise<Person | undefined>} */
export const person = async (personId) => (await database()).get('people', personId);
/** @param {Person} person */
export const keepPerson = (person) => certainly(['people'], (s) => s.people.put(person));
/** Changes what is known of a person, in one step: nothing written meanwhile is lost. @param {string} personId @param {(person: Person | undefined) => Person} step */
export const changePerson = (personId, step) => certainly(['people'], async (s) => s.people.put(step(await s.people.get(personId))));

/** @param {string} personId @returns {Promise<Taken[]>} */
export const takenBy = async (personId) => (await database()).getAllFromIndex('taken', 'person', personId);
/** @param {string} key @returns {Promise<Taken | undefined>} */
export const takenOne = async (key) => (await database()).get('taken', key);

/** @param {Taken[]} all @param {string | null} insteadOf whose earlier ones go */
export const keepTaken = (all, insteadOf) => certainly(['taken'], async (s) => {
  if (insteadOf) await dropAll(s.taken, insteadOf);
  for (const one of all) await s.taken.put(one);
});

/** @param {string} key */
export const dropTaken = (key) => certainly(['taken'], (s) => s.taken.delete(key));

/** Everything taken along by a person goes, and the key with it; drafts and entries stay. @param {string} personId */
export const wipe = (personId) => certainly(['taken', 'people', 'settings'], async (s) => {
  await dropAll(s.taken, personId);
  const known = await s.people.get(personId);
  if (known) await s.people.put({ personId, name: known.name, profession: known.profession, organisationName: known.organisationName });
  const current = await s.settings.get('current');
  if (current?.personId === personId) await s.settings.put({ ...current, key: undefined, secret: undefined }, 'current');
});

async function dropAll(/** @type {any} */ store, /** @type {string} */ personId) {
  for (let c = await store.index('person').openCursor(personId); c; c = await c.continue()) await c.delete();
}

/** @param {string} name */
export const setting = async (name) => (await database()).get('settings', name);
/** @param {string} name @param {any} value */
export const keepSetting = (name, value) => certainly(['settings'], (s) => s.settings.put(value, name));
/** Changes a setting in one step; undefined leaves it. @param {string} name @param {(value: any) => any} step */
export const changeSetting = (name, step) => certainly(['settings'], async (s) => {
  const next = step(await s.settings.get(name));
  if (next !== undefined) await s.settings.put(next, name);
});

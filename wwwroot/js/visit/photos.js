// A wound's photograph: from the tablet's camera, shrunk here, kept under a key until all of it has arrived.

import * as api from './api.js';
import * as store from './store.js';

/** @typedef {import('./draft.js').Photo} Photo */

/** The most of one visit, and in how many bytes one is sent at a time: the server's. */
export const MOST = 6;
export const PIECE = 64 * 1024;

/** What a picture is shrunk to, in turns, until it is small enough: longest side in pixels and JPEG quality. */
const SIZES = [[1600, 0.82], [1600, 0.7], [1280, 0.7], [1024, 0.6], [800, 0.5]];
const SMALL_ENOUGH = 512 * 1024;
const TYPE = 'image/jpeg';

/** Whether this browser can: a hash needs HTTPS, or this machine itself. */
export const able = () => Boolean(globalThis.crypto?.subtle);

/** Draws the picture anew and smaller. What the camera wrote beside it (place, time, device) does not come along. @param {Blob} file
 * @returns {Promise<{blob: Blob, width: number, height: number} | null>} null: it is no picture */
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!picture) return null;
  try {
    const canvas = document.createElement('canvas');
    for (const [side, quality] of SIZES) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const drawing = canvas.getContext('2d');
      if (!drawing) return null;
      // What is transparent would become black.
      drawing.fillStyle = '#fff';
      drawing.fillRect(0, 0, canvas.width, canvas.height);
      drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await /** @type {Promise<Blob | null>} */ (new Promise((done) => { canvas.toBlob(done, TYPE, quality); }));
      if (blob?.type !== TYPE) return null;
      if (blob.size <= SMALL_ENOUGH) return { blob, width: canvas.width, height: canvas.height };
    }
    return null;
  } finally {
    picture.close();
  }
}

/** @param {ArrayBuffer} bytes */
const hashOf = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join('');

/** The key of a person's pictures on this device. It is not that of the pass: a pass ends, and must not take with it what waits to be sent. @param {string} personId @returns {Promise<CryptoKey>} */
async function keyOf(personId) {
  const name = `photos.${personId}`;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another tab may have made one meanwhile: the first holds.
  await store.changeSetting(name, (known) => known ?? made);
  return store.setting(name);
}

const bound = (/** @type {string} */ personId, /** @type {string} */ photoId) => new TextEncoder().encode(`${personId}.${photoId}`);

/** Puts a picture away. @param {string} personId @param {Blob} file @param {string} takenAt
 * @returns {Promise<{photo: Photo, blob: Blob} | null>} null: it is no picture */
export async function take(personId, file, takenAt) {
  const small = await shrink(file);
  if (!small) return null;
  const bytes = await small.blob.arrayBuffer();
  const photo = { photoId: api.newId(), sha256: await hashOf(bytes), bytes: bytes.byteLength, type: TYPE, width: small.width, height: small.height, takenAt };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(personId, photo.photoId) }, await keyOf(personId), bytes);
  await store.keepPhoto({ id: photo.photoId, personId, iv, data, type: TYPE, keptAt: Date.now() });
  return { photo, blob: small.blob };
}

/** A picture that is on this device; null when it is not, or cannot be opened. @param {string} personId @param {string} photoId @returns {Promise<ArrayBuffer | null>} */
export async function bytesOf(personId, photoId) {
  const kept = await store.photo(photoId);
  if (kept?.personId !== personId) return null;
  try {
    return await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (kept.iv), additionalData: bound(personId, photoId) }, await keyOf(personId), kept.data);
  } catch {
    return null;
  }
}

/**
 * Sends what is missing of a picture, piece after piece.
 * @param {{patientId: string, personId: string}} entry @param {string} photoId
 * @param {{sent: (done: number, all: number) => Promise<void>, goOn: () => Promise<boolean>}} how goOn: false when something else comes first
 * @returns {Promise<{status: number, body: any, type: string | null, retryAfter: string | null} | 'whole' | 'lost' | 'later'>} the answer that stopped it
 */
export async function sendPhoto(entry, photoId, how) {
  const path = `/api/patients/${entry.patientId}/photos/${photoId}/pieces`;
  const standing = await api.call(path, { patience: 15_000 });
  if (standing.status !== 200 || typeof standing.body?.whole !== 'boolean') return standing;
  if (standing.body.whole) return 'whole';
  const bytes = await bytesOf(entry.personId, photoId);
  if (!bytes) return 'lost';
  const have = new Set(standing.body.have);
  for (let piece = 0; piece * PIECE < bytes.byteLength; piece++) {
    if (have.has(piece)) continue;
    const got = await api.call(`${path}/${piece}`, { method: 'PUT', raw: bytes.slice(piece * PIECE, (piece + 1) * PIECE), headers: { Author: entry.personId }, patience: 60_000 });
    if (got.status !== 200 || typeof got.body?.whole !== 'boolean') return got;
    if (got.body.whole) return 'whole';
    have.add(piece);
    await how.sent(have.size, standing.body.pieces);
    if (!(await how.goOn())) return 'later';
  }
  return 'later';
}

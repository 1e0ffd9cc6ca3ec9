// A passkey of the tablet itself (finger, face) beside the PIN. It signs nothing for the server: it gives back a secret that the authenticator
// alone can make (WebAuthn, extension prf), and under this secret lies what the PIN opens as well. So it needs no network.

import * as store from './store.js';

/** @typedef {{personId: string, name: string}} Who @typedef {{id: Uint8Array, salt: Uint8Array, key: CryptoKey}} Opener */

const PATIENCE = 60_000;
const random = (/** @type {number} */ length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (/** @type {Uint8Array} */ b) => /** @type {BufferSource} */ (b);

/** Whether the tablet recognises its people by itself. */
export async function able() {
  try {
    return Boolean(globalThis.PublicKeyCredential) && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
  } catch {
    return false;
  }
}

/** @param {any} credential @returns {BufferSource | null} */
const secretOf = (credential) => credential?.getClientExtensionResults().prf?.results?.first ?? null;

/** @param {BufferSource} secret */
async function keyOf(secret) {
  const raw = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode('homecare pass') }, raw, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Asks the person to show who they are. @param {Uint8Array} id @param {Uint8Array} salt @returns {Promise<CryptoKey | null>} null: given up, or not known here */
export async function ask(id, salt) {
  const got = await navigator.credentials.get({ publicKey: {
    challenge: random(32), allowCredentials: [{ type: 'public-key', id: bytes(id), transports: ['internal'] }], userVerification: 'required', timeout: PATIENCE, extensions: { prf: { eval: { first: bytes(salt) } } },
  } }).catch(() => null);
  const secret = secretOf(got);
  return secret ? keyOf(secret) : null;
}

/** The person's passkey on this device; made when there is none. @param {Who} who @returns {Promise<Opener | null>} null: given up, or the tablet's cannot do it */
export async function make(who) {
  const name = `passkey.${who.personId}`;
  const known = await store.setting(name);
  const again = known ? await ask(known.id, known.salt) : null;
  if (again) return { ...known, key: again };
  const salt = random(32);
  const made = /** @type {any} */ (await navigator.credentials.create({ publicKey: {
    rp: { name: 'HomeCare' }, user: { id: new TextEncoder().encode(who.personId), name: who.name, displayName: who.name }, challenge: random(32),
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
    authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' }, timeout: PATIENCE, extensions: { prf: { eval: { first: salt } } },
  } }).catch(() => null));
  if (!made?.getClientExtensionResults().prf?.enabled) return null;
  const id = new Uint8Array(made.rawId);
  const secret = secretOf(made);
  const key = secret ? await keyOf(secret) : await ask(id, salt);
  if (!key) return null;
  await store.keepSetting(name, { id, salt });
  return { id, salt, key };
}

// Calls of the server. Each says whether there was an answer at all, and how the device's clock stood beside the server's.

import { aheadOf } from './clock.js';

/** The number of what this sheet and the server say to each other. A server that no longer understands it says so, and nothing of it is lost:
 * raised together with `SheetFiles.Spoken`. */
const SPOKEN = 1;

/** @typedef {{status: number, body: any, type: string | null, retryAfter: string | null}} Answered status 0: no answer */

/** @type {import('./clock.js').Compared | null} */
let compared = null;
let online = navigator.onLine;
export const events = new EventTarget();

/** Whether the last call got an answer. */
export const isOnline = () => online;

/** How the clocks stood when they were last compared by this page; null before. */
export const clockNow = () => compared;

function heard(/** @type {boolean} */ answered) {
  if (answered !== online) {
    online = answered;
    events.dispatchEvent(new Event('connection'));
  }
}

addEventListener('offline', () => heard(false));
addEventListener('online', () => events.dispatchEvent(new Event('maybe')));

/**
 * @param {string} path @param {{method?: string, body?: any, raw?: ArrayBuffer, headers?: Record<string, string>, patience?: number}} [how] patience in ms
 * @returns {Promise<Answered>}
 */
export async function call(path, how = {}) {
  const sentAt = Date.now();
  const began = performance.now();
  try {
    const response = await fetch(path, {
      method: how.method ?? 'GET', cache: 'no-store', redirect: 'error', credentials: 'same-origin',
      headers: { ...(how.raw ? { 'Content-Type': 'application/octet-stream' } : how.body === undefined ? {} : { 'Content-Type': 'application/json' }), Accept: 'application/json', Sheet: String(SPOKEN), ...how.headers },
      body: how.raw ?? (how.body === undefined ? undefined : JSON.stringify(how.body)), signal: AbortSignal.timeout(how.patience ?? 30_000),
    });
    const text = await response.text();
    const date = Date.parse(response.headers.get('Date') ?? '');
    const took = performance.now() - began;
    // The header is cut to the second: on average half a second more had passed. A slow answer tells nothing.
    if (!Number.isNaN(date) && took < 5000) {
      const before = compared;
      compared = { aheadMs: aheadOf(sentAt, sentAt + took, date + 500), at: Date.now() };
      if (before === null || Math.abs(before.aheadMs - compared.aheadMs) > 2000) events.dispatchEvent(new Event('clock'));
    }
    heard(true);
    let body = null;
    try { body = text ? JSON.parse(text) : null; } catch { /* Not this server's own answer. */ }
    return { status: response.status, body, type: response.headers.get('Content-Type'), retryAfter: response.headers.get('Retry-After') };
  } catch {
    heard(false);
    return { status: 0, body: null, type: null, retryAfter: null };
  }
}

/** An identity, made here: version 7, in the order of making. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--) { bytes[i] = time % 256; time = Math.floor(time / 256); }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

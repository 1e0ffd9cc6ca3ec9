// The life of an entry between the tablet and the record, as pure steps. An entry is finished, gets its command id once, and is sent with it
// until a receipt or a refusal comes back; the same id again is done once, so that sending twice is never writing twice.

/**
 * @typedef {{sequence: number, version: number, recordedAt: string}} Receipt
 * @typedef {{status: number, key: string, title: string, errors?: Record<string, string[]>}} Refusal
 * @typedef {'kept' | 'sent' | 'received' | 'refused'} State kept: on this tablet only; sent: on its way, no answer yet
 * @typedef {{seq?: number, id: string, personId: string, personName: string, patientId: string, patientName: string, command: string, body: any,
 *   state: State, madeAt: number, tries: number, notBefore: number, stuck?: boolean, receipt?: Receipt, refusal?: Refusal, fields?: Record<string, string>,
 *   visitId?: string, clock?: {aheadSeconds: number, known: boolean}, photos?: EntryPhoto[], photosAt?: number, photoTries?: number}} Entry photosAt: when its photographs are tried again
 * @typedef {{photoId: string, bytes: number, sent: number, all: number, done?: boolean, dropped?: boolean, refusal?: Refusal}} EntryPhoto pieces sent, of all
 * @typedef {{kind: 'received', receipt: Receipt} | {kind: 'refused', refusal: Refusal} | {kind: 'later', after?: number, failed?: boolean}
 *   | {kind: 'sign-in'} | {kind: 'other-person'} | {kind: 'too-old'}} Answer
 */

/** The longest pause between two tries, and after how many failures of the server an entry no longer holds up the next ones. */
export const LONGEST_PAUSE = 30_000;
const PATIENCE = 5;

/** Refusals that pass by themselves. */
const PASSING = new Set(['command.changed_meanwhile', 'store.busy', 'store.unavailable']);

/**
 * What an HTTP answer means. Whatever is not this server's own answer (a portal's page, half a body) means that nobody knows, and it is asked again.
 * @param {number} status 0: no answer @param {any} body parsed JSON, or null @param {string | null} type content type @param {string | null} retryAfter seconds
 * @returns {Answer}
 */
export function understand(status, body, type, retryAfter) {
  const wait = Number(retryAfter) > 0 ? Number(retryAfter) * 1000 : undefined;
  if (status === 200) {
    return Number.isSafeInteger(body?.sequence) && body.recordedAt
      ? { kind: 'received', receipt: { sequence: body.sequence, version: body.version, recordedAt: body.recordedAt } }
      : { kind: 'later' };
  }
  const own = type?.startsWith('application/problem+json') && typeof body?.key === 'string';
  if (!own) return { kind: 'later', failed: status >= 500 };
  if (status === 401) return { kind: 'sign-in' };
  if (body.key === 'session.other_person') return { kind: 'other-person' };
  if (body.key === 'sheet.too_old') return { kind: 'too-old' };
  if (PASSING.has(body.key) || status === 429 || status === 503) return { kind: 'later', after: wait };
  if (status >= 500) return { kind: 'later', after: wait, failed: true };
  return status >= 400 ? { kind: 'refused', refusal: { status, key: body.key, title: body.title, errors: body.errors } } : { kind: 'later' };
}

/** How long to wait after so many tries in vain. @param {number} tries @param {number} chance 0–1, so that many tablets do not come back at once */
export const pauseAfter = (tries, chance) => Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(tries, 10)) * (0.5 + chance / 2);

/** The entry as it stands once it has been put on the wire. @param {Entry} entry @returns {Entry} */
export const onTheWay = (entry) => ({ ...entry, state: 'sent', tries: entry.tries + 1 });

/**
 * The entry after an answer. One that has a receipt never loses it.
 * @param {Entry} entry @param {Answer} answer @param {number} now @param {number} chance
 * @returns {Entry}
 */
export function after(entry, answer, now, chance) {
  if (entry.state === 'received') return entry;
  switch (answer.kind) {
    case 'received':
      return { ...entry, state: 'received', receipt: answer.receipt, refusal: undefined, stuck: undefined };
    case 'refused':
      return { ...entry, state: 'refused', refusal: answer.refusal, stuck: undefined };
    case 'later':
      return {
        ...entry, state: 'sent', notBefore: now + (answer.after ?? pauseAfter(entry.tries, chance)), stuck: (answer.failed && entry.tries >= PATIENCE) || entry.stuck,
      };
    default:
      // It was not looked at: nothing of it is on its way.
      return { ...entry, state: entry.tries > 1 ? 'sent' : 'kept' };
  }
}

/**
 * The next entry of a person to be sent, in the order in which they were finished; or when to look again. Only an entry at which the server
 * itself fails again and again lets others pass, those of other people cared for.
 * @param {Entry[]} entries of one person, oldest first @param {number} now
 * @returns {{entry?: Entry, at?: number}}
 */
export function next(entries, now) {
  let at;
  const waiting = new Set();
  for (const entry of entries) {
    if (entry.state === 'received' || entry.state === 'refused' || waiting.has(entry.patientId)) continue;
    if (entry.notBefore <= now) return { entry };
    at = Math.min(at ?? Infinity, entry.notBefore);
    if (!entry.stuck) return { at };
    waiting.add(entry.patientId);
  }
  return { at };
}

/** The photographs of an entry that have not arrived and were not thrown away. @param {Entry} entry */
export const pendingPhotos = (entry) => (entry.photos ?? []).filter((p) => !p.done && !p.dropped);

/** The next photograph to be sent: its entry has arrived, and the record names it. @param {Entry[]} entries of one person, oldest first @param {number} now
 * @returns {{entry?: Entry, photo?: EntryPhoto, at?: number}} */
export function nextPhoto(entries, now) {
  let at;
  for (const entry of entries) {
    const photo = entry.state === 'received' ? pendingPhotos(entry).find((p) => !p.refusal) : undefined;
    if (!photo) continue;
    if ((entry.photosAt ?? 0) <= now) return { entry, photo };
    at = Math.min(at ?? Infinity, entry.photosAt ?? 0);
  }
  return { at };
}

/** How many of a person's wait, and how many are refused. @param {Entry[]} entries */
export function count(entries) {
  return {
    waiting: entries.filter((e) => e.state === 'kept' || e.state === 'sent' || (e.state === 'received' && pendingPhotos(e).some((p) => !p.refusal))).length,
    refused: entries.filter((e) => (e.state === 'refused' && e.command !== 'start-visit') || pendingPhotos(e).some((p) => p.refusal)).length,
  };
}

/**
 * Whether the times of an entry are in doubt before it is sent for the first time: it was written by a clock that, as is known now, was off.
 * @param {Entry} entry @param {number} deviceNow @param {{aheadMs: number} | null} compared @param {number} noticeable milliseconds
 */
export function clockInDoubt(entry, deviceNow, compared, noticeable) {
  if (entry.tries > 0 || entry.clock?.known || compared === null) return false;
  return Math.abs(compared.aheadMs) > noticeable || entry.madeAt > deviceNow + noticeable;
}

// Keeps one draft: every keystroke, in this tab alone.

import * as api from './api.js';
import * as store from './store.js';
import { fromEarlier } from './draft.js';

/** @typedef {import('./draft.js').Draft} Draft */

/** The draft of a visit: the one asked for, that under way, else the last one that this person began here for this patient; or a new one.
 * @param {string} personId @param {any} patient @param {string | null | undefined} visitId @returns {Promise<Draft>} */
export async function findDraft(personId, patient, visitId) {
  const patientId = patient.patientId;
  const mine = (await store.draftsOf(personId)).filter((d) => d.patientId === patientId).sort((a, b) => (b.savedAt ?? 0) - (a.savedAt ?? 0));
  const found = visitId ? mine.find((d) => d.visitId === visitId) : mine[0];
  if (found) return found;
  const id = visitId ?? api.newId();
  const patientName = `${patient.details.family} ${patient.details.given}`.trim();
  return { key: `${personId}.${patientId}.${id}`, personId, patientId, patientName, visitId: id, fields: earlier(personId, patientId), savedAt: null };
}

/** What an earlier version of this sheet kept on the device is not lost either. @param {string} personId @param {string} patientId */
function earlier(personId, patientId) {
  const prefix = `homecare.visit.${personId}.${patientId}.`.replaceAll('-', '');
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith(prefix))) {
    try {
      const fields = fromEarlier(JSON.parse(localStorage.getItem(key) ?? 'null')?.fields ?? {});
      localStorage.removeItem(key);
      return fields;
    } catch { /* Not readable; it stays where it is. */ }
  }
  return {};
}

/**
 * Keeps a draft as it is typed. Writes follow each other, the last state last.
 * @param {Draft} draft @param {{saved: (at: number) => void, failed: (full: boolean) => void}} tell
 */
export function keep(draft, tell) {
  let dirty = false;
  let ended = false;
  /** @type {Promise<void> | null} */
  let writing = null;

  async function write() {
    while (dirty && !ended) {
      dirty = false;
      draft.savedAt = Date.now();
      try {
        await store.keepDraft({ ...draft, fields: { ...draft.fields } });
        tell.saved(draft.savedAt);
      } catch (error) {
        tell.failed(/** @type {any} */ (error)?.name === 'QuotaExceededError');
        break;
      }
    }
    writing = null;
  }

  return {
    /** @param {string} field @param {string | null} value */
    put(field, value) {
      if ((draft.fields[field] ?? '') === (value ?? '')) return;
      if (value === null || value === '') delete draft.fields[field];
      else draft.fields[field] = value;
      dirty = true;
      writing ??= write();
    },
    /** Until everything typed is on the device, or cannot be put there. */
    settled: async () => { while (writing) await writing; },
    /** It has gone elsewhere: nothing of it is written here any more. */
    end: () => { ended = true; },
  };
}

/**
 * This tab alone works on the draft. @param {string} key @param {boolean} steal @param {() => void} lost called when another tab takes it
 * @returns {Promise<boolean>}
 */
export function claim(key, steal, lost) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    navigator.locks.request(`draft:${key}`, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
      done(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    }).catch(lost);
  });
}

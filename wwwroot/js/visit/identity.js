// Couples share an address and names repeat: name and birth date are confirmed before anything can be typed.

import { banner, button, chip, h } from './html.js';
import { age, dateText, dayOf, dayTime, t, wordOf } from './words.js';

/** @param {any} patient @returns {string} */
export const nameOf = (patient) => `${patient.details.family} ${patient.details.given}`.trim();

/** @param {any} patient */
export const allergiesOf = (patient) => patient.allergies.filter((/** @type {any} */ a) => a.allergy.status === 'active').map((/** @type {any} */ a) => a.allergy.substance);

/** @param {any} patient */
export const allergyChips = (patient) => allergiesOf(patient).map((/** @type {string} */ a) => chip('stop', 'allergy', t('allergy', a)));

/**
 * @param {any} data the sheet's data @param {{hasDraft: boolean, now: number, start: () => void, late: () => void}} how
 */
export function identity(data, how) {
  const { details } = data.patient;
  const visit = data.visit;
  const under = visit?.stage === 'started';
  return h('section', { class: 'card identity', 'aria-labelledby': 'identity-t' },
    h('h2', { class: 'section-title', id: 'identity-t' }, t('identity.title')),
    h('p', { class: 'kana' }, [details.familyKana, details.givenKana].filter(Boolean).join(' ')),
    h('p', { class: 'identity-name' }, nameOf(data.patient)),
    h('p', { class: 'identity-birth' }, details.birthDate ? t('identity.born', dateText(details.birthDate), age(details.birthDate, dayOf(how.now))) : t('identity.birth_unknown'), ' ', t(`Sex.${details.sex.slice(0, 1).toUpperCase()}${details.sex.slice(1)}`)),
    details.address && h('p', { class: 'muted' }, details.address),
    allergiesOf(data.patient).length > 0 && h('p', { class: 'cluster' }, allergyChips(data.patient)),
    medicines(data.patient),
    visit?.plannedAt && h('p', null, t('identity.planned', dayTime(visit.plannedAt), visit.visitorName), visit.purpose && `・${visit.purpose}`),
    data.orderExpiredOn && banner('warn', 'warning', t('identity.order_expired', dateText(data.orderExpiredOn))),
    how.hasDraft && banner('info', 'saved', t('identity.draft')),
    h('div', { class: 'form-actions' },
      button(t(under ? 'identity.go_on' : 'identity.start'), how.start, { kind: 'primary', drawing: 'check', attributes: { class: 'button button-primary button-start' } }),
      !under && button(t('identity.late'), how.late, { drawing: 'clock' })));
}

/** @param {any} patient */
function medicines(patient) {
  if (!patient.medicines?.length) return null;
  return h('details', { class: 'identity-medicines' }, h('summary', null, t('identity.medicines', patient.medicines.length)),
    h('ul', { class: 'plain-list' }, patient.medicines.map((/** @type {any} */ m) => h('li', null, m.prescription.name, m.prescription.dosage && `　${m.prescription.dosage}`))));
}

export const kindWord = (/** @type {string} */ kind) => wordOf('visitKind', kind);

// What has been typed of a visit, field by field, exactly as typed; only toCommand makes sense of it.

import { numberOf } from './limits.js';
import { instantOf, language } from './words.js';

/**
 * @typedef {Record<string, string>} Fields
 * @typedef {{key: string, personId: string, patientId: string, patientName: string, visitId: string, fields: Fields, savedAt: number | null, mends?: string}} Draft
 * @typedef {{photoId: string, sha256: string, bytes: number, type: string, width: number, height: number, takenAt: string, place?: string}} Photo as the record names it
 * @typedef {{aheadSeconds: number, comparedAt?: string, corrected: boolean}} Clock
 */

/** Fields that are no text of the record. */
const FRAME = ['startedAt', 'endedAt', 'measuredAt', 'identified', 'late', 'kind', 'clockCorrected'];

/** Whether anything of the record itself is filled in. @param {Fields} fields */
export const hasContent = (fields) => Object.keys(fields).some((f) => !FRAME.includes(f));

/** Whether there is something to record: a frame alone is none. @param {Fields} fields */
export const isRecord = (fields) => Object.keys(fields).some((f) => !FRAME.includes(f) && !['insurance', 'companion', 'medicinesChecked', 'nextVisitOn', 'teamOnly'].includes(f));

// Each photograph is a field, and its place another.
const PHOTO = 'photo.';
export const fieldOfPhoto = (/** @type {string} */ id) => `${PHOTO}${id}`;
export const fieldOfPlace = (/** @type {string} */ id) => `photoPlace.${id}`;

/** The photographs of a draft, in the order in which they were taken. @param {Fields} fields @returns {Photo[]} */
export const photosIn = (fields) => Object.entries(fields).filter(([name]) => name.startsWith(PHOTO)).map(([, value]) => JSON.parse(value))
  .map((photo) => ({ ...photo, place: text(fields[fieldOfPlace(photo.photoId)]) })).sort((a, b) => (a.photoId < b.photoId ? -1 : 1));

/** @param {string | undefined} value */
const text = (value) => value?.trim() || undefined;

/** @param {string | undefined} value */
const flag = (value) => (value === 'true' ? true : value === 'false' ? false : undefined);

/** @param {Fields} fields @param {string} kind */
function chosen(fields, kind) {
  const values = (language().choices[kind] ?? []).map((c) => c.value).filter((v) => fields[`${kind}.${v}`]);
  return values.length ? values : undefined;
}

/** Why a sign was not measured; null when nothing is said. @param {Fields} fields @param {string} sign */
export function skipped(fields, sign) {
  const [why, ...reason] = (fields[`skip.${sign}`] ?? '').split('|');
  return why ? { sign, why, reason: text(reason.join('|')) } : null;
}

/** Whether there is a value in an object. @param {Record<string, unknown>} values */
const any = (values) => Object.values(values).some((v) => v !== undefined);

/** What was measured; undefined when nothing was and nothing is said of it. @param {Fields} fields @param {string} measuredAt */
export function toVitals(fields, measuredAt) {
  const signs = language().signs.map((s) => s.sign);
  const n = (/** @type {string} */ sign) => numberOf(fields[sign]) ?? undefined;
  const where = (/** @type {string} */ sign, /** @type {string} */ field) => (n(sign) === undefined ? undefined : text(fields[field]));
  const left = signs.map((s) => skipped(fields, s)).filter((s) => s !== null);
  const confirmed = signs.filter((s) => fields[`confirmed.${s}`] && n(s) !== undefined);
  const values = {
    temperature: n('temperature'), pulse: n('pulse'), respiration: n('respiration'), systolic: n('systolic'), diastolic: n('diastolic'), spO2: n('spO2'),
    weight: n('weight'), height: n('height'), pain: n('pain'),
    oxygen: n('oxygenFlow') === undefined ? undefined
      : { litresPerMinute: n('oxygenFlow'), device: text(fields.oxygenDevice), during: text(fields.oxygenDuring) },
    glucose: n('glucose') === undefined && !fields.glucoseMeter ? undefined
      : { milligramsPerDecilitre: n('glucose'), meter: text(fields.glucoseMeter), timing: text(fields.glucoseTiming) },
    consciousness: fields.acvpu ? { acvpu: fields.acvpu, jcs: fields.jcs ? Number(fields.jcs) : undefined } : undefined,
    intake: n('intake') === undefined ? undefined : { millilitres: n('intake'), route: text(fields.intakeRoute) },
    output: n('output') === undefined ? undefined : { millilitres: n('output'), route: text(fields.outputRoute) },
    stool: n('stool') === undefined ? undefined : { bristol: n('stool'), amount: text(fields.stoolAmount) },
    notMeasured: left.length ? left : undefined,
  };
  return any(values) ? {
    measuredAt, ...values,
    temperatureSite: where('temperature', 'temperatureSite'), posture: where('systolic', 'posture'), side: where('systolic', 'side'),
    pulseRegular: n('pulse') === undefined ? undefined : flag(fields.pulseRegular),
    ventilated: n('respiration') === undefined ? undefined : flag(fields.ventilated),
    confirmed: confirmed.length ? confirmed : undefined,
  } : undefined;
}

/**
 * The whole record, as the command record-visit takes it. Times are filled before.
 * @param {Draft} draft @param {Clock | undefined} clock
 */
export function toVisit(draft, clock) {
  const f = draft.fields;
  const startedAt = /** @type {string} */ (instantOf(f.startedAt));
  const note = { subjective: text(f.subjective), objective: text(f.objective), assessment: text(f.assessment), plan: text(f.plan) };
  const photos = photosIn(f);
  return {
    visitId: draft.visitId, patientId: draft.patientId, startedAt, endedAt: instantOf(f.endedAt), kind: f.kind || 'regular',
    insurance: text(f.insurance), companion: text(f.companion), vitals: toVitals(f, instantOf(f.measuredAt) ?? startedAt),
    note: any(note) ? note : undefined, softSigns: chosen(f, 'softSign'), careGiven: chosen(f, 'careGiven'), situation: text(f.situation),
    supplies: text(f.supplies), medicinesChecked: flag(f.medicinesChecked), nextVisitOn: text(f.nextVisitOn), teamOnly: flag(f.teamOnly) === true, photos: photos.length ? photos : undefined, clock,
  };
}

/** A diary's readings, as the command record-vitals takes them; null when there are none. @param {Draft} draft @param {Clock | undefined} clock */
export function toDiary(draft, clock) {
  const vitals = toVitals(draft.fields, instantOf(draft.fields.measuredAt) ?? '');
  return vitals ? { measurementId: draft.visitId, patientId: draft.patientId, vitals, comment: text(draft.fields.comment), clock } : null;
}

/** The field at which an error of the command is shown. @param {string} path */
export function fieldOf(path) {
  return {
    'vitals.oxygen.litresPerMinute': 'oxygenFlow', 'vitals.glucose.milligramsPerDecilitre': 'glucose', 'vitals.glucose': 'glucose',
    'vitals.intake.millilitres': 'intake', 'vitals.intake.route': 'intakeRoute', 'vitals.output.millilitres': 'output',
    'vitals.output.route': 'outputRoute', 'vitals.stool.bristol': 'stool', 'vitals.stool.amount': 'stoolAmount',
  }[path] ?? path.slice(path.lastIndexOf('.') + 1);
}

/** A draft that an earlier sheet kept, in this one's fields: there choices were written with a capital. @param {Fields} old */
export function fromEarlier(old) {
  const lower = (/** @type {string} */ s) => s.slice(0, 1).toLowerCase() + s.slice(1);
  /** @type {Fields} */
  const fields = {};
  for (const [field, value] of Object.entries(old)) {
    const name = field.split('.').map(lower).join('.');
    if (['visitId', 'commandId', 'startCommandId', 'measurementId', 'endIsAutomatic'].includes(name)) continue;
    const choice = name.startsWith('skip.') || ['acvpu', 'kind', 'insurance', 'temperatureSite', 'posture', 'side', 'oxygenDevice', 'oxygenDuring', 'glucoseTiming', 'glucoseMeter'].includes(name);
    fields[name] = choice ? lower(value) : value;
  }
  if (old.endIsAutomatic) delete fields.endedAt;
  return fields;
}

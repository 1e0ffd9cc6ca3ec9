import assert from 'node:assert/strict';
import { test } from 'node:test';
import './language.mjs';
import { fieldOf, fromEarlier, hasContent, isRecord, photosIn, toDiary, toVisit } from '../../wwwroot/js/visit/draft.js';

const draft = (fields) => ({ key: 'k', personId: 'p', patientId: 'pt', patientName: '岡本 フミ', visitId: 'v', savedAt: null, fields: { startedAt: '2026-11-26T14:05', endedAt: '2026-11-26T14:35', measuredAt: '2026-11-26T14:10', ...fields } });
const sent = (fields, clock) => JSON.parse(JSON.stringify(toVisit(draft(fields), clock)));

test('an empty sheet makes a frame and nothing is invented', () => {
  assert.deepEqual(sent({}), { visitId: 'v', patientId: 'pt', startedAt: '2026-11-26T14:05:00+09:00', endedAt: '2026-11-26T14:35:00+09:00', kind: 'regular', teamOnly: false });
});

test('a full sheet is sent as typed, measured when it was measured', () => {
  const body = sent({
    temperature: '３７．４', temperatureSite: 'axilla', pulse: '102', pulseRegular: 'false', systolic: '148', diastolic: '86', posture: 'sitting', spO2: '89', oxygenFlow: '1', oxygenDevice: 'nasalCannula',
    weight: '47.8', acvpu: 'alert', jcs: '0', 'softSign.fell': 'true', 'careGiven.hygiene': 'true', subjective: ' 息が苦しい ', plan: '', situation: '長女が来ている', supplies: 'ガーゼ 5枚', medicinesChecked: 'true',
    nextVisitOn: '2026-11-28', teamOnly: 'true', 'confirmed.spO2': '1', 'skip.respiration': 'couldNotMeasure|眠っている', insurance: 'medical', kind: 'urgent', intake: '200', intakeRoute: '経口',
  }, { aheadSeconds: 3, corrected: false });
  assert.deepEqual(body.vitals, {
    measuredAt: '2026-11-26T14:10:00+09:00', temperature: 37.4, pulse: 102, systolic: 148, diastolic: 86, spO2: 89, weight: 47.8, oxygen: { litresPerMinute: 1, device: 'nasalCannula' },
    consciousness: { acvpu: 'alert', jcs: 0 }, intake: { millilitres: 200, route: '経口' }, notMeasured: [{ sign: 'respiration', why: 'couldNotMeasure', reason: '眠っている' }], temperatureSite: 'axilla', posture: 'sitting', pulseRegular: false, confirmed: ['spO2'],
  });
  assert.deepEqual([body.note, body.softSigns, body.careGiven, body.supplies, body.teamOnly, body.kind, body.medicinesChecked], [{ subjective: '息が苦しい' }, ['fell'], ['hygiene'], 'ガーゼ 5枚', true, 'urgent', true]);
  assert.deepEqual(body.clock, { aheadSeconds: 3, corrected: false });
});

test('how something was measured is left out where it was not measured', () => {
  assert.equal(sent({ temperatureSite: 'axilla', pulseRegular: 'true', posture: 'sitting', ventilated: 'true' }).vitals, undefined);
  assert.deepEqual(Object.keys(sent({ weight: '50', temperatureSite: 'axilla', pulseRegular: 'true', posture: 'sitting', side: 'left', ventilated: 'true' }).vitals), ['measuredAt', 'weight']);
});

test('photographs are named in the order in which they were taken, each with its place, and are a record by themselves', () => {
  const photo = (/** @type {string} */ photoId) => JSON.stringify({ photoId, sha256: 'a', bytes: 9, type: 'image/jpeg', width: 4, height: 3, takenAt: '2026-11-26T05:10:00.000Z' });
  const fields = { 'photo.b': photo('b'), 'photo.a': photo('a'), 'photoPlace.b': ' 仙骨部 ', 'photoPlace.a': '' };
  assert.deepEqual(sent(fields).photos.map((/** @type {any} */ p) => [p.photoId, p.place]), [['a', undefined], ['b', '仙骨部']]);
  assert.equal(isRecord(fields), true);
  assert.deepEqual(photosIn({ 'photoPlace.c': 'left over' }), []);
});

test('a glucose meter that shows Lo has no number', () => {
  assert.deepEqual(sent({ glucoseMeter: 'lo', glucoseTiming: 'fasting' }).vitals.glucose, { meter: 'lo', timing: 'fasting' });
});

test('without a time of measurement it is the start of the visit', () => {
  assert.equal(sent({ pulse: '70', measuredAt: '' }).vitals.measuredAt, '2026-11-26T14:05:00+09:00');
});

test('a reason may hold any sign', () => {
  assert.deepEqual(sent({ 'skip.weight': 'declined|a|b' }).vitals.notMeasured, [{ sign: 'weight', why: 'declined', reason: 'a|b' }]);
});

test('a diary without a reading is none', () => {
  assert.equal(toDiary(draft({ comment: '元気' }), undefined), null);
  assert.equal(toDiary(draft({ pulse: '70', comment: '元気' }), undefined)?.comment, '元気');
});

test('a frame alone is no content, a word is', () => {
  assert.equal(hasContent({ startedAt: 'x', identified: '1', kind: 'regular' }), false);
  assert.equal(hasContent({ insurance: 'medical' }), true);
  assert.equal(isRecord({ insurance: 'medical', medicinesChecked: 'true' }), false);
  assert.equal(isRecord({ 'skip.pulse': 'declined|' }), true);
});

test('an error of the command is shown at its field', () => {
  assert.deepEqual(['vitals.temperature', 'vitals.oxygen.litresPerMinute', 'vitals.glucose', 'note.subjective', 'endedAt'].map(fieldOf), ['temperature', 'oxygenFlow', 'glucose', 'subjective', 'endedAt']);
});

test('what an earlier sheet kept is taken over', () => {
  assert.deepEqual(fromEarlier({ temperature: '36.5', 'SoftSign.ShortOfBreath': 'true', 'skip.SpO2': 'CouldNotMeasure|動く', 'confirmed.Pulse': '1', acvpu: 'Alert', kind: 'Regular', visitId: 'x', commandId: 'y', subjective: 'Good', endedAt: 'e', endIsAutomatic: '1' }),
    { temperature: '36.5', 'softSign.shortOfBreath': 'true', 'skip.spO2': 'couldNotMeasure|動く', 'confirmed.pulse': '1', acvpu: 'alert', kind: 'regular', subjective: 'Good' });
});

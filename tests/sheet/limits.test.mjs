import assert from 'node:assert/strict';
import { test } from 'node:test';
import './language.mjs';
import { check, heldAgainst, numberOf, onStep, sentences, suggestionOf, weightChange } from '../../wwwroot/js/visit/limits.js';

const adult = { ranges: [], birthDate: '1940-01-02', day: '2026-11-26' };

test('a number is read in half and full width, and nothing else is one', () => {
  for (const [text, value] of [['36.8', 36.8], ['３６．８', 36.8], [' 36 ', 36], ['36.', 36], ['.5', 0.5], ['', null], ['-1', null], ['1e3', null], ['36,8', null], ['36.8.1', null], ['abc', null], ['Infinity', null]]) {
    assert.equal(numberOf(/** @type {string} */ (text)), value, String(text));
  }
});

test('every tenth from 25 to 45 is a whole number of steps, every hundredth between is not', () => {
  for (let i = 250; i <= 450; i++) {
    assert.ok(onStep(Number(`${Math.floor(i / 10)}.${i % 10}`), 0.1), `${i}`);
    assert.ok(!onStep(Number(`${Math.floor(i / 10)}.${i % 10}5`), 0.1), `${i}`);
  }
});

test('what cannot be is refused at its limits and not before', () => {
  for (const [text, fault] of [['24.9', 'impossible'], ['25', null], ['45', null], ['45.1', 'impossible'], ['36.55', 'fine'], ['x', 'number']]) {
    assert.equal(check('temperature', { temperature: String(text), 'confirmed.temperature': '1' }, adult).fault, fault, String(text));
  }
});

test('the lower pressure is below the upper one', () => {
  assert.equal(check('diastolic', { systolic: '120', diastolic: '120' }, adult).fault, 'reversed');
  assert.equal(check('diastolic', { systolic: '120', diastolic: '119' }, adult).fault, null);
  assert.equal(check('diastolic', { diastolic: '119' }, adult).fault, null);
});

test('an unusual value is looked at again, once it is confirmed no more', () => {
  assert.equal(check('pulse', { pulse: '151' }, adult).lookAgain, true);
  assert.equal(check('pulse', { pulse: '151', 'confirmed.pulse': '1' }, adult).lookAgain, false);
  assert.equal(check('pulse', { pulse: '150' }, adult).lookAgain, false);
});

test('the physician’s range comes before the default, from its first to its last day, the latest first', () => {
  const ranges = [{ sign: 'spO2', low: 88, high: 92, from: '2026-11-01', until: '2026-11-26' }, { sign: 'spO2', low: 86, from: '2026-10-01' }];
  assert.deepEqual(heldAgainst('spO2', ranges, '1940-01-02', '2026-11-26'), { low: 88, high: 92, byPhysician: true });
  assert.deepEqual(heldAgainst('spO2', ranges, '1940-01-02', '2026-11-27'), { low: 86, high: undefined, byPhysician: true });
  assert.deepEqual(heldAgainst('spO2', ranges, '1940-01-02', '2026-09-30'), { low: 90, byPhysician: false });
  assert.deepEqual(sentences(check('spO2', { spO2: '87' }, { ...adult, ranges })), ['医師の下限 88']);
});

test('a child is not judged by the default for adults, at sixteen it begins', () => {
  assert.equal(heldAgainst('pulse', [], '2010-11-27', '2026-11-26'), null);
  assert.notEqual(heldAgainst('pulse', [], '2010-11-26', '2026-11-26'), null);
  assert.notEqual(heldAgainst('pulse', [], undefined, '2026-11-26'), null);
});

test('the weight is set beside the earliest of seven days, and 5 % is said to be looked at again', () => {
  const readings = [{ sign: 'weight', measuredAt: '2026-11-10T01:00:00Z', value: 40, sourceId: 'a' }, { sign: 'weight', measuredAt: '2026-11-19T01:00:00Z', value: 50, sourceId: 'b' }, { sign: 'weight', measuredAt: '2026-11-24T01:00:00Z', value: 51, sourceId: 'c' }];
  assert.equal(weightChange(52.4, readings, '2026-11-26'), '▲ +2.4 kg');
  assert.equal(weightChange(52.5, readings, '2026-11-26'), '▲ +2.5 kg 見直し');
  assert.equal(weightChange(47.5, readings, '2026-11-26'), '▼ −2.5 kg 見直し');
  assert.equal(weightChange(50, readings, '2026-11-26'), null);
  assert.equal(weightChange(52, readings.slice(0, 1), '2026-11-26'), null);
});

test('the Japan Coma Scale suggests a level for each of its values', () => {
  assert.deepEqual([0, 1, 2, 3, 10, 20, 30, 100, 200, 300].map(suggestionOf), ['alert', 'ask', 'ask', 'ask', 'voice', 'voice', 'pain', 'pain', 'pain', 'unresponsive']);
});

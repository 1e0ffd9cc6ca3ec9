import assert from 'node:assert/strict';
import { test } from 'node:test';
import './language.mjs';
import { aheadOf, bestNow, isOff, recorded } from '../../wwwroot/js/visit/clock.js';
import { age, clock, dayOf, instantOf, localOf, moved, spanText, years } from '../../wwwroot/js/visit/words.js';
import { agrees } from '../../wwwroot/js/visit/instructions.js';

test('days and clocks are Japan’s', () => {
  assert.equal(dayOf('2026-11-25T15:00:00Z'), '2026-11-26');
  assert.equal(dayOf('2026-11-25T14:59:59Z'), '2026-11-25');
  assert.equal(clock('2026-11-26T05:32:00Z'), '14:32');
  assert.equal(localOf('2026-11-26T05:32:41Z'), '2026-11-26T14:32');
  assert.equal(instantOf('2026-11-26T14:32'), '2026-11-26T14:32:00+09:00');
});

test('what no field writes is no time', () => {
  for (const text of [undefined, '', '2026-11-26', 'x', '2026-13-01T10:00']) assert.equal(instantOf(text), null, String(text));
});

test('the clock’s difference lies between the request and its answer', () => {
  assert.equal(aheadOf(1000, 1400, 1200), 0);
  assert.equal(aheadOf(61_000, 61_400, 1200), 60_000);
});

test('a clock a year off is told, and the time is the server’s; one a few seconds off is left', () => {
  const year = { aheadMs: 31_536_000_000, at: 31_536_000_000 + 5000 };
  assert.equal(isOff(year), true);
  assert.equal(bestNow(year.at, year), 5000);
  assert.deepEqual(recorded(year, true), { aheadSeconds: 31_536_000, comparedAt: '1970-01-01T00:00:05.000Z', corrected: true });
  assert.equal(bestNow(9000, { aheadMs: 3000, at: 9000 }), 9000);
  assert.equal(recorded(null, false), undefined);
});

test('a span is said in its two largest units', () => {
  assert.equal(spanText(31_536_000), '365日 0時間');
  assert.equal(spanText(-725), '12分 5秒');
  assert.equal(spanText(5), '5秒');
});

test('a time is moved across midnight and months', () => {
  assert.equal(moved('2026-12-01T00:10', -1200), '2026-11-30T23:50');
});

test('ages are whole years, below two in months', () => {
  assert.equal(years('2000-02-29', '2026-02-28'), 25);
  assert.equal(years('2000-02-29', '2026-03-01'), 26);
  assert.equal(age('2025-10-27', '2026-11-26'), '12か月');
  assert.equal(age('1942-05-06', '2026-11-26'), '84歳');
});

test('a read-back agrees by what it says, not by its width; a digit does not', () => {
  const order = { drug: 'フロセミド錠20mg', dose: 20, unit: 'mg', route: '内服' };
  assert.equal(agrees(order, 'drug', 'ﾌﾛｾﾐﾄﾞ 錠２０ＭＧ'), true);
  assert.equal(agrees(order, 'drug', 'ふろせみど錠20mg'), true);
  assert.equal(agrees(order, 'dose', '２０'), true);
  assert.equal(agrees(order, 'dose', '2'), false);
  assert.equal(agrees(order, 'drug', 'フロセミド錠40mg'), false);
  assert.equal(agrees(order, 'route', ' '), null);
});

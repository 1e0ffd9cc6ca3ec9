import assert from 'node:assert/strict';
import { test } from 'node:test';
import './language.mjs';
import { waitsForCountersign } from '../../wwwroot/js/visit/instructions.js';

test('what a second person has to countersign first is not carried out from the sheet', () => {
  assert.equal(waitsForCountersign({ countersign: { before: 'do' } }), true);
  assert.equal(waitsForCountersign({ countersign: { before: 'do' }, countersignedAt: '2026-11-26T05:32:00Z' }), false);
  assert.equal(waitsForCountersign({ countersign: { before: 'close' } }), false);
  assert.equal(Boolean(waitsForCountersign({})), false);
});

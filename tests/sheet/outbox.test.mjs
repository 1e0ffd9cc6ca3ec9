import assert from 'node:assert/strict';
import { test } from 'node:test';
import './language.mjs';
import { after, clockInDoubt, count, next, nextPhoto, onTheWay, pauseAfter, pendingPhotos, understand, LONGEST_PAUSE } from '../../wwwroot/js/visit/outbox.js';

const PROBLEM = 'application/problem+json';
/** @param {any} [more] @returns {import('../../wwwroot/js/visit/outbox.js').Entry} */
const entry = (more) => ({ id: 'a', personId: 'p', personName: '田中', patientId: '1', patientName: '岡本', command: 'record-visit', body: {}, state: 'kept', madeAt: 0, tries: 0, notBefore: 0, ...more });
const receipt = { sequence: 12345, version: 1, recordedAt: '2026-11-26T05:32:00Z' };

test('a receipt is one only when it is whole and the server’s own', () => {
  assert.equal(understand(200, receipt, 'application/json', null).kind, 'received');
  for (const body of [null, {}, { sequence: 1 }, { sequence: '1', recordedAt: 'x' }, '<html>']) assert.equal(understand(200, body, 'text/html', null).kind, 'later', JSON.stringify(body));
});

test('what is not the server’s own answer is asked again and never taken as a refusal', () => {
  for (const status of [0, 302, 400, 403, 404, 407, 422, 500, 502, 503, 504]) assert.equal(understand(status, '<html>', 'text/html', null).kind, 'later', String(status));
});

test('a refusal is one with its key', () => {
  for (const [status, key] of [[400, 'request.bad'], [403, 'act.not_permitted'], [404, 'patient.unknown'], [409, 'visit.already_recorded'], [413, 'request.too_large'], [422, 'outcome.invalid']]) {
    const answer = understand(Number(status), { key, title: 't' }, PROBLEM, null);
    assert.equal(answer.kind === 'refused' && answer.refusal.key, key);
  }
});

test('what passes by itself is asked again, after the time the server names', () => {
  assert.deepEqual(understand(503, { key: 'store.unavailable' }, PROBLEM, '2'), { kind: 'later', after: 2000 });
  assert.equal(understand(409, { key: 'command.changed_meanwhile' }, PROBLEM, null).kind, 'later');
  assert.equal(understand(429, { key: 'session.too_many' }, PROBLEM, '60').kind, 'later');
  assert.deepEqual(understand(500, { key: 'server.failed' }, PROBLEM, null), { kind: 'later', after: undefined, failed: true });
});

test('an old sheet keeps what it has until it has been opened anew', () => {
  assert.equal(understand(409, { key: 'sheet.too_old' }, PROBLEM, null).kind, 'too-old');
  assert.equal(after(onTheWay(entry()), { kind: 'too-old' }, 0, 0).state, 'kept');
});

test('photographs go after the words, one entry after another, and wait by themselves', () => {
  const photo = (/** @type {any} */ more) => ({ photoId: 'x', bytes: 9, sent: 0, all: 1, ...more });
  const list = [
    entry({ id: 'a', state: 'kept', photos: [photo()] }), entry({ id: 'b', state: 'received', photos: [photo({ done: true }), photo({ photoId: 'y', refusal: { key: 'photo.differs' } }), photo({ photoId: 'z' })], photosAt: 500 }),
    entry({ id: 'c', state: 'received', photos: [photo({ dropped: true })] }), entry({ id: 'd', state: 'received' }),
  ];
  assert.deepEqual(nextPhoto(list, 100), { at: 500 });
  assert.equal(nextPhoto(list, 500).photo?.photoId, 'z');
  assert.deepEqual(list.map((e) => pendingPhotos(e).length), [1, 2, 0, 0]);
  assert.deepEqual(count(list), { waiting: 2, refused: 1 });
  assert.deepEqual(nextPhoto([list[2], list[3]], 0), { at: undefined });
});

test('another session sends nothing', () => {
  assert.equal(understand(401, { key: 'session.missing' }, PROBLEM, null).kind, 'sign-in');
  assert.equal(understand(409, { key: 'session.other_person' }, PROBLEM, null).kind, 'other-person');
});

test('an entry is sent until a receipt comes, and keeps it whatever comes later', () => {
  let e = onTheWay(entry());
  assert.deepEqual([e.state, e.tries], ['sent', 1]);
  e = after(e, { kind: 'later' }, 1000, 1);
  assert.deepEqual([e.state, e.notBefore], ['sent', 2000]);
  e = after(onTheWay(e), { kind: 'received', receipt }, 3000, 1);
  assert.equal(e.state, 'received');
  for (const answer of [{ kind: 'later' }, { kind: 'sign-in' }, { kind: 'refused', refusal: { status: 409, key: 'visit.already_recorded', title: '' } }]) {
    assert.deepEqual(after(e, /** @type {any} */ (answer), 4000, 1), e);
  }
});

test('one that was not looked at is on the tablet only, unless an earlier try may have arrived', () => {
  assert.equal(after(onTheWay(entry()), { kind: 'sign-in' }, 0, 0).state, 'kept');
  assert.equal(after(onTheWay(entry({ tries: 1, state: 'sent' })), { kind: 'sign-in' }, 0, 0).state, 'sent');
});

test('pauses grow and end', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 20, 1000].map((n) => pauseAfter(n, 1));
  assert.deepEqual(pauses, [...pauses].sort((a, b) => a - b));
  assert.equal(pauses.at(-1), LONGEST_PAUSE);
  assert.ok(pauseAfter(3, 0) < pauseAfter(3, 1));
});

test('entries go in the order in which they were finished; one that waits holds up the next', () => {
  const list = [entry({ id: 'a', state: 'received' }), entry({ id: 'b', notBefore: 500 }), entry({ id: 'c' })];
  assert.deepEqual(next(list, 100), { at: 500 });
  assert.equal(next(list, 500).entry?.id, 'b');
  assert.deepEqual(next([entry({ state: 'received' })], 0), { at: undefined });
});

test('a refused entry holds up nobody', () => {
  assert.equal(next([entry({ id: 'a', state: 'refused' }), entry({ id: 'b' })], 0).entry?.id, 'b');
});

test('one at which the server itself fails lets others pass, but not those of the same person cared for', () => {
  let e = entry({ id: 'a', patientId: '1' });
  for (let i = 0; i < 5; i++) e = after(onTheWay(e), { kind: 'later', failed: true }, 0, 1);
  assert.equal(e.stuck, true);
  const list = [e, entry({ id: 'b', patientId: '1' }), entry({ id: 'c', patientId: '2' })];
  assert.equal(next(list, 1).entry?.id, 'c');
  assert.equal(next(list, e.notBefore).entry?.id, 'a');
});

test('500 entries drain in order', () => {
  let list = Array.from({ length: 500 }, (_, i) => entry({ id: String(i), patientId: String(i % 7) }));
  const sent = [];
  let seed = 20261126;
  const random = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
  let now = 0;
  for (let turn = 0; turn < 5000 && sent.length < 500; turn++) {
    const { entry: e, at } = next(list, now);
    if (!e) { now = /** @type {number} */ (at); continue; }
    const answer = random() < 0.3 ? { kind: /** @type {const} */ ('later') } : { kind: /** @type {const} */ ('received'), receipt };
    if (answer.kind === 'received') sent.push(Number(e.id));
    list = list.map((x) => (x.id === e.id ? after(onTheWay(e), answer, now, random()) : x));
  }
  assert.deepEqual(sent, Array.from({ length: 500 }, (_, i) => i));
});

test('only what a person must deal with is counted as refused', () => {
  assert.deepEqual(count([entry(), entry({ state: 'sent' }), entry({ state: 'refused' }), entry({ state: 'refused', command: 'start-visit' }), entry({ state: 'received' })]), { waiting: 2, refused: 1 });
});

test('times of a clock that is now known to be off are asked about before the first sending, and only then', () => {
  const written = entry({ madeAt: 1_000_000, clock: { aheadSeconds: 0, known: false } });
  assert.equal(clockInDoubt(written, 1_000_000, null, 120_000), false);
  assert.equal(clockInDoubt(written, 1_000_000, { aheadMs: 1000 }, 120_000), false);
  assert.equal(clockInDoubt(written, 1_000_000, { aheadMs: 31_536_000_000 }, 120_000), true);
  assert.equal(clockInDoubt(written, 1_000_000 - 31_536_000_000, { aheadMs: 0 }, 120_000), true);
  assert.equal(clockInDoubt({ ...written, tries: 1 }, 1_000_000, { aheadMs: 31_536_000_000 }, 120_000), false);
  assert.equal(clockInDoubt({ ...written, clock: { aheadSeconds: 31_536_000, known: true } }, 1_000_000, { aheadMs: 31_536_000_000 }, 120_000), false);
});

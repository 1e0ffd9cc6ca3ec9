// What a call comes to on one device: off until chosen, quiet in the quiet hours unless urgent, once for all tabs, and nothing but a sentence and a link.

import test from 'node:test';
import assert from 'node:assert/strict';

const kept = new Map();
globalThis.localStorage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
const shown = [];
let asked = 0;
class Said {
  static permission = 'default';
  static answer = 'granted';
  static async requestPermission() { asked++; return (Said.permission = Said.answer); }
  constructor(title, how) { shown.push({ title, ...how }); }
}
globalThis.Notification = Said;
const tones = [];
globalThis.AudioContext = class {
  state = 'running';
  currentTime = 0;
  destination = {};
  createOscillator() {
    const tone = { frequency: { value: 0 }, connect: (next) => next, start: () => tones.push(tone.frequency.value), stop() {} };
    return tone;
  }
  createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (next) => next }; }
};
globalThis.document = { documentElement: { lang: 'ja' } };
Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: { request: (_, act) => act() }, serviceWorker: { getRegistration: async () => undefined } } });

const { choose, state, tell, whatFor } = await import('../../wwwroot/js/alerts.js');
const call = (id, urgent = false, quiet = false) => ({ id, urgent, quiet, text: '新しい指示があります', url: '/instructions' });
const clear = () => { shown.length = tones.length = 0; };

test('nothing is heard or shown before it was chosen, and nobody is asked', async () => {
  await tell('a', call('1', true));
  assert.deepEqual([shown.length, tones.length, asked], [0, 0, 0]);
  assert.deepEqual(state('a'), { sound: false, notify: false, permission: 'default' });
});

test('a choice is one person\'s on this device, and the browser is asked when it is made', async () => {
  assert.equal((await choose('a', 'sound', true)).sound, true);
  assert.equal(asked, 0);
  assert.deepEqual(await choose('a', 'notify', true), { sound: true, notify: true, permission: 'granted' });
  assert.equal(asked, 1);
  assert.deepEqual([state('b').sound, state('b').notify], [false, false]);
});

test('a call is told once whatever number of tabs hears it, with its sentence and link alone', async () => {
  clear();
  await tell('a', call('2'));
  await tell('a', call('2'));
  assert.equal(tones.length, 1);
  assert.deepEqual(shown.map(({ title, body, tag, data }) => ({ title, body, tag, data })), [{ title: '新しい指示があります', body: '', tag: '2', data: { url: '/instructions' } }]);
});

test('an urgent call sounds different', async () => {
  clear();
  await tell('a', call('3', true));
  assert.ok(tones.length > 1 && new Set(tones).size > 1);
});

test('in the quiet hours only what is urgent is told', async () => {
  clear();
  await tell('a', call('4', false, true));
  assert.deepEqual([shown.length, tones.length], [0, 0]);
  await tell('a', call('5', true, true));
  assert.equal(shown.length, 1);
  assert.deepEqual(whatFor({ sound: true, notify: true }, call('6'), 'denied'), { sound: true, notify: false });
});

test('refused by the browser, notifications are not chosen', async () => {
  Said.answer = 'denied';
  assert.deepEqual(await choose('c', 'notify', true), { sound: false, notify: false, permission: 'denied' });
});

test('what cannot be read of a choice is off', () => {
  kept.set('alerts:d', '{');
  assert.deepEqual([state('d').sound, state('d').notify], [false, false]);
});

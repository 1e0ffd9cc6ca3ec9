// Sound and notification, by choice of one person on one device: off until chosen. What is said names nobody and tells nothing of a record.

/** @typedef {{sound: boolean, notify: boolean}} Choice */
/** @typedef {{id: string, urgent: boolean, quiet: boolean, text: string, url: string}} Call quiet: it is the hour at which only what is urgent wakes anybody */
/** @typedef {Choice & {permission: string}} State permission: as the browser has it, or 'none' where it has no notifications */

const key = (/** @type {string} */ person) => `alerts:${person}`;

/** @param {string} person @returns {Choice} */
export function choiceOf(person) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(person)) ?? '{}');
    return { sound: kept.sound === true, notify: kept.notify === true };
  } catch {
    return { sound: false, notify: false };
  }
}

/** What a call comes to on this device. @param {Choice} choice @param {Call} call @param {string} permission @returns {Choice} */
export function whatFor(choice, call, permission) {
  const heard = call.urgent || !call.quiet;
  return { sound: heard && choice.sound, notify: heard && choice.notify && permission === 'granted' };
}

const permission = () => ('Notification' in globalThis ? Notification.permission : 'none');

/** @param {string} person @returns {State} */
export function state(person) {
  const choice = choiceOf(person);
  return { ...choice, notify: choice.notify && permission() === 'granted', permission: permission() };
}

/** Chooses; for notifications the browser is asked here and nowhere else, because a button was pressed.
 * @param {string} person @param {'sound' | 'notify'} what @param {boolean} on @returns {Promise<State>} */
export async function choose(person, what, on) {
  let chosen = on;
  if (what === 'notify' && on) chosen = 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
  localStorage.setItem(key(person), JSON.stringify({ ...choiceOf(person), [what]: chosen }));
  if (what === 'sound' && on) play(false);
  return state(person);
}

// A sound is allowed once the page was touched: the first touch readies it.

/** @type {AudioContext | undefined} */
let audio;

export function ready() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') audio.resume().catch(() => {});
  return audio;
}

/** Urgent: three rising pairs. Otherwise: one soft tone. @param {boolean} urgent */
export function play(urgent) {
  const context = ready();
  const tones = urgent ? [784, 1047, 784, 1047, 784, 1047] : [587];
  const length = urgent ? 0.13 : 0.3;
  tones.forEach((frequency, place) => {
    const from = context.currentTime + 0.02 + place * (length + 0.03) + Math.floor(place / 2) * 0.12;
    const [tone, loud] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = frequency;
    loud.gain.setValueAtTime(0, from);
    loud.gain.linearRampToValueAtTime(urgent ? 0.35 : 0.2, from + 0.015);
    loud.gain.linearRampToValueAtTime(0, from + length);
    tone.connect(loud).connect(context.destination);
    tone.start(from);
    tone.stop(from + length);
  });
}

/** @param {Call} call */
async function notify(call) {
  const how = { body: '', tag: call.id, lang: document.documentElement.lang, requireInteraction: call.urgent, silent: true, data: { url: call.url } };
  // A phone shows notifications of a service worker alone, which also brings the page back when it is pressed.
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (worker?.active) return worker.showNotification(call.text, how);
  const shown = new Notification(call.text, how);
  shown.onclick = () => {
    shown.close();
    window.focus();
    // Beside what is being written, not in its place.
    if (location.pathname !== call.url) window.open(call.url);
  };
}

/** Tells of a call once, in whichever of this device's tabs comes first. @param {string} person @param {Call} call */
export async function tell(person, call) {
  const what = whatFor(choiceOf(person), call, permission());
  if (!what.sound && !what.notify) return;
  await navigator.locks.request(`alert:${person}`, async () => {
    const told = `alerts:${person}:told`;
    const before = (localStorage.getItem(told) ?? '').split(' ');
    if (before.includes(call.id)) return;
    localStorage.setItem(told, [...before, call.id].slice(-50).join(' '));
    if (what.sound) play(call.urgent);
    if (what.notify) await notify(call).catch(() => {});
  });
}

/** The settings' ticks and button. @param {HTMLElement} root @param {string} person @param {{invokeMethodAsync: (name: string, ...given: any[]) => Promise<any>}} page */
export function settings(root, person, page) {
  const show = (/** @type {State} */ now) => page.invokeMethodAsync('ShowAsync', now).catch(() => {});
  const change = async (/** @type {Event} */ { target }) => {
    const what = target instanceof HTMLInputElement && target.dataset.alert;
    if (!(target instanceof HTMLInputElement) || (what !== 'sound' && what !== 'notify')) return;
    const now = await choose(person, what, target.checked);
    target.checked = now[what];
    await show(now);
  };
  const press = (/** @type {Event} */ { target }) => {
    const which = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest('[data-try]'))?.dataset.try;
    if (which) play(which === 'urgent');
  };
  root.addEventListener('change', change);
  root.addEventListener('click', press);
  show(state(person));
  return {
    stop() {
      root.removeEventListener('change', change);
      root.removeEventListener('click', press);
    },
  };
}

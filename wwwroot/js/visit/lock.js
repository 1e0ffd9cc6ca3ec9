// One tablet, several people: the lock, the fast change of person with a PIN, and setting a PIN when visits are taken along.

import * as api from './api.js';
import * as passkey from './passkey.js';
import * as store from './store.js';
import * as vault from './vault.js';
import * as who from './who.js';
import { banner, button, dialog, field, fill, h, icon } from './html.js';
import { t } from './words.js';

const pinInput = (/** @type {boolean} */ fresh) => h('input', { class: 'input input-figure', type: 'password', inputmode: 'numeric', autocomplete: fresh ? 'new-password' : 'off', maxlength: 12, autofocus: true });

/** The person at work, at the head of the sheet: pressed, another can take over. @param {import('./who.js').Who} person */
export const personButton = (person) => h('button', { type: 'button', class: 'button button-quiet', 'aria-label': t('person.change', person.name), onclick: async () => {
  // A lock that nobody could open again is not put on.
  if (!api.isOnline() && !(await who.openable()).length) {
    dialog({ title: t('lock.title'), narrow: true, body: h('p', null, t('person.offline')), foot: (close) => button(t('close'), close) });
    return;
  }
  await vault.lock();
  location.reload();
} }, icon('person'), person.name);

/**
 * The locked tablet. Nothing of anybody is shown but the names of those who work here today.
 * @param {HTMLElement} app @param {import('./store.js').Person[]} people @param {boolean} online @param {() => void} opened
 */
export async function lockScreen(app, people, online, opened) {
  const others = await store.ofOthers(undefined);
  let chosen = people[0];
  const place = h('div', { class: 'form' });
  const fullSignIn = async () => {
    await who.leave();
    location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
  };

  function ask(/** @type {string} */ problem) {
    const pin = pinInput(false);
    fill(place, h('div', { class: 'segments is-whole', role: 'radiogroup', 'aria-label': t('lock.who') }, people.map((p) => h('label', { class: 'segment' },
      h('input', { type: 'radio', name: 'who', checked: p === chosen, onchange: () => { chosen = p; ask(''); } }), h('span', null, p.name)))),
    h('form', { class: 'form', onsubmit: async (/** @type {Event} */ e) => {
      e.preventDefault();
      const result = await vault.unlock(chosen.personId, pin.value);
      if (!result.ok) {
        people = people.filter((p) => result.left > 0 || p !== chosen);
        if (people.length === 0) { location.reload(); return; }
        if (result.left === 0) chosen = people[0];
        ask(result.left > 0 ? t('lock.wrong', result.left) : t('lock.wiped'));
        return;
      }
      await enter();
    } }, field('pin', t('lock.pin'), pin, problem), h('button', { type: 'submit', class: 'button button-primary button-block' }, icon('lock'), t('lock.open')), chosen.passkey && button(t('lock.passkey'), async () => {
      if (await vault.unlockByPasskey(chosen.personId)) await enter();
      else ask(t('lock.passkey_failed'));
    }, { drawing: 'key', attributes: { class: 'button button-block', 'data-passkey': true } })));
    pin.focus();
  }

  async function enter() {
    // The session on the server becomes this person's too; without the network at the next contact.
    if (online || api.isOnline()) await vault.signIn(chosen.personId);
    await who.become(chosen);
    opened();
  }

  fill(app, h('main', { class: 'sign-in', id: 'main' }, h('div', { class: 'sign-in-brand' }, h('img', { src: '/favicon.svg', alt: '' }), h('h1', null, 'HomeCare')),
    h('div', { class: 'sign-in-card' }, h('div', { class: 'form' }, h('h2', { class: 'section-title' }, t('lock.title')), place,
      others.waits > 0 && h('p', { class: 'small muted' }, t('lock.waits', others.waits)),
      online && button(t('lock.sign_in'), fullSignIn, { kind: 'quiet' })))));
  ask('');
}

/** Nobody can be told without the server. @param {HTMLElement} app @param {boolean} online */
export function nobody(app, online) {
  if (online) {
    location.replace(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  fill(app, h('main', { class: 'sign-in', id: 'main' }, h('div', { class: 'sign-in-brand' }, h('img', { src: '/favicon.svg', alt: '' }), h('h1', null, 'HomeCare')),
    h('div', { class: 'sign-in-card' }, banner('warn', 'wifi-off', t('nobody.offline')), button(t('nobody.again'), () => location.reload()))));
}

/** Asks for a new PIN, twice, and where the tablet recognises its people whether it may open too. @param {import('./who.js').Who} person
 * @returns {Promise<{pin: string, opener: import('./passkey.js').Opener | null} | null>} */
export function newPin(person) {
  return new Promise((done) => {
    /** @type {{pin: string, opener: import('./passkey.js').Opener | null} | null} */
    let made = null;
    const byTablet = h('input', { type: 'checkbox', id: 'pin-passkey' });
    const offer = h('label', { class: 'tick', hidden: true }, byTablet, h('span', { class: 'tick-text' }, t('pin.passkey'), h('small', null, t('pin.passkey_hint'))));
    passkey.able().then((can) => { offer.hidden = !can; });
    const first = pinInput(true);
    const second = pinInput(true);
    second.removeAttribute('autofocus');
    const place = h('div', { class: 'form' });
    const show = (/** @type {string} */ problem) => fill(place, h('p', null, t('pin.how')), field('pin-1', t('pin.new'), first, problem), field('pin-2', t('pin.again'), second), offer);
    show('');
    dialog({
      title: t('pin.title'), narrow: true, body: place,
      foot: (close) => [button(t('cancel'), close), h('button', { type: 'submit', class: 'button button-primary' }, t('pin.set'))],
      submit: async (close) => {
        if (!vault.PIN.test(first.value) || /^(\d)\1+$/.test(first.value) || '01234567890123456789'.includes(first.value)) { show(t('pin.weak')); first.focus(); return; }
        if (first.value !== second.value) { show(t('pin.differs')); second.focus(); return; }
        // Given up at the finger, the PIN stands alone.
        made = { pin: first.value, opener: byTablet.checked ? await passkey.make(person) : null };
        close();
      },
    }).addEventListener('close', () => done(made));
  });
}

// On the other pages: what waits on this device is sent from there as well, and is in sight while it waits.

import * as drain from './drain.js';
import * as store from './store.js';
import * as vault from './vault.js';
import * as who from './who.js';
import { count } from './outbox.js';

/** @param {string} person @param {{waiting: string, refused: string}} words with {0} for the number */
export async function watch(person, words) {
  if (!('indexedDB' in globalThis)) return;
  // In its own time: the page that was asked for comes first.
  if ('serviceWorker' in navigator) setTimeout(() => navigator.serviceWorker.register('/sw.js').catch(() => {}), 5000);
  const link = document.createElement('a');
  link.className = 'chip outbox-chip';
  link.href = '/visits';
  link.hidden = true;
  document.body.append(link);
  const update = async () => {
    const { waiting, refused } = count(await store.entriesOf(person));
    link.hidden = waiting + refused === 0;
    link.classList.toggle('chip-stop', refused > 0);
    link.classList.toggle('chip-warn', refused === 0);
    link.textContent = (refused ? words.refused : words.waiting).replace('{0}', String(refused || waiting));
  };
  store.onOutbox(update);
  await update();
  drain.sendFor(person, await vault.device());
}

/** Signing out ends what was taken along, and nobody is at work here any more, without the network either; drafts and entries stay with their writer. @param {string} person */
export async function signOut(person) {
  await store.wipe(person);
  await store.keepSetting('current', undefined);
}

/** Somebody signs in by name and password: from then on they are at work here. A lock is not got round that way: with it goes the session behind it. */
export async function signingIn() {
  if ((await store.setting('current'))?.locked) await who.leave();
  else await store.keepSetting('current', undefined);
}

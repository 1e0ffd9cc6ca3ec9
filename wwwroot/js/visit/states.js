// Where an entry is, in words that are always in sight: on this tablet only, sent, received 14:32 #12345.

import * as api from './api.js';
import * as drain from './drain.js';
import * as store from './store.js';
import { NOTICEABLE } from './clock.js';
import { banner, button, chip, fill, h, icon } from './html.js';
import { count } from './outbox.js';
import { clock, knows, seconds, spanText, t } from './words.js';

/** @param {import('./outbox.js').Entry} entry */
export function stateChip(entry) {
  const chips = {
    kept: () => chip('warn', 'saved', t('state.kept')),
    sent: () => chip('info', 'send', t('state.sent')),
    received: () => chip('ok', 'check', t('state.received', clock(entry.receipt?.recordedAt ?? 0), String(entry.receipt?.sequence))),
    refused: () => chip('stop', 'alert', t('state.refused')),
  };
  const made = chips[entry.state]();
  made.dataset.state = entry.state;
  return made;
}

/** Why an entry was refused, in a sentence. @param {import('./outbox.js').Refusal} refusal */
export const reasonOf = (refusal) => (knows(refusal.key) ? t(refusal.key) : refusal.title || t('error.unknown'));

/**
 * The state at the head of a page: the connection, what waits, when it was saved last.
 * @param {{personId: string} | null} who
 */
export function head(who) {
  const connection = h('span', { class: 'sheet-connection' });
  const waiting = h('a', { class: 'chip', href: '/visits', hidden: true });
  const others = h('span', { class: 'page-note', hidden: true });
  const saved = h('span', { class: 'page-note', hidden: true });
  const root = h('div', { class: 'sheet-state push', role: 'status' }, connection, waiting, others, saved);

  async function update() {
    fill(connection, api.isOnline() ? '' : chip('warn', 'wifi-off', t('state.offline')));
    const { waiting: waits, refused } = count(who ? await store.entriesOf(who.personId).catch(() => []) : []);
    waiting.hidden = waits + refused === 0;
    waiting.className = `chip chip-${refused ? 'stop' : 'warn'}`;
    fill(waiting, icon(refused ? 'alert' : 'saved'), refused ? t('state.refused_count', refused) : t('state.waiting_count', waits));
    const rest = await store.ofOthers(who?.personId).catch(() => ({ waits: 0 }));
    others.hidden = rest.waits === 0;
    others.textContent = t('state.others', rest.waits);
  }
  store.onOutbox(update);
  api.events.addEventListener('connection', update);
  update();
  return {
    root,
    saved: (/** @type {number | null} */ at) => {
      saved.hidden = at === null;
      if (at !== null) fill(saved, t('visit.saved'), ' ', h('time', null, seconds(at)));
    },
  };
}

/** Opens this page in the version that the server has now; what was typed is on the device. */
async function renew() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  await registration?.update().catch(() => {});
  const coming = registration?.installing ?? registration?.waiting;
  if (coming) await new Promise((done) => { coming.addEventListener('statechange', () => ['activated', 'redundant'].includes(coming.state) && done(null)); setTimeout(done, 10_000); });
  location.reload();
}

/** What must be said over the page: the clock is off, nobody or somebody else is signed in. @returns {HTMLElement} */
export function notices() {
  const root = h('div', { class: 'sheet-notices' });
  const update = () => {
    const compared = api.clockNow();
    const off = compared && Math.abs(compared.aheadMs) > NOTICEABLE;
    const here = encodeURIComponent(location.pathname + location.search);
    fill(root,
      off && banner('warn', 'clock', t(compared.aheadMs > 0 ? 'clock.ahead' : 'clock.behind', spanText(compared.aheadMs / 1000))),
      drain.heldBy() === 'sign-in' && banner('warn', 'lock', t('held.sign_in'), h('a', { class: 'button', href: `/sign-in?returnUrl=${here}` }, t('sign_in'))),
      drain.heldBy() === 'other-person' && banner('warn', 'lock', t('held.other_person')),
      drain.heldBy() === 'too-old' && banner('warn', 'alert', t('held.too_old'), button(t('held.renew'), renew, { kind: 'primary' })));
  };
  api.events.addEventListener('clock', update);
  drain.events.addEventListener('held', update);
  update();
  return root;
}

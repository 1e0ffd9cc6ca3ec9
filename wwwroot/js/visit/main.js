// The page of the visit sheet: who is at work, and which of its pages is asked for.

import * as api from './api.js';
import * as drain from './drain.js';
import * as store from './store.js';
import * as vault from './vault.js';
import * as who from './who.js';
import { openDevice } from './device.js';
import { hasContent } from './draft.js';
import { lockScreen, nobody } from './lock.js';
import { absent, openSheet } from './sheet.js';
import { speak, t } from './words.js';

const app = /** @type {HTMLElement} */ (document.getElementById('sheet'));

/** The reader's language and theme: of the address, else as chosen before. */
function preference(/** @type {string} */ name, /** @type {string[]} */ allowed) {
  const asked = new URLSearchParams(location.search).get(name);
  if (asked && allowed.includes(asked)) return asked;
  const cookie = document.cookie.split('; ').find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return allowed.find((a) => decodeURIComponent(cookie) === a || decodeURIComponent(cookie).includes(`uic=${a}`));
}

async function begin() {
  const language = preference('culture', ['ja', 'en']) ?? 'ja';
  document.documentElement.lang = language;
  const theme = preference('theme', ['light', 'dark', 'auto']);
  if (theme && theme !== 'auto') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  speak(await (await fetch(`/sheet-words/${language}.json`)).json());
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
  await show();
}

async function show() {
  const found = await who.find();
  if (found.state === 'nobody') { document.title = 'HomeCare'; nobody(app, found.online); return; }
  if (found.state === 'locked') { document.title = `${t('lock.title')} — HomeCare`; await lockScreen(app, found.people, found.online, show); return; }
  drain.sendFor(found.who.personId, await vault.device());
  who.watchIdle(found.who, () => location.reload());
  if (found.online) who.checkPass(found.who).catch(() => {});
  store.clear(Date.now() - 36 * 3_600_000).catch(() => {});
  sweep(found.who.personId).catch(() => {});
  const sheet = /^\/patients\/([0-9a-f-]{36})\/visit$/i.exec(location.pathname);
  document.title = `${t(sheet ? 'visit.title' : 'device.title')} — HomeCare`;
  if (sheet) await openSheet(app, found.who, sheet[1].toLowerCase(), new URLSearchParams(location.search).get('visit'));
  else await openDevice(app, found.who);
  document.documentElement.dataset.live = 'yes';
}

/** Sheets that were opened and never written in leave nothing behind. @param {string} personId */
async function sweep(personId) {
  for (const draft of await store.draftsOf(personId)) {
    if (!hasContent(draft.fields) && (draft.savedAt ?? 0) < Date.now() - 48 * 3_600_000) await store.dropDraft(draft.key);
  }
  await store.sweepPhotos(personId);
}

begin().catch((error) => {
  console.error(error);
  absent(app, null, ['broken.title', 'broken.text']);
});

addEventListener('pageshow', (e) => e.persisted && location.reload());
api.events.addEventListener('maybe', () => { if (!app.firstChild) show(); });

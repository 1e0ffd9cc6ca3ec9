// Dictation, where the device understands speech by itself. Where the browser would send the voice to somebody else, it is not offered: the
// keyboard's own dictation is there as everywhere.

import { language } from './words.js';

const lang = () => (language().language === 'ja' ? 'ja-JP' : 'en-GB');
const Recognition = /** @type {any} */ (globalThis).SpeechRecognition;

/** Whether this device can, without anybody else hearing. */
export async function canDictate() {
  if (!Recognition || !('processLocally' in Recognition.prototype) || !Recognition.available) return false;
  try {
    return (await Recognition.available({ langs: [lang()], processLocally: true })) === 'available';
  } catch {
    return false;
  }
}

/** @type {any} */
let listening = null;

/** Listens until it is pressed again. @param {HTMLElement} button @param {(words: string) => void} heard */
export function dictate(button, heard) {
  if (listening) {
    listening.stop();
    return;
  }
  listening = Object.assign(new Recognition(), { lang: lang(), processLocally: true, continuous: true, interimResults: false });
  listening.onresult = (/** @type {any} */ e) => { for (let i = e.resultIndex; i < e.results.length; i++) if (e.results[i].isFinal) heard(e.results[i][0].transcript.trim()); };
  listening.onend = () => { listening = null; button.setAttribute('aria-pressed', 'false'); };
  listening.onerror = listening.onend;
  button.setAttribute('aria-pressed', 'true');
  listening.start();
}

// The visit sheet in the browser: keeps every field as it is typed, works the number pad, and moves from figure to figure.
// Nothing here waits for the network. Fields are named by data-field; drafts are kept per person, patient and visit.

const PREFIX = 'homecare.visit.';
const phone = window.matchMedia('(width < 700px)');

/** @type {{root: HTMLElement, key: string, draft: {fields: Record<string, string>, savedAt: string | null}, active: HTMLInputElement | null, stop: AbortController} | null} */
let sheet = null;

/** Begins to keep and to help. Gives the fields that were kept before, as bytes: there may be more than one message holds. */
export function attach(root, key) {
  detach();
  sheet = { root, key, draft: read(key), active: null, stop: new AbortController() };
  const on = (type, act) => root.addEventListener(type, act, { signal: sheet.stop.signal });
  on('input', keep);
  on('change', keep);
  on('focusin', focusIn);
  on('focusout', focusOut);
  on('keydown', keyDown);
  on('click', press);
  // A tap on the pad leaves the focus where it is.
  on('pointerdown', (e) => e.target.closest('[data-pad] button') && e.preventDefault());
  on('mousedown', (e) => e.target.closest('[data-pad] button') && e.preventDefault());
  phone.addEventListener('change', showPad, { signal: sheet.stop.signal });
  const watch = new MutationObserver(dress);
  watch.observe(root, { childList: true, subtree: true });
  sheet.stop.signal.addEventListener('abort', () => watch.disconnect());
  dress();
  saved();
  return new TextEncoder().encode(JSON.stringify(sheet.draft.fields));
}

export function detach() {
  sheet?.stop.abort();
  sheet = null;
}

/** Keeps a field that no key has changed; null takes it out. */
export function put(field, value) {
  if (!sheet) return;
  if (value === null || value === '') delete sheet.draft.fields[field];
  else sheet.draft.fields[field] = value;
  write();
}

/** The visit has got its name; what was kept goes on under it. */
export function rename(key) {
  if (!sheet) return;
  const before = sheet.key;
  sheet.key = key;
  write();
  localStorage.removeItem(PREFIX + before);
}

/** It has arrived; nothing is kept any longer. */
export function forget() {
  if (!sheet) return;
  localStorage.removeItem(PREFIX + sheet.key);
  sheet.draft = { fields: {}, savedAt: null };
}

export function focus(field) {
  const target = sheet?.root.querySelector(`[data-field="${CSS.escape(field)}"]`);
  if (!target) return;
  target.focus();
  target.scrollIntoView({ block: 'center' });
}

export function top() {
  const main = document.getElementById('main');
  main?.focus();
  main?.scrollIntoView({ block: 'start' });
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null');
    return { fields: { ...kept?.fields }, savedAt: kept?.savedAt ?? null };
  } catch {
    return { fields: {}, savedAt: null };
  }
}

function write() {
  sheet.draft.savedAt = new Date().toISOString();
  try {
    localStorage.setItem(PREFIX + sheet.key, JSON.stringify(sheet.draft));
    saved();
  } catch {
    // A full or forbidden storage keeps nothing: the note of the last saving stays at its time.
  }
}

function saved() {
  const note = sheet.root.querySelector('[data-saved-note]');
  if (!note || !sheet.draft.savedAt) return;
  note.hidden = false;
  const time = new Date(sheet.draft.savedAt).toLocaleTimeString('ja-JP', { hour12: false, timeZone: 'Asia/Tokyo' });
  const place = note.querySelector('[data-saved]');
  // Writing the same again would wake the observer that called this.
  if (place.textContent !== time) place.textContent = time;
}

function keep(e) {
  const field = e.target.dataset?.field;
  if (!field || !sheet) return;
  const value = e.target.type === 'checkbox' ? (e.target.checked ? 'true' : '') : e.target.value;
  put(field, value);
  if (e.target === sheet.active) display();
}

// The pad

function figures() {
  return [...sheet.root.querySelectorAll('.tile-input')];
}

/** Fields that have just appeared are worked by the pad: a touch does not bring up the device's own keys. */
function dress() {
  if (!sheet) return;
  for (const input of figures()) input.inputMode = 'none';
  if (sheet.active && !sheet.active.isConnected) sheet.active = null;
  saved();
  display();
  showPad();
}

function focusIn(e) {
  if (e.target.classList.contains('tile-input')) {
    sheet.active = e.target;
    e.target.select();
    display();
    showPad();
    if (phone.matches) e.target.closest('.tile').scrollIntoView({ block: 'nearest' });
  }
}

function focusOut(e) {
  const to = e.relatedTarget;
  if (to?.closest?.('[data-pad]') || to?.classList?.contains('tile-input')) return;
  queueMicrotask(showPad);
}

function showPad() {
  if (!sheet) return;
  const pad = sheet.root.querySelector('[data-pad]');
  if (!pad) return;
  const held = document.activeElement;
  pad.hidden = phone.matches && !(held?.classList.contains('tile-input') || held?.closest?.('[data-pad]'));
}

function display() {
  const pad = sheet.root.querySelector('[data-pad]');
  if (!pad) return;
  const tile = sheet.active?.closest('.tile');
  const set = (name, text) => {
    const part = pad.querySelector(`[data-pad-${name}]`);
    if (part && part.textContent !== text) part.textContent = text;
  };
  set('name', sheet.active?.getAttribute('aria-label') || tile?.dataset.name || '');
  set('before', tile?.dataset.before ?? '');
  set('range', tile?.dataset.range ?? '');
  set('value', sheet.active?.value ?? '');
  set('unit', tile?.dataset.unit ?? '');
}

function press(e) {
  const key = e.target.closest?.('[data-key]')?.dataset.key;
  if (!key || !sheet.active) return;
  if (key === 'next') return next();
  const input = sheet.active;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const value = whole ? '' : input.value;
  if (key === 'back') input.value = whole ? '' : value.slice(0, -1);
  else if (key === '.' && value.includes('.')) return;
  else if (value.length < input.maxLength) input.value = value + key;
  input.setSelectionRange(input.value.length, input.value.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function next() {
  const all = figures();
  const following = all[all.indexOf(sheet.active) + 1];
  if (following) {
    following.focus();
    return;
  }

  // After the last figure the pad makes way, and the words come next.
  const after = [...sheet.root.querySelectorAll('main input, main textarea, main select, main button')]
    .find((x) => !x.classList.contains('tile-input') && x.offsetParent && sheet.active.compareDocumentPosition(x) & Node.DOCUMENT_POSITION_FOLLOWING);
  after?.focus();
  showPad();
}

function keyDown(e) {
  if (e.key === 'Enter' && e.target.classList.contains('tile-input') && !e.isComposing) {
    e.preventDefault();
    next();
  }
}

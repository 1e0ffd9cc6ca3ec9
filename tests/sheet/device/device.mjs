// A tablet without a browser: its clock, its tabs, which can be killed between any two steps, its database, in which a transaction is there whole or
// not at all, its locks, and the network before it. Enough of each for store.js, outbox.js and drain.js to run as they are.

import { AsyncLocalStorage } from 'node:async_hooks';

/** The tab in which something runs. */
const tabs = new AsyncLocalStorage();
const immediately = globalThis.setImmediate;
const never = new Promise(() => {});

export const clock = { now: Date.UTC(2026, 10, 26) };
let timers = [];
let numbers = 0;

globalThis.setTimeout = (act, ms = 0) => {
  timers.push({ id: ++numbers, at: clock.now + ms, act, tab: tabs.getStore() });
  return numbers;
};
globalThis.clearTimeout = (id) => { timers = timers.filter((t) => t.id !== id); };
Date.now = () => clock.now;

/** Everything that can happen now has happened when this returns. */
const settled = () => new Promise((done) => { immediately(done); });

/** Time goes on, so many milliseconds or until something holds. */
export async function pass(ms, until = () => false) {
  const end = clock.now + ms;
  for (;;) {
    await settled();
    if (until()) return;
    const next = timers.reduce((a, b) => (a && (a.at < b.at || (a.at === b.at && a.id < b.id)) ? a : b), undefined);
    if (!next || next.at > end) break;
    timers.splice(timers.indexOf(next), 1);
    clock.now = Math.max(clock.now, next.at);
    if (!next.tab?.dead) tabs.run(next.tab, next.act);
  }
  clock.now = end;
}

/** Takes a moment; in a tab that is killed meanwhile it never ends. */
async function moment(ms) {
  const tab = tabs.getStore();
  if (tab?.dead) await never;
  await new Promise((done) => { setTimeout(done, ms); });
  if (tab?.dead) await never;
}

// The database

export const tables = Object.fromEntries(['drafts', 'outbox', 'people', 'taken', 'settings', 'photos'].map((t) => [t, new Map()]));
const keyOf = { drafts: (v) => v.key, outbox: (v) => v.seq, people: (v) => v.personId, taken: (v) => v.key, photos: (v) => v.id };
const field = { person: 'personId', id: 'id' };
let sequence = 0;
let free = Promise.resolve();
let quick = Math.random;

/** How fast it is, from one seed. */
export const speed = (random) => { quick = random; };

const reading = async (read) => { await moment(quick() * 2); return structuredClone(read()); };
const having = (table, index, value) => [...tables[table].values()].filter((v) => v[field[index]] === value);

class Transaction {
  #tab = tabs.getStore();
  #changes = [];
  #ended = false;
  #aborted = false;
  #release = () => {};
  #begun;
  #done;

  constructor() {
    if (this.#tab?.dead) { this.#begun = never; return; }
    const before = free;
    free = new Promise((done) => { this.#release = done; });
    this.#tab?.open.add(this);
    this.#begun = before.then(() => { if (this.#ended) this.#release(); });
  }

  async #step(act) {
    await this.#begun;
    await moment(quick() * 2);
    return act();
  }

  #now(table) {
    const view = new Map(tables[table]);
    for (const c of this.#changes) if (c.table === table) { if (c.value === undefined) view.delete(c.key); else view.set(c.key, c.value); }
    return view;
  }

  #cursor(table, list) {
    const [at, ...rest] = list;
    return at && { value: structuredClone(at[1]), continue: () => this.#step(() => this.#cursor(table, rest)), delete: () => this.#step(() => { this.#changes.push({ table, key: at[0] }); }) };
  }

  objectStore(table) {
    const put = (value, key) => this.#step(() => {
      const kept = structuredClone(value);
      if (table === 'outbox' && kept.seq === undefined) kept.seq = ++sequence;
      this.#changes.push({ table, key: key ?? keyOf[table]?.(kept), value: kept });
    });
    const find = (index, value) => [...this.#now(table)].filter(([, v]) => v[field[index]] === value);
    return {
      put, add: put, get: (key) => this.#step(() => structuredClone(this.#now(table).get(key))), delete: (key) => this.#step(() => { this.#changes.push({ table, key }); }),
      openCursor: () => this.#step(() => this.#cursor(table, [...this.#now(table)])),
      index: (name) => ({
        get: (value) => this.#step(() => structuredClone(find(name, value)[0]?.[1])), getAll: (value) => this.#step(() => find(name, value).map(([, v]) => structuredClone(v))),
        openCursor: (value) => this.#step(() => this.#cursor(table, find(name, value))),
      }),
    };
  }

  get done() {
    return (this.#done ??= (async () => {
      await this.#begun;
      await moment(quick() * 4);
      if (this.#aborted) throw new DOMException('aborted', 'AbortError');
      for (const { table, key, value } of this.#changes) { if (value === undefined) tables[table].delete(key); else tables[table].set(key, value); }
      this.#end();
      await moment(quick() * 2);
    })());
  }

  abort() {
    this.#aborted = true;
    this.#end();
  }

  #end() {
    this.#ended = true;
    this.#tab?.open.delete(this);
    this.#begun.then(() => this.#release());
  }
}

export const openDB = async () => {
  await moment(1);
  return {
    get: (t, key) => reading(() => tables[t].get(key)), getAll: (t) => reading(() => [...tables[t].values()]), getAllFromIndex: (t, index, value) => reading(() => having(t, index, value)),
    getFromIndex: (t, index, value) => reading(() => having(t, index, value)[0]), transaction: () => new Transaction(),
  };
};

// Tabs

let opened = 0;

/** A new tab with the sheet in it. */
export async function openTab() {
  const tab = { dead: false, open: new Set() };
  const from = (name) => import(`../../../wwwroot/js/visit/${name}.js?tab=${opened}`);
  opened++;
  return Object.assign(tab, await tabs.run(tab, async () => ({ store: await from('store'), drain: await from('drain'), api: await from('api') })));
}

/** Does something in a tab. */
export const inTab = (tab, act) => tabs.run(tab, act);

/** Ends a tab in the middle of whatever it does. What was committed is there, nothing else is. */
export function kill(tab) {
  tab.dead = true;
  for (const transaction of [...tab.open]) transaction.abort();
}

const held = new Map();
const locks = {
  async request(name, how, work) {
    const tab = tabs.getStore();
    if (held.get(name) && !held.get(name).dead) return work(null);
    held.set(name, tab);
    try { return await work({ name }); } finally { if (held.get(name) === tab) held.delete(name); }
  },
};

// The network

/** @type {{treat: () => string, answer: (path: string, how: any) => {status: number, body?: any}}} set by the test */
export const network = { treat: () => 'there', answer: () => ({ status: 404 }) };

globalThis.fetch = async (path, how) => {
  await moment(2 + quick() * 200);
  const fault = network.treat();
  if (fault === 'away' || fault === 'dropped') throw new TypeError('network');
  const { status, body } = fault === 'failed' ? { status: 500 } : fault === 'portal' ? { status: 200 } : fault === 'busy' ? { status: 429, body: { key: 'store.busy', title: '' } } : network.answer(path, how);
  await moment(2 + quick() * 200);
  if (fault === 'cut') throw new TypeError('network');
  const own = fault === 'portal' || fault === 'failed' ? 'text/html' : status < 300 ? 'application/json' : 'application/problem+json';
  const headers = { 'Content-Type': own, Date: new Date(clock.now).toUTCString(), 'Retry-After': fault === 'busy' ? '1' : null };
  return { status, headers: { get: (name) => headers[name] ?? null }, text: async () => (own === 'text/html' ? '<html>' : JSON.stringify(body ?? null)) };
};

Object.defineProperty(globalThis, 'navigator', { value: { onLine: true, locks }, configurable: true });
Object.assign(globalThis, { window: globalThis, document: { addEventListener() {}, visibilityState: 'visible' }, addEventListener() {}, BroadcastChannel: undefined });

// The service worker: keeps the sheet itself on the device, one version whole, so that it opens without the network. It keeps no records:
// those are under the key of the person who took them along. VERSION and FILES stand before this text.

const CACHE = `homecare-sheet-${VERSION}`;
const FONTS = 'homecare-fonts';
const SHELL = '/visit-shell';
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SHEET = /^\/patients\/[0-9a-f-]{36}\/visit$/i;

worker.addEventListener('install', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(async (file) => {
    const response = await fetch(file, { cache: 'no-cache', credentials: 'same-origin' });
    if (!response.ok || response.redirected) throw new Error(`${file}: ${response.status}`);
    await cache.put(file, response);
  }));
  await worker.skipWaiting();
})()));

worker.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('homecare-sheet-') && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
})()));

const kept = async (/** @type {string} */ file) => (await caches.open(CACHE)).match(file);

/** The sheet from the device at once; what the reader has just chosen is first told to the server. @param {Request} request @param {URL} url */
async function sheet(request, url) {
  if (url.searchParams.has('culture') || url.searchParams.has('theme')) {
    try { return await fetch(request); } catch { /* As kept. */ }
  }
  return (await kept(SHELL)) ?? fetch(request);
}

/** Other pages are the server's; without it the device's own page is there. @param {Request} request */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await kept(SHELL);
    if (shell) return shell;
    throw error;
  }
}

async function font(/** @type {Request} */ request) {
  const cache = await caches.open(FONTS);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) cache.put(request, response.clone());
  return response;
}

// A notification that is pressed brings its page to the front, or opens it beside what is being written. It leads within this site alone.
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.url ?? '/', worker.location.origin);
  if (target.origin !== worker.location.origin) return;
  event.waitUntil((async () => {
    const open = (await worker.clients.matchAll({ type: 'window' })).find((page) => new URL(page.url).pathname === target.pathname);
    await (open ? open.focus() : worker.clients.openWindow(target.href));
  })());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(SHEET.test(url.pathname) || url.pathname === '/visits' ? sheet(request, url) : page(request));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(kept(url.pathname).then((found) => found ?? fetch(request)));
  } else if (url.pathname.startsWith('/fonts/') && url.pathname.includes('/files/')) {
    event.respondWith(font(request));
  }
});

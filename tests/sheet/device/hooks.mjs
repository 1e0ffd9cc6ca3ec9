// Each tab has modules of its own, as in a browser: what belongs to a tab carries its number in the address. The database of the device is device.mjs.

export async function resolve(specifier, context, next) {
  const tab = /\?tab=\d+$/.exec(context.parentURL ?? '')?.[0] ?? '';
  if (specifier === '/lib/idb/idb.js') return { url: new URL('./device.mjs', import.meta.url).href, shortCircuit: true };
  const found = await next(specifier, context);
  return tab && found.url.startsWith('file:') && !found.url.includes('?') ? { ...found, url: found.url + tab } : found;
}

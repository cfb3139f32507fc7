/// <reference lib="webworker" />
/**
 * Keeps the page's shell for a tablet that reloads without a network. Network first, always: an update is never held
 * back. Only the empty page and the files under /app/ are kept; codes, tokens, media and calls never pass through here.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const cacheName = 'shell-1';
const shell = '/';
const patienceMs = 4_000;
const mostFiles = 40;

worker.addEventListener('install', (event) => {
  event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('activate', (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
    await worker.clients.claim();
    await keepShell();
  };
  event.waitUntil(clean());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  const isPage = request.mode === 'navigate' && (url.pathname === '/' || url.pathname.startsWith('/join/'));
  // A page is kept under one name, so that no code is ever stored.
  if (isPage) event.respondWith(networkFirst(event, shell));
  else if (url.pathname.startsWith('/app/')) event.respondWith(networkFirst(event, url.pathname));
});

async function networkFirst(event: FetchEvent, key: string): Promise<Response> {
  const kept = () => caches.match(key, { cacheName });
  const fromNetwork = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected) event.waitUntil(keep(key, response.clone()));
    return response;
  });
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  try {
    return (await Promise.race([fromNetwork, late])) ?? (await kept()) ?? (await fromNetwork);
  } catch (error) {
    const response = await kept();
    if (response) return response;
    throw error;
  }
}

/** The page and the files it names: a first visit is over before this worker sees any request. */
async function keepShell(): Promise<void> {
  try {
    const response = await fetch(shell, { credentials: 'omit' });
    if (!response.ok) return;
    const page = await response.clone().text();
    await keep(shell, response);
    const files = new Set([...page.matchAll(/"(\/app\/[\w./-]+)"/g)].map((match) => match[1] ?? shell));
    for (const file of files) {
      const found = await fetch(file, { credentials: 'omit' });
      if (found.ok) await keep(file, found);
    }
  } catch {} // next time
}

async function keep(key: string, response: Response): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(key, response);
  const files = (await cache.keys()).filter((request) => new URL(request.url).pathname !== shell);
  for (const old of files.slice(0, Math.max(0, files.length - mostFiles))) await cache.delete(old);
}

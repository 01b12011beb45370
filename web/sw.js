// The service worker: keeps one whole build of the page, and answers for it with and without a network.
//
// `cargo xtask dist` writes the files of the build in here, each with the digest of its content. So a new build is
// a new service worker, and one whose files are not all there and right is never installed: the one before stays.
// A new one waits until the reader asks for it (web/src/effects/updates.rs), or no page of the old one is open.

const BUILD = "__BUILD__";
const FILES = JSON.parse('__FILES__');

// Other pages may live on the same host, and other copies of this one.
const OURS = `shrinkage-lab ${registration.scope} `;
const CACHE = OURS + BUILD;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(forgetOldBuilds()));
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const file = fileOf(event.request);
  if (file !== null) event.respondWith(answer(file, event.request));
});

async function install() {
  const isNew = !(await caches.has(CACHE));
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([file, integrity]) => keep(cache, file, integrity)));
  } catch (error) {
    // The same build may be at work already; then its files are right, and needed.
    if (isNew) await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, file, integrity) {
  // `no-cache` asks the host whether a file that the browser has is still the one.
  const response = await fetch(new Request(file, { integrity, cache: "no-cache" }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // An answer that came by way of another address may not be given to who opens the page: a plain copy may.
  const { status, statusText, headers } = response;
  await cache.put(file, response.redirected ? new Response(await response.blob(), { status, statusText, headers }) : response);
}

async function forgetOldBuilds() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

// The name in FILES of what is asked for; null if that is none of them, and the network's.
function fileOf(request) {
  const address = new URL(request.url);
  const folder = new URL(registration.scope);
  if (request.method !== "GET" || address.origin !== folder.origin || !address.pathname.startsWith(folder.pathname)) return null;
  const path = address.pathname.slice(folder.pathname.length);
  if (path === "" || path === "index.html") return "./";
  return [path + address.search, path].find((file) => Object.hasOwn(FILES, file)) ?? null;
}

async function answer(file, request) {
  // A browser short of space may have thrown the files away.
  const kept = await (await caches.open(CACHE)).match(file, { ignoreVary: true });
  return kept ?? fetch(request);
}

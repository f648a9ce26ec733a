// Keeps the shell of the page, so that it opens without a network. Never an answer about anybody: those are not asked here.
// What stands before this line is written by the house: VERSION and SHELL.
const CACHE = `field-${VERSION}`;

// A new version waits until no window has the old one open, or until a locked one asks for it: nobody's visit is touched.
self.addEventListener("install", (event) => event.waitUntil(kept()));

self.addEventListener("message", ({ data }) => { if (data === "take over") self.skipWaiting(); });

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("field-") && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { pathname, origin } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || !SHELL.includes(pathname)) return;
  const found = caches.open(CACHE).then((cache) => cache.match(pathname));
  event.respondWith(found.then((answer) => answer ?? fetch(event.request)).catch(() => (mode === "navigate" ? caches.match("/field/") : Response.error())));
});

// Keep the whole shell, or nothing of it: whoever is not signed in is led elsewhere, and that is not the shell.
async function kept() {
  const answers = await Promise.all(SHELL.map((path) => fetch(new Request(path, { cache: "reload" }))));
  if (!answers.every((answer) => answer.ok && !answer.redirected)) throw new Error("the shell did not come");
  const cache = await caches.open(CACHE);
  await Promise.all(answers.map((answer, place) => cache.put(SHELL[place], answer)));
}

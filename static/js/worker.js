// Of the installed app: where a page cannot be fetched, one that says so. Keeps that page, its
// stylesheet and its icons, nothing of anybody's; POSTs pass by, so it can never dial.
// The site puts KEPT (their addresses, the page first) and NAME in front.
addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const others = async () => {
    for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
  };
  event.waitUntil(others());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = KEPT.indexOf(new URL(request.url).pathname);
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(KEPT[0])));
  } else if (kept > 0) {
    event.respondWith(caches.match(KEPT[kept]).then((found) => found ?? fetch(request)));
  }
});

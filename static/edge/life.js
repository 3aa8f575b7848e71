// The worker's own life: what it brings along, when it takes over, what it leaves behind.
const NEEDED = "app.css plans.css vendor/htmx-4.0.1.min.js app.js waiting.js routines.js icons/icon.svg";

async function installed() {
  const files = NEEDED.split(" ").map((name) => `/static/${BUILD}/${name}`);
  await (await caches.open(BUILD)).addAll([...files, "/offline", "/manifest.json"]);
  await framedAnew().catch(() => {}); // the next page that comes from the network brings it
  // Where a worker is in use, the pages say when they have nothing to lose.
  if (!registration.active) await skipWaiting();
}

async function activated() {
  await clients.claim();
  if (!(await clients.matchAll()).length) await tidy();
}

/** Forget the builds that no page is of any more; one that comes is not to be taken for one. */
async function tidy() {
  if (registration.installing || registration.waiting) return;
  const old = (await caches.keys()).filter((name) => name !== BUILD && name !== COPIES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

addEventListener("install", (event) => event.waitUntil(installed()));
addEventListener("activate", (event) => event.waitUntil(activated()));

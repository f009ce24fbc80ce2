/* The part of the app that lives on the phone: shows pages, tells the server what became of them, carries the two buttons, and opens
   something when there is no signal. The server puts `APP` in front: {version, precache, offline, icon, badge, key, home}.
   Two laws: every push ends in a visible notice (iOS takes the subscription away otherwise), and showing comes before reporting.
   It stores no page of anybody who is logged in. */
"use strict";

const FILES = `app-${APP.version}`;
const UNSENT = "unsent"; // a cache used as a small, lasting list: address -> what must still be posted there
const RETRY_AFTER = [1000, 4000];
const PATIENCE = 8000;
const OPEN_WITHIN = 700; // Firefox allows openWindow() for one second after the press
const FALLBACK = { title: "Nieuwe oproep", body: "Druk hier en open de app.", tag: "page", data: {} };

self.addEventListener("install", (event) => {
  self.skipWaiting();
  // One file that is missing must not keep the phone from being paged, so none may fail the installation.
  event.waitUntil(caches.open(FILES).then((cache) => Promise.allSettled(APP.precache.map((file) => cache.add(file)))));
});

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== FILES && name !== UNSENT) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(async () => await caches.match(APP.offline) ?? Response.error()));
  } else if (APP.precache.includes(event.request.url.slice(self.location.origin.length))) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});

/* ---- a page arrives ---- */
self.addEventListener("push", (event) => event.waitUntil(onPush(event)));

async function onPush(event) {
  const page = read(event);
  tellPages(page);
  const showing = show(page.title, loud(page));
  const told = report(page.data, "received");
  if (await showing.then(() => true, () => false)) await replaceWhenStale(page, await report(page.data, "shown"));
  if (page.badge) await self.navigator.setAppBadge?.(page.badge).catch(() => {});
  await told;
  await flush();
}

/* Open pages hear it too: a phone in bedside mode rings at once with its own sound. */
async function tellPages({ title, body, data }) {
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    page.postMessage({ kind: "page", title, body, url: data?.url ?? APP.home });
  }
}

/* What must be shown, whatever arrived. A declarative page has its fields in `notification`; Safari hands over the notice itself. */
function read(event) {
  let sent = null;
  try { sent = event.data?.json(); } catch { sent = null; }
  const notice = sent?.notification ?? event.notification ?? sent;
  if (typeof notice?.title !== "string" || !notice.title) return FALLBACK;
  return {
    title: notice.title, body: String(notice.body ?? ""), tag: notice.tag || FALLBACK.tag, lang: notice.lang || "nl",
    data: { ...notice.data, url: notice.data?.url ?? notice.navigate }, badge: Number(sent?.app_badge) || 0,
    actions: (notice.actions ?? []).map(({ action, title }) => ({ action, title })),
  };
}

function loud(page) {
  return {
    body: page.body, tag: page.tag, lang: page.lang, data: page.data, actions: page.actions, icon: APP.icon, badge: APP.badge,
    renotify: true, requireInteraction: true, vibrate: [400, 150, 400, 150, 800],
  };
}

async function show(title, options) {
  try {
    await self.registration.showNotification(title, options);
  } catch (trouble) {
    if (self.Notification?.permission === "denied") throw trouble;
    await self.registration.showNotification(title, { body: options.body, tag: options.tag, data: options.data });
  }
}

const settle = (notice, title, body) =>
  show(title, { body, tag: notice.tag, lang: "nl", data: notice.data, icon: APP.icon, badge: APP.badge, silent: true });

async function replaceWhenStale(page, answer) {
  if (answer && ["taken", "closed", "gone", "confirmed"].includes(answer.state)) await settle(page, answer.title, answer.body);
}

/* ---- it is pressed, or wiped away ---- */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(onPress(event.notification, event.action));
});
self.addEventListener("notificationclose", (event) => event.waitUntil(report(event.notification.data, "dismissed")));

async function onPress(notice, action) {
  if (action === "acknowledge") {
    const answered = answer(notice, "acknowledgement");
    await Promise.race([answered, pause(OPEN_WITHIN)]); // the incident then mostly shows it as taken already
    await open(notice.data?.url);
    await answered;
  } else if (action === "refuse") {
    await answer(notice, "refusal");
  } else if (action === "confirm") { // a rehearsal: the tap on this phone is the proof
    await answer(notice, "confirmation");
  } else {
    await open(notice.data?.url);
    await report(notice.data, "opened");
  }
}

async function answer(notice, act) {
  const reply = await post(`/pages/${notice.data?.token}/${act}`, {});
  if (reply === null) {
    await show("Nog niet verstuurd", {
      ...loud(notice), body: "Geen verbinding. De telefoon probeert het opnieuw. Kijk in de app of het gelukt is.", actions: [] });
  } else if (!reply.mine) { // refused, expired, or a colleague was first
    await settle(notice, reply.title, reply.body);
  }
}

async function open(address) {
  const url = new URL(address || APP.home, self.location.origin);
  if (url.origin !== self.location.origin) return;
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    if (page.url.split("#")[0] === url.href) {
      try { return void await page.focus(); } catch { break; }
    }
  }
  await self.clients.openWindow(url.href);
}

/* ---- telling the server ---- */
const pause = (time) => new Promise((wake) => { setTimeout(wake, time); });
const report = (data, kind) => data?.receipts ? post(data.receipts, { kind }) : Promise.resolve(null);

/* The server's answer; null when it could not be reached. Then it is kept, and sent as soon as there is a connection. */
async function post(address, body) {
  for (const wait of [...RETRY_AFTER, 0]) {
    try { return await send(address, JSON.stringify(body)); } catch { if (wait) await pause(wait); }
  }
  const cache = await caches.open(UNSENT);
  await cache.put(`${address}?${body.kind ?? ""}`, new Response(JSON.stringify(body)));
  await self.registration.sync?.register(UNSENT).catch(() => {}); // may be switched off; then the next page or start sends it
  return null;
}

/* Only an answer of our own server counts: a Wi-Fi log-in page also says 200. */
async function send(address, body) {
  const reply = await fetch(address, {
    method: "POST", body, headers: { "Content-Type": "application/json" }, redirect: "error", credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE) });
  if (reply.status >= 500 || reply.status === 429) throw new Error("try again");
  return reply.json();
}

self.addEventListener("sync", (event) => { if (event.tag === UNSENT) event.waitUntil(flush(true)); });
self.addEventListener("message", (event) => { if (event.data === "flush") event.waitUntil(flush()); });

async function flush(again = false) {
  const cache = await caches.open(UNSENT);
  for (const request of await cache.keys()) {
    const kept = await (await cache.match(request))?.text();
    if (kept === undefined) continue;
    try {
      await send(request.url.split("?")[0], kept);
      await cache.delete(request);
    } catch (trouble) {
      if (again) throw trouble; // Background Sync tries again later
      return;
    }
  }
}

/* ---- the push service gave this browser another address ---- */
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.oldSubscription, event.newSubscription)));

async function renew(old, given) {
  const key = old?.options?.applicationServerKey ?? APP.key;
  const fresh = given ?? await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  // With the login expired this is refused; the next page that is opened registers the address after all.
  await fetch("/devices", {
    method: "POST", headers: { "Content-Type": "application/json" }, redirect: "manual",
    body: JSON.stringify({ ...fresh.toJSON(), replaces: old?.endpoint ?? "" }) });
}

/* On every staff page: starts the service worker and keeps this browser's push address known to the server. It runs again at each
   start of the app, because browsers lose or renew subscriptions without telling anybody. The Toestellen page (js/devices.js) and
   the log-out form use what it offers in `window.push`. Without push everything else goes on working. */
"use strict";

(() => {
  const { key, person } = document.currentScript.dataset;
  const TOLD = "push-told"; // in this tab: what the server already knows
  const LAST = "push-endpoint"; // on this device: the address it had last, so that the server can replace it
  const supported = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const ready = "serviceWorker" in navigator
    ? navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready) : Promise.reject(new Error("none"));
  let worker = null;
  ready.then((found) => { worker = found; }, () => {}); // the page itself works without it

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keyOf = (subscription) => {
    const used = subscription.options?.applicationServerKey;
    return used ? base64url(used) : key;
  };
  // In a tap there may be no wait before subscribe(), so not even the promise is waited for when the worker is known.
  const subscribe = () => worker ? subscribeAt(worker) : ready.then(subscribeAt);
  const subscribeAt = (at) => at.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const current = async () => supported ? (await ready).pushManager.getSubscription() : null;

  /* Tell the server. Answers {id} when it is stored; a subscription that the server refuses is dropped by the browser too. */
  async function tell(subscription) {
    const reply = await fetch("/devices", {
      method: "POST", redirect: "manual", headers: { "Content-Type": "application/json", "Accept": "application/json" },
      body: JSON.stringify({
        ...subscription.toJSON(), key: keyOf(subscription), replaces: localStorage.getItem(LAST) ?? "",
        touch: navigator.maxTouchPoints > 1 }) });
    if (reply.status === 422) {
      await subscription.unsubscribe();
      forget();
      throw new Error((await reply.json()).title);
    }
    if (!reply.ok) throw new Error("De server antwoordt niet. Probeer het nog eens.");
    const known = await reply.json();
    localStorage.setItem(LAST, subscription.endpoint);
    sessionStorage.setItem(TOLD, `${person} ${subscription.endpoint}`);
    return known;
  }

  /* The push service called this address gone, or it belongs to another key: only a new address helps. */
  async function replace(subscription) {
    await subscription.unsubscribe();
    return tell(await subscribe());
  }

  /* At every start. Answers whether the server learnt something new. */
  async function keep() {
    if (!supported || !key || Notification.permission !== "granted") return false;
    let subscription = await current();
    if (!subscription && localStorage.getItem(LAST)) subscription = await subscribe(); // the browser lost it
    if (!subscription || sessionStorage.getItem(TOLD) === `${person} ${subscription.endpoint}`) return false;
    if (keyOf(subscription) !== key || (await tell(subscription)).dead) await replace(subscription);
    return true;
  }

  function forget() {
    localStorage.removeItem(LAST);
    sessionStorage.removeItem(TOLD);
  }

  /* Stop pages on this browser; answers the address it had. What was on stays wanted: who logs in next on this phone is paged here. */
  async function off() {
    const subscription = await current();
    sessionStorage.removeItem(TOLD);
    await subscription?.unsubscribe();
    return subscription?.endpoint ?? "";
  }

  /* Logging out takes this browser off the list; the server reads its address from the form. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-logout]") || form.dataset.logout === "done") return;
    event.preventDefault();
    form.dataset.logout = "done";
    const patience = new Promise((late) => { setTimeout(late, 2000, ""); });
    Promise.race([off().catch(() => ""), patience]).then((endpoint) => {
      if (endpoint) form.elements.endpoint.value = endpoint;
      form.requestSubmit(event.submitter);
    });
  });

  window.push = { supported, ready, key, current, keyOf, subscribe, tell, replace, off, forget };
  if (!person) return;
  window.push.kept = keep().catch(() => false); // not reached: the next start tries again, and Toestellen tells the truth
  const flush = () => ready.then((found) => found.active?.postMessage("flush")).catch(() => {});
  flush();
  window.addEventListener("online", flush);
})();

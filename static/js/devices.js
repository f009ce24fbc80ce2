/* The Toestellen page: what this very browser says about its notifications, and the one button that helps. The truth is the
   browser's, never the database's. The server wrote one panel per state; this shows the right one. */
"use strict";

(() => {
  const here = document.getElementById("here");
  if (!here || !window.push) return;
  const push = window.push;
  const installed = matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches || navigator.standalone === true;
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

  const digest = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function state() {
    if (apple && !installed) return "home-screen";
    if (!push.supported || !push.key) return "unsupported";
    if (Notification.permission === "denied") return "blocked";
    const subscription = await push.current();
    if (!subscription) return Notification.permission === "granted" ? "off" : "ask";
    if (push.keyOf(subscription) !== push.key) return "other-key";
    return here.dataset.endpoint === await digest(subscription.endpoint) ? "on" : "unknown";
  }

  function show(name) {
    here.dataset.state = name;
    for (const panel of document.querySelectorAll("[data-when]")) panel.hidden = !panel.dataset.when.split(" ").includes(name);
  }

  function complain(trouble) {
    const refused = trouble?.name === "NotAllowedError";
    const line = document.getElementById("push-trouble");
    line.querySelector("span").textContent = refused
      ? "De browser gaf geen toestemming. Sta meldingen toe en probeer het nog eens." : trouble?.message ?? String(trouble);
    line.hidden = false;
  }

  const look = () => state().then(show, () => show("unsupported"));
  const again = () => location.assign("/devices");

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-push]");
    if (!button) return;
    // subscribe() must be called right here in the tap: iOS and Firefox refuse it after any wait.
    const asked = button.dataset.push === "on" ? push.subscribe() : null;
    button.setAttribute("aria-disabled", "true");
    try {
      if (asked) await push.tell(await asked);
      else await push.replace(await push.current());
      // A full phone throws away what is not marked, the worker with it. Not waited for: Firefox asks the user first.
      if (installed) navigator.storage?.persist?.();
      again();
    } catch (trouble) {
      button.removeAttribute("aria-disabled");
      complain(trouble);
      await look();
    }
  });

  /* Taking this very device off the list also stops its browser, or it would come back by itself. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-forget]") || form.dataset.forget === "done") return;
    event.preventDefault();
    const subscription = push.supported ? await push.current() : null;
    if (subscription && form.dataset.forget === await digest(subscription.endpoint)) {
      await push.off().catch(() => {});
      push.forget();
    }
    form.dataset.forget = "done";
    form.requestSubmit(event.submitter);
  });

  Promise.resolve(push.kept).then((learnt) => learnt ? again() : look());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();

/* Nachtstand: keeps the screen on, makes a sound of its own, and tells the server every 30 seconds that this phone lies awake.
   It rings for a push (told by the service worker) and for an open call in the answer to a heartbeat, whichever comes first.
   The sound is made here and not played from a file, and one tap unlocks it: browsers allow no sound before a tap. */
"use strict";

(() => {
  const root = document.getElementById("bedside");
  if (!root) return;
  const EVERY = Number(root.dataset.every) * 1000;
  const LATE = 75000; // so long without an answer counts as unproven, here as on the server
  const PUSHED = 20000; // a push rings at least so long, also when the server has nothing open (an alarm, a test)
  const TESTED = 3000;
  const part = (name) => document.getElementById(`night-${name}`);
  const form = part("form");
  const token = crypto.randomUUID();
  const clockGap = Date.parse(part("clock").dateTime) - Date.now(); // a demo may have moved the clock
  const clockForm = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
  const hushed = new Set();
  let sound = null, lock = null, on = false, answeredAt = 0, pushedUntil = 0, testUntil = 0, calls = [], pushed = null, hushing = false;

  /* ---- sound: two shrill tones, cut up by a slow one; always running, so that the phone does not put it to sleep ---- */
  function makeSound() {
    const context = new AudioContext();
    const master = context.createGain(), cut = context.createGain(), slow = context.createOscillator();
    master.gain.value = 0;
    cut.gain.value = 0.5;
    slow.type = "square";
    slow.frequency.value = 2;
    slow.connect(cut.gain);
    for (const pitch of [880, 1320]) {
      const tone = context.createOscillator();
      tone.type = "square";
      tone.frequency.value = pitch;
      tone.connect(cut);
      tone.start();
    }
    slow.start();
    cut.connect(master).connect(context.destination);
    context.addEventListener("statechange", show);
    return { context, master };
  }

  async function unlock() {
    sound ??= makeSound();
    await sound.context.resume();
  }

  function ring() {
    const now = Date.now();
    const loud = now < testUntil || (on && (now < pushedUntil || calls.length > 0));
    if (sound) sound.master.gain.value = loud ? 0.9 : 0;
    if (sound?.context.state === "suspended") sound.context.resume().catch(() => {});
    if (loud) navigator.vibrate?.([400, 150, 400]);
    root.dataset.ringing = loud ? "yes" : "no";
    const call = calls[0] ?? (now < pushedUntil ? pushed : null);
    part("ring").hidden = !(loud && call);
    if (call) {
      part("title").textContent = call.title;
      part("open").href = call.url;
    }
  }

  /* ---- screen ---- */
  async function keepAwake() {
    if (!on || document.hidden || (lock && !lock.released)) return;
    try {
      if (!navigator.wakeLock) throw new Error("none");
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", show);
    } catch {
      lock = null;
    }
    show();
  }

  /* ---- heartbeat ---- */
  async function beat() {
    if (!on) return;
    const body = new FormData(form);
    body.set("client_token", token);
    try {
      const reply = await fetch(root.dataset.beat, {
        method: "POST", body, redirect: "manual", headers: { "Accept": "application/json" }, signal: AbortSignal.timeout(10000) });
      if (reply.type === "opaqueredirect" || reply.status === 400) return void complain("U bent uitgelogd. Log opnieuw in en zet de nachtstand aan.");
      if (!reply.ok) throw new Error(String(reply.status));
      const told = await reply.json();
      answeredAt = Date.now();
      complain("");
      if (!told.on) stop("De nachtstand is ergens anders aangezet of uitgezet.");
      if (hushing) for (const call of told.ring) hushed.add(call.id);
      calls = told.ring.filter((call) => !hushed.has(call.id));
    } catch {
      if (Date.now() - answeredAt > LATE) complain("Geen verbinding. Zo kan niemand u wekken. Controleer wifi of bereik.");
    }
    show();
    ring();
  }

  function complain(words) {
    const trouble = part("trouble");
    if (words) trouble.querySelector("p").textContent = words;
    trouble.hidden = !words;
  }

  function stop(words) {
    on = false;
    lock?.release();
    complain(words);
  }

  function state(element, good, words) {
    element.textContent = words;
    element.className = `state ${good ? "good" : "bad"}`;
  }

  function show() {
    root.dataset.state = on ? "on" : "off";
    for (const each of document.querySelectorAll("[data-night]")) each.hidden = each.dataset.night !== root.dataset.state;
    part("clock").textContent = clockForm.format(Date.now() + clockGap);
    const heard = answeredAt && Date.now() - answeredAt < LATE;
    state(part("beat"), heard, heard ? `Gehoord om ${clockForm.format(answeredAt + clockGap)}` : "Geen antwoord");
    const awake = lock && !lock.released;
    state(part("lock"), awake, awake ? "Ja" : "Nee. Zet in de instellingen van uw telefoon: scherm nooit uit");
    const audible = sound?.context.state === "running";
    state(part("sound"), audible, audible ? "Klaar" : "Staat uit. Tik op Test geluid");
  }

  const acts = {
    async start() {
      on = true;
      show();
      await unlock();
      await Promise.all([keepAwake(), beat()]);
    },
    async test() {
      testUntil = Date.now() + TESTED;
      await unlock();
    },
    async hush() {
      for (const call of calls) hushed.add(call.id);
      calls = [];
      pushedUntil = testUntil = 0;
      ring();
      hushing = true; // a push may have been faster than the answer that names its call: that one is hushed too
      await beat();
      hushing = false;
    },
  };

  document.addEventListener("click", (event) => {
    const act = acts[event.target.closest("[data-night-act]")?.dataset.nightAct];
    if (act) act().catch((trouble) => complain(`Het geluid werkt niet: ${trouble.message}`)).then(() => { show(); ring(); });
  });
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data?.kind !== "page" || !on) return;
    pushed = event.data;
    pushedUntil = Date.now() + PUSHED;
    ring();
    beat();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { keepAwake(); beat(); } });
  setInterval(beat, EVERY);
  setInterval(() => { show(); ring(); }, 1000);
  show();
})();

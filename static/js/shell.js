/* The small things of every staff page: no polling while nobody looks, and an honest word when the connection is gone.
   Everything works without this file. */
"use strict";

/* htmx reads its settings when the document is ready, which is after this. No inline styles and no eval: the CSP forbids them.
   422 is a form with its mistakes, to be shown. */
Object.assign(window.htmx.config, {
  includeIndicatorStyles: false, allowEval: false, historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false }, { code: "[23]..", swap: true }, { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

const notice = document.getElementById("no-connection");

/* A polling fragment rests while the page is hidden; it catches up when the page is looked at again. */
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const live of document.querySelectorAll("[data-live]")) window.htmx.trigger(live, "look");
});

/* A half-typed form must not be swapped away under the thumb. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const target = event.detail.target;
  if (target.matches("[data-live]") && target.contains(document.activeElement)
      && document.activeElement.matches("input, textarea, select")) event.detail.shouldSwap = false;
});

for (const gone of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(gone, () => { notice.hidden = false; });
}
document.addEventListener("htmx:afterOnLoad", () => { notice.hidden = true; });
window.addEventListener("offline", () => { notice.hidden = false; });
window.addEventListener("online", () => { notice.hidden = true; });

/* The clock in the corner follows the page's own clock, which a demo may have moved. */
const clock = document.querySelector(".top .clock");
if (clock) {
  const gap = Date.parse(clock.dateTime) - Date.now();
  const form = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
  setInterval(() => { clock.textContent = form.format(Date.now() + gap); }, 5000);
}

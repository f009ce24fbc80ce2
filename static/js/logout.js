// Logging out of this browser: tells the server which push subscription was this browser's, so that it gets no more pages.
// Without script, or without a subscription, the form goes as it is.
const form = document.querySelector("form[data-logout]");
const ready = "serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : Promise.resolve(null);

ready
  .then((registration) => registration?.pushManager?.getSubscription())
  .then((subscription) => {
    if (form && subscription) form.elements.endpoint.value = subscription.endpoint;
  });

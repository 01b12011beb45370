// Runs before the page does.
// Notes when the first run has settled, in milliseconds since the navigation.
new MutationObserver((_, observer) => {
  if (!document.querySelector('main[data-state="settled"]')) return;
  window.firstSettled = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-state"] });

// Lets page.js read the answers of workers before the page does.
window.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", (event) => window.onReply?.(event.data));
  }
};

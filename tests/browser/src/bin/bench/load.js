// Runs before the page does: notes when its first run has settled, in milliseconds since the navigation.
new MutationObserver((_, observer) => {
  if (!document.querySelector('main[data-state="settled"]')) return;
  window.firstSettled = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-state"] });

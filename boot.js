// Starts a worker. The page compiles the worker's WASM once and sends the module to every worker.
// `?v=` names the build (index.html, <meta name="worker-version">): worker.js keeps its name from build to build.
importScripts("worker.js" + self.location.search);
onmessage = (event) => {
  onmessage = null;
  wasm_bindgen({ module_or_path: event.data });
};

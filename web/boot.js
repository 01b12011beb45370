// Starts a worker: its name is that of its program. The page compiles the program's WASM once and sends the module to
// every worker.
// `?v=` names the build (index.html, <meta name="worker-version">): a worker's files keep their names from build to
// build, and `cargo xtask dist` writes the build's own name in here. A page that outlived its build gets no other
// worker.
if (self.location.search !== "?v=__WORKER_VERSION__") throw new Error("The page was updated while it was open.");
importScripts(`worker-${self.name}.js${self.location.search}`);
onmessage = (event) => {
  onmessage = null;
  wasm_bindgen({ module_or_path: event.data });
};

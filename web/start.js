// Starts the page's program once the first frame has been seen: until then type and styles have the line to
// themselves. `cargo xtask dist` writes the name of the program's files in here.
await new Promise((seen) => {
  const look = (frame) => {
    const painted = performance.getEntriesByName("first-contentful-paint").length;
    if (painted || document.hidden || frame === 60) seen();
    else requestAnimationFrame(() => look(frame + 1));
  };
  look(0);
});
const program = fetch("./__PAGE___bg.wasm");
// If it does not come, `start` says so, once.
program.catch(() => {});
const { default: start } = await import("./__PAGE__.js");
await start({ module_or_path: program });
dispatchEvent(new Event("pagestarted"));

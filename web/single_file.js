// Starts the page that is one file; stands behind the page's own script, in the same module (`cargo xtask dist
// --single-file`). What other pages fetch lies in the document, packed.
{
  const unpacked = (name) => {
    const place = document.getElementById(`packed-${name}`);
    const bytes = Uint8Array.from(atob(place.textContent), (letter) => letter.charCodeAt(0));
    place.remove();
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
  };
  const addressOf = async (name, type) =>
    URL.createObjectURL(new Blob([await unpacked(name).arrayBuffer()], { type }));

  // Where the page looks for its workers (web/src/effects/build_files.rs).
  globalThis.packedFiles = {
    "boot.js": await addressOf("boot.js", "text/javascript"),
    "worker_bg.wasm": await addressOf("worker_bg.wasm", "application/wasm"),
  };
  const wasm = await __START__({ module_or_path: unpacked("page_bg.wasm") });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
}

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

  // Where the page looks for its workers (web/src/effects/build_files.rs) and for what it loads later (fetch_chunk.js).
  const types = { js: "text/javascript", wasm: "application/wasm" };
  const places = document.querySelectorAll("[id^=packed-worker-], [id^=packed-chunk-]");
  const names = Array.from(places, (place) => place.id.slice("packed-".length));
  const addresses = names.map(async (name) => [name, await addressOf(name, types[name.split(".").at(-1)])]);
  globalThis.packedFiles = Object.fromEntries(await Promise.all(addresses));
  await __START__({ module_or_path: unpacked("page_bg.wasm") });
  dispatchEvent(new Event("pagestarted"));
}

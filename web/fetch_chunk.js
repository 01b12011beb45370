// A part of the page's program that comes later: beside the page's script, in which this stands (`cargo xtask dist`),
// or packed inside the page where that is a single file (web/single_file.js).
async function fetchChunk(name) {
  const address = globalThis.packedFiles?.[name] ?? new URL(`./${name}`, import.meta.url);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  const type = "application/wasm";
  // Some hosts do not know the type of such a file.
  return response.headers.get("Content-Type") === type ? response : new Response(response.body, { headers: { "Content-Type": type } });
}

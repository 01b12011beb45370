// Draws the PNG icons from icon.svg; README.md says how to run it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const here = import.meta.dirname;
const { Resvg } = createRequire(path.join(process.cwd(), "any.js"))("@resvg/resvg-js");
const svg = readFileSync(path.join(here, "icon.svg"), "utf8");
const [, head, lines] = svg.match(/<svg ([^>]*)>(.*)<\/svg>/s);
const drawing = head.replace(/xmlns="[^"]*"|viewBox="[^"]*"/g, "");

// `scale`: the drawing's width as a share of the icon's; `corner`: radius of the corners, of 32.
function icon(name, size, scale, corner) {
  const at = (16 - 16 * scale).toFixed(3);
  // The drawing's middle is half a unit above the middle of its box.
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="${corner}" fill="#fbfaf7"/>
    <g ${drawing} transform="translate(${at} ${Number(at) + 0.5 * scale}) scale(${scale})">${lines}</g></svg>`;
  writeFileSync(path.join(here, name), new Resvg(text, { fitTo: { mode: "width", value: size } }).render().asPng());
}

icon("icon-192.png", 192, 0.8, 6);
icon("icon-512.png", 512, 0.8, 6);
// A system may cut off all outside a circle of 80 % of the width.
icon("maskable-512.png", 512, 0.64, 0);
icon("touch-180.png", 180, 0.76, 0);

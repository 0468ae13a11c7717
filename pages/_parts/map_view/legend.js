// What the colours stand for; a click on a line narrows down to it, or selects its points where that is no filter.

import { element } from "./element.js";
import { SHAPES } from "./theme.js";

const PARTS = 5;

export function fillLegend(box, about, theme, act) {
  box.replaceChildren(element("div", { class: "heading" }, about.title));
  if (about.kind === "number") box.append(scale(about, theme, act));
  for (const entry of about.entries) box.append(line(entry, theme, act));
}

function line(entry, theme, act) {
  const name = element("span", { class: "name" }, entry.name);
  const count = element("span", { class: "count" }, entry.samples.toLocaleString("en-US"));
  const button = element("button", { type: "button", class: "entry", title: entry.name },
    swatch(theme.label(entry.slot), entry.shape), name, count);
  if (entry.chosen !== null) button.setAttribute("aria-pressed", String(entry.chosen));
  button.addEventListener("click", () => act({ act: "entry", code: entry.code }));
  return button;
}

function swatch(colour, shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[shape]);
  path.setAttribute("fill", colour);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

// Five parts of a colour bar, high above low; each is a button that narrows down to its range.
function scale(about, theme, act) {
  const [low, high] = about.limits;
  const at = (part) => low + ((high - low) * part) / PARTS;
  const bar = element("div", { class: "scale" });
  for (let part = PARTS - 1; part >= 0; part--) {
    const css = (share) => `rgb(${theme.shade(share)})`;
    const [from, to] = [part === 0 ? "" : number(at(part)), part === PARTS - 1 ? "" : number(at(part + 1))];
    const words = !from ? `up to ${to}` : !to ? `${from} or more` : `${from} to ${to}`;
    const patch = element("span", { class: "patch" });
    patch.style.background = `linear-gradient(to top, ${css(part / PARTS)}, ${css((part + 1) / PARTS)})`;
    const button = element("button", { type: "button", class: "entry" }, patch, element("span", { class: "name" }, words));
    button.addEventListener("click", () => act({ act: "shade", part, parts: PARTS }));
    bar.append(button);
  }
  return bar;
}

export function number(value) {
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

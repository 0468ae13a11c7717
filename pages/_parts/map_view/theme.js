// Colours of the theme, read from the variables that Streamlit puts on the component.

export const SHAPES = [
  "M8 1a7 7 0 1 0 .01 0z", // circle
  "M2 2h12v12H2z", // square
  "M8 0 16 8 8 16 0 8z", // diamond
  "M8 1 15.5 14.5H.5z", // triangle
  "M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z", // plus
  "M3 0 8 5l5-5 3 3-5 5 5 5-3 3-5-5-5 5-3-3 5-5-5-5z", // cross
  "M8 15 .5 1.5h15z", // triangle, point down
  "M8 1a7 7 0 1 0 .01 0zm0 4a3 3 0 1 1-.01 0z", // ring
];
const OTHER = 254;
const NONE = 255;
const SHADES = 254;

export class Theme {
  constructor(root) {
    const style = getComputedStyle(root);
    const probe = document.createElement("canvas").getContext("2d");
    const hex = (name) => {
      probe.fillStyle = "#888888";
      probe.fillStyle = style.getPropertyValue(name).trim();
      return probe.fillStyle;
    };
    const list = (name) => style.getPropertyValue(name).split(",").map((text) => text.trim()).filter((text) => text);
    this.text = hex("--st-text-color");
    this.ground = hex("--st-background-color");
    this.primary = hex("--st-primary-color");
    this.font = style.getPropertyValue("--st-font") || "sans-serif";
    this.labels = list("--st-chart-categorical-colors");
    // The palest shades of the scale cannot be seen on the ground.
    this.shades = list("--st-chart-sequential-colors").slice(2).map(rgb);
    // Points without a colour of their own, and, paler, those that are not selected or outside the filters.
    this.grey = mixed(this.text, this.ground, 0.45);
    this.pale = mixed(this.text, this.ground, 0.76);
  }

  shade(part) {
    const place = Math.min(0.9999, Math.max(0, part)) * (this.shades.length - 1);
    const [low, high] = [this.shades[Math.floor(place)], this.shades[Math.floor(place) + 1]];
    return low.map((value, at) => Math.round(value + (high[at] - value) * (place % 1)));
  }

  label(slot) {
    return slot < 0 ? this.grey : this.labels[slot % this.labels.length];
  }

  // 256 colours of points by code; the fourth byte is the shape.
  palette(about) {
    const bytes = new Uint8Array(1024);
    const put = (code, colour, shape) => bytes.set([...colour, shape], 4 * code);
    if (about.kind === "number") for (let code = 0; code < SHADES; code++) put(code, this.shade(code / (SHADES - 1)), 0);
    for (const code of [OTHER, NONE]) put(code, rgb(this.grey), 0);
    for (const entry of about.entries) put(entry.code, rgb(this.label(entry.slot)), entry.shape);
    return bytes;
  }
}

function mixed(one, other, part) {
  const [a, b] = [rgb(one), rgb(other)];
  return `#${a.map((value, at) => Math.round(value + (b[at] - value) * part).toString(16).padStart(2, "0")).join("")}`;
}

export function rgb(hex) {
  const number = Number.parseInt(hex.slice(1, 7), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

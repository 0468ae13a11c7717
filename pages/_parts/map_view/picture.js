// The map as it is seen, with its legend, as a PNG file.

import { number } from "./legend.js";
import { SHAPES } from "./theme.js";

const SIDE = 260; // pixels for the legend
const MARGIN = 16;

export function savePicture(layers, about, theme) {
  const [points, lines] = layers;
  const ratio = points.width / points.clientWidth;
  const canvas = document.createElement("canvas");
  canvas.width = points.width + SIDE * ratio;
  canvas.height = points.height;
  const context = canvas.getContext("2d");
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(points, 0, 0);
  context.drawImage(lines, 0, 0, points.width, points.height);
  context.scale(ratio, ratio);
  context.translate(points.clientWidth + MARGIN, MARGIN);
  writeLegend(context, about, theme);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "map.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

function writeLegend(context, about, theme) {
  const say = (text, left, top, weight = 400) => {
    context.font = `${weight} 13px ${theme.font}`;
    context.fillStyle = theme.text;
    context.fillText(text, left, top, SIDE - MARGIN - left);
  };
  context.textBaseline = "top";
  say(about.title, 0, 0, 600);
  let top = 24;
  if (about.kind === "number") {
    for (let row = 0; row < 120; row++) {
      context.fillStyle = `rgb(${theme.shade(1 - row / 119)})`;
      context.fillRect(0, top + row, 18, 1.5);
    }
    say(`${number(about.limits[1])} or more`, 26, top);
    say(`${number(about.limits[0])} or less`, 26, top + 106);
    top += 132;
  }
  for (const entry of about.entries) {
    context.save();
    context.translate(0, top);
    context.fillStyle = theme.label(entry.slot);
    context.fill(new Path2D(SHAPES[entry.shape]), "evenodd");
    context.restore();
    say(`${entry.name} (${entry.samples.toLocaleString("en-US")})`, 24, top + 1);
    top += 22;
  }
}

// The map: what came from the server, what the reader does with it, and what goes back.

import { Camera } from "./camera.js";
import { Card } from "./card.js";
import { contours } from "./density.js";
import { Drawing } from "./drawing.js";
import { element } from "./element.js";
import { listen } from "./gestures.js";
import { fillLegend, number } from "./legend.js";
import { Nearest } from "./nearest.js";
import { savePicture } from "./picture.js";
import { Theme } from "./theme.js";
import { drawTitles } from "./titles.js";
import { showChoices, toolbar } from "./toolbar.js";

const STEPS = 65535;
const REACH = 10; // pixels around the pointer in which a point counts as pointed at
const FEW = 30; // selected points up to which each is drawn large
const HINT = "Arrow keys move, + and − zoom, 0 shows the whole map, Enter selects what is in view, Escape clears the selection.";

export class View {
  constructor(parent, desk) {
    this.desk = desk;
    this.state = { tool: "lasso", mode: "new", titles: true, contours: false };
    this.camera = new Camera();
    this.points = element("canvas", { class: "points", "aria-hidden": "true" });
    this.lines = element("canvas", { class: "lines", tabindex: "0", role: "application", "aria-roledescription": "map" });
    this.stage = element("div", { class: "stage" }, this.points, this.lines);
    this.legend = element("div", { class: "legend", role: "group", "aria-label": "Legend" });
    this.bar = toolbar(this.state, {
      changed: () => this.chosen(),
      zoom: (factor) => (this.camera.zoomAt(this.camera.width / 2, this.camera.height / 2, factor), this.moved()),
      home: () => (this.camera.home(), this.moved()),
      picture: () => ((this.seen = null), this.paint(), savePicture([this.points, this.lines], this.about, this.theme)),
    });
    this.root = element("div", { class: "map" }, this.bar, element("div", { class: "row" }, this.stage, this.legend));
    parent.append(this.root);
    this.card = new Card(this.stage, (index) => desk.ask({ stamp: this.about.stamp, index }));
    this.drawing = new Drawing(this.points);
    this.points.addEventListener("webglcontextlost", (event) => (event.preventDefault(), this.lost(true)));
    this.points.addEventListener("webglcontextrestored", () => this.lost(false));
    this.notice = element("p", { class: "notice", role: "alert", hidden: true }, "The browser has taken the drawing away. It comes back by itself; what is selected stays.");
    this.stage.append(this.notice);
    listen(this.lines, this.camera, {
      tool: () => this.state.tool,
      moved: () => this.moved(),
      hovered: (left, top) => this.hovered(left, top),
      left: () => (this.card.hide(), this.moved()),
      drawing: (path, tool) => ((this.path = path && outline(path, tool)), this.card.hide(), this.moved()),
      drawn: (path, tool, event) => this.draw(tool, tool === "box" ? [path[0], path[path.length - 1]] : path, event),
      clicked: (left, top, event) => this.clicked(left, top, event),
      key: (name, event) => this.key(name, event),
    });
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.stage);
    this.resized();
    // The theme's variables change without a word to the component; a transition of a colour that uses one tells.
    this.root.addEventListener("transitionend", (event) => event.target === this.root && this.recoloured());
    this.chosen();
  }

  // A browser short of memory takes the drawing away, and may give the means for it back.
  lost(isLost) {
    if (this.isClosed) return;
    this.notice.hidden = !isLost;
    this.root.dataset.lost = isLost;
    if (isLost) return;
    this.drawing.begin();
    this.drawing.points(this.places, this.codes, this.about.outside);
    this.recoloured();
    this.mark(this.desk.marks);
  }

  close() {
    this.isClosed = true;
    this.watch.disconnect();
    this.drawing.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  // Bytes of a picture: the length of what is said about it, that as JSON, places, codes.
  update(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const about = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    if (this.about && this.about.look === about.look) return;
    const isOther = !this.about || this.about.map !== about.map;
    const isMoved = !this.about || this.about.stamp !== about.stamp;
    this.about = about;
    const start = bytes.byteOffset + 4 + length;
    const buffer = start % 2 ? bytes.slice(4 + length).buffer : bytes.buffer;
    const from = start % 2 ? 0 : start;
    this.places = new Uint16Array(buffer, from, 2 * about.points);
    this.codes = new Uint8Array(buffer, from + 4 * about.points, about.points);
    this.drawing.points(this.places, this.codes, about.outside);
    if (isMoved) this.nearest = this.rings = null;
    this.camera.extent = about.extent;
    if (isOther) this.camera.home();
    this.card.forget();
    this.lines.setAttribute("aria-label", `${about.alt} ${HINT}`);
    this.recoloured();
    this.mark(this.desk.marks);
  }

  // Which points are selected and found, as bits in base64; those of another picture wait for theirs.
  mark(marks) {
    if (!this.about || !marks || marks.stamp !== this.about.stamp) return;
    const [selected, found] = [bits(marks.selected), bits(marks.found)];
    this.path = null;
    if (!selected && !found) this.drawing.marks(null);
    else {
      const bytes = new Uint8Array(this.about.points);
      const has = (set, i) => set && (set[i >> 3] >> (i & 7)) & 1;
      const strong = marks.count <= FEW ? 2 : 1;
      for (let i = this.about.outside; i < bytes.length; i++) bytes[i] = has(found, i) ? 2 : has(selected, i) ? strong : 0;
      this.drawing.marks(bytes);
    }
    this.root.dataset.selected = marks.count;
    this.bar.querySelector(".said").textContent = marks.count ? `${marks.count.toLocaleString("en-US")} selected` : "";
    this.moved();
  }

  recoloured() {
    this.theme = new Theme(this.root);
    this.drawing.palette(this.theme.palette(this.about));
    fillLegend(this.legend, this.about, this.theme, (what) => this.desk.act({ ...what, look: this.about.look }));
    this.moved();
  }

  chosen() {
    showChoices(this.bar, this.state);
    this.lines.style.cursor = this.state.tool === "move" ? "grab" : "crosshair";
    if (this.about) this.moved();
  }

  resized() {
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    if (!width || !height) return;
    [this.camera.width, this.camera.height] = [width, height];
    for (const canvas of [this.points, this.lines]) {
      canvas.width = width * devicePixelRatio;
      canvas.height = height * devicePixelRatio;
    }
    this.moved();
  }

  moved() {
    this.asked ||= requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.asked = 0;
    if (!this.about || this.camera.width <= 1) return; // before its size is known, a point would fill the view
    const { camera, theme } = this;
    const context = this.lines.getContext("2d");
    // Points are drawn anew only where they are not as they were: a lasso in the making is drawn over them.
    const seen = [camera.x, camera.y, camera.scale, camera.width, camera.height, this.drawing.version].join();
    if (seen !== this.seen) this.drawing.draw(camera, theme);
    this.seen = seen;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    if (this.state.contours) this.strokeContours(context);
    this.boxes = this.state.titles ? drawTitles(context, this.about.titles, camera, theme) : [];
    for (const corners of this.about.outlines) strokePath(context, corners.map((at) => camera.toScreen(...at)), theme, true);
    if (this.path) strokePath(context, this.path, theme);
    if (this.card.index >= 0) this.ring(context, this.card.index);
    this.root.dataset.drawn = this.about.look;
    this.root.dataset.zoom = camera.zoom.toFixed(2);
  }

  strokeContours(context) {
    this.rings ??= contours(this.places, this.about.outside);
    context.beginPath();
    for (let i = 0; i < this.rings.length; i += 4) {
      context.moveTo(...this.camera.toScreen(this.rings[i], this.rings[i + 1]));
      context.lineTo(...this.camera.toScreen(this.rings[i + 2], this.rings[i + 3]));
    }
    context.strokeStyle = this.theme.text;
    context.lineWidth = 1;
    context.globalAlpha = 0.65;
    context.stroke();
    context.globalAlpha = 1;
  }

  ring(context, index) {
    context.beginPath();
    context.arc(...this.camera.toScreen(this.places[2 * index] / STEPS, this.places[2 * index + 1] / STEPS), 8, 0, 7);
    context.strokeStyle = this.theme.text;
    context.lineWidth = 2;
    context.stroke();
  }

  pointed(left, top) {
    this.nearest ??= new Nearest(this.places, this.about.outside);
    const [x, y] = this.camera.toMap(left, top);
    return this.nearest.find(x * STEPS, y * STEPS, (REACH / this.camera.scale) * STEPS);
  }

  hovered(left, top) {
    if (!this.about) return;
    const title = this.boxes?.find((box) => left > box.left && left < box.right && top > box.top && top < box.bottom);
    this.lines.style.cursor = title ? "pointer" : this.state.tool === "move" ? "grab" : "crosshair";
    const index = title ? -1 : this.pointed(left, top);
    if (index < 0) this.card.hide();
    else this.card.show(index, this.called(this.codes[index]), left, top, this.camera);
    this.moved();
  }

  // What a code stands for, in words.
  called(code) {
    const { entries, kind, limits, title } = this.about;
    const entry = entries.find((one) => one.code === code);
    if (entry) return `${title}: ${entry.name}`;
    if (kind !== "number" || code > 253) return "";
    return `${title}: about ${number(limits[0] + ((limits[1] - limits[0]) * code) / 253)}`;
  }

  clicked(left, top, event) {
    const title = this.boxes?.find((box) => left > box.left && left < box.right && top > box.top && top < box.bottom);
    if (title) this.desk.act({ act: "title", place: this.about.titles.indexOf(title.title) });
    else if (this.pointed(left, top) >= 0) this.draw("click", [[left, top]], event);
  }

  key(name, event) {
    const { width, height } = this.camera;
    if (name === "Enter") this.draw("box", [[0, 0], [width, height]], event);
    else if (name === "Escape") this.desk.act({ act: "clear" });
    else return false;
    return true;
  }

  draw(kind, path, event) {
    const mode = event.shiftKey ? "add" : event.altKey ? "remove" : this.state.mode;
    const corners = path.map(([left, top]) => this.camera.toMap(left, top).map((value) => Math.round(value * STEPS * 16) / 16));
    const reach = (REACH / this.camera.scale) * STEPS;
    this.path = kind === "click" ? null : outline(path, kind);
    this.moved();
    this.desk.act({ act: "shape", stamp: this.about.stamp, kind, mode, corners, reach });
  }
}

function outline(path, tool) {
  const [[left, top], [right, bottom]] = [path[0], path[path.length - 1]];
  return tool === "box" ? [[left, top], [right, top], [right, bottom], [left, bottom]] : path;
}

function strokePath(context, path, theme, isDashed) {
  context.beginPath();
  path.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = theme.primary;
  if (!isDashed) context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = theme.text;
  context.lineWidth = isDashed ? 2 : 1.5;
  context.setLineDash(isDashed ? [6, 4] : []);
  context.stroke();
  context.setLineDash([]);
}

function bits(text) {
  return text ? Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)) : null;
}

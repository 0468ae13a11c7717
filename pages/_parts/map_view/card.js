// What is known of the point under the pointer: its label at once, its text when the server has said it.

import { element } from "./element.js";

const REST = 90; // milliseconds that the pointer rests before the text is asked for

export class Card {
  constructor(root, ask) {
    this.box = element("div", { class: "card", role: "status", hidden: true });
    root.append(this.box);
    this.ask = ask;
    this.known = new Map();
    this.index = -1;
  }

  forget() {
    this.known.clear();
    this.hide();
  }

  hide() {
    clearTimeout(this.waits);
    this.index = -1;
    this.box.hidden = true;
  }

  show(index, label, left, top, camera) {
    if (index === this.index) return;
    this.index = index;
    this.label = label;
    this.box.hidden = false;
    this.box.style.left = left > camera.width / 2 ? "" : `${left + 14}px`;
    this.box.style.right = left > camera.width / 2 ? `${camera.width - left + 14}px` : "";
    this.box.style.top = top > camera.height / 2 ? "" : `${top + 14}px`;
    this.box.style.bottom = top > camera.height / 2 ? `${camera.height - top + 14}px` : "";
    this.write();
    clearTimeout(this.waits);
    if (!this.known.has(index)) this.waits = setTimeout(() => this.ask(index), REST);
  }

  told(index, lines) {
    if (this.known.size > 500) this.known.clear();
    this.known.set(index, lines);
    if (index === this.index) this.write();
  }

  write() {
    const [heading = "", ...lines] = this.known.get(this.index) ?? [];
    this.box.replaceChildren(
      element("div", { class: "heading" }, heading || "…"),
      ...(this.label ? [element("div", { class: "label" }, this.label)] : []),
      ...lines.map((text) => element("div", { class: "text" }, text)));
  }
}

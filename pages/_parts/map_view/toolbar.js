// Buttons over the map: what a drag does, how it counts, how near, what is drawn on top, a picture to keep.

import { element } from "./element.js";

const TOOLS = [["lasso", "Lasso", "Draw around points"], ["box", "Box", "Drag a box over points"], ["move", "Move", "Drag the map; so does the right mouse button with every tool"]];
const MODES = [["new", "New", "What is drawn replaces the selection"], ["add", "Add", "What is drawn is added; so is it with Shift"], ["remove", "Remove", "What is drawn is taken out; so is it with Alt"]];

// `state` has tool, mode, titles, contours; `on` has changed(), zoom(factor), home(), picture(), help()
export function toolbar(state, on) {
  const one = (key, [value, label, title]) => {
    const button = element("button", { type: "button", title, "data-choice": `${key}:${value}` }, label);
    button.addEventListener("click", () => {
      state[key] = value;
      on.changed();
    });
    return button;
  };
  const toggle = (key, label, title) => {
    const button = element("button", { type: "button", title, "data-toggle": key }, label);
    button.addEventListener("click", () => {
      state[key] = !state[key];
      on.changed();
    });
    return button;
  };
  const plain = (label, name, act) => element("button", { type: "button", title: name, "aria-label": name, onclick: act }, label);
  const group = (label, ...inside) => element("div", { role: "group", "aria-label": label, class: "group" }, ...inside);
  return element("div", { class: "toolbar" },
    group("What a drag does", ...TOOLS.map((tool) => one("tool", tool))),
    group("How it counts", ...MODES.map((mode) => one("mode", mode))),
    group("How near", plain("+", "Nearer", () => on.zoom(1.5)), plain("−", "Farther", () => on.zoom(1 / 1.5)), plain("Whole map", "Whole map", on.home)),
    group("What is drawn on top", toggle("titles", "Titles", "Titles of clusters"), toggle("contours", "Contours", "Lines of equal density")),
    group("Keep", plain("PNG", "Save a picture of the map", on.picture)),
    element("span", { class: "said", role: "status" }));
}

export function showChoices(bar, state) {
  for (const button of bar.querySelectorAll("[data-choice]")) {
    const [key, value] = button.dataset.choice.split(":");
    button.setAttribute("aria-pressed", String(state[key] === value));
  }
  for (const button of bar.querySelectorAll("[data-toggle]")) {
    button.setAttribute("aria-pressed", String(state[button.dataset.toggle]));
  }
}

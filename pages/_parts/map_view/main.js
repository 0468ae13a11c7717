// What Streamlit calls: with bytes for the map, with a note for what is to be shown on it. All share one desk.

import { element } from "./element.js";
import { View } from "./view.js";

// An act is said again with the next one until the server says that it heard it: of two that are said while the page is
// drawn, only the later one arrives.
const name = String(Math.random());
let [last, pending, send] = [0, [], () => {}];

const desk = { view: null, marks: null, act, ask: () => {} };

function act(what) {
  pending.push({ ...what, number: ++last });
  send({ desk: name, acts: pending });
}

function heard([who, number]) {
  if (who === name) pending = pending.filter((one) => one.number > number);
}

export default function (component) {
  const { data, parentElement } = component;
  if (data instanceof Uint8Array) return showMap(component);
  if (!data) return undefined;
  parentElement.host?.style.setProperty("display", "none");
  if (data.note === "marks") {
    desk.marks = data;
    if (data.heard) heard(data.heard);
    desk.view?.mark(data);
  } else {
    desk.ask = (what) => component.setTriggerValue("ask", what);
    if (data.lines && desk.view?.about?.stamp === data.stamp) desk.view.card.told(data.index, data.lines);
  }
  return undefined;
}

function showMap({ data, parentElement, setTriggerValue }) {
  send = (what) => setTriggerValue("act", what);
  try {
    if (!parentElement.view) {
      parentElement.view = desk.view = new View(parentElement, desk);
    }
    parentElement.view.update(data);
  } catch (error) {
    parentElement.replaceChildren(element("p", { role: "alert" }, `This browser cannot draw the map (${error.message}). The tables below say what is on it.`));
  }
  return () => {
    parentElement.view?.close();
    if (desk.view === parentElement.view) desk.view = null;
    parentElement.view = null;
  };
}

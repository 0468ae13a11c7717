// Pointer, wheel, fingers and keys on the map, as moves of the camera and as shapes that were drawn.

const STILL = 4; // pixels that a click may move
const STEP = 60; // pixels per arrow key

// `on` has: tool(), moved(), hovered(left, top), left(), drawing(path, tool), drawn(path, tool, event), clicked(left, top, event), key(name, event)
export function listen(canvas, camera, on) {
  const pointers = new Map();
  let [path, panning, pinched] = [null, false, false];
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const stop = () => {
    if (path) on.drawing(null);
    [path, panning] = [null, false];
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    if (pointers.size > 1) return ([path, pinched] = [null, true]), on.drawing(null);
    pinched = false;
    panning = on.tool() === "move" || event.button === 1 || event.button === 2 || event.ctrlKey;
    path = [at(event)];
  });
  canvas.addEventListener("pointermove", (event) => {
    const [now, before] = [at(event), pointers.get(event.pointerId)];
    if (!before) return on.hovered(...now);
    pointers.set(event.pointerId, now);
    if (pointers.size > 1) return pinch(event.pointerId, before, now);
    if (!path) return;
    if (panning) {
      camera.pan(now[0] - before[0], now[1] - before[1]);
      on.moved();
    }
    const last = path[path.length - 1];
    if (Math.hypot(now[0] - last[0], now[1] - last[1]) >= 2) path.push(now);
    if (!panning) on.drawing(path, on.tool());
  });
  canvas.addEventListener("pointerup", (event) => {
    pointers.delete(event.pointerId);
    if (!path || pinched) return stop();
    const [done, wasPanning] = [path, panning];
    stop();
    const far = Math.max(...done.map(([x, y]) => Math.hypot(x - done[0][0], y - done[0][1])));
    if (far < STILL) on.clicked(...done[0], event);
    else if (!wasPanning) on.drawn(done, on.tool(), event);
  });
  canvas.addEventListener("pointercancel", (event) => {
    pointers.delete(event.pointerId);
    stop();
  });
  canvas.addEventListener("pointerleave", () => on.left());
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    camera.zoomAt(...at(event), Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.002));
    on.moved();
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && path) stop();
    else if (!steer(event.key) && !on.key(event.key, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function pinch(id, before, now) {
    const other = [...pointers].find(([key]) => key !== id)[1];
    const ratio = Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.hypot(before[0] - other[0], before[1] - other[1]);
    camera.zoomAt(other[0], other[1], Number.isFinite(ratio) && ratio > 0 ? ratio : 1);
    on.moved();
  }

  function steer(key) {
    const arrows = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    if (arrows[key]) camera.pan(...arrows[key]);
    else if (key === "+" || key === "=") camera.zoomAt(camera.width / 2, camera.height / 2, 1.4);
    else if (key === "-") camera.zoomAt(camera.width / 2, camera.height / 2, 1 / 1.4);
    else if (key === "0") camera.home();
    else return false;
    on.moved();
    return true;
  }
}

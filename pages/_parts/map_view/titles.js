// Titles of clusters: the largest first, and only where there is room, so that more come as one zooms in.

const LONGEST = 34;

// What is drawn: [{title, left, top, right, bottom}], for clicks.
export function drawTitles(context, titles, camera, theme) {
  const drawn = [];
  context.font = `600 13px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const title of titles) {
    const [x, y] = camera.toScreen(title.x, title.y);
    const half = context.measureText(cut(title.name)).width / 2 + 8;
    const box = { title, left: x - half, right: x + half, top: y - 13, bottom: y + 13 };
    const isSeen = box.left > 0 && box.right < camera.width && box.top > 0 && box.bottom < camera.height;
    if (!isSeen || drawn.some((other) => overlap(box, other))) continue;
    context.strokeStyle = theme.ground;
    context.lineWidth = 4;
    context.strokeText(cut(title.name), x, y);
    context.fillStyle = theme.text;
    context.fillText(cut(title.name), x, y);
    drawn.push(box);
  }
  return drawn;
}

function cut(name) {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

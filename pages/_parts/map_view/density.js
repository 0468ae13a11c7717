// Lines of equal density: points are counted on a grid, smoothed, and traced by marching squares.

const CELLS = 160;
const SMOOTH = 7;
const LEVELS = [0.04, 0.1, 0.2, 0.36, 0.6];
// Pairs of sides (0 bottom, 1 right, 2 top, 3 left) that a line joins, by which corners are high (1 2 4 8 from lower left).
const JOINED = [[], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2], [2, 3], [2, 0], [0, 1, 2, 3], [2, 1], [1, 3], [1, 0], [0, 3], []];

// Ends of line pieces in map units: x, y, x, y, …
export function contours(places, first) {
  let grid = counted(places, first);
  for (let pass = 0; pass < SMOOTH; pass++) grid = smoothed(grid);
  const most = grid.reduce((a, b) => Math.max(a, b), 0);
  const pieces = [];
  for (const level of LEVELS) trace(grid, most * level, pieces);
  return new Float32Array(pieces);
}

function counted(places, first) {
  const grid = new Float32Array(CELLS * CELLS);
  // A margin of three cells, so that a line around the outermost points can close.
  const inner = (CELLS - 6) / 65536;
  for (let i = 2 * first; i < places.length; i += 2) {
    grid[(3 + Math.floor(places[i + 1] * inner)) * CELLS + 3 + Math.floor(places[i] * inner)]++;
  }
  return grid;
}

function smoothed(grid) {
  const pass = (from, step) => {
    const to = new Float32Array(from.length);
    for (let i = 2 * step; i < from.length - 2 * step; i++) {
      to[i] = (from[i - 2 * step] + 4 * from[i - step] + 6 * from[i] + 4 * from[i + step] + from[i + 2 * step]) / 16;
    }
    return to;
  };
  return pass(pass(grid, 1), CELLS);
}

function trace(grid, level, pieces) {
  for (let y = 0; y < CELLS - 1; y++) {
    for (let x = 0; x < CELLS - 1; x++) {
      const at = y * CELLS + x;
      const high = [grid[at], grid[at + 1], grid[at + CELLS + 1], grid[at + CELLS]];
      const which = high.reduce((bits, value, corner) => bits | (value > level) << corner, 0);
      for (const side of JOINED[which]) pieces.push(...crossing(x, y, high, side, level));
    }
  }
}

function crossing(x, y, high, side, level) {
  const [a, b] = [[0, 1], [1, 2], [3, 2], [0, 3]][side];
  const part = (level - high[a]) / (high[b] - high[a]);
  const [right, up] = [[part, 0], [1, part], [part, 1], [0, part]][side];
  return [x + right, y + up].map((cell) => (cell + 0.5 - 3) / (CELLS - 6));
}

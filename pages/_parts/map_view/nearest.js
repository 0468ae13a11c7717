// The point nearest to the pointer, by a grid of cells that is made when the pointer first rests.

const CELLS = 256;

export class Nearest {
  constructor(places, first) {
    this.places = places;
    const count = places.length / 2 - first;
    this.starts = new Uint32Array(CELLS * CELLS + 1);
    const cell = (i) => (places[2 * i + 1] >> 8) * CELLS + (places[2 * i] >> 8);
    for (let i = first; i < first + count; i++) this.starts[cell(i) + 1]++;
    for (let i = 0; i < CELLS * CELLS; i++) this.starts[i + 1] += this.starts[i];
    this.order = new Uint32Array(count);
    const next = this.starts.slice();
    for (let i = first; i < first + count; i++) this.order[next[cell(i)]++] = i;
  }

  // Place and reach in steps; -1 where nothing is within reach.
  find(x, y, reach) {
    const column = (value) => Math.min(CELLS - 1, Math.max(0, Math.floor(value / 256)));
    let [best, least] = [-1, reach * reach];
    for (let row = column(y - reach); row <= column(y + reach); row++) {
      const [from, to] = [row * CELLS + column(x - reach), row * CELLS + column(x + reach)];
      for (let k = this.starts[from]; k < this.starts[to + 1]; k++) {
        const i = this.order[k];
        const far = (this.places[2 * i] - x) ** 2 + (this.places[2 * i + 1] - y) ** 2;
        if (far < least || (far === least && (best < 0 || i < best))) [best, least] = [i, far];
      }
    }
    return best;
  }
}

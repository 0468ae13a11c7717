// Where the reader looks: the middle of the view in map units (0 to 1, y up) and how near.

const NEAREST = 400;

export class Camera {
  constructor() {
    this.width = this.height = 1;
    this.extent = [1, 1];
    this.home();
  }

  // Pixels per map unit when all of the map is in view.
  get fit() {
    const [x, y] = this.extent.map((side) => Math.max(side, 0.001));
    return 0.92 * Math.min(this.width / x, this.height / y);
  }

  get scale() {
    return this.fit * this.zoom;
  }

  home() {
    this.x = this.extent[0] / 2;
    this.y = this.extent[1] / 2;
    this.zoom = 1;
  }

  toScreen(x, y) {
    return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 - (y - this.y) * this.scale];
  }

  toMap(left, top) {
    return [this.x + (left - this.width / 2) / this.scale, this.y - (top - this.height / 2) / this.scale];
  }

  pan(right, down) {
    this.x = this.within(this.x - right / this.scale, this.extent[0]);
    this.y = this.within(this.y + down / this.scale, this.extent[1]);
  }

  within(middle, side) {
    return Math.min(side + 0.1, Math.max(-0.1, middle));
  }

  // What lies under the pointer stays under it.
  zoomAt(left, top, factor) {
    const [x, y] = this.toMap(left, top);
    this.zoom = Math.min(NEAREST, Math.max(0.5, this.zoom * factor));
    const [atLeft, atTop] = this.toScreen(x, y);
    this.pan(left - atLeft, top - atTop);
  }
}

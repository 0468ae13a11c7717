// All points in one or three strokes of WebGL: those outside the filters, those not selected, those that are.

import { rgb } from "./theme.js";

const VERTEX = `#version 300 es
in vec2 place;
in float code;
in float mark;
uniform vec2 middle, stretch;
uniform float size, alpha, wanted;
uniform vec3 flat_;
uniform bool isFlat;
uniform sampler2D palette;
out vec4 colour;
flat out float shape;
flat out float width;
void main() {
  bool fits = wanted < 0.0 || (wanted < 0.5 ? mark < 0.5 : mark > 0.5);
  vec4 own = texelFetch(palette, ivec2(int(code), 0), 0);
  float large = mark > 1.5 ? max(8.0, size * 1.8) : size;
  gl_Position = fits ? vec4((place - middle) * stretch, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = large;
  width = large;
  shape = isFlat ? 0.0 : floor(own.a * 255.0 + 0.5);
  colour = vec4((isFlat ? flat_ : own.rgb) * alpha, alpha);
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
flat in float shape;
flat in float width;
out vec4 drawn;
bool within(vec2 p, vec2 q) {
  if (shape < 0.5 || width < 7.0) return dot(p, p) <= 1.0;
  if (shape < 1.5) return max(q.x, q.y) <= 0.8;
  if (shape < 2.5) return q.x + q.y <= 1.0;
  if (shape < 3.5) return p.y <= 0.8 && q.x <= 0.5 * (p.y + 1.0);
  if (shape < 4.5) return min(q.x, q.y) <= 0.32;
  if (shape < 5.5) return abs(q.x - q.y) <= 0.42;
  if (shape < 6.5) return p.y >= -0.8 && q.x <= 0.5 * (1.0 - p.y);
  return dot(p, p) <= 1.0 && dot(p, p) >= 0.22;
}
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  if (width > 2.5 && !within(p, abs(p))) discard;
  drawn = colour;
}`;

export class Drawing {
  constructor(canvas) {
    const gl = canvas.getContext("webgl2", { antialias: false, premultipliedAlpha: true });
    if (!gl) throw new Error("WebGL 2 is off");
    this.gl = gl;
    this.canvas = canvas;
    this.version = 0;
    this.begin();
  }

  // All that lives in the graphics memory, made anew when that was lost.
  begin() {
    const gl = this.gl;
    this.program = this.linked();
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const names = ["middle", "stretch", "size", "alpha", "wanted", "flat_", "isFlat"];
    this.at = Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(this.program, name)]));
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    this.buffers = Object.fromEntries(["place", "code", "mark"].map((name) => [name, gl.createBuffer()]));
    this.marked = false;
  }

  linked() {
    const gl = this.gl;
    const program = gl.createProgram();
    for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    return program;
  }

  points(places, codes, outside) {
    this.version++;
    this.count = codes.length;
    this.outside = outside;
    this.fill("place", places, 2, this.gl.UNSIGNED_SHORT, true);
    this.fill("code", codes, 1, this.gl.UNSIGNED_BYTE, false);
    this.marks(null);
  }

  // One byte per point: 0 as it is, 1 selected, 2 found; null where nothing is.
  marks(bytes) {
    this.version++;
    this.marked = bytes !== null;
    const at = this.gl.getAttribLocation(this.program, "mark");
    if (this.marked) this.fill("mark", bytes, 1, this.gl.UNSIGNED_BYTE, false);
    else this.gl.disableVertexAttribArray(at);
  }

  fill(name, values, each, type, normalised) {
    const gl = this.gl;
    const at = gl.getAttribLocation(this.program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name]);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, each, type, normalised, 0, 0);
  }

  palette(bytes) {
    this.version++;
    const gl = this.gl;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  }

  draw(camera, theme) {
    const { gl, at, canvas } = this;
    const dots = canvas.width / camera.width;
    const { size, alpha } = look(this.count - this.outside, camera.zoom);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(at.middle, camera.x, camera.y);
    gl.uniform2f(at.stretch, (2 * camera.scale) / camera.width, (2 * camera.scale) / camera.height);
    gl.uniform3fv(at.flat_, rgb(theme.pale).map((value) => value / 255));
    const stroke = (first, count, wanted, isFlat, thin, faint) => {
      gl.uniform1f(at.size, size * dots * thin);
      gl.uniform1f(at.alpha, alpha * faint);
      gl.uniform1f(at.wanted, wanted);
      gl.uniform1i(at.isFlat, isFlat);
      if (count) gl.drawArrays(gl.POINTS, first, count);
    };
    const shown = this.count - this.outside;
    stroke(0, this.outside, -1, true, 0.8, 0.8);
    if (!this.marked) return stroke(this.outside, shown, -1, false, 1, 1);
    stroke(this.outside, shown, 0, true, 1, 0.8);
    stroke(this.outside, shown, 1, false, 1.15, 1);
  }
}

// Fewer points are drawn larger and denser, and so is what one zooms into.
export function look(points, zoom) {
  const root = Math.sqrt(Math.max(1, points));
  const grown = Math.pow(Math.max(1, zoom), 0.45);
  return {
    size: Math.min(12, Math.min(10, Math.max(1.5, 420 / Math.pow(root, 0.9))) * grown),
    alpha: Math.min(0.9, Math.max(0.3, 60 / root) * Math.sqrt(grown)),
  };
}

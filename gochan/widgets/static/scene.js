// The picture of a run, drawn with any pen: on a canvas for the Player, into a file for an export.
// It draws a window of the run: shares of the axis, from 0 to 1.

const LABEL = 128; // pixels for the lanes' names
const LANE = 34; // height of a lane
const TOP = 22; // room for the axis
const BAR = 20; // height of a bar
const BEYOND = 26; // room behind the end, for what never ended
const COLUMN = 2; // pixels: bars narrower than this share a column
const DENSE = 4; // pixels for each arrow, at least: with less room none is drawn

class Scene {
  // `hatches`: for each state what fills it besides its tint, as the pen takes it.
  constructor(story, { width, byStep, window, colors, hatches }) {
    Object.assign(this, { story, width, byStep, window, colors, hatches });
    this.rows = new Map(story.visible.map((lane, row) => [lane, row]));
    this.height = TOP + Math.max(1, story.visible.length) * LANE + 8;
    [this.lowStop, this.highStop] = this.stops();
  }

  get whole() {
    return this.byStep ? Math.max(1, this.story.count) : this.story.end || 1;
  }

  get plot() {
    return this.width - LABEL - BEYOND;
  }

  // The horizontal place of a stop, or of a moment given both as time and as stop.
  x(time, stop) {
    const share = (this.byStep ? stop : time) / this.whole;
    return LABEL + ((share - this.window.from) / (this.window.to - this.window.from)) * this.plot;
  }

  xOf(stop) {
    return this.x(this.story.time(stop), stop);
  }

  share(x) {
    return this.window.from + ((x - LABEL) / this.plot) * (this.window.to - this.window.from);
  }

  y(lane) {
    return TOP + this.rows.get(lane) * LANE + LANE / 2;
  }

  // The first and the last stop that may be seen.
  stops() {
    const { story } = this;
    const [from, to] = [this.window.from * this.whole, this.share(this.width) * this.whole];
    if (this.byStep) return [Math.floor(from) - 1, Math.ceil(to)];
    const first = lastAtMost(story.times, from, (time) => time + 0.5);
    return [first, lastAtMost(story.times, to, (time) => time)];
  }

  // The stop at a place: the last one that is not to the right of it.
  stopAt(x) {
    const at = this.share(x) * this.whole;
    const stop = this.byStep ? Math.floor(at) : lastAtMost(this.story.times, at, (time) => time);
    return Math.max(0, Math.min(stop, this.story.count - 1));
  }

  // The bars of a lane that may be seen: from which to which.
  barsOf(lane) {
    const { barFrom, barFirst } = this.story;
    const [low, high] = [barFrom[lane], barFrom[lane + 1]];
    const first = Math.max(low, lastIn(barFirst, low, high, this.lowStop));
    return [first, lastIn(barFirst, low, high, this.highStop) + 1];
  }

  // Left and right end of a bar in pixels.
  ends(bar) {
    const { barFirst, barLast, count } = this.story;
    return [this.xOf(barFirst[bar]), this.xOf(barLast[bar]) + (barLast[bar] >= count ? BEYOND : 0)];
  }

  // The states that are seen.
  states() {
    const seen = new Set();
    for (const lane of this.rows.keys()) {
      const [first, beyond] = this.barsOf(lane);
      for (let bar = first; bar < beyond; bar++) {
        const [left, right] = this.ends(bar);
        if (right > left) seen.add(this.story.stateOf(bar));
      }
    }
    return seen;
  }

  drawBars(pen) {
    for (const lane of this.rows.keys()) {
      const columns = new Columns(this.width, this.story.looks.length);
      const [first, beyond] = this.barsOf(lane);
      for (let bar = first; bar < beyond; bar++) {
        const [left, right] = this.ends(bar);
        if (right <= LABEL || right <= left) continue;
        if (right - left < COLUMN) columns.add(left, right, this.story.stateOf(bar));
        else this.drawBar(pen, lane, left, right, this.story.stateOf(bar));
      }
      columns.pieces((...piece) => this.fillPiece(pen, lane, ...piece));
    }
  }

  drawBar(pen, lane, left, right, state) {
    const [color] = this.story.looks[state];
    const from = Math.max(left, LABEL - 4);
    const width = Math.min(right, this.width + 4) - from;
    const top = this.y(lane) - BAR / 2;
    this.fill(pen, from, top, width, BAR, state);
    pen.strokeStyle = this.hatches[state] ? color : this.colors.paper;
    pen.lineWidth = 1;
    pen.strokeRect(from + 0.5, top + 0.5, Math.max(0, width - 1), BAR - 1);
  }

  // Several short bars in one place: each state has its share of the height.
  fillPiece(pen, lane, left, width, low, high, state) {
    const bottom = this.y(lane) + BAR / 2;
    this.fill(pen, left, bottom - high * BAR, width, (high - low) * BAR, state);
  }

  fill(pen, left, top, width, height, state) {
    const hatch = this.hatches[state];
    pen.fillStyle = this.story.looks[state][0];
    pen.globalAlpha = hatch ? 0.16 : 1;
    pen.fillRect(left, top, width, height);
    pen.globalAlpha = 1;
    if (!hatch) return;
    pen.fillStyle = hatch;
    pen.fillRect(left, top, width, height);
  }

  // What is written on the bars; over a faint picture in the ink that is read on paper.
  drawWords(pen, faint) {
    for (const lane of this.rows.keys()) {
      const [first, beyond] = this.barsOf(lane);
      for (let bar = first; bar < beyond; bar++) {
        const [left, right] = this.ends(bar);
        const [from, to] = [Math.max(left, LABEL), Math.min(right, this.width)];
        if (to - from > 24) this.write(pen, bar, lane, from, to, faint);
      }
    }
  }

  write(pen, bar, lane, left, right, faint) {
    const [state, reason, thing] = this.story.bar(bar);
    const long = thing ? `${reason} ${thing}` : reason;
    const fits = [long, reason].find((text) => pen.measureText(text).width + 10 < right - left);
    if (!fits) return;
    const [middle, y] = [(left + right) / 2, this.y(lane)];
    if (this.hatches[state]) {
      const half = pen.measureText(fits).width / 2 + 3;
      pen.fillStyle = this.colors.paper;
      pen.fillRect(middle - half, y - 8, 2 * half, 16);
    }
    pen.fillStyle = this.hatches[state] || faint ? this.colors.ink : this.story.looks[state][2];
    pen.textAlign = "center";
    pen.fillText(fits, middle, y + 0.5);
  }

  drawAxis(pen) {
    const [from, to] = [this.window.from * this.whole, Math.min(1, this.window.to) * this.whole];
    const goal = (to - from) / 6;
    const power = 10 ** Math.floor(Math.log10(goal || 1));
    const gap = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= goal));
    pen.fillStyle = this.colors.quiet;
    pen.strokeStyle = this.colors.grid;
    pen.lineWidth = 1;
    pen.textAlign = "center";
    if (!this.byStep && !this.story.end) return;
    for (let at = Math.ceil(from / gap) * gap; at <= to; at += gap) {
      const x = this.x(at, at);
      pen.beginPath();
      pen.moveTo(x, TOP - 4);
      pen.lineTo(x, this.height);
      pen.stroke();
      pen.fillText(this.byStep ? String(at) : duration(at), Math.min(x, this.width - 22), 9);
    }
  }

  // The place of an arrow: from where to where, in pixels.
  path(k) {
    const { arrowFrom, arrowTo, arrowSent, arrowReceived } = this.story;
    const down = this.rows.get(arrowTo[k]) > this.rows.get(arrowFrom[k]) ? 1 : -1;
    return [
      this.xOf(arrowSent[k]),
      this.y(arrowFrom[k]) + (down * BAR) / 2,
      this.xOf(arrowReceived[k]),
      this.y(arrowTo[k]) - (down * BAR) / 2,
    ];
  }

  isSeen(k) {
    const { story } = this;
    if (story.arrowReceived[k] < this.lowStop || story.arrowSent[k] > this.highStop) return false;
    return story.travels(k) && this.rows.has(story.arrowFrom[k]) && this.rows.has(story.arrowTo[k]);
  }

  // Returns how many arrows were left out because they would hide the bars.
  drawArrows(pen) {
    const seen = [];
    for (let k = 0; k < this.story.arrowFrom.length; k++) if (this.isSeen(k)) seen.push(k);
    if (seen.length > this.plot / DENSE) return seen.length;
    for (const k of seen) this.drawArrow(pen, ...this.path(k));
    return 0;
  }

  drawArrow(pen, x0, y0, x1, y1) {
    const angle = Math.atan2(y1 - y0, x1 - x0);
    pen.strokeStyle = pen.fillStyle = this.colors.ink;
    pen.lineWidth = 1.1;
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(x1, y1);
    for (const turn of [0.4, -0.4]) pen.lineTo(x1 - 7 * Math.cos(angle + turn), y1 - 7 * Math.sin(angle + turn));
    pen.fill();
  }

  drawMarks(pen) {
    const drawn = new Set();
    for (const [lane, kind, stop] of this.story.marks) {
      const place = `${kind} ${lane} ${Math.round(this.xOf(stop))}`;
      if (!this.rows.has(lane) || stop < this.lowStop || stop > this.highStop || drawn.has(place)) continue;
      drawn.add(place);
      this.drawMark(pen, kind, this.xOf(stop), this.y(lane));
    }
  }

  drawMark(pen, kind, x, y) {
    pen.strokeStyle = kind === "crash" ? this.colors.bad : this.colors.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    if (kind === "crash") {
      for (const d of [5, -5]) {
        pen.moveTo(x - 5, y - d);
        pen.lineTo(x + 5, y + d);
      }
    } else if (kind === "close") {
      pen.rect(x - 2, y - 2, 4, 4);
    } else if (kind === "fire") {
      pen.arc(x, y, 4, 0, 2 * Math.PI);
      pen.fillStyle = this.colors.paper;
      pen.fill();
    } else {
      pen.moveTo(x, y - BAR / 2 - 3);
      pen.lineTo(x, y + BAR / 2 + 3);
    }
    pen.stroke();
    pen.lineWidth = 1;
  }

  // The lanes' names. `stateOf` says for a lane the number of its state, shown by its colour, NOBODY if
  // its goroutine isn't there, or nothing.
  drawNames(pen, stateOf) {
    pen.textAlign = "right";
    for (const lane of this.rows.keys()) {
      const state = stateOf(lane);
      pen.fillStyle = state === NOBODY ? this.colors.quiet : this.colors.ink;
      pen.fillText(cut(pen, this.story.lanes[lane][1], LABEL - 28), LABEL - 22, this.y(lane));
      if (state === NOBODY || state === undefined) continue;
      pen.fillStyle = this.story.looks[state][0];
      pen.fillRect(LABEL - 16, this.y(lane) - 5, 10, 10);
    }
  }
}

// Which states the short bars in each column of pixels have, and for how much of it.
class Columns {
  constructor(width, states) {
    this.states = states;
    this.shares = null;
    this.count = Math.ceil(width / COLUMN) + 1;
  }

  add(left, right, state) {
    const column = Math.floor(left / COLUMN);
    if (column < 0 || column >= this.count) return;
    this.shares ??= new Float32Array(this.count * this.states);
    this.shares[column * this.states + state] += (right - left) / COLUMN;
  }

  // Calls draw(left, width, low, high, state) for each piece; equal neighbours are one piece.
  pieces(draw) {
    if (!this.shares) return;
    for (let state = 0; state < this.states; state++) {
      let open = null;
      for (let column = 0; column <= this.count; column++) {
        const [low, high] = this.heights(column, state);
        if (open && (open.low !== low || open.high !== high)) {
          draw(open.at * COLUMN, (column - open.at) * COLUMN, open.low, open.high, state);
          open = null;
        }
        if (!open && high > low) open = { at: column, low, high };
      }
    }
  }

  heights(column, state) {
    let low = 0;
    const at = column * this.states;
    for (let other = 0; other < state; other++) low += this.shares[at + other] || 0;
    const high = low + (this.shares[at + state] || 0);
    const rounded = (share) => Math.round(Math.min(1, share) * BAR) / BAR;
    return [rounded(low), rounded(high)];
  }
}

function cut(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

// A tile with a state's hatch: strokes that hold for the canvas and for SVG.
const TILE = 8;

function hatchLines(hatch) {
  if (hatch.startsWith("/")) return [-TILE, 0, TILE].map((shift) => [shift, TILE, shift + TILE, 0]);
  if (hatch.startsWith("-")) return [[0, TILE / 2, TILE, TILE / 2]];
  return [];
}

function canvasHatch(color, hatch, ratio) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = TILE * ratio;
  const pen = tile.getContext("2d");
  pen.scale(ratio, ratio);
  pen.strokeStyle = pen.fillStyle = color;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const [x0, y0, x1, y1] of hatchLines(hatch)) {
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
  }
  pen.stroke();
  if (!hatchLines(hatch).length) {
    pen.arc(TILE / 2, TILE / 2, 1.3, 0, 7);
    pen.fill();
  }
  const pattern = pen.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

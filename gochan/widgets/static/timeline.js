// The timeline: the picture of a window, drawn once on layers, and the moment that is shown on it.

const FAINT = 0.35; // how strong the picture of what is to come is
const MOST_VALUES = 120; // dots and labels on their way, in one frame

class Timeline {
  constructor(canvas) {
    this.canvas = canvas;
    this.byStep = false;
    this.window = { from: 0, to: 1 };
    this.hits = [];
    this.selected = NOBODY;
    this.hidden = 0; // arrows that were left out
  }

  x(time, stop) {
    return this.scene.x(time, stop);
  }

  y(lane) {
    return this.scene.y(lane);
  }

  // The share of the axis at a place, in the window that is to be drawn next.
  share(x) {
    const { from, to } = this.window;
    return from + ((x - LABEL) / this.scene.plot) * (to - from);
  }

  show(story, colors) {
    this.story = story;
    this.colors = colors;
    this.width = Math.max(420 /* as in the style */, this.canvas.parentElement.clientWidth || 900);
    this.ratio = window.devicePixelRatio || 1;
    this.hatches = story.looks.map(([color, , , hatch]) => hatch && canvasHatch(color, hatch, this.ratio));
    this.scene = new Scene(story, this);
    this.height = this.scene.height;
    const size = [this.width * this.ratio, this.height * this.ratio].map(Math.round);
    this.canvas.style.height = `${this.height}px`;
    if (this.canvas.width !== size[0]) this.canvas.width = size[0];
    if (this.canvas.height !== size[1]) this.canvas.height = size[1];
    this.ground = this.layer("ground", (pen) => this.scene.drawAxis(pen));
    this.bars = this.layer("bars", (pen) => this.scene.drawBars(pen));
    this.ink = this.layer("ink", (pen) => {
      this.scene.drawWords(pen, false);
      this.drawOver(pen);
    });
    this.faintInk = this.layer("faint", (pen) => this.scene.drawWords(pen, true));
    this.faintOver = this.layer("over", (pen) => this.drawOver(pen));
    this.tellLayers();
  }

  // Which layer is seen where: for whoever wants to know what a reader sees.
  tellLayers() {
    const { ground, ink, faint } = this.layers;
    for (const layer of [ground, ink, faint]) layer.isLayerOf = this.canvas;
    ground.share = () => true;
    ink.share = ({ x, width }) => x + width < this.cut;
    faint.share = ({ x }) => x > this.cut;
  }

  drawOver(pen) {
    this.hidden = this.scene.drawArrows(pen);
    this.scene.drawMarks(pen);
  }

  layer(name, draw) {
    this.layers ??= {};
    const layer = (this.layers[name] ??= document.createElement("canvas"));
    layer.width = this.canvas.width;
    layer.height = this.canvas.height;
    const pen = layer.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    setFont(pen, this.colors);
    if (name !== "ground") clip(pen, LABEL - 1, 0, this.width, this.height);
    draw(pen);
    return layer;
  }

  // A frame: what has been, strong; what is to come, faint; the line between; values on their way.
  draw(stop, part) {
    const pen = this.canvas.getContext("2d");
    const now = this.now(stop, part);
    const { width, height } = this.canvas;
    const atEnd = stop === this.story.count - 1;
    const cut = atEnd ? width : Math.max(0, Math.min(width, Math.round(now * this.ratio)));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground, 0, 0);
    for (const [layer, alpha] of [[this.bars, FAINT], [this.faintInk, 1], [this.faintOver, FAINT]]) {
      drawPart(pen, layer, cut, width - cut, height, alpha);
    }
    for (const layer of [this.bars, this.ink]) drawPart(pen, layer, 0, cut, height, 1);
    this.cut = cut;
    pen.scale(this.ratio, this.ratio);
    setFont(pen, this.colors);
    this.scene.drawNames(pen, (lane) => this.stateAt(lane, stop));
    this.drawHits(pen);
    this.drawSelected(pen);
    if (now >= LABEL - 1 && now <= this.width) this.drawMoment(pen, now);
    this.drawValues(pen, stop, part, now);
  }

  stateAt(lane, stop) {
    const bar = this.story.barAt(lane, stop);
    return bar === NOBODY ? NOBODY : this.story.stateOf(bar);
  }

  drawMoment(pen, now) {
    pen.strokeStyle = this.colors.ink;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(now, TOP - 6);
    pen.lineTo(now, this.height);
    pen.stroke();
  }

  now(stop, part) {
    const { times, count } = this.story;
    const next = Math.min(stop + 1, count - 1);
    const time = times[stop] + (times[next] - times[stop]) * part;
    return this.scene.x(time, stop + part);
  }

  // What was found: small signs on the axis.
  drawHits(pen) {
    pen.fillStyle = this.colors.bad;
    let before = -1;
    for (const stop of this.hits) {
      const x = Math.round(this.scene.xOf(stop));
      if (x === before || x < LABEL || x > this.width) continue;
      before = x;
      pen.beginPath();
      pen.moveTo(x - 4, TOP - 6);
      pen.lineTo(x + 4, TOP - 6);
      pen.lineTo(x, TOP);
      pen.fill();
    }
  }

  drawSelected(pen) {
    const lane = this.story.barLane[this.selected];
    if (this.selected === NOBODY || !this.scene.rows.has(lane)) return;
    const [left, right] = this.scene.ends(this.selected);
    const [from, to] = [Math.max(left, LABEL) - 2, Math.min(Math.max(right, left + 3), this.width) + 2];
    if (to <= from) return;
    for (const [color, width] of [[this.colors.paper, 5], [this.colors.ink, 2.5]]) {
      pen.strokeStyle = color;
      pen.lineWidth = width;
      pen.strokeRect(from, this.y(lane) - BAR / 2 - 2, to - from, BAR + 4);
    }
  }

  // A value rides on its arrow: with the line between, or, if both ends are one moment, on its own.
  // Those that lie in a buffer are dots; the buffer's cells show what they are.
  drawValues(pen, stop, part, now) {
    const { story, scene } = this;
    let left = MOST_VALUES;
    for (const k of story.underway(stop)) {
      if (!scene.isSeen(k)) continue;
      if (!left--) return;
      const [sent, received] = [story.arrowSent[k], story.arrowReceived[k]];
      const [x0, y0, x1, y1] = scene.path(k);
      let share = (now - x0) / (x1 - x0);
      if (sent === received) share = sent === stop ? 1 : (part - 0.5) * 2;
      else if (x1 - x0 < 1) share = received <= stop ? 1 : sent <= stop ? 0.5 : -1;
      if (!(share >= 0 && share <= 1) || (sent > stop && share === 0)) continue;
      const moves = sent >= stop || received <= stop + 1;
      const x = x0 + (x1 - x0) * share;
      if (x < LABEL || x > this.width) continue;
      this.drawValue(pen, x, y0 + (y1 - y0) * share, moves ? story.arrow(k)[VALUE] : null);
    }
  }

  drawValue(pen, x, y, value) {
    pen.fillStyle = this.colors.ink;
    if (!value) {
      pen.beginPath();
      pen.arc(x, y, 4, 0, 7);
      pen.fill();
      return;
    }
    const text = value.length > 10 ? `${value.slice(0, 9)}…` : value;
    const width = Math.max(18, pen.measureText(text).width + 10);
    pen.fillStyle = this.colors.paper;
    pen.strokeStyle = this.colors.ink;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.roundRect(x - width / 2, y - 9, width, 18, 9);
    pen.fill();
    pen.stroke();
    pen.fillStyle = this.colors.ink;
    pen.textAlign = "center";
    pen.fillText(text, x, y + 0.5);
  }
}

function setFont(pen, colors) {
  pen.font = colors.font;
  pen.textBaseline = "middle";
}

function clip(pen, left, top, width, height) {
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
}

function drawPart(pen, layer, left, width, height, alpha) {
  if (width <= 0) return;
  pen.globalAlpha = alpha;
  pen.drawImage(layer, left, 0, width, height, left, 0, width, height);
  pen.globalAlpha = 1;
}

// The timeline: draws what Python computed, and the values on their way.

const LABEL = 128; // pixels for the lanes' names
const LANE = 34; // height of a lane
const TOP = 22; // room for the axis
const BAR = 20; // height of a bar
const BEYOND = 26; // room behind the end, for what never ended

class Timeline {
  constructor(canvas) {
    this.canvas = canvas;
    this.byStep = false;
  }

  // The horizontal place of a stop, or of a moment given both as time and as stop.
  x(time, stop) {
    const share = this.byStep ? stop / Math.max(1, this.story.count) : time / (this.story.end || 1);
    return LABEL + share * (this.width - LABEL - BEYOND);
  }

  y(lane) {
    return TOP + lane * LANE + LANE / 2;
  }

  show(story, colors) {
    this.story = story;
    this.colors = colors;
    this.width = Math.max(420 /* as in the style */, this.canvas.parentElement.clientWidth || 900);
    this.height = TOP + Math.max(1, story.lanes.length) * LANE + 8;
    this.ratio = window.devicePixelRatio || 1;
    this.canvas.style.height = `${this.height}px`;
    this.canvas.width = this.width * this.ratio;
    this.canvas.height = this.height * this.ratio;
    this.patterns = story.looks.map((look) => this.pattern(look));
    this.ground = this.layer((pen) => this.drawAxis(pen));
    this.picture = this.layer((pen) => this.drawAll(pen));
  }

  layer(draw) {
    const layer = document.createElement("canvas");
    layer.width = this.canvas.width;
    layer.height = this.canvas.height;
    const pen = layer.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    pen.font = this.colors.font;
    pen.textBaseline = "middle";
    draw(pen);
    return layer;
  }

  // A small tile with the state's hatch.
  pattern([color, , , hatch]) {
    if (!hatch) return null;
    const size = 8;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size * this.ratio;
    const pen = tile.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    pen.strokeStyle = pen.fillStyle = color;
    pen.lineWidth = 1.2;
    pen.beginPath();
    if (hatch.startsWith("/")) {
      for (const shift of [-size, 0, size]) {
        pen.moveTo(shift, size);
        pen.lineTo(shift + size, 0);
      }
    } else if (hatch.startsWith("-")) {
      pen.moveTo(0, size / 2);
      pen.lineTo(size, size / 2);
    } else {
      pen.arc(size / 2, size / 2, 1.3, 0, 7);
      pen.fill();
    }
    pen.stroke();
    const pattern = pen.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / this.ratio));
    return pattern;
  }

  drawAll(pen) {
    this.story.bars.forEach((bars, lane) => bars.forEach((bar) => this.drawBar(pen, bar, lane)));
    for (const arrow of this.story.arrows) this.drawArrow(pen, arrow);
    for (const mark of this.story.marks) this.drawMark(pen, mark);
  }

  drawAxis(pen) {
    const whole = this.byStep ? this.story.count : this.story.end;
    const goal = whole / 6;
    const power = 10 ** Math.floor(Math.log10(goal || 1));
    const gap = Math.max(this.byStep ? 1 : 0, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= goal));
    pen.fillStyle = this.colors.quiet;
    pen.strokeStyle = this.colors.grid;
    pen.textAlign = "center";
    for (let at = 0; at <= whole && whole; at += gap) {
      const x = this.x(at, at);
      pen.beginPath();
      pen.moveTo(x, TOP - 4);
      pen.lineTo(x, this.height);
      pen.stroke();
      pen.fillText(this.byStep ? at : duration(at), Math.min(x, this.width - 18), 9);
    }
  }

  drawBar(pen, bar, lane) {
    const left = this.x(bar[START], bar[FIRST]);
    const never = bar[LAST] >= this.story.count ? BEYOND : 0;
    const width = this.x(bar[END], bar[LAST]) - left + never;
    if (width <= 0) return;
    const [color, , text] = this.story.looks[bar[STATE]];
    const pattern = this.patterns[bar[STATE]];
    const top = this.y(lane) - BAR / 2;
    pen.fillStyle = color;
    pen.globalAlpha = pattern ? 0.16 : 1;
    pen.fillRect(left, top, width, BAR);
    pen.globalAlpha = 1;
    if (pattern) {
      pen.fillStyle = pattern;
      pen.fillRect(left, top, width, BAR);
    }
    pen.strokeStyle = pattern ? color : this.colors.paper;
    pen.strokeRect(left + 0.5, top + 0.5, Math.max(0, width - 1), BAR - 1);
    this.writeOn(pen, bar, lane, left, width, pattern ? this.colors.ink : text, pattern);
  }

  writeOn(pen, bar, lane, left, width, ink, pattern) {
    const long = bar[THING] ? `${bar[REASON]} ${bar[THING]}` : bar[REASON];
    const fits = [long, bar[REASON]].find((text) => pen.measureText(text).width + 10 < width);
    if (!fits) return;
    const y = this.y(lane);
    const half = pen.measureText(fits).width / 2 + 3;
    if (pattern) {
      pen.fillStyle = this.colors.paper;
      pen.fillRect(left + width / 2 - half, y - 7, 2 * half, 14);
    }
    pen.fillStyle = ink;
    pen.textAlign = "center";
    pen.fillText(fits, left + width / 2, y + 0.5);
  }

  ends(arrow) {
    const down = arrow[TO] > arrow[FROM] ? 1 : -1;
    return [
      this.x(arrow[SENT], arrow[SENT_STOP]),
      this.y(arrow[FROM]) + (down * BAR) / 2,
      this.x(arrow[RECEIVED], arrow[RECEIVED_STOP]),
      this.y(arrow[TO]) - (down * BAR) / 2,
    ];
  }

  travels(arrow) {
    return arrow[FROM] !== null && arrow[TO] !== null && arrow[FROM] !== arrow[TO];
  }

  drawArrow(pen, arrow) {
    if (!this.travels(arrow)) return;
    const [x0, y0, x1, y1] = this.ends(arrow);
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

  drawMark(pen, [lane, kind, time, stop]) {
    const x = this.x(time, stop);
    const y = this.y(lane);
    pen.strokeStyle = pen.fillStyle = this.colors.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    if (kind === "crash") {
      pen.strokeStyle = this.colors.bad;
      for (const d of [5, -5]) {
        pen.moveTo(x - 5, y - d);
        pen.lineTo(x + 5, y + d);
      }
    } else if (kind === "close") {
      pen.rect(x - 2, y - 2, 4, 4);
    } else if (kind === "end" || kind === "exit") {
      pen.moveTo(x, y - BAR / 2 - 3);
      pen.lineTo(x, y + BAR / 2 + 3);
    }
    pen.stroke();
    pen.lineWidth = 1;
  }

  // A frame: what has been, strong; what is to come, faint; the line between; values on their way.
  draw(stop, part) {
    const pen = this.canvas.getContext("2d");
    const now = this.now(stop, part);
    const size = [this.canvas.width, this.canvas.height];
    const atEnd = stop === this.story.count - 1;
    const cut = atEnd ? this.canvas.width : Math.round(now * this.ratio);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, ...size);
    pen.drawImage(this.ground, 0, 0);
    this.drawPart(pen, cut, size[0] - cut, size[1], 0.25);
    this.drawPart(pen, 0, cut, size[1], 1);
    pen.scale(this.ratio, this.ratio);
    this.drawNames(pen, stop);
    pen.strokeStyle = this.colors.ink;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(now, TOP - 6);
    pen.lineTo(now, this.height);
    pen.stroke();
    this.drawValues(pen, stop, part, now);
  }

  drawPart(pen, left, width, height, alpha) {
    if (width <= 0) return;
    pen.globalAlpha = alpha;
    pen.drawImage(this.picture, left, 0, width, height, left, 0, width, height);
    pen.globalAlpha = 1;
  }

  now(stop, part) {
    const { times } = this.story;
    const next = Math.min(stop + 1, times.length - 1);
    const time = times[stop] + (times[next] - times[stop]) * part;
    return this.x(time, stop + part);
  }

  drawNames(pen, stop) {
    pen.font = this.colors.font;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    this.story.lanes.forEach(([, label], lane) => {
      const bar = this.story.state(lane, stop);
      pen.globalAlpha = bar ? 1 : 0.45;
      pen.fillStyle = this.colors.ink;
      pen.fillText(label, LABEL - 22, this.y(lane), LABEL - 26);
      if (bar) {
        pen.fillStyle = this.story.looks[bar[STATE]][0];
        pen.fillRect(LABEL - 16, this.y(lane) - 5, 10, 10);
      }
      pen.globalAlpha = 1;
    });
  }

  // A value rides on its arrow: with the line between, or, if both ends are one moment, on its own.
  // Those that lie in a buffer are dots; the buffer's cells show what they are.
  drawValues(pen, stop, part, now) {
    for (const arrow of this.story.arrows) {
      const [sent, received] = [arrow[SENT_STOP], arrow[RECEIVED_STOP]];
      if (sent > stop + 1 || received < stop || !this.travels(arrow)) continue;
      const [x0, y0, x1, y1] = this.ends(arrow);
      let share = (now - x0) / (x1 - x0);
      if (sent === received) share = sent === stop ? 1 : (part - 0.5) * 2;
      else if (x1 - x0 < 1) share = received <= stop ? 1 : sent <= stop ? 0.5 : -1;
      if (share < 0 || share > 1 || (sent > stop && share === 0)) continue;
      const moves = sent >= stop || received <= stop + 1;
      this.drawValue(pen, x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, moves ? arrow[VALUE] : null);
    }
  }

  drawValue(pen, x, y, value) {
    pen.fillStyle = this.colors.ink;
    if (value === null) {
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

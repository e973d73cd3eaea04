// The Player's view. It draws what Python computed (payload.py says what that is) and plays it;
// nothing here runs or decides anything, and nothing asks the kernel but a turned knob.
//
// Places are stops: stop k is the moment after the k-th step. `position` is a stop and a fraction
// of the way to the next one. A state holds from its first stop up to, not including, its last.

const LABEL = 128; // pixels for the lanes' names
const LANE = 34; // height of a lane
const TOP = 22; // room for the axis
const BAR = 20; // height of a bar
const BEYOND = 26; // room behind the end, for what never ended
const MOST_CHANNELS = 6;
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const [STATE, REASON, THING, START, END, FIRST, LAST] = [0, 1, 2, 3, 4, 5, 6]; // of a bar
const [FROM, TO, CHANNEL, VALUE, SENT, RECEIVED, SENT_STOP, RECEIVED_STOP] = [0, 1, 2, 3, 4, 5, 6, 7];

// ---- small tools ------------------------------------------------------------------------------

// What takes keys keeps them: JupyterLab's shortcuts look at the focused element itself.
const TAKES_KEYS = ["button", "input", "select"];

function element(tag, className, attributes = {}, children = []) {
  const node = document.createElement(tag);
  if (TAKES_KEYS.includes(tag) || "tabindex" in attributes) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The index of the last row whose key is at most x, -1 if there is none.
function lastAtMost(rows, x, key) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(rows[middle]) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function duration(ns) {
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["µs", 1e3]]) {
    if (Math.abs(ns) >= size) return `${+(ns / size).toPrecision(4)}${unit}`;
  }
  return ns ? `${ns}ns` : "0s";
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setHTMLOnce(node, html) {
  if (node.shownHTML !== html) node.innerHTML = node.shownHTML = html;
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
}

// ---- what is known at a stop ------------------------------------------------------------------

class Story {
  constructor(data) {
    Object.assign(this, data);
    this.count = data.times.length;
    this.pace = this.paceOf();
    this.sentBy = this.messagesBy(SENT_STOP);
    this.receivedBy = this.messagesBy(RECEIVED_STOP);
  }

  // Seconds of playing until each stop: every step is seen, and waiting takes its share.
  paceOf() {
    const perStep = Math.min(0.7, Math.max(0.02, 24 / Math.max(1, this.count)));
    const stretch = this.end ? 10 / this.end : 0;
    const pace = [0];
    for (let k = 1; k < this.count; k++) {
      pace.push(pace[k - 1] + perStep + (this.times[k] - this.times[k - 1]) * stretch);
    }
    return pace;
  }

  // For each channel its messages in order of sending (or of receiving; both orders are the same).
  messagesBy(stop) {
    const of = new Map(this.channels.map(([name]) => [name, []]));
    for (const arrow of this.arrows) of.get(arrow[CHANNEL])?.push(arrow);
    for (const rows of of.values()) rows.sort((a, b) => a[stop] - b[stop]);
    return of;
  }

  state(lane, stop) {
    const bars = this.bars[lane];
    const bar = bars[lastAtMost(bars, stop, (row) => row[FIRST])];
    return bar && bar[LAST] > stop ? bar : null;
  }

  line(lane, stop) {
    const lines = this.lines[lane];
    return lines[lastAtMost(lines, stop, (row) => row[0])] ?? null;
  }

  // The values in a channel's buffer.
  inside(channel, stop) {
    const sent = this.sentBy.get(channel);
    const received = this.receivedBy.get(channel);
    const first = lastAtMost(received, stop, (row) => row[RECEIVED_STOP]) + 1;
    return sent.slice(first, lastAtMost(sent, stop, (row) => row[SENT_STOP]) + 1);
  }

  // The lanes that wait at one end of a channel, who came first first.
  waiting(channel, reason, stop) {
    const mark = reason === "chan send" ? `${channel}<-` : `<-${channel}`;
    const rows = [];
    this.lanes.forEach((_, lane) => {
      const bar = this.state(lane, stop);
      if (!bar || !bar[THING]) return;
      const plain = bar[REASON] === reason && bar[THING] === channel;
      if (plain || bar[THING].split(", ").includes(mark)) rows.push([bar[FIRST], lane]);
    });
    return rows.sort((a, b) => a[0] - b[0]).map(([, lane]) => lane);
  }

  // Who could wake a goroutine that waits: only those that are still there.
  helpers(bar, lane, stop) {
    const all = this.wakers[`${bar[REASON]}|${bar[THING]}`] ?? [];
    return all.filter((id) => {
      const other = this.lanes.findIndex(([goroutine]) => goroutine === id);
      return other !== lane && (other < 0 || this.state(other, stop));
    });
  }

  name(id) {
    return this.lanes.find(([goroutine]) => goroutine === id)?.[1] ?? `g${id}`;
  }
}

// ---- the timeline -----------------------------------------------------------------------------

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

// ---- channels, source, table ------------------------------------------------------------------

function channelsHTML(story, stop) {
  const rows = story.channels.slice(0, MOST_CHANNELS).map(([name, cap]) => {
    const senders = story.waiting(name, "chan send", stop).map((lane) => chip(story, lane));
    const receivers = story.waiting(name, "chan receive", stop).map((lane) => chip(story, lane));
    const values = story.inside(name, stop).map((arrow) => arrow[VALUE]);
    const closed = story.marks.some(([, kind, , at, text]) => kind === "close" && text === name && at <= stop);
    return (
      `<tr><th scope="row">${escaped(name)}${closed ? " <i>closed</i>" : ""}</th>` +
      `<td class="gochan-senders">${senders.join("")}</td>` +
      `<td>${cells(values, cap)}</td><td>${receivers.join("")}</td></tr>`
    );
  });
  const more = story.channels.length - MOST_CHANNELS;
  const rest = more > 0 ? `<caption>and ${more} more channels</caption>` : "";
  return (
    `<thead><tr><th scope="col">channel</th><th scope="col">waiting to send</th>` +
    `<th scope="col">buffer</th><th scope="col">waiting to receive</th></tr></thead>` +
    `<tbody>${rows.join("")}</tbody>${rest}`
  );
}

function chip(story, lane) {
  return `<span class="gochan-chip">${escaped(story.lanes[lane][1])}</span>`;
}

// The buffer, the next value to leave on the right, as it flows from senders to receivers.
function cells(values, cap) {
  if (!cap) return `<span class="gochan-meet">no buffer: they meet</span>`;
  if (cap > 16) return `${values.length} of ${cap}`;
  const empty = Array(Math.max(0, cap - values.length)).fill(`<span class="gochan-cell"></span>`);
  const full = values.map((value) => `<span class="gochan-cell gochan-full">${escaped(value)}</span>`);
  return `<span aria-label="${values.length} of ${cap}">${[...empty, ...full.reverse()].join("")}</span>`;
}

function whoHTML(story, stop) {
  const rows = story.lanes.map(([, label], lane) => {
    const bar = story.state(lane, stop);
    const cellsOf = bar ? whoCells(story, bar, lane, stop) : ["", "", "", ""];
    const state = bar ? story.looks[bar[STATE]][4] : notThere(story, lane, stop);
    const mark = bar ? `<span class="gochan-dot" style="background:${story.looks[bar[STATE]][0]}"></span>` : "";
    const rest = cellsOf.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><th scope="row">${escaped(label)}</th><td>${mark}${state}</td>${rest}</tr>`;
  });
  const heads = ["goroutine", "state", "waits in", "on", "since", "who could wake it"];
  return (
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.join("")}</tbody>`
  );
}

function notThere(story, lane, stop) {
  const first = story.bars[lane][0];
  if (story.marks.some(([at, kind, , when]) => at === lane && kind === "crash" && when <= stop)) return "panicked";
  return first && first[FIRST] > stop ? "not started" : "ended";
}

function whoCells(story, bar, lane, stop) {
  const word = story.looks[bar[STATE]][4];
  const since = duration(bar[START]);
  if (word === "running") return ["", "", "", ""];
  if (word === "runnable") return ["", bar[THING] ?? "", since, "its turn comes"];
  if (word === "sleeping" || word === "working") {
    return [bar[REASON], bar[THING] ?? "", since, `the clock, at ${duration(bar[END])}`];
  }
  const helpers = story.helpers(bar, lane, stop).map((id) => (id ? story.name(id) : "the clock"));
  const more = helpers.length > 4 ? ` and ${helpers.length - 3} more` : "";
  const named = helpers.slice(0, more ? 3 : 4).join(", ");
  return [bar[REASON], bar[THING] ?? "", since, named + more || "nobody"];
}

function sourceNodes(story) {
  return story.sources.map(([file, first, text], number) => {
    const lines = text.split("\n").map((line, k) =>
      element("div", "gochan-line", { "data-line": `${number}:${first + k}` }, [
        element("span", "gochan-number", { "data-number": first + k }),
        element("code", "", {}, [line || " "]),
        element("span", "gochan-here"),
      ]),
    );
    return element("div", "gochan-file", { "aria-label": file }, lines);
  });
}

// ---- the view ---------------------------------------------------------------------------------

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.stop = 0;
    this.part = 0;
    this.playing = false;
    this.speed = 1;
    this.build();
    this.timeline = new Timeline(this.canvas);
    this.listen();
    this.load();
  }

  build() {
    this.root = element("div", "gochan-player", {
      role: "group",
      tabindex: "0",
      "aria-label": `Player: ${this.model.get("title")}`,
    });
    const button = (name, label, text) => {
      this[name] = element("button", "", { type: "button", "aria-label": label, title: label }, [text]);
      return this[name];
    };
    this.speeds = element("select", "", { "aria-label": "Speed" });
    for (const speed of SPEEDS) this.speeds.append(element("option", "", { value: speed }, [`${speed}×`]));
    this.speeds.value = "1";
    this.clock = element("output", "gochan-clock");
    this.badge = element("span", "gochan-badge");
    const toolbar = element("div", "gochan-toolbar", { role: "toolbar", "aria-label": "Playing" }, [
      button("toStart", "To the start", "Start"),
      button("back", "One step back", "‹ Back"),
      button("play", "Play", "Play"),
      button("forward", "One step forward", "Next ›"),
      this.speeds,
      button("axis", "Axis by time or by step", "axis: time"),
      this.clock,
      this.badge,
    ]);
    this.scrub = element("input", "gochan-scrub", { type: "range", min: 0, step: 1, "aria-label": "Position" });
    this.sentence = element("p", "gochan-sentence", { role: "status" });
    this.canvas = element("canvas", "gochan-timeline", { role: "img" });
    this.channels = element("table", "gochan-channels", { "aria-label": "Channels" });
    this.who = element("table", "gochan-who", { "aria-label": "Who waits on what" });
    this.source = element("div", "gochan-source", { role: "region", "aria-label": "Program", tabindex: "0" });
    this.output = element("pre", "gochan-output", { "aria-label": "Output" });
    this.below = element("img", "gochan-chart", { hidden: "" });
    this.root.append(
      toolbar,
      this.scrub,
      this.knobs(),
      this.sentence,
      element("div", "gochan-canvas", {}, [this.canvas]),
      element("div", "gochan-below", {}, [
        element("div", "gochan-facts", {}, [this.channels, this.who]),
        element("div", "gochan-text", {}, [this.source, this.output]),
      ]),
      this.below,
    );
    this.el.append(this.root);
  }

  // A live knob: turned, it changes what comes after the position that is shown.
  knobs() {
    const rows = this.model.get("knobs").map(({ name, low, high, step, value }) => {
      const range = { type: "range", min: low, max: high, step, value, "aria-label": name };
      const input = element("input", "", range);
      const shown = element("output", "", {}, [String(value)]);
      input.addEventListener("input", () => {
        shown.textContent = input.value;
        this.turn(name, Number(input.value));
      });
      return element("label", "gochan-knob", {}, [name.replaceAll("_", " "), input, shown]);
    });
    return element("div", "gochan-knobs", {}, rows);
  }

  // One turn on its way at a time; the newest one waits for the answer, the others are dropped.
  turn(name, value) {
    const message = { kind: "turn", name, value, after: this.stop };
    if (this.asked) {
      this.next = message;
      return;
    }
    this.asked = message;
    try {
      this.model.send(message);
    } catch {
      this.asked = null;
      setText(this.sentence, "The kernel is gone: run the cell again.");
    }
  }

  listen() {
    this.onData = () => this.load();
    this.onStill = () => this.hideStill();
    this.model.on("change:data", this.onData);
    this.model.on("change:still", this.onStill);
    this.toStart.onclick = () => this.go(0);
    this.back.onclick = () => this.go(this.part > 0 ? this.stop : this.stop - 1);
    this.forward.onclick = () => this.go(this.stop + 1);
    this.play.onclick = () => this.setPlaying(!this.playing);
    this.speeds.onchange = () => (this.speed = Number(this.speeds.value));
    this.axis.onclick = () => this.setAxis(!this.timeline.byStep);
    this.scrub.oninput = () => this.go(Number(this.scrub.value));
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("pointerdown", (event) => this.point(event));
    this.resized = new ResizeObserver(() => this.onResize());
    this.resized.observe(this.root);
    this.themed = new MutationObserver(() => this.redraw());
    this.themed.observe(document.body, { attributeFilter: ["data-jp-theme-name"] });
    requestAnimationFrame(() => this.hideStill());
    setTimeout(() => this.hideStill(), 500);
  }

  // Only another width needs another drawing; the height follows from what is shown.
  onResize() {
    const width = this.root.clientWidth;
    if (width !== this.drawnWidth) this.redraw();
    this.drawnWidth = width;
  }

  close() {
    this.setPlaying(false);
    this.model.off("change:data", this.onData);
    this.model.off("change:still", this.onStill);
    this.resized.disconnect();
    this.themed.disconnect();
  }

  onKey(event) {
    const own = event.target.closest("input, select");
    const keys = {
      " ": () => this.setPlaying(!this.playing),
      ArrowLeft: () => this.back.onclick(),
      ArrowRight: () => this.forward.onclick(),
      Home: () => this.go(0),
      End: () => this.go(this.story.count - 1),
    };
    const act = keys[event.key];
    if (!act || own || (event.key === " " && event.target.closest("button"))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // New data from the kernel: the position stays where it was.
  load() {
    const text = this.model.get("data");
    if (!text) return;
    const data = JSON.parse(text);
    const first = !this.story;
    this.story = new Story(data);
    this.stop = Math.max(0, Math.min(this.stop, this.story.count - 1));
    this.scrub.max = Math.max(0, this.story.count - 1);
    this.canvas.setAttribute("aria-label", data.alt);
    setText(this.badge, data.ending);
    this.badge.dataset.outcome = data.outcome;
    const sources = JSON.stringify(data.sources);
    if (sources !== this.sourceText) {
      this.sourceText = sources;
      this.source.replaceChildren(...sourceNodes(this.story));
    }
    if (first && !data.end) this.timeline.byStep = true;
    setText(this.axis, `axis: ${this.timeline.byStep ? "step" : "time"}`);
    this.showBelow();
    this.redraw();
    this.root.dataset.loaded = Number(this.root.dataset.loaded ?? 0) + 1;
    this.answered();
  }

  showBelow() {
    const { image, alt } = this.model.get("below");
    this.below.hidden = !image;
    if (!image) return;
    this.below.src = `data:image/png;base64,${image}`;
    this.below.alt = alt;
  }

  answered() {
    const next = this.next;
    this.asked = this.next = null;
    if (next) this.turn(next.name, next.value);
  }

  colors() {
    const style = getComputedStyle(this.root);
    const color = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
    return {
      ink: color("--gochan-ink", "#222"),
      quiet: color("--gochan-quiet", "#666"),
      paper: color("--gochan-paper", "#fff"),
      grid: color("--gochan-grid", "#ddd"),
      bad: color("--gochan-bad", "#e42536"),
      font: `13px ${style.fontFamily}`,
    };
  }

  redraw() {
    if (!this.story || !this.root.isConnected) return;
    this.timeline.show(this.story, this.colors());
    this.draw();
  }

  draw() {
    const { story, stop } = this;
    this.timeline.draw(stop, this.part);
    const last = story.count - 1;
    setText(this.clock, `t = ${duration(story.times[stop] ?? 0)} · step ${stop} of ${last}`);
    const saysIt = ["ok", "panic"].includes(story.outcome); // the last sentence does
    const ending = stop === last && !saysIt ? ` ${story.ending}` : "";
    this.sentence.setAttribute("aria-live", this.playing ? "off" : "polite");
    setText(this.sentence, (story.sentences[stop] ?? "") + ending);
    this.scrub.value = stop;
    this.scrub.setAttribute("aria-valuetext", `step ${stop} of ${last}, ${duration(story.times[stop] ?? 0)}`);
    if (this.drawnStop !== stop || this.drawnStory !== story) this.drawFacts();
    this.root.dataset.stop = stop;
    this.root.dataset.drawn = Number(this.root.dataset.drawn ?? 0) + 1;
  }

  drawFacts() {
    const { story, stop } = this;
    this.drawnStop = stop;
    this.drawnStory = story;
    this.channels.hidden = !story.channels.length;
    setHTMLOnce(this.channels, channelsHTML(story, stop));
    setHTMLOnce(this.who, whoHTML(story, stop));
    this.lightLines();
    const printed = story.prints.filter(([at]) => at <= stop).map(([, text]) => text);
    setText(this.output, printed.join("\n"));
    this.output.hidden = !story.prints.length;
  }

  lightLines() {
    for (const line of this.source.querySelectorAll(".gochan-lit")) {
      line.classList.remove("gochan-lit", "gochan-active");
      line.querySelector(".gochan-here").replaceChildren();
    }
    this.story.lanes.forEach(([, label], lane) => {
      const bar = this.story.state(lane, this.stop);
      const at = this.story.line(lane, this.stop);
      const line = bar && at && this.source.querySelector(`[data-line="${at[1]}:${at[2]}"]`);
      if (!line) return;
      line.classList.add("gochan-lit");
      const running = this.story.looks[bar[STATE]][4] === "running";
      if (running) this.reveal(line);
      const chip = element("span", "gochan-chip", {}, [label]);
      chip.style.borderColor = this.story.looks[bar[STATE]][0];
      line.querySelector(".gochan-here").append(chip);
    });
  }

  // Scrolls inside the program's own box, never the notebook.
  reveal(line) {
    line.classList.add("gochan-active");
    const box = this.source;
    const above = line.offsetTop - box.offsetTop;
    if (above < box.scrollTop || above + 40 > box.scrollTop + box.clientHeight) {
      box.scrollTop = above - box.clientHeight / 2;
    }
  }

  go(stop) {
    this.setPlaying(false);
    this.stop = Math.max(0, Math.min(stop, this.story.count - 1));
    this.part = 0;
    this.draw();
  }

  point(event) {
    const { times, count } = this.story;
    const box = this.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    let nearest = 0;
    for (let k = 0; k < count; k++) if (this.timeline.x(times[k], k) <= x) nearest = k;
    this.go(nearest);
  }

  setAxis(byStep) {
    this.timeline.byStep = byStep;
    setText(this.axis, `axis: ${byStep ? "step" : "time"}`);
    this.redraw();
  }

  setPlaying(playing) {
    if (playing === this.playing) return;
    this.playing = playing;
    const label = playing ? "Pause" : "Play";
    setText(this.play, label);
    this.play.setAttribute("aria-label", label);
    this.play.title = label;
    cancelAnimationFrame(this.frame);
    if (!playing) return this.draw();
    if (this.stop >= this.story.count - 1) this.stop = 0;
    this.before = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    if (!this.root.isConnected) return this.setPlaying(false);
    const { pace, count } = this.story;
    const gap = (pace[this.stop + 1] ?? pace[this.stop]) - pace[this.stop];
    const at = pace[this.stop] + gap * this.part + ((now - this.before) / 1000) * this.speed;
    this.before = now;
    this.stop = Math.max(0, lastAtMost(pace, at, (x) => x));
    if (this.stop >= count - 1) {
      this.part = 0;
      return this.setPlaying(false);
    }
    this.part = (at - pace[this.stop]) / (pace[this.stop + 1] - pace[this.stop]);
    this.draw();
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  // Beside the view stands a plain picture for readers without a kernel; it isn't needed here.
  hideStill() {
    const still = this.model.get("still");
    const area = this.el.closest(".jp-OutputArea, .jupyter-widgets-output-area, body");
    for (const image of area?.querySelectorAll("img") ?? []) {
      if (still && image.alt === still) {
        (image.closest(".jp-OutputArea-child") ?? image).style.display = "none";
      }
    }
  }
}

function render({ model, el }) {
  const view = new View(model, el);
  return () => view.close();
}

export default { render };

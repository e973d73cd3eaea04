// Saving the picture: the scene is drawn once more, with a pen that writes SVG or on a larger canvas.
// It is drawn on white paper, for documents, with the program's name and what the colours mean.

const HEAD = 34; // pixels for the name and the states
const PAPER = { ink: "#222222", quiet: "#555555", paper: "#ffffff", grid: "#dddddd", bad: "#e42536", font: "13px sans-serif" };
const SCALE = 2; // of a PNG

function drawPage(pen, scene, title, hatches) {
  pen.fillStyle = PAPER.paper;
  pen.fillRect(0, 0, scene.width, scene.height + HEAD);
  drawHead(pen, scene, title, hatches);
  pen.save();
  pen.translate(0, HEAD);
  scene.drawAxis(pen);
  pen.save();
  clip(pen, LABEL - 1, 0, scene.width, scene.height);
  scene.drawBars(pen);
  scene.drawWords(pen, false);
  scene.drawArrows(pen);
  scene.drawMarks(pen);
  pen.restore();
  scene.drawNames(pen, () => undefined);
  pen.restore();
}

function drawHead(pen, scene, title, hatches) {
  const used = scene.states();
  pen.textAlign = "left";
  pen.fillStyle = PAPER.ink;
  pen.fillText(title, 8, HEAD / 2);
  let x = Math.max(LABEL, pen.measureText(title).width + 40);
  scene.story.looks.forEach(([, , , , word], state) => {
    if (!used.has(state)) return;
    scene.fill(pen, x, HEAD / 2 - 7, 24, 14, state);
    if (hatches[state]) {
      pen.strokeStyle = scene.story.looks[state][0];
      pen.lineWidth = 1;
      pen.strokeRect(x + 0.5, HEAD / 2 - 6.5, 23, 13);
    }
    pen.fillStyle = PAPER.ink;
    pen.textAlign = "left";
    pen.fillText(word, x + 30, HEAD / 2);
    x += 30 + pen.measureText(word).width + 18;
  });
}

function pagePNG(timeline, title) {
  const canvas = document.createElement("canvas");
  const { story } = timeline;
  const hatches = story.looks.map(([color, , , hatch]) => hatch && canvasHatch(color, hatch, SCALE));
  const scene = new Scene(story, { ...timeline, colors: PAPER, hatches });
  canvas.width = scene.width * SCALE;
  canvas.height = (scene.height + HEAD) * SCALE;
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  setFont(pen, PAPER);
  drawPage(pen, scene, title, hatches);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function pageSVG(timeline, title) {
  const { story } = timeline;
  const pen = new SvgPen(story.looks);
  setFont(pen, PAPER);
  const hatches = story.looks.map((look, state) => look[3] && `url(#hatch${state})`);
  const scene = new Scene(story, { ...timeline, colors: PAPER, hatches });
  drawPage(pen, scene, title, hatches);
  return new Blob([pen.file(scene.width, scene.height + HEAD, title, story.alt)], { type: "image/svg+xml" });
}

// What the scene asks of a canvas's pen, written down as SVG.
class SvgPen {
  constructor(looks) {
    this.looks = looks;
    this.parts = [];
    this.open = [0];
    this.clips = 0;
    this.globalAlpha = 1;
    this.measure = document.createElement("canvas").getContext("2d");
  }

  set font(font) {
    this.measure.font = this.ownFont = font;
  }

  measureText(text) {
    return this.measure.measureText(text);
  }

  look(attribute, value) {
    return `${attribute}="${value}"${this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : ""}`;
  }

  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" ${this.look("fill", this.fillStyle)}/>`);
  }

  strokeRect(x, y, width, height) {
    const line = `fill="none" stroke-width="${this.lineWidth}" ${this.look("stroke", this.strokeStyle)}`;
    this.parts.push(`<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" ${line}/>`);
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${num(x)} ${num(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${num(x)} ${num(y)}`;
  }

  rect(x, y, width, height) {
    this.path += `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}z`;
  }

  // A whole circle: the scene draws no other.
  arc(x, y, radius) {
    const half = (way) => `a${num(radius)} ${num(radius)} 0 1 0 ${num(way * 2 * radius)} 0`;
    this.path += `M${num(x - radius)} ${num(y)}${half(1)}${half(-1)}z`;
  }

  stroke() {
    this.parts.push(`<path d="${this.path}" fill="none" stroke-width="${this.lineWidth}" ${this.look("stroke", this.strokeStyle)}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.path}" ${this.look("fill", this.fillStyle)}/>`);
  }

  fillText(text, x, y) {
    const anchor = { center: "middle", right: "end" }[this.textAlign] ?? "start";
    this.parts.push(
      `<text x="${num(x)}" y="${num(y)}" dy="0.35em" text-anchor="${anchor}" style="font:${this.ownFont}" ` +
        `${this.look("fill", this.fillStyle)}>${escaped(text)}</text>`,
    );
  }

  save() {
    this.open.push(0);
  }

  restore() {
    this.parts.push("</g>".repeat(this.open.pop()));
  }

  group(attributes) {
    this.parts.push(`<g ${attributes}>`);
    this.open[this.open.length - 1]++;
  }

  translate(x, y) {
    this.group(`transform="translate(${x} ${y})"`);
  }

  clip() {
    const name = `clip${this.clips++}`;
    this.parts.push(`<clipPath id="${name}"><path d="${this.path}"/></clipPath>`);
    this.group(`clip-path="url(#${name})"`);
  }

  hatches() {
    return this.looks.map(([color, , , hatch], state) => {
      if (!hatch) return "";
      const lines = hatchLines(hatch).map((line) => `<path d="M${line[0]} ${line[1]}L${line[2]} ${line[3]}" stroke="${color}" stroke-width="1.2"/>`);
      const dot = `<circle cx="${TILE / 2}" cy="${TILE / 2}" r="1.3" fill="${color}"/>`;
      return `<pattern id="hatch${state}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${lines.join("") || dot}</pattern>`;
    });
  }

  file(width, height, title, alt) {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title><desc>${escaped(alt)}</desc>`;
    return [head, `<defs>${this.hatches().join("")}</defs>`, ...this.parts, "</svg>"].join("\n");
  }
}

function num(value) {
  return +value.toFixed(2);
}

function download(name, blob) {
  const link = element("a", "", { download: name, href: URL.createObjectURL(blob) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The Player's view. It draws what Python computed (payload.py says what that is) and plays it;
// nothing here runs or decides anything, and nothing asks the kernel but a turned knob and the
// writing of a Perfetto file.
//
// Places are stops: stop k is the moment after the k-th step. `position` is a stop and a fraction
// of the way to the next one. A state holds from its first stop up to, not including, its last.

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const MOST_OUTPUT = 200; // lines
const QUIET_FOR = 400; // ms without another change until the sentence is read aloud
const NO_KERNEL =
  "This page has no kernel: it replays what was recorded. Sliders and knobs run the program anew, " +
  "so they need the notebook in JupyterLab.";

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.stop = 0;
    this.part = 0;
    this.playing = false;
    this.speed = 1;
    this.makeParts();
    this.build();
    this.listen();
    this.load();
  }

  makeParts() {
    const go = (stop) => this.go(stop);
    this.canvas = element("canvas", "gochan-timeline", { role: "img" });
    this.strip = element("canvas", "gochan-strip", { "aria-hidden": "true" });
    this.timeline = new Timeline(this.canvas);
    this.zoom = new Zoom(this.timeline, this.strip, {
      moved: (event, isClick) => this.point(event, isClick),
      changed: () => this.redrawSoon(),
    });
    this.lanes = new Lanes(() => this.redraw());
    this.chosen = new Chosen({ go, reveal: (lane) => this.lanes.reveal(lane), changed: () => this.choose() });
    this.finder = new Finder({ go, shown: (stops) => this.mark(stops) });
  }

  button(name, label, text) {
    this[name] = element("button", "", { type: "button", "aria-label": label, title: label }, [text]);
    return this[name];
  }

  build() {
    this.root = element("div", "gochan-view gochan-player", {
      role: "group",
      tabindex: "0",
      "aria-label": `Player: ${this.model.get("title")}`,
    });
    this.note = element("p", "gochan-note", { role: "status" });
    this.note.hidden = true;
    this.scrub = element("input", "gochan-scrub", { type: "range", min: 0, step: 1, "aria-label": "Position" });
    this.sentence = element("p", "gochan-sentence");
    this.said = element("p", "gochan-said", { role: "status" }); // the same, for screen readers
    this.hidden = element("p", "gochan-hidden");
    this.help = keysHelp();
    this.root.append(
      this.note,
      this.toolbar(),
      this.scrub,
      this.knobs(),
      this.sentence,
      this.said,
      element("div", "gochan-canvas", {}, [this.canvas, this.strip]),
      this.hidden,
      this.lanes.root,
      this.chosen.root,
      this.tables(),
    );
    this.below = element("img", "gochan-chart", { hidden: "" });
    this.root.append(this.below);
    this.el.append(this.root);
  }

  toolbar() {
    this.speeds = element("select", "", { "aria-label": "Speed" });
    for (const speed of SPEEDS) this.speeds.append(element("option", "", { value: speed }, [`${speed}×`]));
    this.speeds.value = "1";
    this.clock = element("output", "gochan-clock", { "aria-live": "off" });
    this.badge = element("span", "gochan-badge");
    return element("div", "gochan-toolbar", { role: "toolbar", "aria-label": "Playing" }, [
      this.button("toStart", "To the start", "Start"),
      this.button("back", "One step back", "‹ Back"),
      this.button("play", "Play", "Play"),
      this.button("forward", "One step forward", "Next ›"),
      this.speeds,
      this.button("axis", "Axis by time or by step", "axis: time"),
      this.button("out", "Zoom out", "−"),
      this.button("in", "Zoom in", "+"),
      this.button("whole", "Whole run", "All"),
      this.clock,
      this.badge,
    ]);
  }

  tools() {
    return element("div", "gochan-toolbar gochan-tools", {}, [
      this.finder.root,
      element("div", "gochan-saves", { role: "group", "aria-label": "Save" }, [
        "Save:",
        this.button("png", "Save the picture as PNG", "PNG"),
        this.button("svg", "Save the picture as SVG", "SVG"),
        this.button("perfetto", "Save the run for Perfetto", "Perfetto"),
      ]),
      this.help.button,
    ]);
  }

  tables() {
    this.channels = element("table", "gochan-channels", { "aria-label": "Channels" });
    this.who = element("table", "gochan-who", { "aria-label": "Who waits on what" });
    this.source = element("div", "gochan-source", { role: "region", "aria-label": "Program", tabindex: "0" });
    this.output = element("pre", "gochan-output", { role: "region", "aria-label": "Output" });
    return element("div", "gochan-below", {}, [
      element("div", "gochan-facts", {}, [this.channels, this.who, this.tools(), this.help.list]),
      element("div", "gochan-text", {}, [this.source, this.output]),
    ]);
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
    if (!this.ask(message, NO_KERNEL)) this.asked = null;
  }

  // Sends a message to the kernel; without one it says so, and returns false.
  ask(message, excuse) {
    try {
      if (!hasKernel(this.model)) throw new Error(excuse);
      this.model.send(message);
      return true;
    } catch {
      this.notice(excuse);
      return false;
    }
  }

  notice(text) {
    setText(this.note, text);
    this.note.hidden = !text;
  }

  listen() {
    this.onData = () => this.load();
    this.stopHiding = hideStills(this.el, this.model);
    this.onMessage = (message) => this.receive(message);
    this.model.on("change:data", this.onData);
    this.model.on("msg:custom", this.onMessage);
    this.listenToButtons();
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.resized = new ResizeObserver(() => this.onResize());
    this.resized.observe(this.root);
    this.themed = new MutationObserver(() => this.redraw());
    this.themed.observe(document.body, { attributeFilter: ["data-jp-theme-name"] });
    if (!hasKernel(this.model)) this.notice(NO_KERNEL);
  }

  listenToButtons() {
    this.toStart.onclick = () => this.go(0);
    this.back.onclick = () => this.go(this.part > 0 ? this.stop : this.stop - 1);
    this.forward.onclick = () => this.go(this.stop + 1);
    this.play.onclick = () => this.setPlaying(!this.playing);
    this.speeds.onchange = () => (this.speed = Number(this.speeds.value));
    this.axis.onclick = () => this.setAxis(!this.timeline.byStep);
    this.in.onclick = () => this.zoomBy(0.5);
    this.out.onclick = () => this.zoomBy(2);
    this.whole.onclick = () => this.zoom.whole();
    this.scrub.oninput = () => this.go(Number(this.scrub.value));
    this.png.onclick = async () => download(`${this.fileName()}.png`, await pagePNG(this.timeline, this.model.get("title")));
    this.svg.onclick = () => download(`${this.fileName()}.svg`, pageSVG(this.timeline, this.model.get("title")));
    this.perfetto.onclick = () => this.askForPerfetto();
  }

  fileName() {
    return this.model.get("title").replace(/[^\w.-]+/g, "_") || "program";
  }

  askForPerfetto() {
    const excuse = "The kernel writes the file for Perfetto, and this page has none: run the cell in JupyterLab.";
    if (this.ask({ kind: "perfetto" }, excuse)) this.notice("The kernel writes the file for Perfetto …");
  }

  receive(message) {
    if (message.kind !== "perfetto") return;
    this.notice("");
    download(`${this.fileName()}.perfetto.json`, new Blob([message.text], { type: "application/json" }));
  }

  // Only another width needs another drawing; the height follows from what is shown.
  onResize() {
    const width = this.root.clientWidth;
    if (width !== this.drawnWidth) this.redraw();
    this.drawnWidth = width;
  }

  close() {
    this.setPlaying(false);
    clearTimeout(this.saying);
    this.model.off("change:data", this.onData);
    this.stopHiding();
    this.model.off("msg:custom", this.onMessage);
    this.resized.disconnect();
    this.themed.disconnect();
  }

  onKey(event) {
    const own = event.target.closest("input, select");
    const scrolls = event.target.closest(".gochan-source") && event.key.startsWith("Arrow");
    const keys = {
      " ": () => this.setPlaying(!this.playing),
      ArrowLeft: () => this.back.onclick(),
      ArrowRight: () => this.forward.onclick(),
      Home: () => this.go(0),
      End: () => this.go(this.story.count - 1),
      "+": () => this.zoomBy(0.5),
      "=": () => this.zoomBy(0.5),
      "-": () => this.zoomBy(2),
      0: () => this.zoom.whole(),
      "Shift+ArrowLeft": () => this.zoom.pan(-0.25),
      "Shift+ArrowRight": () => this.zoom.pan(0.25),
      ArrowUp: () => this.chosen.move(-1, this.stop),
      ArrowDown: () => this.chosen.move(1, this.stop),
      e: () => this.chosen.leadToEnd(),
      p: () => this.chosen.step(this.stop, -1),
      n: () => this.chosen.step(this.stop, 1),
      "/": () => this.finder.input.focus(),
      Escape: () => this.chosen.choose(NOBODY),
    };
    const act = keys[keyOf(event)];
    if (!act || own || scrolls || (event.key === " " && event.target.closest("button"))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // New data from the kernel: the position stays where it was.
  load() {
    const text = this.model.get("data");
    if (!text) return;
    const began = performance.now();
    const data = JSON.parse(text);
    const first = !this.story;
    this.story = new Story(data);
    this.stop = Math.max(0, Math.min(this.stop, this.story.count - 1));
    this.part = 0;
    this.scrub.max = Math.max(0, this.story.count - 1);
    this.canvas.setAttribute("aria-label", data.alt);
    setText(this.badge, data.ending);
    this.badge.dataset.outcome = data.outcome;
    this.showSource(data.sources);
    this.lanes.load(this.story);
    this.chosen.load(this.story);
    this.finder.load(this.story);
    if (first && !data.end) this.timeline.byStep = true;
    setText(this.axis, `axis: ${this.timeline.byStep ? "step" : "time"}`);
    this.showBelow();
    this.redraw();
    this.root.dataset.loadTime = (performance.now() - began).toFixed(1);
    this.root.dataset.loaded = Number(this.root.dataset.loaded ?? 0) + 1;
    this.answered();
  }

  showSource(sources) {
    const text = JSON.stringify(sources);
    if (text === this.sourceText) return;
    this.sourceText = text;
    this.source.replaceChildren(...sourceNodes(sources));
    const lines = [...this.source.querySelectorAll("[data-line]")];
    this.lineNodes = new Map(lines.map((node) => [node.dataset.line, node]));
    this.lit = [];
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

  redraw() {
    if (!this.story || !this.root.isConnected) return;
    const colors = themeColors(this.root);
    this.drawnStop = null;
    this.timeline.show(this.story, colors);
    this.zoom.drawStrip(this.story, colors);
    this.tellHidden();
    this.draw();
  }

  // Several changes in one frame need one drawing.
  redrawSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.redraw();
    });
  }

  tellHidden() {
    const { hidden } = this.timeline;
    const text = `${hidden.toLocaleString("en")} values are on their way in this window: zoom in to see their arrows.`;
    setText(this.hidden, hidden ? text : "");
    this.hidden.hidden = !hidden;
    this.root.dataset.window = JSON.stringify(this.timeline.window);
    this.out.disabled = this.whole.disabled = this.zoom.isWhole;
  }

  draw() {
    const { story, stop } = this;
    this.timeline.draw(stop, this.part);
    const last = story.count - 1;
    const time = duration(story.times[stop] ?? 0);
    setText(this.clock, `t = ${time} · step ${stop} of ${last}`);
    if (this.drawnStop !== stop || this.drawnStory !== story) this.drawFacts();
    this.root.dataset.stop = stop;
    this.root.dataset.drawn = Number(this.root.dataset.drawn ?? 0) + 1;
  }

  drawFacts() {
    const { story, stop } = this;
    const last = story.count - 1;
    this.drawnStop = stop;
    this.drawnStory = story;
    const saysIt = ["ok", "panic"].includes(story.outcome); // the last sentence does
    const ending = stop === last && !saysIt ? ` ${story.ending}` : "";
    setText(this.sentence, (last < 0 ? "" : story.sentence(stop)) + ending);
    this.scrub.value = stop;
    this.scrub.setAttribute("aria-valuetext", `step ${stop} of ${last}, ${duration(story.times[stop] ?? 0)}`);
    this.channels.hidden = !story.channels.length;
    setHTMLOnce(this.channels, channelsHTML(story, stop));
    setHTMLOnce(this.who, whoHTML(story, stop));
    this.lanes.count(stop);
    this.finder.tell(stop);
    this.lightLines();
    const { texts, before } = story.printed(stop, MOST_OUTPUT);
    setText(this.output, (before ? `… ${before.toLocaleString("en")} lines before\n` : "") + texts.join("\n"));
    this.output.hidden = !story.printTexts.length;
    this.saySoon();
  }

  // Read aloud is where the reader stops, not what goes by.
  saySoon() {
    clearTimeout(this.saying);
    if (this.playing) return;
    this.saying = setTimeout(() => setText(this.said, this.sentence.textContent), QUIET_FOR);
  }

  lightLines() {
    for (const line of this.lit) {
      line.classList.remove("gochan-lit", "gochan-active");
      line.querySelector(".gochan-here").replaceChildren();
    }
    this.lit = [];
    for (const lane of this.story.visible) this.lightLine(lane);
  }

  lightLine(lane) {
    const bar = this.story.barAt(lane, this.stop);
    const at = this.story.line(lane, this.stop);
    const line = bar !== NOBODY && at && this.lineNodes.get(`${at[1]}:${at[2]}`);
    if (!line) return;
    const [color, , , , word] = this.story.looks[this.story.stateOf(bar)];
    line.classList.add("gochan-lit");
    this.lit.push(line);
    if (word === "running") this.reveal(line);
    const chip = element("span", "gochan-chip", {}, [this.story.lanes[lane][1]]);
    chip.style.borderColor = color;
    line.querySelector(".gochan-here").append(chip);
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
    this.drawThere();
  }

  // A frame at another position: the window goes with it.
  drawThere() {
    this.zoom.follow(this.timeline.now(this.stop, this.part));
    this.draw();
  }

  // To the moment under the pointer; a click also chooses the bar there.
  point(event, isClick) {
    const { scene } = this.timeline;
    const stop = scene.stopAt(event.offsetX);
    const lane = this.story.visible[Math.floor((event.offsetY - TOP) / LANE)];
    this.go(stop);
    if (isClick && lane !== undefined && event.offsetY >= TOP) this.chosen.at(lane, stop);
  }

  choose() {
    this.timeline.selected = this.chosen.bar;
    this.draw();
  }

  mark(stops) {
    this.timeline.hits = stops;
    this.draw();
  }

  zoomBy(factor) {
    const share = this.timeline.share(this.timeline.now(this.stop, this.part));
    this.zoom.by(factor, share);
  }

  setAxis(byStep) {
    this.timeline.byStep = byStep;
    this.timeline.window = { from: 0, to: 1 };
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
    if (!playing) {
      this.draw();
      this.saySoon();
      return;
    }
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
    this.stop = Math.max(0, lastIn(pace, 0, pace.length, at));
    if (this.stop >= count - 1) {
      this.part = 0;
      return this.setPlaying(false);
    }
    this.part = (at - pace[this.stop]) / (pace[this.stop + 1] - pace[this.stop]);
    this.drawThere();
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }
}

function render({ model, el }) {
  const view = new View(model, el);
  return () => view.close();
}

export default { render };

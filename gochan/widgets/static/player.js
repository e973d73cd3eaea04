// The Player's view. It draws what Python computed (payload.py says what that is) and plays it;
// nothing here runs or decides anything, and nothing asks the kernel but a turned knob.
//
// Places are stops: stop k is the moment after the k-th step. `position` is a stop and a fraction
// of the way to the next one. A state holds from its first stop up to, not including, its last.

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

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
    this.root = element("div", "gochan-view gochan-player", {
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
    this.stopHiding = hideStills(this.el, this.model);
    this.model.on("change:data", this.onData);
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
    this.stopHiding();
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
      this.source.replaceChildren(...sourceNodes(this.story.sources));
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

  redraw() {
    if (!this.story || !this.root.isConnected) return;
    this.timeline.show(this.story, themeColors(this.root));
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
}

function render({ model, el }) {
  const view = new View(model, el);
  return () => view.close();
}

export default { render };

// Live timings: shows what Python measures and draws, and says when a button is pressed.

const OVER = ["done", "stopped", "failed"];
const PATIENCE = 4000; // milliseconds for which the kernel may say nothing
const GONE = "The kernel is gone: run the cell again.";
const SILENT = "The kernel is busy or gone. If it is gone, run the cell again.";

class TimingView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.number = 0; // of the last message to the kernel
    this.toldAt = null; // when, of the first that is not answered yet
    this.heardAt = performance.now();
    this.build();
    this.listen();
    this.load();
    this.draw();
    this.tell("hello");
  }

  build() {
    const title = this.model.get("title");
    const button = (name, text, label) => {
      this[name] = element("button", "", { type: "button", title: label }, [text]);
      return this[name];
    };
    this.done = element("div");
    this.progress = element(
      "div",
      "gochan-progress",
      { role: "progressbar", "aria-label": "Measured", "aria-valuemin": "0", "aria-valuemax": "100" },
      [this.done],
    );
    this.remaining = element("span", "gochan-remaining");
    const toolbar = element("div", "gochan-toolbar", { role: "toolbar", "aria-label": "Measuring" }, [
      button("stop", "Stop", "Stop measuring; what was measured stays"),
      button("restart", "Restart", "Measure anew"),
      this.progress,
      this.remaining,
    ]);
    this.status = element("p", "gochan-status", { role: "status" });
    this.image = element("img", "", { hidden: "", alt: "" });
    this.body = element("tbody");
    this.head = element("tr");
    this.table = element("table", "gochan-figures", { "aria-label": "Figures" }, [
      element("thead", "", {}, [this.head]),
      this.body,
    ]);
    this.printed = element("pre", "gochan-output", { "aria-label": "What was printed", tabindex: "0" });
    this.output = element("details", "", { hidden: "" }, [
      element("summary", "", { tabindex: "0" }, ["The contenders print something"]),
      this.printed,
    ]);
    this.root = element("div", "gochan-view gochan-timing", { role: "group", "aria-label": `Live timings: ${title}` }, [
      toolbar,
      this.status,
      this.image,
      this.table,
      this.output,
    ]);
    this.el.append(this.root);
  }

  listen() {
    this.onState = () => this.load();
    this.onImage = () => this.draw();
    this.stopHiding = hideStills(this.el, this.model);
    this.onLife = () => this.say("gone", GONE); // what is said once it is back takes that away
    this.model.on("change:state", this.onState);
    this.model.on("change:image", this.onImage);
    this.model.on("comm_live_update", this.onLife);
    this.stop.onclick = () => this.isDisabled(this.stop) || this.tell("stop");
    this.restart.onclick = () => this.tell("restart");
    this.shown = new ResizeObserver(() => this.tellPaper()); // a node has no theme before it is shown
    this.shown.observe(this.root);
    this.themed = new MutationObserver(() => this.tellPaper());
    this.themed.observe(document.body, { attributeFilter: ["data-jp-theme-name"] });
    this.watching = setInterval(() => this.watch(), 500);
  }

  close() {
    this.model.off("change:state", this.onState);
    this.model.off("change:image", this.onImage);
    this.stopHiding();
    this.model.off("comm_live_update", this.onLife);
    this.shown.disconnect();
    this.themed.disconnect();
    clearInterval(this.watching);
    URL.revokeObjectURL(this.image.src);
  }

  // A button that can't be pressed stays in its place for who goes from one to the next by key.
  isDisabled(button) {
    return button.getAttribute("aria-disabled") === "true";
  }

  // What the kernel says: see Live._state.
  load() {
    const text = this.model.get("state");
    if (!text) return;
    this.state = JSON.parse(text);
    this.heardAt = performance.now();
    if (this.state.heard >= this.number) this.toldAt = null;
    const { phase, status, elapsed, seconds, count, columns, rows, printed, alt } = this.state;
    const isOver = OVER.includes(phase);
    const percent = phase === "done" ? 100 : Math.min(100, (100 * elapsed) / seconds);
    this.say(phase, status);
    this.stop.setAttribute("aria-disabled", String(isOver));
    this.done.style.width = `${percent}%`;
    this.progress.setAttribute("aria-valuenow", percent.toFixed(0));
    const left = isOver ? "" : ` · ${Math.max(0, seconds - elapsed).toFixed(1)} s left`;
    setText(this.remaining, `${elapsed.toFixed(1)} s${left}`);
    this.progress.setAttribute("aria-valuetext", this.remaining.textContent);
    this.image.alt = alt;
    this.fill(columns, rows);
    this.output.hidden = !printed;
    setText(this.printed, printed);
    this.root.dataset.count = count;
  }

  fill(columns, rows) {
    if (!this.head.cells.length) this.head.append(...columns.map((name) => element("th", "", { scope: "col" }, [name])));
    while (this.body.rows.length > rows.length) this.body.deleteRow(-1);
    rows.forEach(([name, ...figures], at) => {
      const row = this.body.rows[at] ?? this.body.insertRow();
      if (!row.cells.length) row.append(element("th", "", { scope: "row" }), ...figures.map(() => element("td")));
      [name, ...figures].forEach((figure, k) => setText(row.cells[k], figure));
    });
  }

  say(phase, text) {
    setText(this.status, text);
    this.status.dataset.phase = phase;
    this.root.dataset.phase = phase;
  }

  draw() {
    const bytes = this.model.get("image");
    if (!bytes?.byteLength) return;
    const old = this.image.src;
    this.image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    this.image.hidden = false;
    if (old) this.image.addEventListener("load", () => URL.revokeObjectURL(old), { once: true });
    this.root.dataset.drawn = Number(this.root.dataset.drawn ?? 0) + 1;
  }

  // The paper's colour, so that the picture is drawn for the theme.
  tellPaper() {
    if (!this.root.isConnected) return;
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = themeColors(this.root).paper;
    if (canvas.fillStyle === this.model.get("paper")) return;
    this.model.set("paper", canvas.fillStyle);
    this.model.save_changes();
  }

  tell(kind) {
    this.number += 1;
    this.toldAt ??= performance.now();
    try {
      this.model.send({ kind, number: this.number });
    } catch {
      this.say("gone", GONE);
    }
  }

  // While it measures the kernel has something to say, even if another cell keeps it busy; else
  // only when it was asked, and then it may be busy.
  watch() {
    if (this.root.dataset.phase === "gone") return;
    const isLate = (since) => performance.now() - since > PATIENCE;
    if (["starting", "measuring"].includes(this.state?.phase)) {
      if (isLate(this.heardAt)) this.say("gone", GONE);
    } else if (this.toldAt && isLate(this.toldAt)) {
      this.say("silent", SILENT);
    }
  }
}

function render({ model, el }) {
  const view = new TimingView(model, el);
  return () => view.close();
}

export default { render };

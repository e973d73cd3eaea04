// What is here, line by line. Python knows its own lines; the page adds what only a page can know:
// whose page it is, and that a letter to Python comes back.

const BACK_WITHIN = 10_000; // milliseconds
const DRAWN_IN = 1400; // milliseconds: the eye can't follow the real letter
const SIGNS = { yes: "✓", no: "•", wait: "…" };

class Installation {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.letters = 0;
    this.build();
    this.stopHiding = hideStills(el, model);
    this.onMessage = (message) => this.receive(message);
    model.on("msg:custom", this.onMessage);
    this.send();
  }

  build() {
    const { label, parts } = JSON.parse(this.model.get("data"));
    const [python, go] = parts.map(([isThere, name, text]) => new Line(name, text, isThere ? "yes" : "no"));
    this.widgets = new Line("Widgets", "", "wait");
    this.lines = [python, thisPage(), this.widgets, go];
    this.button = element("button", "", { type: "button" }, ["Send another letter"]);
    this.button.onclick = () => this.send();
    this.letter = element("span", "gochan-letter", {}, ["✉"]);
    const road = element("div", "gochan-road", {}, [this.letter]);
    this.way = element("div", "gochan-way", { "aria-hidden": "true" }, ["this page", road, "Python"]);
    this.widgets.node.append(element("div", "gochan-post gochan-toolbar", {}, [this.way, this.button]));
    this.conclusion = element("p", "gochan-conclusion", { role: "status" });
    this.root = element("div", "gochan-view gochan-installation", { role: "group", "aria-label": label }, [
      element("ul", "", {}, this.lines.map((line) => line.node)),
      this.conclusion,
    ]);
    this.el.append(this.root);
  }

  send() {
    clearTimeout(this.late);
    this.number = ++this.letters;
    this.sent = performance.now();
    this.widgets.tell("wait", "a letter is on its way from this page to Python …");
    try {
      if (!hasKernel(this.model)) throw new Error("no kernel");
      this.model.send({ kind: "letter", number: this.number });
      this.late = setTimeout(() => this.lost(), BACK_WITHIN);
    } catch {
      this.lost();
    }
    this.conclude();
  }

  // A letter that was given up may come after all; one that another has overtaken doesn't count.
  receive({ kind, number }) {
    if (kind !== "letter" || number !== this.number) return;
    clearTimeout(this.late);
    const took = performance.now() - this.sent;
    const words = took < 1000 ? `${Math.max(1, Math.round(took))} thousandths of a second` : `${(took / 1000).toFixed(1)} s (it was busy with other cells)`;
    const which = number > 1 ? `letter ${number}` : "a letter";
    this.widgets.tell("yes", `work: ${which} went from this page to Python, and was back in ${words}.`);
    this.ride();
    this.conclude();
  }

  ride() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const there = "calc(100% - 1em)";
    this.letter.animate([{ left: 0 }, { left: there }, { left: there, offset: 0.55 }, { left: 0 }], {
      duration: DRAWN_IN,
      easing: "ease-in-out",
    });
  }

  lost() {
    this.widgets.tell(
      "no",
      "Python doesn't answer. Is another cell still running, with a `[*]` beside it? If not, " +
        "choose `Restart Kernel` in the menu `Kernel`, and run the cells from the top.",
    );
    this.conclude();
  }

  conclude() {
    const missing = this.lines.filter((line) => line.state === "no").map((line) => line.name);
    if (this.widgets.state === "wait") setText(this.conclusion, "");
    else if (!missing.length) setText(this.conclusion, "Everything is here. On to the next cell: Shift+Enter.");
    else if (this.widgets.state === "no") setText(this.conclusion, "Not ready yet: see the line about widgets.");
    else setText(this.conclusion, `You can go on. What is missing is told in the line about ${missing.join(" and ")}.`);
  }

  close() {
    clearTimeout(this.late);
    this.stopHiding();
    this.model.off("msg:custom", this.onMessage);
  }
}

class Line {
  constructor(name, text, state) {
    this.name = name;
    this.sign = element("span", "gochan-sign", { "aria-hidden": "true" });
    this.text = element("span", "gochan-words");
    this.node = element("li", "", {}, [this.sign, element("p", "", {}, [element("b", "", {}, [name]), " ", this.text])]);
    this.tell(state, text);
  }

  tell(state, text) {
    this.state = state;
    this.node.dataset.state = state;
    setText(this.sign, SIGNS[state]);
    this.text.replaceChildren(...marked(text));
  }
}

// JupyterLab's page holds its name and version; other pages don't.
function thisPage() {
  const config = document.getElementById("jupyter-config-data")?.textContent;
  const { appName, appVersion } = config ? JSON.parse(config) : {};
  if (document.querySelector(".jp-LabShell")) return new Line("JupyterLab", `${appVersion ?? ""} shows this page.`.trim(), "yes");
  return new Line(
    "JupyterLab",
    `doesn't show this page${appName ? ` (${appName} does)` : ""}. The lessons were made for it: ` +
      "`python3 start.py lab` opens them there.",
    "no",
  );
}

function render({ model, el }) {
  const view = new Installation(model, el);
  return () => view.close();
}

export default { render };

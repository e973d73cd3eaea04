// The Seat's view: shows a position (seat.py says what that is) and tells which move was chosen.
// It decides nothing; each move goes to the kernel, which answers with the next position. Keys that
// come before the answer wait for it, because their numbers belong to what is not yet seen.

const NUMBER_KEYS = "123456789";

class Seat {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.about = JSON.parse(model.get("about"));
    this.waiting = [];
    this.build();
    this.listen();
    this.load();
  }

  build() {
    const { title, goal, story, sources } = this.about;
    const region = (name, className, label, attributes = {}) => {
      this[name] = element("div", className, { role: "group", "aria-label": label, ...attributes });
      return this[name];
    };
    this.root = element("div", "gochan-view gochan-seat", {
      role: "group",
      tabindex: "0",
      "aria-label": `Scheduler's Seat: ${title}`,
    });
    this.count = element("output", "gochan-clock");
    const button = (name, key, text) => {
      this[name] = element("button", "", { type: "button", "aria-keyshortcuts": key, "aria-label": text }, [
        text,
        element("kbd", "", { "aria-hidden": "true" }, [key]),
      ]);
      return this[name];
    };
    const head = element("div", "gochan-goal", {}, [
      element("p", "gochan-mission", {}, [element("b", "", {}, ["Your goal: "]), `${goal}.`]),
      element("p", "gochan-story", {}, [element("b", "", {}, [`${title}. `]), ...withCode(story)]),
    ]);
    const toolbar = element("div", "gochan-toolbar", { role: "toolbar", "aria-label": "Game" }, [
      button("undo", "U", "Undo"),
      button("restart", "R", "Restart"),
      button("hint", "H", "Hint"),
      this.count,
    ]);
    this.status = element("p", "gochan-sentence", { role: "status" });
    this.advice = element("p", "gochan-advice", { role: "status" });
    this.ending = element("div", "gochan-ending", { hidden: "" });
    this.source = element("div", "gochan-source", { role: "region", "aria-label": "Program", tabindex: "0" });
    this.source.append(...sourceNodes(sources));
    this.output = element("pre", "gochan-output", { "aria-label": "Output" });
    this.channels = element("table", "gochan-channels", { "aria-label": "Channels" });
    this.things = element("ul", "gochan-things", { "aria-label": "Variables and locks" });
    this.told = element("ol", "gochan-told", { "aria-label": "Moves so far", tabindex: "0" });
    this.root.append(
      head,
      toolbar,
      this.status,
      element("div", "gochan-table", {}, [
        element("div", "gochan-text", {}, [this.source, this.things, this.output]),
        element("div", "gochan-side", {}, [
          this.advice,
          this.ending,
          region("cards", "gochan-cards", "Who goes next?"),
        ]),
      ]),
      element("div", "gochan-facts", {}, [this.channels, this.told]),
      this.replaying(),
    );
    this.el.append(this.root);
  }

  // A schedule that somebody else has found.
  replaying() {
    this.pasted = element("input", "gochan-schedule", {
      type: "text",
      "aria-label": "A schedule to replay",
      placeholder: "g2 g1 g3*2",
      spellcheck: "false",
    });
    this.replay = element("button", "", { type: "button" }, ["Replay"]);
    return element("details", "gochan-replay", {}, [
      element("summary", "", { tabindex: "0" }, ["Replay a neighbour's schedule"]),
      element("div", "gochan-toolbar", {}, [this.pasted, this.replay]),
    ]);
  }

  listen() {
    this.onData = () => this.load();
    this.stopHiding = hideStills(this.el, this.model);
    this.model.on("change:data", this.onData);
    this.undo.onclick = () => this.do(() => this.takeBack(1));
    this.restart.onclick = () => this.do(() => ({ kind: "restart" }));
    this.hint.onclick = () => this.do(() => ({ kind: "hint" }));
    this.replay.onclick = () => this.do(() => ({ kind: "paste", text: this.pasted.value }));
    this.pasted.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.replay.onclick();
    });
    this.root.addEventListener("keydown", (event) => this.onKey(event));
  }

  close() {
    this.model.off("change:data", this.onData);
    this.stopHiding();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const keys = {
      u: () => this.undo.onclick(),
      Backspace: () => this.undo.onclick(),
      h: () => this.hint.onclick(),
      r: () => this.restart.onclick(),
      w: () => this.state.ending && this.do(() => ({ kind: "watch" })),
    };
    const number = event.key.length === 1 ? NUMBER_KEYS.indexOf(event.key) : -1;
    const act = number >= 0 ? () => this.choose(number) : keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  choose(index) {
    this.do(() => index < this.state.options.length && { kind: "move", index, at: this.state.count });
  }

  takeBack(times) {
    return this.state.count > 0 && { kind: "undo", times };
  }

  // Sends what `message` comes to when it is its turn; nothing if that is false.
  do(message) {
    this.waiting.push(message);
    if (!this.isAsking) this.askNext();
  }

  askNext() {
    this.isAsking = false;
    while (this.waiting.length && !this.isAsking) {
      const message = this.waiting.shift()();
      if (!message) continue;
      this.isAsking = true;
      try {
        this.model.send(message);
      } catch {
        this.isAsking = false;
        this.waiting = [];
        setText(this.status, "The kernel is gone: run the cell again.");
      }
    }
  }

  load() {
    const text = this.model.get("data");
    if (!text) return;
    this.state = JSON.parse(text);
    const had = this.root.contains(document.activeElement) ? document.activeElement : null;
    const who = had?.dataset.who;
    this.draw();
    if (had && !had.isConnected) this.focusAgain(who);
    this.root.dataset.serial = this.state.serial;
    this.root.dataset.count = this.state.count;
    this.askNext();
  }

  // The button that was pressed is gone: the same goroutine's next one, or the whole view.
  focusAgain(who) {
    const next = who && this.cards.querySelector(`button[data-who="${who}"]`);
    (next || this.root).focus({ preventScroll: true });
  }

  draw() {
    const { state } = this;
    setText(this.status, state.said);
    setText(this.advice, [state.note, state.hint?.text].filter(Boolean).join(" "));
    this.advice.hidden = !this.advice.textContent;
    if (state.hint?.undo) this.advice.append(this.backButton(state.hint.undo));
    setText(this.count, `move ${state.count} · t = ${state.time}`);
    this.undo.disabled = this.restart.disabled = !state.count;
    this.hint.disabled = Boolean(state.ending?.won);
    this.drawEnding();
    this.drawCards();
    this.drawSource();
    this.drawFacts();
  }

  backButton(times) {
    const button = element("button", "gochan-back", { type: "button" }, [`Take back ${times}`]);
    button.onclick = () => this.do(() => this.takeBack(times));
    return button;
  }

  // -- the end -------------------------------------------------------------------------------------

  drawEnding() {
    const { ending, schedule } = this.state;
    this.ending.hidden = !ending;
    this.ending.dataset.won = Boolean(ending?.won);
    if (!ending) return this.ending.replaceChildren();
    const mark = ending.won ? "✓ " : "↶ ";
    const watch = element("button", "", { type: "button", "aria-keyshortcuts": "W" }, [
      "Watch it",
      element("kbd", "", { "aria-hidden": "true" }, ["W"]),
    ]);
    watch.onclick = () => this.do(() => ({ kind: "watch" }));
    const tools = [watch];
    if (!ending.won) {
      const undo = element("button", "", { type: "button" }, ["Undo"]);
      undo.onclick = this.undo.onclick;
      tools.unshift(undo);
    }
    const box = element("input", "gochan-schedule", { type: "text", readonly: "", "aria-label": "Schedule" });
    box.value = schedule;
    box.onfocus = () => box.select();
    const copy = element("button", "", { type: "button" }, ["Copy the schedule"]);
    copy.onclick = () => this.copy(box, copy);
    this.ending.replaceChildren(
      element("p", "gochan-verdict", { role: "alert" }, [`${mark}${ending.head}`]),
      element("p", "", {}, [ending.text]),
      ...(ending.lesson ? [element("p", "gochan-lesson", {}, withCode(ending.lesson))] : []),
      element("div", "gochan-toolbar", {}, [...tools, copy, box]),
    );
  }

  async copy(box, button) {
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      box.select(); // a page that is not served safely has no clipboard
      document.execCommand("copy");
    }
    setText(button, "Copied");
  }

  // -- who goes next -------------------------------------------------------------------------------

  drawCards() {
    const { standings, options, hint, count } = this.state;
    const cards = standings.map((one) => this.card(one));
    const others = options.flatMap(([goroutine, who], index) =>
      goroutine ? [] : [this.otherCard(who, index)],
    );
    this.cards.replaceChildren(...cards, ...others);
    const hinted = hint?.index ?? -1;
    if (hinted >= 0) this.cards.querySelector(`[data-index="${hinted}"]`)?.classList.add("gochan-hinted");
    this.cards.dataset.count = count;
  }

  card({ who, state, text, why, since, wakers, options }) {
    const name = element("span", "gochan-chip", {}, [who]);
    name.style.borderColor = this.about.colors[state];
    const card = element("div", "gochan-card", { role: "group", "aria-label": who, "data-state": state });
    const head = element("div", "gochan-who", {}, [name, element("span", "", {}, [options.length ? "" : state])]);
    card.append(head);
    for (const index of options) card.append(this.option(index));
    if (!options.length) {
      const rest = state === "can go" ? text : this.hindrance({ text, why, since, wakers });
      card.append(element("p", "", {}, [rest]));
    }
    return card;
  }

  hindrance({ text, why, since, wakers }) {
    const what = text ? `wants to ${text}: ${why}` : why;
    const when = since ? `since move ${since}` : "since the start";
    const help = wakers.length ? wakers.join(" or ") : "nobody";
    return `${what} · ${when} · ${help} could wake it`;
  }

  otherCard(who, index) {
    const name = element("span", "gochan-chip", {}, [who]);
    name.style.borderColor = this.about.colors["can go"];
    const head = element("div", "gochan-who", {}, [name]);
    return element("div", "gochan-card", { role: "group", "aria-label": who, "data-state": "can go" }, [
      head,
      this.option(index),
    ]);
  }

  option(index) {
    const [, who, text] = this.state.options[index];
    const key = index < NUMBER_KEYS.length ? String(index + 1) : "";
    const button = element(
      "button",
      "gochan-option",
      { type: "button", "aria-label": `${who}: ${text}`, "data-index": index, "data-who": who },
      [element("kbd", "", {}, [key]), element("span", "", {}, [text])],
    );
    if (key) button.setAttribute("aria-keyshortcuts", key);
    button.onclick = () => this.choose(index);
    return button;
  }

  // -- what there is -------------------------------------------------------------------------------

  drawSource() {
    for (const line of this.source.querySelectorAll(".gochan-lit")) {
      line.classList.remove("gochan-lit", "gochan-active");
      line.querySelector(".gochan-here").replaceChildren();
    }
    for (const { who, state, file, line } of this.state.standings) {
      const number = this.about.sources.findIndex(
        ([name, first, text]) => name === file && line >= first && line < first + text.split("\n").length,
      );
      const node = this.source.querySelector(`[data-line="${number}:${line}"]`);
      if (!node) continue;
      node.classList.add("gochan-lit");
      if (state === "can go") node.classList.add("gochan-active");
      const chip = element("span", "gochan-chip", {}, [who]);
      chip.style.borderColor = this.about.colors[state];
      node.querySelector(".gochan-here").append(chip);
    }
  }

  drawFacts() {
    const { channels, things, output, told, start } = this.state;
    this.channels.hidden = !channels.length;
    const states = new Map(this.state.standings.map(({ who, state }) => [who, state]));
    setHTMLOnce(this.channels, channelRowsHTML(channels, (who) => this.about.colors[states.get(who)]));
    this.things.hidden = !things.length;
    setHTMLOnce(this.things, thingsHTML(things));
    setText(this.output, output);
    this.output.hidden = !output;
    const rows = told.map((text) => element("li", "", {}, [text]));
    const first = start ? [element("li", "gochan-start", { value: "0" }, [start])] : [];
    this.told.replaceChildren(...first, ...rows);
    this.told.hidden = !rows.length;
    this.told.scrollTop = this.told.scrollHeight;
  }
}

// `name` in a text is code.
function withCode(text) {
  return text.split("`").map((part, k) => (k % 2 ? element("code", "", {}, [part]) : part));
}

function channelRowsHTML(channels, colorOf) {
  const chip = (name) => `<span class="gochan-chip" style="border-color:${colorOf(name)}">${escaped(name)}</span>`;
  const chips = (names) => names.map(chip).join("");
  const rows = channels.map(
    ({ name, cap, values, is_closed, senders, receivers }) =>
      `<tr><th scope="row">${escaped(name)}${is_closed ? " <i>closed</i>" : ""}</th>` +
      `<td class="gochan-senders">${chips(senders)}</td><td>${cells(values, cap, name)}</td><td>${chips(receivers)}</td></tr>`,
  );
  return (
    `<thead><tr><th scope="col">channel</th><th scope="col">at it to send</th><th scope="col">buffer</th>` +
    `<th scope="col">at it to receive</th></tr></thead><tbody>${rows.join("")}</tbody>`
  );
}

function thingsHTML(things) {
  return things
    .map(([name, type, text]) => `<li title="${escaped(type)}">${escaped(name)} <b>${escaped(text)}</b></li>`)
    .join("");
}

function render({ model, el }) {
  const seat = new Seat(model, el);
  return () => seat.close();
}

export default { render };

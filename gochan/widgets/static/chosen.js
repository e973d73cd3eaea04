// The bar that the reader has chosen: what it is, what ended it, where its values came from. Each
// answer is a button that leads to its moment, with that moment's own sentence.

class Chosen {
  // `go(stop)` moves the position, `reveal(lane)` unfolds a lane, `changed()` draws the choice.
  constructor({ go, reveal, changed }) {
    Object.assign(this, { go, reveal, changed, bar: NOBODY });
    this.text = element("span", "gochan-chosen-text");
    this.answers = element("span", "gochan-answers");
    const close = element("button", "", { type: "button", "aria-label": "Choose nothing" }, ["×"]);
    close.onclick = () => this.choose(NOBODY);
    this.root = element("div", "gochan-chosen", { role: "group", "aria-label": "The chosen bar" }, [
      this.text,
      this.answers,
      close,
    ]);
    this.root.hidden = true;
  }

  load(story) {
    this.story = story;
    this.bar = NOBODY;
    this.show();
  }

  choose(bar) {
    this.bar = bar;
    this.show();
    this.changed();
  }

  get lane() {
    return this.bar === NOBODY ? NOBODY : this.story.barLane[this.bar];
  }

  show() {
    const { story, bar } = this;
    this.root.hidden = bar === NOBODY;
    if (bar === NOBODY) return;
    const [state, reason, thing, start, end, first, last] = story.bar(bar);
    const word = story.looks[state][4];
    const where = word === "blocked" ? `in ${reason}` : "";
    const what = [word, where, thing ? `on ${thing}` : ""].filter(Boolean).join(" ");
    const until = last < story.count ? `${duration(end)} (steps ${first} to ${last})` : `the end (from step ${first} on)`;
    setText(this.text, `${story.lanes[this.lane][1]}: ${what}, from ${duration(start)} to ${until}.`);
    this.answers.replaceChildren(...this.links().map(([label, stop]) => this.link(label, stop)));
    if (last >= story.count) this.answers.prepend(element("span", "", {}, [this.neverEnded()]));
  }

  neverEnded() {
    const { story, bar, lane } = this;
    const row = story.bar(bar);
    if (story.looks[row[STATE]][4] !== "blocked") return "Nothing ended it.";
    const helpers = story.helpers(row, lane, story.count - 1).map((id) => story.name(id));
    return `Nobody ended it; ${helpers.length ? `${helpers.slice(0, 3).join(", ")} could` : "nobody could"}.`;
  }

  // What can be asked: a label and the stop that answers it.
  links() {
    const { story, bar, lane } = this;
    const [first, last] = [story.barFirst[bar], story.barLast[bar]];
    const rows = [["began", first]];
    if (last < story.count) {
      const by = story.barBy[bar];
      rows.push([by === NOBODY ? "ended" : `ended by ${story.name(by)}`, last]);
    }
    for (const [k, isSender] of this.values(last)) rows.push(this.valueLink(k, isSender));
    return rows;
  }

  valueLink(k, isSender) {
    const { story } = this;
    const value = cutText(story.arrow(k)[VALUE], 12);
    const other = isSender ? story.arrowTo[k] : story.arrowFrom[k];
    const stop = isSender ? story.arrowReceived[k] : story.arrowSent[k];
    const name = other === NOBODY ? "the clock" : story.lanes[other]?.[1];
    return isSender ? [`${value} reached ${name}`, stop] : [`${value} came from ${name}`, stop];
  }

  // The values that this lane sent or received at the bar's end: what it waited for.
  values(stop) {
    const { story, lane } = this;
    const found = [];
    const first = lastIn(story.arrowSent, 0, story.arrowSent.length, stop - 1) + 1;
    for (let k = first; story.arrowSent[k] === stop; k++) {
      if (story.arrowFrom[k] === lane && story.arrowReceived[k] < story.count) found.push([k, true]);
    }
    for (const messages of story.byChannel.values()) {
      const k = messages[lastAtMost(messages, stop, (one) => story.arrowReceived[one])];
      if (story.arrowReceived[k] === stop && story.arrowTo[k] === lane) found.push([k, false]);
    }
    return found.slice(0, 3);
  }

  link(label, stop) {
    const sentence = this.story.sentence(stop);
    const text = `${label}: step ${stop}`;
    const node = element("button", "", { type: "button", title: sentence }, [text]);
    node.onclick = () => this.lead(stop);
    return node;
  }

  // To the moment, with whoever acts there.
  lead(stop) {
    this.reveal(this.story.laneOf.get(this.story.doers[stop]));
    this.go(stop);
  }

  // To where the chosen bar was ended.
  leadToEnd() {
    const last = this.bar === NOBODY ? Infinity : this.story.barLast[this.bar];
    if (last < this.story.count) this.lead(last);
  }

  // The next or the previous thing that this goroutine did, or that happened to it.
  step(from, by) {
    const { story, lane } = this;
    const goroutine = story.lanes[lane]?.[0];
    for (let stop = from + by; stop >= 0 && stop < story.count; stop += by) {
      const bar = story.barAt(lane, stop);
      if (story.doers[stop] === goroutine || (bar !== NOBODY && story.barFirst[bar] === stop)) {
        this.go(stop);
        return;
      }
    }
  }

  // The lane above or below, at the position.
  move(by, stop) {
    const { visible } = this.story;
    const row = visible.indexOf(this.lane);
    const next = row < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.max(0, Math.min(visible.length - 1, row + by));
    this.at(visible[next], stop);
  }

  // The bar of a lane at a stop, or the one before it if the goroutine is not there then.
  at(lane, stop) {
    const { story } = this;
    const last = lastIn(story.barFirst, story.barFrom[lane], story.barFrom[lane + 1], stop);
    if (story.barFrom[lane] < story.barFrom[lane + 1]) this.choose(Math.max(last, story.barFrom[lane]));
  }
}

function cutText(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

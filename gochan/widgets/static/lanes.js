// Which goroutines have a lane: at first those worth seeing; the others are folded, and counted by
// what they do at the position. The reader pages through them, or names those to be shown.

const MOST_LANES = 12;

class Lanes {
  constructor(changed) {
    this.changed = changed;
    this.page = 0;
    this.name = "";
    this.counted = element("span", "gochan-folded");
    const button = (label, text, by) => {
      const node = element("button", "", { type: "button", "aria-label": label, title: label }, [text]);
      node.onclick = () => this.turn(this.page + by);
      return node;
    };
    this.back = button("Goroutines before these", "‹", -1);
    this.on = button("More goroutines", "›", 1);
    this.input = element("input", "gochan-named", { type: "search", placeholder: "by name", "aria-label": "Show goroutines named" });
    this.input.addEventListener("input", () => {
      this.name = this.input.value.trim().toLowerCase();
      this.turn(0);
    });
    this.root = element("div", "gochan-lanes", { role: "group", "aria-label": "Goroutines" }, [
      this.counted,
      this.back,
      this.on,
      this.input,
    ]);
  }

  load(story) {
    this.story = story;
    this.root.hidden = story.lanes.length <= MOST_LANES;
    this.choose();
  }

  // The lanes in the order of the pages.
  order() {
    const { story, name } = this;
    const all = story.lanes.map((_, lane) => lane);
    if (name) return all.filter((lane) => story.lanes[lane][1].toLowerCase().includes(name));
    const first = new Set(story.shown);
    return [...story.shown, ...all.filter((lane) => !first.has(lane))];
  }

  choose() {
    const order = this.order();
    const last = Math.max(0, Math.ceil(order.length / MOST_LANES) - 1);
    this.page = Math.max(0, Math.min(this.page, last));
    this.story.visible = order.slice(this.page * MOST_LANES, (this.page + 1) * MOST_LANES);
    this.back.disabled = this.page === 0;
    this.on.disabled = this.page === last;
  }

  turn(page) {
    this.page = page;
    this.choose();
    this.changed();
  }

  // Unfolds a lane that somebody asks for.
  reveal(lane) {
    if (lane === undefined || this.story.visible.includes(lane)) return;
    this.name = this.input.value = "";
    this.turn(Math.floor(this.order().indexOf(lane) / MOST_LANES));
  }

  count(stop) {
    const { story } = this;
    if (this.root.hidden) return;
    const counts = [...story.counts(stop)];
    for (const lane of story.visible) {
      const bar = story.barAt(lane, stop);
      if (bar !== NOBODY) counts[story.stateOf(bar)]--;
    }
    const folded = story.lanes.length - story.visible.length;
    const there = counts.reduce((sum, count) => sum + count, 0);
    const parts = counts.map((count, state) => count && `${count.toLocaleString("en")} ${story.looks[state][4]}`);
    if (folded > there) parts.push(`${(folded - there).toLocaleString("en")} not started or over`);
    setText(this.counted, `${folded.toLocaleString("en")} more goroutines: ${parts.filter(Boolean).join(", ")}`);
  }
}

// Finding a moment by what its sentence says: a goroutine, a channel, a value, `closes`, `panics`.

class Finder {
  // `go(stop)` moves the position, `shown(stops)` marks what was found.
  constructor({ go, shown }) {
    Object.assign(this, { go, shown, stops: [], position: 0 });
    const button = (label, text, by) => {
      const node = element("button", "", { type: "button", "aria-label": label, title: label }, [text]);
      node.onclick = () => this.step(by);
      return node;
    };
    const hint = "Find: worker, closes, 17 …";
    this.input = element("input", "gochan-find", { type: "search", placeholder: hint, "aria-label": "Find a moment" });
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      this.step(event.shiftKey ? -1 : 1);
    });
    this.found = element("output", "gochan-found", { "aria-label": "Found" });
    this.root = element("div", "gochan-finder", { role: "search" }, [
      this.input,
      button("Previous one found", "‹", -1),
      button("Next one found", "›", 1),
      this.found,
    ]);
  }

  load(story) {
    this.story = story;
    this.texts = null;
    this.stops = [];
    if (this.input.value) this.look();
  }

  // Every word must be there: the beginning of a word, or a whole number.
  look() {
    const words = this.input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const begins = (word) => (/\w/.test(word[0]) ? "(?<!\\w)" : "");
    const ends = (word) => (/^\d+$/.test(word) ? "(?!\\w)" : "");
    const patterns = words.map((word) => new RegExp(begins(word) + word.replace(/[^\w\s]/g, "\\$&") + ends(word), "u"));
    this.stops = [];
    if (patterns.length) {
      this.texts ??= Array.from({ length: this.story.count }, (_, stop) => this.story.sentence(stop).toLowerCase());
      this.texts.forEach((text, stop) => {
        if (patterns.every((pattern) => pattern.test(text))) this.stops.push(stop);
      });
    }
    this.tell();
    this.shown(this.stops);
  }

  step(by) {
    const { stops, position } = this;
    if (!stops.length) return;
    const at = lastAtMost(stops, by > 0 ? position : position - 1, (stop) => stop) + (by > 0 ? 1 : 0);
    this.go(stops[(at + stops.length) % stops.length]);
  }

  tell(position = this.position) {
    this.position = position;
    const { stops } = this;
    if (!this.input.value.trim()) return setText(this.found, "");
    const at = lastAtMost(stops, position, (stop) => stop);
    const here = stops[at] === position ? `${(at + 1).toLocaleString("en")} of ` : "";
    setText(this.found, stops.length ? `${here}${stops.length.toLocaleString("en")} found` : "not found");
  }
}

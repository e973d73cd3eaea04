// A list that is put in order by two buttons for each item, or by the arrow keys on them.

class Ordering {
  constructor(labels) {
    this.list = element("ol", "gochan-order");
    this.said = element("p", "gochan-moved", { role: "status" }); // where the moved item stands now
    this.node = element("div", "", {}, [this.list, this.said]);
    for (const label of labels) this.list.append(this.item(label));
    this.mark();
  }

  get value() {
    return [...this.list.children].map((item) => item.dataset.label);
  }

  item(label) {
    const item = element("li", "", { "data-label": label });
    const button = (word, sign, by) => {
      const name = `Move ${label} ${word}`;
      const one = element("button", "", { type: "button", "aria-label": name, title: name }, [sign]);
      one.onclick = () => this.move(item, by, one);
      return one;
    };
    const [up, down] = [button("up", "↑", -1), button("down", "↓", 1)];
    item.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      this.move(item, by, event.target);
    });
    item.append(up, down, element("span", "gochan-option", {}, marked(label)));
    return item;
  }

  // A node that is moved loses the focus; it stays on the item's button.
  move(item, by, button) {
    const items = [...this.list.children];
    const to = items.indexOf(item) + by;
    if (!this.fixed && to >= 0 && to < items.length) {
      if (by < 0) items[to].before(item);
      else items[to].after(item);
      setText(this.said, `${item.dataset.label}: now ${to + 1} of ${items.length}`);
      this.mark();
    }
    button.focus();
  }

  mark() {
    const items = [...this.list.children];
    items.forEach((item, at) => {
      const [up, down] = item.querySelectorAll("button");
      up.setAttribute("aria-disabled", at === 0);
      down.setAttribute("aria-disabled", at === items.length - 1);
    });
  }

  // Shows an order that can't be changed any more.
  fix(labels) {
    this.fixed = true;
    this.said.remove();
    for (const label of labels) {
      this.list.append([...this.list.children].find((item) => item.dataset.label === label));
    }
    for (const button of this.list.querySelectorAll("button")) button.remove();
  }
}

// Stands where a result will be. When it opens, Python replaces it by the result; if the page was
// loaded anew since the cell ran, there is nothing that could be replaced, and the plain result that
// stands beside it is opened instead.

const REPLACED_WITHIN = 1500; // milliseconds

class Lock {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.text = element("p", "gochan-locked", {}, ["Commit your prediction above first."]);
    this.root = element("div", "gochan-view gochan-lock", { role: "note" }, [this.text]);
    this.onOpen = () => this.open();
    model.on("change:is_open", this.onOpen);
    el.append(this.root);
    this.open();
  }

  open() {
    if (!this.model.get("is_open")) return;
    setText(this.text, "Committed.");
    this.late = setTimeout(() => this.openPlain(), REPLACED_WITHIN);
  }

  openPlain() {
    const box = this.el.closest(".jp-OutputArea-child")?.nextElementSibling?.querySelector("details");
    this.root.classList.add("gochan-opened");
    if (box) box.open = true;
    setText(this.text, "The page was loaded after this cell ran. Here is the result; run the cell again to play it.");
  }

  close() {
    clearTimeout(this.late);
    this.model.off("change:is_open", this.onOpen);
  }
}

function render({ model, el }) {
  let view;
  // the place in the page is known when this frame is over
  requestAnimationFrame(() => whenLive(model, el, () => (view = new Lock(model, el))));
  return () => view?.close();
}

export default { render };

// A picture that the kernel draws: it is replaced when a slider has moved.

class ChartView {
  constructor(model, el) {
    this.model = model;
    this.image = element("img", "gochan-chart");
    this.problem = element("p", "gochan-problem", { role: "alert", hidden: "" });
    this.root = element("div", "gochan-view gochan-drawn", {}, [this.image, this.problem]);
    el.append(this.root);
    this.show = () => this.draw();
    model.on("change:picture", this.show);
    this.stopHiding = hideStills(el, model);
    this.draw();
  }

  draw() {
    const { image, alt, problem } = this.model.get("picture");
    this.image.hidden = !image;
    if (image) {
      this.image.src = `data:image/png;base64,${image}`;
      this.image.alt = alt;
    }
    this.problem.hidden = !problem;
    setText(this.problem, problem);
    this.root.dataset.drawn = Number(this.root.dataset.drawn ?? 0) + 1;
  }

  close() {
    this.model.off("change:picture", this.show);
    this.stopHiding();
  }
}

function render({ model, el }) {
  const view = new ChartView(model, el);
  return () => view.close();
}

export default { render };

// The form of a prediction. It asks, sends what is committed, and shows what Python replies; what is
// right is known there alone.

const ANSWERED_WITHIN = 6000; // milliseconds
const SAVED_WITHIN = 1500;
let forms = 0;

class Form {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.data = JSON.parse(model.get("data"));
    this.build();
    this.onState = () => this.load();
    this.onMessage = (message) => message.kind === "refused" && this.refuse(message.why);
    model.on("change:state", this.onState);
    model.on("msg:custom", this.onMessage);
    this.load();
  }

  build() {
    this.why = element("p", "gochan-why", { role: "alert" });
    this.verdict = element("div", "gochan-verdict", { role: "status", tabindex: "-1", hidden: "" });
    this.button = element("button", "gochan-commit", { type: "submit" }, ["Commit"]);
    this.bar = element("div", "gochan-toolbar", {}, [this.button, this.why]);
    this.field = element("fieldset", "gochan-ask", {}, [
      element("legend", "", {}, marked(this.data.question)),
      this.control(),
    ]);
    const attributes = { "aria-label": "Prediction", novalidate: "" };
    this.root = element("form", "gochan-view gochan-predict", attributes, [this.field, this.bar, this.verdict]);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.commit();
    });
    // Enter in an input commits; a form does so by itself, but not in every page
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      this.commit();
    });
    this.el.append(this.root);
  }

  control() {
    const { kind, options } = this.data;
    if (kind === "number") return this.number();
    if (kind === "order") {
      this.ordering = new Ordering(options);
      return this.ordering.node;
    }
    const name = `gochan-predict-${++forms}`;
    const choices = options.map((option) => {
      const input = element("input", "", { type: "radio", name, value: option });
      return element("label", "gochan-choice", {}, [input, element("span", "gochan-option", {}, marked(option))]);
    });
    return element("div", "gochan-choices", {}, choices);
  }

  number() {
    const { low, high, whole } = this.data;
    const given = { type: "number", step: whole ? 1 : "any", "aria-label": "Your prediction", autocomplete: "off" };
    if (low !== null) Object.assign(given, { min: low, max: high });
    this.input = element("input", "gochan-given", given);
    return element("div", "gochan-typed", {}, [this.input, element("span", "gochan-hint", {}, [this.hint()])]);
  }

  hint() {
    const { low, high, whole } = this.data;
    const noun = whole ? "a whole number" : "a number";
    return low === null ? noun : `${noun} from ${low} to ${high}`;
  }

  // What is chosen, or null and a sentence that says what is missing.
  value() {
    if (this.ordering) return this.ordering.value;
    if (!this.input) {
      const chosen = this.field.querySelector("input:checked");
      return chosen ? chosen.value : this.refuse("Choose one first.");
    }
    const valid = this.input.value !== "" && this.input.checkValidity();
    return valid ? this.input.valueAsNumber : this.refuse(`Enter ${this.hint()}.`);
  }

  refuse(why) {
    this.wait(false);
    setText(this.why, why);
    this.field.querySelector("input")?.focus();
    return null;
  }

  commit() {
    if (this.asked || this.committed) return;
    setText(this.why, "");
    const value = this.value();
    if (value === null) return;
    this.wait(true);
    try {
      this.model.send({ kind: "commit", value });
    } catch {
      this.refuse("The kernel is gone: run the cell again.");
    }
  }

  wait(asked) {
    this.asked = asked;
    clearTimeout(this.late);
    if (!asked) return;
    this.late = setTimeout(() => {
      this.asked = false;
      setText(this.why, "No answer yet: the kernel is busy, or gone. If it is gone, run the cell again.");
    }, ANSWERED_WITHIN);
  }

  load() {
    const state = JSON.parse(this.model.get("state"));
    if (!("predicted" in state) || this.committed) return;
    const had = this.root.contains(document.activeElement);
    this.wait(false);
    this.committed = true;
    setText(this.why, "");
    this.fix(state.predicted);
    this.bar.hidden = true;
    this.show(state);
    if (state.kept) this.note("You predicted this before the cell was changed. To predict anew, run it once more.");
    if (had) this.verdict.focus({ preventScroll: true });
    this.check = setTimeout(() => this.checkSaved(state.commitment), SAVED_WITHIN);
  }

  // The choice stays in sight, and can't be changed.
  fix(predicted) {
    this.ordering?.fix(predicted);
    if (this.input) this.input.value = predicted;
    for (const input of this.field.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = input.value === predicted;
      input.disabled = true;
      const label = input.closest("label");
      label?.classList.toggle("gochan-chosen", input.checked);
    }
  }

  show({ right, said }) {
    const parts = said ? marked(said) : ["Committed."];
    this.verdict.replaceChildren(element("span", "gochan-sign", { "aria-hidden": "true" }, [{ true: "✓", false: "✗" }[right] ?? "•"]));
    this.verdict.append(element("span", "", {}, parts));
    this.verdict.dataset.right = String(right);
    this.verdict.hidden = false;
  }

  // Python puts the prediction in the output beside this one. A page that was loaded after the cell
  // ran has no such place, so its file wouldn't hold the prediction.
  checkSaved(commitment) {
    const area = this.el.closest(".jp-NotebookPanel .jp-OutputArea");
    if (!area || area.querySelector(`.gochan-plain [data-commitment="${commitment}"]`)) return;
    this.note("The page was loaded after this cell ran, so your prediction won't be saved with the notebook. To save it, run the cell again and commit once more.");
  }

  note(text) {
    this.root.append(element("p", "gochan-note", { role: "status" }, [text]));
  }

  close() {
    clearTimeout(this.late);
    clearTimeout(this.check);
    this.model.off("change:state", this.onState);
    this.model.off("msg:custom", this.onMessage);
  }
}

function render({ model, el }) {
  let view;
  // the place in the page is known when this frame is over
  requestAnimationFrame(() => whenLive(model, el, () => (view = new Form(model, el))));
  return () => view?.close();
}

export default { render };

// What the views of a prediction share: code in texts, and whether a kernel is there to answer.

// Text whose `code` stands between backticks, as nodes.
function marked(text) {
  return text.split(/`([^`]+)`/).map((part, k) => (k % 2 ? element("code", "", {}, [part]) : part));
}

// In a live notebook a view is built at once. Elsewhere (an exported page) only if a kernel answers:
// without one the plain words beside the view are the page's own, and stay.
function whenLive(model, el, build) {
  if (el.closest(".jp-NotebookPanel") || !document.body.classList.contains("jp-Notebook")) return build();
  model.on("msg:custom", function answered(message) {
    if (message.kind !== "here") return;
    model.off("msg:custom", answered);
    build();
  });
  try {
    model.send({ kind: "here" });
  } catch {
    // no kernel
  }
}

// What all views share: nodes, texts, the theme's colours, the program's text. Views are written in
// several files of plain declarations, which assets.py joins; the last one exports `render`.

// What takes keys keeps them: JupyterLab's shortcuts look at the focused element itself.
const TAKES_KEYS = ["button", "input", "select"];

function element(tag, className, attributes = {}, children = []) {
  const node = document.createElement(tag);
  if (TAKES_KEYS.includes(tag) || "tabindex" in attributes) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The index of the last row whose key is at most x, -1 if there is none.
function lastAtMost(rows, x, key) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(rows[middle]) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function duration(ns) {
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["µs", 1e3]]) {
    if (Math.abs(ns) >= size) return `${+(ns / size).toPrecision(4)}${unit}`;
  }
  return ns ? `${ns}ns` : "0s";
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setHTMLOnce(node, html) {
  if (node.shownHTML !== html) node.innerHTML = node.shownHTML = html;
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
}

// The theme's colours, as a canvas needs them.
function themeColors(root) {
  const style = getComputedStyle(root);
  const color = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  return {
    ink: color("--gochan-ink", "#222"),
    quiet: color("--gochan-quiet", "#555"),
    paper: color("--gochan-paper", "#fff"),
    grid: color("--gochan-grid", "#ddd"),
    bad: color("--gochan-bad", "#e42536"),
    font: `13px ${style.fontFamily}`,
  };
}

function sourceNodes(sources) {
  return sources.map(([file, first, text], number) => {
    const lines = text.split("\n").map((line, k) =>
      element("div", "gochan-line", { "data-line": `${number}:${first + k}` }, [
        element("span", "gochan-number", { "data-number": first + k }),
        element("code", "", {}, [line || " "]),
        element("span", "gochan-here"),
      ]),
    );
    return element("div", "gochan-file", { "aria-label": file }, lines);
  });
}

// Beside a view stands something plain for readers without a kernel, a picture with this alt text or
// a note of this name; where the view lives it isn't needed. It may come late: it is watched for.
// Returns what ends that.
function hideStills(el, model) {
  const hide = () => {
    const still = model.get("still");
    const area = el.closest(".jp-OutputArea, .jupyter-widgets-output-area, body");
    for (const node of area?.querySelectorAll("img, [role=note]") ?? []) {
      const name = node.alt ?? node.getAttribute("aria-label");
      if (still && name === still && !node.closest(".gochan-view")) {
        (node.closest(".jp-OutputArea-child") ?? node).style.display = "none";
      }
    }
  };
  const others = new MutationObserver((changes) => {
    if (changes.some(({ target }) => !el.contains(target))) hide();
  });
  const begin = requestAnimationFrame(() => {
    hide();
    const area = el.closest(".jp-OutputArea");
    if (area) others.observe(area, { childList: true, subtree: true });
  });
  const again = setTimeout(hide, 500);
  model.on("change:still", hide);
  return () => {
    cancelAnimationFrame(begin);
    clearTimeout(again);
    others.disconnect();
    model.off("change:still", hide);
  };
}

// A saved page has a manager that only loads widgets; a notebook may have lost its kernel.
function hasKernel(model) {
  const manager = model.widget_manager;
  if (manager && "kernel" in manager) return Boolean(manager.kernel) && manager.kernel.status !== "dead";
  return !(manager && "loader" in manager);
}

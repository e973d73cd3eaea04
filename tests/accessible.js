// The part of accessible.py that runs in the page: it looks, and judges nothing.
(() => {
  const CONTROLS = "button, input:not([type=hidden]), select, textarea, summary, a[href], [tabindex], [contenteditable=true]";
  const PICTURES = "img, [role=img], canvas:not([aria-hidden=true])";
  let root = null;

  const seen = (node) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    // What is folded away in a closed <details> has a box, too.
    return node.checkVisibility() && style.visibility === "visible" && style.display !== "none" && box.width > 1 && box.height > 1;
  };
  const all = (query) => [root, ...root.querySelectorAll(query)].filter((node) => node.matches(query) && seen(node));

  const what = (node) => {
    if (!node) return "nothing";
    const text = node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 30);
    const kind = node.type && node.tagName === "INPUT" ? `[type=${node.type}]` : "";
    return `<${node.tagName.toLowerCase()}${kind} class="${node.className?.baseVal ?? node.className}"> ${text}`.trim();
  };

  // A group of radio buttons is one stop: the chosen one, or the first.
  const standsForGroup = (node, nodes) => {
    if (node.type !== "radio" || !node.name) return true;
    const group = nodes.filter((other) => other.type === "radio" && other.name === node.name);
    return node === (group.find((other) => other.checked) ?? group[0]);
  };
  const stopNodes = () => {
    const nodes = all(CONTROLS).filter((node) => node.tabIndex >= 0 && !node.disabled);
    return nodes.filter((node) => standsForGroup(node, nodes));
  };

  // Colours, as the canvas reads them: [red, green, blue, alpha], from 0 to 1.
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });
  const rgba = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = "transparent";
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
  const over = (top, ground) => [0, 1, 2].map((k) => top[k] * top[3] + ground[k] * (1 - top[3])).concat(1);
  const luminance = (color) => {
    const [r, g, b] = color.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const hex = (color) => "#" + color.slice(0, 3).map((c) => Math.round(c * 255).toString(16).padStart(2, "0")).join("");

  const gradient = (style) => style.backgroundImage.match(/(rgba?|color|oklch|oklab|hsla?)\([^()]*\)|#[0-9a-f]{3,8}/gi) ?? [];

  // What may be behind an element's text: one ground, or one for each colour of a gradient.
  const grounds = (node) => {
    if (!node) return [[1, 1, 1, 1]];
    const style = getComputedStyle(node);
    const own = rgba(style.backgroundColor);
    const below = own[3] === 1 ? [own] : grounds(node.parentElement ?? node.getRootNode().host).map((g) => over(own, g));
    const colors = gradient(style).map(rgba);
    return [...below, ...colors.flatMap((color) => below.map((g) => over(color, g)))];
  };
  const shapesBehind = (node) => {
    const box = node.getBoundingClientRect();
    const at = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const shapes = at.filter((other) => other.ownerSVGElement && !other.closest("text") && getComputedStyle(other).fill !== "none");
    const paper = grounds(node.ownerSVGElement)[0];
    return [shapes.reverse().reduce((ground, shape) => over(rgba(getComputedStyle(shape).fill), ground), paper)];
  };
  const opacity = (node) => (node ? Number(getComputedStyle(node).opacity) * opacity(node.parentElement) : 1);

  const row = (node, text, color) => {
    const behind = node.ownerSVGElement ? shapesBehind(node) : grounds(node);
    const ink = rgba(color);
    ink[3] *= opacity(node);
    const ratios = behind.map((ground) => [contrast(over(ink, ground), ground), ground]);
    const [ratio, ground] = ratios.reduce((worst, one) => (one[0] < worst[0] ? one : worst));
    return [what(node), text.trim().slice(0, 40), ratio, hex(over(ink, ground)), hex(ground)];
  };

  const texts = () => {
    const rows = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent;
      if (!text.trim() || !seen(node) || node.closest("option, script, style")) continue;
      rows.push(row(node, text, getComputedStyle(node)[node.ownerSVGElement ? "fill" : "color"]));
    }
    for (const node of all("input, select, textarea")) {
      if (["range", "checkbox", "radio"].includes(node.type)) continue;
      const color = getComputedStyle(node).color;
      if (node.value) rows.push(row(node, node.value, color));
      else if (node.placeholder) rows.push(row(node, node.placeholder, getComputedStyle(node, "::placeholder").color));
    }
    for (const node of all("*")) {
      for (const side of ["::before", "::after"]) {
        const style = getComputedStyle(node, side);
        if (/\w/.test(style.content.replace(/^(none|normal)$/, ""))) rows.push(row(node, `${side} ${style.content}`, style.color));
      }
    }
    return rows;
  };

  // Canvases: the most frequent colour round a text is what it stands on.
  const commonest = (canvas, { x, y, width }) => {
    const box = [Math.max(0, x - 2), Math.max(0, y - 7), Math.max(1, width + 4), 14].map(Math.round);
    const { data } = canvas.getContext("2d").getImageData(...box);
    const count = new Map();
    for (let k = 0; k < data.length; k += 4) {
      const key = data.slice(k, k + 4).join();
      count.set(key, (count.get(key) ?? 0) + 1);
    }
    const best = [...count].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
    return best.split(",").map((part) => part / 255);
  };
  const written = (selector) => {
    const canvas = document.querySelector(selector);
    const paper = grounds(canvas.parentElement)[0];
    const isSeen = (one) => one.canvas === canvas || (one.canvas.isLayerOf === canvas && one.canvas.share(one));
    const shown = (window.gochanDrawn ?? []).filter(isSeen);
    return shown.map((one) => {
      const ground = over(commonest(canvas, one), paper);
      return [one.text, contrast(over(rgba(one.ink), ground), ground)];
    });
  };

  const edges = {};
  return {
    what,
    texts,
    written,
    nodes: [],
    choose(selector, nth) {
      root = document.querySelectorAll(selector)[nth];
      if (!root) throw new Error(`nothing matches ${selector}`);
      this.nodes = [...new Set([...all(CONTROLS), ...all(PICTURES)])];
    },
    stops() {
      return stopNodes().map((node) => {
        const box = node.getBoundingClientRect();
        return [what(node), box.left, box.top, box.right, box.bottom];
      });
    },
    positive: () => all("[tabindex]").filter((node) => node.tabIndex > 0).map(what),
    fence() {
      for (const [name, place] of [["before", "before"], ["behind", "after"]]) {
        edges[name] = Object.assign(document.createElement("button"), { textContent: name });
        edges[name].setAttribute("data-lm-suppress-shortcuts", "true");
        root[place](edges[name]);
      }
    },
    unfence: () => Object.values(edges).forEach((edge) => edge.remove()),
    focusEdge: (name) => edges[name].focus(),
    focused() {
      const node = document.activeElement;
      const edge = Object.keys(edges).find((name) => edges[name] === node);
      return edge ?? what(node);
    },
  };
})()

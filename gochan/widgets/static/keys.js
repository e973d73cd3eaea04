// What the Player's keys do, and how that is told to the reader.

const KEYS = [
  [" ", "Space", "play or pause"],
  ["ArrowLeft ArrowRight", "← →", "one step back or forward"],
  ["Home End", "Home End", "to the start or the end"],
  ["+ = - 0", "+ − 0", "zoom in, zoom out, whole run"],
  ["Shift+ArrowLeft Shift+ArrowRight", "Shift ← →", "pan"],
  ["ArrowUp ArrowDown", "↑ ↓", "choose the bar of the goroutine above or below"],
  ["e", "E", "to what ended the chosen bar"],
  ["p n", "P N", "to the previous or next event of its goroutine"],
  ["/", "/", "find a moment"],
  ["Escape", "Esc", "choose nothing"],
];

function keysHelp() {
  const rows = KEYS.map(([, keys, what]) => element("div", "", {}, [element("b", "", {}, [keys]), ` ${what}`]));
  const wheel = element("div", "", {}, [element("b", "", {}, ["Ctrl wheel"]), " zoom"]);
  const drag = element("div", "", {}, [element("b", "", {}, ["drag"]), " pan, or move the position in the whole run"]);
  const button = element("button", "", { type: "button", "aria-expanded": "false" }, ["Keys"]);
  const list = element("div", "gochan-keys", {}, [...rows, wheel, drag]);
  list.hidden = true;
  button.onclick = () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  };
  return { button, list };
}

// Which key an event is: with Shift only where that makes another key of it.
function keyOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key;
}

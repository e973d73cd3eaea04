"""What a reader with a keyboard, a screen reader or weak eyes needs, checked in a real page.

`assert_accessible(page, ".gochan-view")` looks at all that is visible inside of the first element
that the selector finds (give `nth` for another one):
- every control has a role and a name, as Chromium tells them to screen readers, and every picture
  has a name;
- the Tab key visits the controls in reading order, and leaves on both sides;
- every text stands out from what is behind it by at least 4.5 : 1 (WCAG 2.2, 1.4.3), hints in
  empty fields, disabled and faint texts too.

`texts_on_canvas` does the last for the words of a canvas.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

LEAST_CONTRAST = 4.5
SCRIPT = (Path(__file__).parent / "accessible.js").read_text(encoding="utf-8")
NO_ROLES = ("", "none", "generic", "presentation", "unknown")


class Control(NamedTuple):
    """One stop of the Tab key, or what stands for it: its tag and text, and its place."""

    what: str
    left: float
    top: float
    right: float
    bottom: float


def assert_accessible(page: Page, selector: str, nth: int = 0) -> None:
    """Fails with all that is wrong, one line each."""
    found = problems(page, selector, nth)
    assert not found, "\n" + "\n".join(found)


def problems(page: Page, selector: str, nth: int = 0) -> list[str]:
    """All that is wrong inside of an element, in sentences."""
    page.evaluate(f"window.gochanAccess = {SCRIPT}")
    page.evaluate("([selector, nth]) => gochanAccess.choose(selector, nth)", [selector, nth])
    return [*_unnamed(page), *_out_of_order(page), *_trapped(page), *_faint(page)]


def _unnamed(page: Page) -> list[str]:
    """Controls without a role or a name, and pictures without a name."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    found = []
    count = page.evaluate("gochanAccess.nodes.length")
    for number in range(count):
        expression = {"expression": f"gochanAccess.nodes[{number}]"}
        node = session.send("Runtime.evaluate", expression)["result"]["objectId"]
        tree = session.send(
            "Accessibility.getPartialAXTree", {"objectId": node, "fetchRelatives": False}
        )
        seen = tree["nodes"][0]
        what = page.evaluate("number => gochanAccess.what(gochanAccess.nodes[number])", number)
        if seen["ignored"] or seen.get("role", {}).get("value", "") in NO_ROLES:
            found.append(f"{what} has no role")
        elif not seen.get("name", {}).get("value", "").strip():
            found.append(f"{what} has no name")
    session.detach()
    return found


def _stops(page: Page) -> list[Control]:
    return [Control(*row) for row in page.evaluate("gochanAccess.stops()")]


def _out_of_order(page: Page) -> list[str]:
    """Reading order: to the right in a line, then down; a column may stand beside another one."""
    found = []
    stops = _stops(page)
    for before, after in pairwise(stops):
        above = after.bottom <= before.top
        same_line = min(before.bottom, after.bottom) - max(before.top, after.top) > 3
        if (above and after.left < before.right) or (same_line and after.right <= before.left):
            found.append(f"Tab goes from {before.what} back to {after.what}")
    positive = page.evaluate("gochanAccess.positive()")
    return found + [f"{what} has a tabindex above 0" for what in positive]


def _trapped(page: Page) -> list[str]:
    """Really presses Tab, from before the first control to behind the last one, and back."""
    stops = _stops(page)
    if not stops:
        return []
    found = []
    page.evaluate("gochanAccess.fence()")
    for key, edge in (("Tab", "before"), ("Shift+Tab", "behind")):
        page.evaluate("edge => gochanAccess.focusEdge(edge)", edge)
        visited = []
        for _ in range(len(stops) + 1):
            page.keyboard.press(key)
            visited.append(page.evaluate("gochanAccess.focused()"))
        wanted = [stop.what for stop in stops]
        if key == "Shift+Tab":
            wanted.reverse()
        wanted.append("behind" if edge == "before" else "before")
        wrong = next((pair for pair in zip(visited, wanted, strict=True) if pair[0] != pair[1]), 0)
        if wrong:
            found.append(f"{key} reaches {wrong[0]} instead of {wrong[1]}")
    page.evaluate("gochanAccess.unfence()")
    return found


def _faint(page: Page) -> list[str]:
    """Texts whose contrast is below the least one, each once."""
    rows: list[list[Any]] = page.evaluate("gochanAccess.texts()")
    found = {
        f"{what}: {text!r} has a contrast of {ratio:.1f} ({ink} on {ground})"
        for what, text, ratio, ink, ground in rows
        if ratio < LEAST_CONTRAST
    }
    return sorted(found)


WATCH_CANVAS = """(() => {
    const drawn = (window.gochanDrawn ??= []);
    const own = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
        const { width } = this.measureText(text);
        const shift = { center: width / 2, right: width, end: width }[this.textAlign] ?? 0;
        const at = this.getTransform().transformPoint({ x: x - shift, y });
        const row = { text: String(text), x: at.x, y: at.y, ink: this.fillStyle };
        drawn.push({ ...row, width: width * this.getTransform().a, canvas: this.canvas });
        return own.call(this, text, x, y, ...rest);
    };
})()"""


def watch_canvases(page: Page) -> None:
    """Notes from the next page on what is written on canvases: call it before `goto`."""
    page.add_init_script(WATCH_CANVAS)


def forget_texts(page: Page) -> None:
    """Forgets what was written until now."""
    page.evaluate("window.gochanDrawn.length = 0")


def texts_on_canvas(page: Page, selector: str) -> list[tuple[str, float]]:
    """The words on a canvas, and the contrast of each against the pixels round it.

    A canvas that is put together of layers gives each of them the properties `isLayerOf`, itself,
    and `share`, a function that says whether this layer is what is seen at a place. What was
    written before the last drawing is looked at too: call `forget_texts` first, then draw.
    """
    page.evaluate(f"window.gochanAccess = {SCRIPT}")
    rows = page.evaluate("selector => gochanAccess.written(selector)", selector)
    return [(text, ratio) for text, ratio in rows]

"""The Player's view alone on a page, without JupyterLab and without a kernel behind it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from gochan.trace.trace import Trace
from gochan.widgets.payload import payload
from gochan.widgets.player import View

LIGHT = {
    "--jp-layout-color1": "#ffffff",
    "--jp-layout-color2": "#eeeeee",
    "--jp-ui-font-color0": "rgba(0, 0, 0, 1)",
    "--jp-ui-font-color1": "rgba(0, 0, 0, 0.87)",
    "--jp-border-color2": "#e0e0e0",
}
DARK = {
    "--jp-layout-color1": "#111111",
    "--jp-layout-color2": "#424242",
    "--jp-ui-font-color0": "rgba(255, 255, 255, 1)",
    "--jp-ui-font-color1": "rgba(255, 255, 255, 0.87)",
    "--jp-border-color2": "#616161",
}
PAGE = """<!doctype html><html lang="en"><title>Player</title><style>{css}</style>
<body style="margin: 0; min-height: 1500px; background: var(--jp-layout-color1); {theme}">
<div id="place" class="jp-OutputArea"></div></body></html>"""
START = """([source, data]) => new Promise(async (done) => {
    const module = new Blob([source + "\\nexport { View, Story };"], { type: "text/javascript" });
    const { View, Story } = await import(URL.createObjectURL(module));
    const listeners = {};
    window.sent = [];
    window.Story = Story;
    window.model = {
        get: (name) => data[name],
        on: (name, act) => (listeners[name] = act),
        off: () => {},
        send: (message) => window.sent.push(message),
        receive: (message) => listeners["msg:custom"](message),
        change: (text) => ((data.data = text), listeners["change:data"]()),
        widget_manager: data.kernel ? { kernel: { status: "idle" } } : { loader: () => {} },
    };
    window.view = new View(window.model, document.getElementById("place"));
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def show_view(page: Page, trace: Trace, *, dark: bool = False, **traits: Any) -> None:
    """Shows a trace; the page then has the view as `view`, and what it sent as `sent`."""
    theme = "; ".join(f"{name}: {value}" for name, value in (DARK if dark else LIGHT).items())
    page.set_content(PAGE.format(css=View._css, theme=theme))
    data = {
        "data": json.dumps(payload(trace), separators=(",", ":")),
        "title": "packing",
        "knobs": [],
        "still": "",
        "below": {},
        "kernel": True,
    }
    page.evaluate(START, [View._esm, {**data, **traits}])

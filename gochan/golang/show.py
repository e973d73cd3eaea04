"""How a Go cell shows what came of it, in a notebook and as plain text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

from ..progress import Show, notebook_display
from .quoting import MARK, Block
from .result import KINDS, GoResult, Times

MOST_ROWS = 12  # different outputs of many runs
MOST_OUTPUT_LINES = 12
BAR = 24  # characters, in the plain text
MARKED = "background:var(--jp-rendermime-error-background,#fbdfe1);font-weight:bold"
LEFT = "text-align:left;vertical-align:top"
PRE = "margin:0 0 0.4em 0;white-space:pre-wrap"

Bundle = dict[str, str]


def display(bundle: Bundle) -> None:
    """Shows a bundle below the cell, or prints its text where there is no notebook."""
    if not bundle["text/plain"]:
        return
    new_display = notebook_display()
    if new_display is not None:
        new_display(bundle)
    else:
        print(bundle["text/plain"])  # noqa: T201 - it is what is asked for


class Live:
    """A place below the cell whose contents change; nothing outside a notebook."""

    def __init__(self) -> None:
        self._new_display = notebook_display()
        self._show: Show | None = None

    def show(self, bundle: Bundle) -> None:
        """Shows this instead of what was there."""
        if self._show is not None:
            self._show(bundle)
        elif self._new_display is not None:
            self._show = self._new_display(bundle)

    def last(self, bundle: Bundle) -> None:
        """Shows it for good, also outside a notebook."""
        if self._new_display is not None:
            self.show(bundle)
        else:
            display(bundle)

    def clear(self) -> None:
        """Takes it away."""
        if self._show is not None:
            self._show({"text/html": "", "text/plain": ""})


def words(blocks: Iterable[Block]) -> Bundle:
    """Paragraphs, quoted lines, and what is folded away."""
    found = list(blocks)
    rows = [row for block in found if not block.folded for row in (block.heading, *block.lines)]
    plain = "\n".join(filter(None, rows))
    if not plain:
        return {"text/html": "", "text/plain": ""}
    inner = "".join(map(_html, found))
    return {"text/html": f'<div class="gochan-go">{inner}</div>', "text/plain": plain}


def _html(block: Block) -> str:
    heading = html.escape(block.heading).replace("\n", "<br>")
    if block.folded:
        text = html.escape(block.folded)
        return f'<details><summary>{heading}</summary><pre style="{PRE}">{text}</pre></details>'
    tag = ("<b>", "</b>") if block.strong else ("", "")
    parts = [f"<div>{tag[0]}{heading}{tag[1]}</div>"] if heading else []
    if block.lines:
        parts.append(f'<pre style="{PRE}">{"<br>".join(map(_line, block.lines))}</pre>')
    return "".join(parts)


def _line(text: str) -> str:
    escaped = html.escape(text)
    return f'<span style="{MARKED}">{escaped}</span>' if text.startswith(MARK) else escaped


def times_table(result: GoResult, wanted: int) -> Bundle:
    """The different outputs of many runs, most frequent first."""
    runs = sum(one.count for one in result.times)
    different = len(result.times)
    title = f"{runs:,} of {wanted:,} runs" if runs < wanted else f"{runs:,} runs"
    title += f", {different:,} different end{'s' if different != 1 else ''}"
    shown, others = result.times[:MOST_ROWS], result.times[MOST_ROWS:]
    rest = ""
    if others:
        count = sum(one.count for one in others)
        rest = f"and {len(others):,} others, in {count:,} run{'s' if count != 1 else ''}"
    rows = "".join(_times_row(one, runs) for one in shown)
    head = _head("runs", "share", "it printed", "end")
    table = f"<div><b>{title}</b></div><table>{head}{rows}</table><div>{rest}</div>"
    plain = [title, *(_times_text(one, runs) for one in shown), *([rest] if rest else [])]
    return {"text/html": f'<div class="gochan-go">{table}</div>', "text/plain": "\n".join(plain)}


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col" style="text-align:left">{name}</th>' for name in names)
    return f"<tr>{cells}</tr>"


def _times_row(one: Times, runs: int) -> str:
    share = one.count / runs
    bar = (
        '<div style="width:9em;border:1px solid var(--jp-border-color1,#767676)">'
        f'<div style="width:{100 * share:.1f}%;height:0.8em;'
        'background:var(--jp-brand-color1,#5790fc)"></div></div>'
    )
    output = html.escape(_cut(one.output)) or "<i>nothing</i>"
    cells = [
        f'<td style="text-align:right;vertical-align:top">{one.count:,}</td>',
        f'<td style="vertical-align:top">{bar}{100 * share:.0f} %</td>',
        f'<td style="{LEFT}"><pre style="margin:0;background:none">{output}</pre></td>',
        f'<td style="{LEFT}">{html.escape(_end(one))}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _times_text(one: Times, runs: int) -> str:
    share = one.count / runs
    bar = ("#" * max(1, round(BAR * share))).ljust(BAR)
    output = _cut(one.output).replace("\n", " | ") or "nothing"
    return f"{one.count:6,}  {bar} {100 * share:3.0f} %  {output}  ({_end(one)})"


def _end(one: Times) -> str:
    word = KINDS[one.kind]
    first = one.message.partition("\n")[0]
    return word if not first or one.kind == "ok" else f"{word}: {first}"


def _cut(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    if len(lines) > MOST_OUTPUT_LINES:
        more = len(lines) - MOST_OUTPUT_LINES
        lines = [*lines[:MOST_OUTPUT_LINES], f"... {more:,} more lines"]
    return "\n".join(line[:200] for line in lines)


FIGURES = {"ns_per_op": "ns/op", "bytes_per_op": "B/op", "allocs_per_op": "allocs/op"}


def bench_table(rows: Sequence[dict[str, Any]]) -> Bundle:
    """The rows of benchmarks."""
    if not rows:
        return {"text/html": "", "text/plain": ""}
    more = [name for row in rows for name in row if name not in {"name", "cpu", "runs", *FIGURES}]
    columns = {"cpu": "processors", **FIGURES, **{name: name for name in more}, "runs": "runs"}
    body = [[str(row["name"]), *(_figure(row.get(name)) for name in columns)] for row in rows]
    head = ["benchmark", *columns.values()]
    cells = "".join(
        f'<tr><td style="text-align:left">{html.escape(name)}</td>'
        + "".join(f'<td style="text-align:right">{figure}</td>' for figure in figures)
        + "</tr>"
        for name, *figures in body
    )
    titles = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in head)
    widths = [max(len(line[at]) for line in [head, *body]) for at in range(len(head))]
    plain = [
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in [head, *body]
    ]
    table = f'<table class="gochan-go"><tr>{titles}</tr>{cells}</table>'
    return {"text/html": table, "text/plain": "\n".join(plain)}


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"

"""A trace as a file for Perfetto, in the Chrome JSON format that it opens.

Source: "Trace Event Format", the complete (X), flow (s, f), instant (i) and metadata (M) events.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..runtime import event as kinds
from .trace import CLOCK, Trace

PROCESS = 1
INSTANTS = (kinds.CLOSE, kinds.CRASH, kinds.FIRE, kinds.CANCEL, kinds.EXPIRE, kinds.PRINT)
MICROSECOND = 1_000  # nanoseconds; the format counts in these


def write_perfetto(trace: Trace, path: str | Path) -> None:
    """Writes the file."""
    Path(path).write_text(perfetto_text(trace), encoding="utf-8")


def perfetto_text(trace: Trace) -> str:
    """What is in the file."""
    return json.dumps({"traceEvents": list(_rows(trace)), "displayTimeUnit": "ms"})


def _rows(trace: Trace) -> Iterator[dict[str, Any]]:
    for goroutine in trace.goroutines:
        name = f"goroutine {goroutine.id} ({goroutine.name})"
        yield {**_at("M", goroutine.id), "name": "thread_name", "args": {"name": name}}
    for span in trace.spans():
        yield {
            **_at("X", span.goroutine, span.start),
            "name": span.reason if span.object is None else f"{span.reason} {span.object}",
            "cat": span.state,
            "dur": (span.end - span.start) / MICROSECOND,
            "args": {"steps": f"{span.first_step}-{span.last_step}"},
        }
    for number, message in enumerate(trace.messages()):
        if message.receiver is None:
            continue
        flow = {"name": message.channel, "cat": "message", "id": number}
        yield {**_at("s", message.sender, message.sent), **flow}
        yield {**_at("f", message.receiver, message.received), **flow, "bp": "e"}
    for event in trace.events:
        if event.kind in INSTANTS:
            name = f"{event.kind} {event.object or event.value or ''}"
            scope = "t" if event.goroutine != CLOCK else "g"  # the clock has no line of its own
            yield {**_at("i", event.goroutine, event.time), "name": name, "s": scope}


def _at(phase: str, goroutine: int, time: int = 0) -> dict[str, Any]:
    return {"ph": phase, "pid": PROCESS, "tid": goroutine, "ts": time / MICROSECOND}

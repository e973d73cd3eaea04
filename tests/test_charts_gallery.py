"""Every chart, drawn from real small programs on light and on dark paper, and looked over.

The pictures are left in the artefacts folder. Checked is what an eye would mind: words that cover
each other, that leave the picture or can't be read, and pictures without words for those who don't
see them.
"""

from __future__ import annotations

import itertools
import time as wall
from pathlib import Path

import nbformat
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from nbclient import NotebookClient

from gochan import Chan, charts, context, explore, go, nil, panic, record, recv, select, sync, time
from gochan import work as occupy
from gochan.charts import style
from gochan.charts.figure import new_axes, png
from gochan.charts.signs import contrast, ink_on, inks
from gochan.trace.trace import Trace
from gochan.widgets import Player

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent
PAPERS = {"light": "#ffffff", "dark": "#111111"}
READABLE, VISIBLE = 4.5, 3.0  # contrast of words, and of marks


# -- programs --------------------------------------------------------------------------------------


def pool(workers=3, jobs_sent=12, capacity=4):
    jobs = Chan[int](capacity, name="jobs")
    results = Chan[int](name="results")
    done = sync.WaitGroup(name="done")

    def produce():
        for job in range(jobs_sent):
            time.sleep(0.1)
            jobs.send(job)
        jobs.close()

    def worker():
        for job in jobs:
            time.sleep(0.2 + 0.1 * (job % 3))
            results.send(job)

    def closer():
        done.wait()
        results.close()

    go(produce)
    for _ in range(workers):
        done.go(worker)
    go(closer)
    return sum(1 for _ in results)


def crossed_locks():
    first = sync.Mutex(name="first")
    second = sync.Mutex(name="second")
    done = sync.WaitGroup(name="done")

    def one():
        with first:
            time.sleep(1)
            with second:
                pass

    def two():
        with second:
            time.sleep(1)
            with first:
                pass

    done.go(one)
    done.go(two)
    done.wait()


def philosophers(count=5):
    forks = [sync.Mutex(name=f"fork {number}") for number in range(count)]
    done = sync.WaitGroup(name="done")

    def philosopher(number):
        with forks[number]:
            time.sleep(1)
            with forks[(number + 1) % count]:
                pass

    for number in range(count):
        done.go(philosopher, number)
    done.wait()


def waits_for_nothing():
    results = Chan[int](name="results")

    def worker():
        select(recv(nil), recv(results))

    go(worker)
    nil.recv()


def lonely_send():
    Chan[int](name="requests").send(1)


def locks_twice():
    lock = sync.Mutex(name="lock")
    lock.lock()
    lock.lock()


def leaky():
    for _ in range(8):
        answers = Chan[int](name="answers")

        def query(number, answers=answers):
            time.sleep(0.01 * (number + 1))
            answers.send(number)

        for number in range(3):
            go(query, number)
        answers.recv()
        time.sleep(0.02)
        occupy(0.01)


def requests_tree():
    request, _ = context.with_timeout(context.background(), 2)
    search, stop_search = context.with_cancel_cause(request)
    backend, _ = context.with_timeout(search, 1.5)
    log, _ = context.with_timeout(request, 5)
    context.with_cancel(context.background(), name="free")

    def watch(ctx):
        ctx.done().recv()

    go(watch, backend, name="backend reader")
    go(watch, backend, name="second reader")
    go(watch, log, name="logger")
    time.sleep(1)
    stop_search(ValueError("enough answers"))
    time.sleep(2)


def crash():
    closed = Chan[int](name="closed")

    def bad():
        time.sleep(1)
        closed.close()
        panic("out of paper")

    go(bad)
    time.sleep(2)


def shifts():
    done = sync.WaitGroup(name="done")
    for name, seconds in (("lea", 0.1), ("tom", 0.2), ("mia", 0.3), ("noah", 0.15)):

        def job(seconds=seconds):
            occupy(seconds)
            time.sleep(0.2)
            occupy(0.1)

        job.__name__ = name
        done.go(job)
    done.wait()


def at_one_instant():
    meet = Chan[str](name="meet")
    ctx, cancel = context.with_cancel(context.background())

    def giver():
        meet.send("a long value that is cut")

    go(giver)
    meet.recv()
    ctx.done()
    cancel()


def crowd():
    done = sync.WaitGroup(name="done")
    lock = sync.Mutex(name="lock")

    def member(number):
        ctx, cancel = context.with_cancel(context.background())
        with lock:
            occupy(0.01 * (number % 4 + 1))
        ctx.err()
        cancel()

    for number in range(30):
        done.go(member, number)
    done.wait()


def timers():
    news = Chan[int](name="news")
    ticker = time.Ticker(0.4)

    def listener():
        while select(recv(news), recv(time.after(0.5)))[0] == 0:
            pass

    go(listener)
    for number in range(4):
        time.sleep(0.3)
        news.send(number)
    for _ in range(4):
        ticker.c.recv()


def alone():
    time.sleep(1)
    occupy(1)


def nothing():
    pass


def race():
    first = sync.Mutex(name="first")
    second = sync.Mutex(name="second")
    done = sync.WaitGroup(name="done")

    def locked(a, b):
        with a, b:
            pass

    done.go(locked, first, second)
    done.go(locked, second, first)
    done.wait()


def trace_of(program, *args, **options):
    return record(program, *args, **options).trace


EMPTY = Trace((), (), ())
MEASURED = {
    "unbuffered channel": [3.1e-7 + 1e-9 * (number * 37 % 50) for number in range(30)],
    "sync.Mutex": [1.1e-7 + 1e-9 * (number * 17 % 40) for number in range(200)],
    "not yet": [],
}
FAR = {"gochan": [3.6e-7, 3.9e-7], "threads": [5.7e-5, 6.1e-5, 1.1e-4]}
OVER = {
    "mutex": {n: [1e-7 * n**0.5, 1.2e-7 * n**0.5, 1.1e-7 * n**0.5] for n in (1, 2, 4, 8, 16)},
    "channel": {n: [2e-7 * n**0.4, 2.5e-7 * n**0.4] for n in (1, 2, 4, 8, 16)},
    "atomic": {n: [0.9e-7 * n**0.5] for n in (1, 2, 4, 8)},
}
GROWN = [(calls, 1 + 2 * calls, 9e6 + 7_000 * calls) for calls in range(0, 1001, 100)]

GALLERY = {
    "timeline": lambda ax: charts.timeline(trace_of(pool), ax),
    "timeline_philosophers": lambda ax: charts.timeline(trace_of(philosophers), ax),
    "timeline_steps": lambda ax: charts.timeline(trace_of(crossed_locks), ax, "step"),
    "timeline_contexts": lambda ax: charts.timeline(trace_of(requests_tree), ax),
    "timeline_crash": lambda ax: charts.timeline(trace_of(crash), ax),
    "timeline_instant": lambda ax: charts.timeline(trace_of(at_one_instant), ax, "step"),
    "timeline_crowd": lambda ax: charts.timeline(trace_of(crowd), ax),
    "timeline_timers": lambda ax: charts.timeline(trace_of(timers), ax),
    "timeline_alone": lambda ax: charts.timeline(trace_of(alone), ax),
    "occupancy": lambda ax: charts.occupancy(trace_of(pool, 2), "jobs", ax),
    "occupancy_unbuffered": lambda ax: charts.occupancy(trace_of(pool, 4), "results", ax),
    "wait_for_locks": lambda ax: charts.wait_for(trace_of(crossed_locks), ax=ax),
    "wait_for_philosophers": lambda ax: charts.wait_for(trace_of(philosophers), ax=ax),
    "wait_for_9": lambda ax: charts.wait_for(trace_of(philosophers, 9), ax=ax),
    "wait_for_11": lambda ax: charts.wait_for(trace_of(philosophers, 11), ax=ax),
    "wait_for_14": lambda ax: charts.wait_for(trace_of(philosophers, 14), ax=ax),
    "wait_for_self": lambda ax: charts.wait_for(trace_of(locks_twice), ax=ax),
    "wait_for_send": lambda ax: charts.wait_for(trace_of(lonely_send), ax=ax),
    "wait_for_nil": lambda ax: charts.wait_for(trace_of(waits_for_nothing), ax=ax),
    "wait_for_pool": lambda ax: charts.wait_for(trace_of(pool), at=0.75, ax=ax),
    "wait_for_crowd": lambda ax: charts.wait_for(trace_of(crowd), at=0.1, ax=ax),
    "wait_for_leaks": lambda ax: charts.wait_for(trace_of(leaky), ax=ax),
    "wait_for_nobody": lambda ax: charts.wait_for(trace_of(nothing), ax=ax),
    "goroutines": lambda ax: charts.goroutines(trace_of(leaky), ax),
    "goroutines_pool": lambda ax: charts.goroutines(trace_of(pool), ax),
    "goroutines_steps": lambda ax: charts.goroutines(trace_of(lonely_send), ax),
    "growth": lambda ax: charts.growth(GROWN, ax),
    "growth_two": lambda ax: charts.growth(
        {"leaky": GROWN, "fixed": [(calls, 1, 9e6) for calls, _, _ in GROWN]}, ax
    ),
    "growth_counts": lambda ax: charts.growth([(0, 1, None), (10, 11, None)], ax, "time (s)"),
    "lines": lambda ax: charts.lines([(2, 5), (1, 40), (4, 0)], ax),
    "lines_two": lambda ax: charts.lines(
        {"with flags": [(n, 10 * n) for n in range(9)], "with nil": [(n, 0) for n in range(9)]},
        ax,
        over="seconds between the two closings",
        label="turns for nothing",
        at=5,
    ),
    "lines_hold": lambda ax: charts.lines([(n, n * 3 % 7) for n in range(9)], ax, holds=True),
    "contexts": lambda ax: charts.contexts(trace_of(requests_tree), ax),
    "contexts_instant": lambda ax: charts.contexts(trace_of(at_one_instant), ax),
    "contexts_crowd": lambda ax: charts.contexts(trace_of(crowd), ax),
    "contexts_none": lambda ax: charts.contexts(trace_of(alone), ax),
    "processors": lambda ax: charts.processors([trace_of(shifts, procs=n) for n in (1, 2, 4)], ax),
    "processors_2": lambda ax: charts.processors(trace_of(shifts, procs=2), ax),
    "processors_crowd": lambda ax: charts.processors(trace_of(crowd, procs=16), ax),
    "processors_none": lambda ax: charts.processors(trace_of(nothing), ax),
    "latency": lambda ax: charts.latency(
        {f"{n} workers": trace_of(pool, n, 40) for n in (2, 3, 4)}, ax=ax
    ),
    "latency_measured": lambda ax: charts.latency(MEASURED["sync.Mutex"], ax=ax),
    "throughput": lambda ax: charts.throughput(trace_of(pool, 2, 40), ax=ax),
    "throughput_measured": lambda ax: charts.throughput(
        [(n / 10, n / 10 + n * 7 % 13 / 10) for n in range(60)] + [(6, None)], ax=ax
    ),
    "timings": lambda ax: charts.timings(MEASURED, ax, "time per operation"),
    "timings_far": lambda ax: charts.timings(FAR, ax),
    "timings_over": lambda ax: charts.timings(OVER, ax, "time per operation", "goroutines"),
    "outcomes": lambda ax: charts.outcomes(explore(race), ax),
    "schedules": lambda ax: charts.schedules(explore(race), ax),
    "tally": lambda ax: charts.tally({"north": 508, "south": 492}, ax),
    "tally_many": lambda ax: charts.tally({f"case {n}": 7 * n % 20 for n in range(16)}, ax),
}


# -- looking at them -------------------------------------------------------------------------------


def texts_drawn(figure):
    """Every text that is seen, with the box that it takes in pixels."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    hidden = set()
    for axes in figure.findobj(Axes):
        for axis in (axes.xaxis, axes.yaxis):
            ticks = set(axis._update_ticks()) if axes.axison and axis.get_visible() else set()
            every = itertools.chain(axis.get_major_ticks(), axis.get_minor_ticks())
            hidden |= {
                label for tick in every if tick not in ticks for label in (tick.label1, tick.label2)
            }
            if not axes.axison:
                hidden |= {axis.label, axis.offsetText}
    found = []
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            box = text.get_window_extent(renderer)
            clip = text.get_clip_box() if text.get_clip_on() else None
            if clip is None or box.overlaps(clip):
                found.append((text, box))
    return found


def overlapping(found):
    """Pairs of texts of which one covers the other."""
    return [
        (one.get_text(), other.get_text())
        for (one, box), (other, second) in itertools.combinations(found, 2)
        if box.x0 + 1 < second.x1
        and second.x0 + 1 < box.x1
        and box.y0 + 1 < second.y1
        and second.y0 + 1 < box.y1
    ]


def outside(figure, found):
    """Texts that leave the picture."""
    width, height = figure.bbox.width, figure.bbox.height
    return [
        text.get_text()
        for text, box in found
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > width + 0.5 or box.y1 > height + 0.5
    ]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", GALLERY)
def test_no_words_cover_each_other_or_leave_the_picture(name, paper, artefacts):
    axes = GALLERY[name](None)
    if paper == "dark":
        width, height = axes.figure.get_size_inches()
        axes = GALLERY[name](new_axes(width, height, PAPERS["dark"]))
    figure = axes.figure
    (artefacts / f"chart_{name}_{paper}.png").write_bytes(png(axes))
    found = texts_drawn(figure)
    assert found
    assert overlapping(found) == []
    assert outside(figure, found) == []
    for text, _ in found:
        behind, color = text.get_bbox_patch(), to_hex(text.get_color())
        if color in {inks(axes).text, inks(axes).quiet}:
            on = PAPERS[paper] if behind is None else to_hex(behind.get_facecolor())
            assert contrast(color, on) >= READABLE, text
        else:
            assert color in {style.INK, "#ffffff"}, text  # words on a filled mark


@pytest.mark.parametrize("name", GALLERY)
def test_every_picture_has_alt_text_of_whole_sentences(name):
    label = GALLERY[name](None).figure.get_label()
    assert len(label) > 30
    assert label.endswith(".")


@pytest.mark.parametrize("name", GALLERY)
def test_every_chart_draws_into_the_axes_it_is_given_and_shows_itself(name):
    own = Figure().add_subplot()
    assert GALLERY[name](own) is own
    bundle, metadata = GALLERY[name](None)._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/html"].count("<img") == 1
    assert metadata["image/png"]["alt"] == bundle["text/plain"] != ""


# -- the palette -----------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
def test_words_can_be_read_and_marks_seen_on_both_papers(paper):
    ink = inks(new_axes(paper=PAPERS[paper]))
    assert ink.paper == PAPERS[paper]
    assert contrast(ink.text, ink.paper) >= READABLE
    assert contrast(ink.quiet, ink.paper) >= READABLE
    for color in ink.series:
        assert contrast(color, ink.paper) >= VISIBLE, color
        assert contrast(ink_on(color), color) >= READABLE, color


def test_words_on_the_bars_of_every_state_can_be_read():
    for state, look in style.LOOKS.items():
        assert contrast(look.text, look.fill) >= READABLE, state


def test_states_and_series_differ_without_colour_too():
    hatches = [look.hatch for look in style.LOOKS.values() if look.fill != look.color]
    assert len(set(hatches)) == len(hatches)
    assert len(style.SERIES) == len(style.SERIES_ON_DARK) <= len(style.SHAPES)
    assert len(set(style.SHAPES)) == len(style.SHAPES)


def test_contrast_is_that_of_the_web_s_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


# -- very large, and in a notebook -----------------------------------------------------------------


@pytest.fixture(scope="module")
def large():
    def main():
        jobs, results = Chan[int](4, name="jobs"), Chan[int](name="results")

        def worker():
            for job in jobs:
                time.sleep(0.001)
                results.send(job)

        def collector():
            for _ in results:
                pass

        go(collector)
        for _ in range(3):
            go(worker)
        for job in range(9_000):
            jobs.send(job)
            if job % 100 == 0:
                context.with_cancel(context.background(), name="ctx")[1]()
                occupy(0.001)

    trace = trace_of(main, max_steps=10**6)
    assert len(trace.events) > 100_000
    return trace


@pytest.mark.parametrize(
    "draw",
    [
        charts.timeline,
        charts.occupancy,
        charts.wait_for,
        charts.goroutines,
        charts.contexts,
        charts.processors,
        charts.latency,
        charts.throughput,
    ],
)
def test_a_run_of_a_hundred_thousand_events_is_drawn(draw, large):
    start = wall.perf_counter()
    axes = draw(large)
    drawn = png(axes)
    print(f"{draw.__name__}: {wall.perf_counter() - start:.2f} s, {len(large.events):,} events")
    assert drawn
    artists = len(axes.findobj())
    assert artists < 3_000, artists  # their number must not grow with the run


CELLS = """
from gochan import Chan, charts, explore, go, record

def main():
    meet = Chan[int](name="meet")
    go(meet.send, 1)
    return meet.recv()

trace, found = record(main).trace, explore(main)
---
charts.timeline(trace, axis="step")
---
charts.schedules(found)
---
charts.timings({"a": [1.0]}).figure
---
charts.wait_for(trace);
---
axes = charts.goroutines(trace)
"""


def test_as_the_last_line_of_a_cell_a_chart_shows_its_picture_once_with_alt_text():
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.split("---")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [[out.data for out in cell.outputs] for cell in cells]
    assert [len(outs) for outs in shown] == [0, 1, 1, 1, 0, 0]  # a semicolon says: don't
    for (data,), words in zip(shown[1:4], ("Timeline of 2", "Tree of", "Comparison"), strict=True):
        assert data["image/png"]
        assert data["text/html"].count("<img") == 1
        assert f'alt="{words}' in data["text/html"]
        assert data["text/plain"].startswith(words)


@pytest.mark.parametrize(
    "draw", [charts.wait_for, charts.goroutines, charts.contexts, charts.processors, charts.latency]
)
def test_a_chart_stands_below_a_player(draw):
    player = Player(pool, below=lambda result: draw(result.trace), workers=2)
    assert player._view.below["image"]
    assert player._view.below["alt"] == draw(trace_of(pool, 2)).figure.get_label()

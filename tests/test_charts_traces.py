"""The charts of traces: what they compute from small programs, their words, what they refuse."""

from __future__ import annotations

import math
import re

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gochan import Chan, charts, context, go, record, recv, select, sync, time, work
from gochan.analysis.contexts import contexts as contexts_of
from gochan.analysis.journeys import busy, inside, mean, way
from gochan.charts.axis import Along
from gochan.charts.contexts import rows
from gochan.charts.flow import flow_of
from gochan.charts.growth import growth_courses
from gochan.charts.latency import travels
from gochan.charts.layout import layout, stuck
from gochan.charts.placing import Free
from gochan.charts.population import ORDER, population
from gochan.charts.shifts import Shift, day
from gochan.charts.tally import Row, counted
from gochan.charts.thinning import in_columns, joined
from gochan.charts.throughput import littles_law
from gochan.trace.trace import BLOCKED, Trace

SECOND = 1_000_000_000
EMPTY = Trace((), (), ())


def trace_of(program, *args, **options):
    return record(program, *args, **options).trace


# -- the timeline's marks --------------------------------------------------------------------------


def requests():
    request, _ = context.with_timeout(context.background(), 2)
    search, stop_search = context.with_cancel_cause(request)
    page, _ = context.with_cancel(search)
    log, _ = context.with_timeout(request, 5)
    context.with_cancel(context.background(), name="free")

    def reader():
        page.done().recv()

    go(reader)
    time.sleep(1)
    stop_search(ValueError("enough"))
    log.done().recv()
    time.sleep(1)


def test_a_cancel_is_marked_where_it_was_done_and_a_deadline_where_it_was_set():
    marks = [
        (mark.lane, mark.kind, mark.time, mark.text)
        for mark in layout(trace_of(requests)).marks
        if mark.kind in ("cancel", "expire")
    ]
    assert marks == [(0, "cancel", SECOND, "search"), (0, "expire", 2 * SECOND, "request")]
    words = charts.timeline(trace_of(requests)).get_legend().get_texts()
    assert [text.get_text() for text in words][-2:] == ["cancel", "deadline"]


def timers():
    news = Chan[int]()

    def listener():
        while select(recv(news), recv(time.after(1)))[0] == 0:
            pass

    go(listener)
    news.send(7)
    ticker = time.Ticker(2)
    time.sleep(5)
    ticker.c.recv()
    time.after(0.5)  # nobody receives from it


def test_a_timer_s_value_is_marked_where_it_was_received():
    trace = trace_of(timers)
    marks = [mark for mark in layout(trace).marks if mark.kind == "fire"]
    assert [(mark.lane, mark.time, mark.text) for mark in marks] == [
        (1, 1 * SECOND, "timer 1s 2"),
        (0, 5 * SECOND, "ticker 2s"),
    ]
    words = charts.timeline(trace).get_legend().get_texts()
    assert "timer" in [text.get_text() for text in words]


def stuck_late():
    lock = sync.Mutex(name="lock")

    def late():
        time.sleep(1)
        lock.lock()

    lock.lock()
    go(late)
    time.sleep(0.5)
    Chan(name="never").recv()


def test_beside_the_lane_of_who_never_goes_on_stands_why_if_the_bar_is_too_short_for_it():
    trace = trace_of(stuck_late)
    assert [bar.text for bar in stuck(layout(trace))] == [
        "chan receive never",
        "sync.Mutex.Lock lock",
    ]
    axes = charts.timeline(trace)
    beside = [text for text in axes.texts if text.get_text() == "sync.Mutex.Lock lock"]
    assert [text.xy for text in beside] == [(1, 1)]
    assert [text.get_text() for text in axes.texts].count("chan receive never") == 1


def test_without_room_at_the_side_the_reason_stands_above_the_bar():
    axes = charts.timeline(trace_of(stuck_late), ax=Figure().add_subplot())
    (text,) = [text for text in axes.texts if text.get_text() == "sync.Mutex.Lock lock"]
    assert (text.get_ha(), text.xy[1]) == ("right", 0.7)


def test_values_stand_between_lanes_and_apart_from_each_other():
    def main():
        first = Chan[int](name="first")
        second = Chan[int](name="second")

        def taker():
            first.recv()

        def giver():
            second.send(2)

        go(taker)
        go(giver)
        time.sleep(1)
        first.send(1)
        second.recv()
        time.sleep(1)

    axes = charts.timeline(trace_of(main))
    places = {text.get_text(): text.get_position() for text in axes.texts}
    assert places["1"] == (1, 0.5)
    assert places["2"] == (1, 1.5)


def test_a_box_that_is_taken_is_not_given_again():
    free = Free()
    assert free.take(1, 1, 1, 0.2)
    assert not free.take(1.9, 1.1, 1, 0.2)
    assert free.take(2, 1, 1, 0.2)
    assert free.take(1, 1.21, 1, 0.2)


def test_what_is_narrower_than_a_column_is_summed_up_to_what_took_most_of_it():
    pieces = [(n / 10, n / 10 + (0.07 if n % 2 else 0.03), "ab"[n % 2]) for n in range(40)]
    assert in_columns(pieces, 4, 100) == pieces
    assert in_columns(pieces, 4, 4) == [(0, 4, "b")]
    early = [(0, 2, "a"), *((2 + n / 10, 2.1 + n / 10, "b") for n in range(10))]
    assert in_columns(early, 4, 4) == [(0, 2, "a"), (2, 3, "b")]


def test_stretches_are_joined_where_nothing_can_be_seen_between():
    assert joined([(3, 1), (0, 1), (1.05, 1)], 0.1) == [(0, 2.05), (3, 1)]


# -- goroutines ------------------------------------------------------------------------------------


def leaky():
    for _ in range(3):
        go(Chan(name="answers").recv)
        time.sleep(1)


def test_the_blocked_are_at_the_bottom_and_climb():
    trace = trace_of(leaky)
    geometry = population(trace, Along(trace))
    assert ORDER[0] == BLOCKED
    assert geometry.places == (0, 1, 2)
    assert [counts[0] for counts in geometry.counts] == [1, 2, 3]
    assert (geometry.most, geometry.left) == (4, 3)
    assert charts.goroutines(trace).figure.get_label() == (
        "Number of goroutines over 3s: 4 goroutines were started, at most 4 at a time, "
        "3 left at the end, 3 of them blocked. main returned."
    )


def test_by_steps_every_moment_of_an_instant_has_its_place():
    trace = trace_of(lambda: go(Chan(name="never").recv))
    assert charts.goroutines(trace).get_xlabel() == "step"
    geometry = population(trace, Along(trace))
    assert max(sum(counts) for counts in geometry.counts) == 2


def test_of_many_moments_at_one_spot_the_fullest_is_drawn():
    trace = trace_of(leaky)
    geometry = population(trace, Along(trace), most_points=1)
    assert max(sum(counts) for counts in geometry.counts) == geometry.most == 4


# -- growth ----------------------------------------------------------------------------------------


def test_rows_of_growth_are_sorted_and_memory_has_a_panel_if_it_was_measured():
    (course,) = growth_courses([(10, 11, 2e6), (0, 1, 1e6)])
    assert course == ("", (0, 10), (1, 11), (1e6, 2e6))
    axes = charts.growth([(10, 11, 2e6), (0, 1, 1e6)])
    assert [panel.get_ylabel() for panel in axes.child_axes] == ["goroutines", "memory (MB)"]
    assert axes.child_axes[-1].get_xlabel() == "calls"
    assert axes.figure.get_label() == (
        "Growth. from 1 to 11 goroutines, from 1 MB to 2 MB, over 10 calls."
    )
    assert len(charts.growth([(0, 1, None), (1, 2, 5.0)]).child_axes) == 1


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (None, TypeError, r"^growth draws rows of calls \(or seconds\), goroutines and bytes"),
        ([(1, 2)], TypeError, r"^growth draws rows of calls"),
        ([("a", 2, 3)], TypeError, r"^growth draws rows of calls"),
        ([], ValueError, r"^growth needs at least one row$"),
        ({}, ValueError, r"^growth needs at least one row$"),
        ([(1, math.nan, 3)], ValueError, r"^growth draws finite numbers from 0 on, not nan$"),
        ([(1, -1, 3)], ValueError, r"^growth draws finite numbers from 0 on, not -1$"),
    ],
)
def test_what_is_no_growth_is_refused_in_a_sentence(given, error, says):
    with pytest.raises(error, match=says):
        charts.growth(given)


# -- lines -----------------------------------------------------------------------------------------


def test_lines_are_drawn_from_left_to_right_and_told_in_words():
    axes = charts.lines(
        {"a": [(3, 4), (1, 9)], "b": [(1, 0), (3, 0)]}, over="gap (s)", label="turns", at=2
    )
    drawn = [list(zip(*line.get_data(), strict=True)) for line in axes.get_lines()]
    assert drawn[:2] == [[(1, 9), (3, 4)], [(1, 0), (3, 0)]]
    assert list(axes.get_lines()[2].get_xdata()) == [2, 2]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("gap (s)", "turns")
    assert axes.figure.get_label() == (
        "turns over gap (s), 1 to 3. a: from 9 to 4, at most 9 at 1; "
        "b: from 0 to 0, at most 0 at 1. Marked: 2."
    )


def test_points_at_one_place_keep_their_order_so_that_a_level_ends_as_it_was_left():
    axes = charts.lines([(0, 0), (1, 2), (1, 1), (3, 1)], holds=True)
    (line,) = axes.get_lines()
    assert list(line.get_ydata()) == [0, 2, 1, 1]
    assert line.get_drawstyle() == "steps-post"


def test_what_is_counted_has_whole_numbers_at_the_axes():
    axes = charts.lines([(1, 0), (2, 1)])
    ticks = [*axes.get_xticks(), *axes.get_yticks()]
    assert all(float(tick).is_integer() for tick in ticks)
    assert not all(float(tick).is_integer() for tick in charts.lines([(0.2, 0.5)]).get_yticks())


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (None, TypeError, r"^lines draws pairs of numbers, such as"),
        ([(1, 2, 3)], TypeError, r"^lines draws pairs of numbers, such as"),
        ([(1, "2")], TypeError, r"^lines draws numbers, not '2'$"),
        ([], ValueError, r"^lines needs at least one pair of numbers$"),
        ({}, ValueError, r"^lines needs at least one pair of numbers$"),
        ([(1, math.nan)], ValueError, r"^lines draws finite numbers from 0 on, not nan$"),
        ([(-1, 1)], ValueError, r"^lines draws finite numbers from 0 on, not -1$"),
    ],
)
def test_what_are_no_lines_is_refused_in_a_sentence(given, error, says):
    with pytest.raises(error, match=says):
        charts.lines(given)


# -- contexts --------------------------------------------------------------------------------------


def test_contexts_know_their_parents_their_end_and_who_waits_for_it():
    found = {facts.name: facts for facts in contexts_of(trace_of(requests))}
    assert list(found) == ["request", "search", "page", "log", "free"]
    assert [facts.parent for facts in found.values()] == [
        None,
        "request",
        "search",
        "request",
        None,
    ]
    assert [facts.error for facts in found.values()] == [
        "DeadlineExceeded",
        "Canceled",
        "Canceled",
        "DeadlineExceeded",
        "",
    ]
    assert found["page"].ending.origin == "search"
    assert found["log"].ending.origin == "request"
    assert found["request"].deadline == 2 * SECOND
    assert found["log"].deadline is None  # as in Go, the parent's is sooner
    assert [(one.goroutine, one.end) for one in found["page"].watches] == [(2, SECOND)]


def test_contexts_of_one_name_are_told_apart():
    def main():
        for _ in range(2):
            outer, _ = context.with_cancel(context.background(), name="ctx")
            _, cancel = context.with_cancel(outer, name="ctx")
            cancel()

    found = contexts_of(trace_of(main))
    assert [(facts.name, facts.parent) for facts in found] == [
        ("ctx", None),
        ("ctx 2", "ctx"),
        ("ctx 3", None),
        ("ctx 4", "ctx 3"),
    ]
    assert [facts.error for facts in found] == ["", "Canceled", "", "Canceled"]


def test_who_derives_from_a_cancelled_context_is_cancelled_with_it():
    def main():
        ctx, cancel = context.with_cancel(context.background())
        cancel()
        context.with_cancel(ctx, name="heir")

    heir = contexts_of(trace_of(main))[1]
    assert (heir.ending.origin, heir.error) == ("ctx", "Canceled")


def test_the_rows_of_contexts_say_how_each_ended():
    trace = trace_of(requests)
    geometry = rows(trace, Along(trace))
    assert [(row.depth, row.told, row.from_above) for row in geometry.rows] == [
        (0, "DeadlineExceeded at 2s", False),
        (1, "Canceled at 1s by main: enough", False),
        (2, "Canceled at 1s, with search", True),
        (1, "DeadlineExceeded at 2s, with request", True),
        (0, "never cancelled", False),
    ]
    assert "page under search: Canceled at 1s, with search; reader waited for that" in (
        charts.contexts(trace).figure.get_label()
    )


def test_more_contexts_than_rows_are_folded_with_their_count():
    def main():
        for _ in range(20):
            context.with_cancel(context.background(), name="ctx")

    axes = charts.contexts(trace_of(main))
    assert "and 8 more contexts" in {text.get_text() for text in axes.texts}
    assert axes.figure.get_label().endswith("And 8 more.")


# -- processors ------------------------------------------------------------------------------------


def two_jobs():
    done = sync.WaitGroup(name="done")
    done.go(work, 1)
    done.go(work, 0.5)
    done.wait()


def test_on_two_processors_both_work_at_once_and_on_one_by_turns():
    together = day(trace_of(two_jobs, procs=2))
    assert together.shifts == (
        Shift(0, "work g3", 0, SECOND // 2),
        Shift(1, "work g2", 0, SECOND),
    ) or together.shifts == (
        Shift(0, "work g2", 0, SECOND),
        Shift(1, "work g3", 0, SECOND // 2),
    )
    assert sorted(together.busy) == [SECOND // 2, SECOND]
    assert together.waiting == ()
    alone = day(trace_of(two_jobs))
    assert alone.busy == (3 * SECOND // 2,)
    assert max(count for _, count in alone.waiting) == 1
    assert alone.names == ("work g2", "work g3")


def test_processors_of_several_runs_share_one_axis_and_their_colours():
    axes = charts.processors([trace_of(two_jobs, procs=n) for n in (1, 2, 4)])
    assert axes.get_xlim() == (0, 1.5)
    titles = [text.get_text() for text in axes.texts if "processor" in text.get_text()]
    assert titles == ["1 processor: 1.5s", "2 processors: 1s", "4 processors: 1s"]
    labels = [label.get_text().split("\n") for label in axes.get_yticklabels()]
    assert labels[0] == ["processor 0", "100% busy"]
    assert len(labels) == 1 + 1 + 2 + 4
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["work g2", "work g3"]


def test_more_processors_than_lanes_are_folded_with_their_count():
    axes = charts.processors(trace_of(two_jobs, procs=40))
    assert len(axes.get_yticks()) == 12
    assert "and 28 more processors" in {text.get_text() for text in axes.texts}
    many = charts.processors([trace_of(two_jobs, procs=n) for n in (1, 8, 16)])
    assert sum("busy" in label.get_text() for label in many.get_yticklabels()) <= 12


def test_what_is_no_trace_to_processors_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match=r"^processors draws a Trace, not Result: use record"):
        charts.processors([record(two_jobs)])
    with pytest.raises(ValueError, match=r"^processors draws at least one trace$"):
        charts.processors([])


# -- journeys --------------------------------------------------------------------------------------


def pool(workers=2, jobs_sent=4):
    jobs = Chan[int](4, name="jobs")
    results = Chan[int](name="results")

    def worker():
        for job in jobs:
            time.sleep(1)
            results.send(job * 10)

    for _ in range(workers):
        go(worker)
    for job in range(jobs_sent):
        jobs.send(job)
    jobs.close()
    for _ in range(jobs_sent):
        results.recv()


def test_a_journey_goes_from_the_job_to_the_result_that_it_leads_to():
    found = way(trace_of(pool))
    assert (found.source, found.sink) == ("jobs", "results")
    assert [(one.value, one.start, one.end) for one in found.journeys] == [
        ("0", 0, SECOND),
        ("1", 0, SECOND),
        ("2", 0, 2 * SECOND),
        ("3", 0, 2 * SECOND),
    ]


def test_through_one_channel_it_goes_from_the_send_to_the_receive():
    found = way(trace_of(pool, 1), "jobs", "jobs")
    assert [one.end for one in found.journeys] == [0, SECOND, 2 * SECOND, 3 * SECOND]


def test_a_pipeline_is_followed_to_its_end_and_who_stays_inside_has_none():
    def main():
        stages = [Chan[int](name=name) for name in ("raw", "clean", "ready")]

        def stage(source, sink):
            for value in source:
                time.sleep(1)
                sink.send(value)

        go(stage, stages[0], stages[1])
        go(stage, stages[1], stages[2])
        stages[0].send(1)
        stages[0].send(2)
        stages[2].recv()

    found = way(trace_of(main))
    assert (found.source, found.sink) == ("raw", "ready")
    assert [(one.start, one.end) for one in found.journeys] == [(0, 2 * SECOND), (SECOND, None)]


def test_a_value_that_is_dropped_on_the_way_never_leaves():
    def main():
        numbers, even = Chan[int](name="numbers"), Chan[int](4, name="even")

        def sieve():
            for number in numbers:
                time.sleep(1)
                if number % 2 == 0:
                    even.send(number)

        go(sieve)
        for number in range(4):
            numbers.send(number)
        time.sleep(2)

    found = way(trace_of(main))
    assert [one.end for one in found.journeys] == [SECOND, None, 3 * SECOND, None]


def test_a_program_without_values_has_no_journey():
    with pytest.raises(ValueError, match=r"^no value went through a channel in this trace$"):
        way(trace_of(two_jobs))
    with pytest.raises(KeyError, match="no channel 'orders' in this trace; it has jobs, results"):
        charts.latency(trace_of(pool), "orders")


def test_little_s_law_holds_to_the_nanosecond():
    for workers in (1, 2, 3):
        flow = flow_of(trace_of(pool, workers, 7), None, None)
        assert flow.mean_inside == pytest.approx(flow.rate * flow.time_inside)
    rows_ = [(0.0, 2.0), (1.0, 4.0), (3.0, None)]
    flow = flow_of(rows_, None, None)
    assert (flow.arrived, flow.left, flow.end) == (3, 2, 4 * SECOND)
    assert flow.mean_inside == pytest.approx((2 + 3 + 1) / 4)
    assert littles_law(flow) == "values: 1.50 inside = 0.75 a second x 2.00 s each"


def test_workers_are_busy_while_they_have_a_job():
    trace = trace_of(pool, 2, 3)
    levels, workers = busy(trace, "jobs")
    assert workers == 2
    assert [(level.time, level.number) for level in levels] == [
        (0, 2),
        (SECOND, 1),
        (2 * SECOND, 0),
    ]
    assert mean(levels, 0, trace.end) == 1.5
    assert [level.number for level in inside(way(trace).journeys)] == [3, 1, 0]


def test_the_panels_of_throughput_are_rate_inside_queue_and_busy():
    axes = charts.throughput(trace_of(pool, 1, 4))
    assert [panel.get_ylabel() for panel in axes.child_axes] == [
        "leave a second",
        "inside",
        "queue",
        "busy of 1",
    ]
    bars = [(bar.get_x(), bar.get_height()) for bar in axes.child_axes[0].patches]
    assert sum(height for _, height in bars) / len(bars) == pytest.approx(1)
    assert axes.figure.get_label() == (
        "Flow of 4 values over 4s, 4 of them left. Little's law for jobs to results: "
        "2.50 inside = 1.00 a second x 2.50 s each. At most 4 inside; 1 worker, busy for "
        "100% of the time."
    )
    assert len(charts.throughput([(0, 1), (1, 2)]).child_axes) == 2


def test_latency_marks_three_percentiles_of_a_trace_or_of_measured_seconds():
    geometry = travels({"one": [n / 100 for n in range(1, 101)], "pool": trace_of(pool)})
    one, two = geometry.rows
    assert one.percentiles == pytest.approx((0.505, 0.9505, 0.9901))
    assert one.told == "50 %: 505 ms · 95 %: 950 ms · 99 %: 990 ms · 100 values"
    assert two.told == "50 %: 1.50 s · 95 %: 2.00 s · 99 %: 2.00 s · 4 values"
    axes = charts.latency(trace_of(pool))
    assert [line.get_xdata()[0] for line in axes.lines[1:]] == pytest.approx([1.5, 2, 2])


def test_of_very_many_latencies_the_fastest_and_the_slowest_are_drawn():
    axes = charts.latency([n / 1e5 for n in range(1, 50_001)])
    drawn = axes.lines[0].get_xdata()
    assert len(drawn) == 1_000
    assert (min(drawn), max(drawn)) == (0.01, 500)


@pytest.mark.parametrize(
    ("draw", "given", "error", "says"),
    [
        (charts.latency, None, TypeError, r"^latency draws a Trace or a list of seconds, not None"),
        (charts.latency, [], ValueError, r"^latency needs at least one measured time$"),
        (charts.latency, {}, ValueError, r"^latency needs a trace or a list of seconds$"),
        (charts.latency, [math.nan], ValueError, r"^the times of latency are finite and not neg"),
        (charts.latency, ["a"], TypeError, r"^the times of latency are a list of seconds"),
        (charts.throughput, None, TypeError, r"^throughput draws a Trace or rows of when a value"),
        (charts.throughput, [], ValueError, r"^throughput needs at least one value$"),
        (charts.throughput, [1], TypeError, r"^a row of throughput is when a value came in"),
        (charts.throughput, [("a", 1)], TypeError, r"^a row of throughput is when a value came in"),
        (charts.throughput, [(2, 1)], ValueError, r"^a value comes in at 0 s or later, and leaves"),
        (charts.throughput, [(math.nan, 1)], ValueError, r"^a value comes in at 0 s or later"),
        (charts.goroutines, 3, TypeError, r"^goroutines draws a Trace, not int: use record"),
        (charts.contexts, None, TypeError, r"^contexts draws a Trace, not NoneType: use record"),
        (charts.occupancy, [], TypeError, r"^occupancy draws a Trace, not list: use record"),
    ],
)
def test_what_can_t_be_drawn_is_refused_in_a_sentence(draw, given, error, says):
    with pytest.raises(error, match=says):
        draw(given)


@pytest.mark.parametrize("draw", [charts.goroutines, charts.contexts])
def test_another_axis_is_refused_in_a_sentence(draw):
    with pytest.raises(ValueError, match=r'^axis is "time" or "step", not \'lane\'$'):
        draw(trace_of(leaky), axis="lane")


@pytest.mark.parametrize(
    "draw",
    [charts.timeline, charts.wait_for, charts.goroutines, charts.contexts, charts.processors],
)
def test_an_empty_trace_is_drawn_too(draw):
    assert isinstance(draw(EMPTY), Axes)


# -- tallies ---------------------------------------------------------------------------------------


def test_a_tally_has_shares_and_the_range_of_a_fair_lot():
    geometry = counted({"north": 60, "south": 40, "never": 0})
    assert geometry.rows == (Row("north", 60, 0.6), Row("south", 40, 0.4), Row("never", 0, 0.0))
    assert (geometry.total, geometry.fair) == (100, 1 / 3)
    assert (geometry.low, geometry.high) == pytest.approx((0.239, 0.428), abs=0.001)


def test_more_draws_make_the_range_narrower_and_it_stays_within_0_and_1():
    wide, narrow = counted({"a": 5, "b": 5}), counted({"a": 500, "b": 500})
    assert narrow.high - narrow.low == pytest.approx((wide.high - wide.low) / 10)
    assert (counted({"a": 1, "b": 0}).low, counted({"a": 1}).high) == (0.0, 1.0)


def test_a_tally_says_the_same_in_words():
    label = charts.tally({"north": 508, "south": 492}).figure.get_label()
    assert label == (
        "Tally of 1,000 draws: north 508 (50.8%), south 492 (49.2%). A fair share is 50.0%; "
        "19 of 20 fair lots lie between 46.8% and 53.2%."
    )


@pytest.mark.parametrize(
    ("counts", "error", "sentence"),
    [
        ([508, 492], TypeError, "tally draws counts by name, {'north': 508}, not [508, 492]"),
        ({"north": 1.5}, TypeError, "tally draws whole numbers: 'north' came 1.5 times"),
        ({"north": True}, TypeError, "tally draws whole numbers: 'north' came True times"),
        ({"north": -1}, ValueError, "tally: 'north' can't have come -1 times"),
        ({}, ValueError, "tally: nothing was counted"),
        ({"north": 0}, ValueError, "tally: nothing was counted"),
    ],
)
def test_what_is_no_tally_is_refused_with_a_sentence(counts, error, sentence):
    with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
        charts.tally(counts)

"""Pictures are checked by their geometry and their words, not by pixels."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gochan import Chan, charts, go, record, recv, run, select, sync, time, work
from gochan.analysis.waits import wakers
from gochan.analysis.words import description, sentences
from gochan.charts.figure import nice_unit, png
from gochan.charts.layout import Arrow, Bar, Lane, layout
from gochan.charts.occupancy import waits


def packing(capacity=1):
    belt = Chan[int](capacity)

    def press():
        for box in range(3):
            belt.send(box)
        belt.close()

    go(press)
    for _ in belt:
        work(0.5)


def test_lanes_bars_and_arrows_of_a_small_program():
    geometry = layout(record(packing).trace)
    assert geometry.lanes == (Lane(1, "main"), Lane(2, "press"))
    assert geometry.end == 1_500_000_000
    wide = [
        (bar.lane, bar.state, bar.text, bar.start, bar.end)
        for bar in geometry.bars
        if bar.end > bar.start
    ]
    assert sorted(wide) == [
        (0, "working", "working processor 0", 0, 500_000_000),
        (0, "working", "working processor 0", 500_000_000, 1_000_000_000),
        (0, "working", "working processor 0", 1_000_000_000, 1_500_000_000),
        (1, "blocked", "chan send belt", 0, 500_000_000),
    ]
    values = [(a.from_lane, a.to_lane, a.channel, a.value, a.start, a.end) for a in geometry.arrows]
    assert values == [
        (1, 0, "belt", "0", 0, 0),
        (1, 0, "belt", "1", 0, 500_000_000),
        (1, 0, "belt", "2", 500_000_000, 1_000_000_000),
    ]


def test_steps_are_counted_without_gaps_and_bars_of_a_lane_follow_each_other():
    geometry = layout(record(packing).trace)
    assert len(geometry.steps) == len(geometry.times)
    assert list(geometry.times) == sorted(geometry.times)
    for number in range(len(geometry.lanes)):
        bars = [bar for bar in geometry.bars if bar.lane == number]
        for before, after in itertools.pairwise(bars):
            assert before.last_step <= after.first_step
        assert all(0 <= bar.first_step <= bar.last_step <= len(geometry.steps) for bar in bars)


def test_goroutines_beyond_twelve_are_folded_with_their_count():
    def crowd():
        done = sync.WaitGroup()
        for _ in range(30):
            done.go(time.sleep, 1)
        done.wait()

    trace = record(crowd).trace
    geometry = layout(trace)
    assert (len(geometry.lanes), geometry.folded) == (12, 19)
    texts = [text.get_text() for text in charts.timeline(trace).texts]
    assert "and 19 more goroutines" in texts


def test_a_long_run_is_drawn_with_few_pieces_and_without_its_arrows():
    def long():
        belt = Chan[int]()
        go(lambda: [(time.sleep(0.001), belt.send(box)) for box in range(3_000)])
        for _ in range(3_000):
            belt.recv()

    axes = charts.timeline(record(long).trace)
    pieces = sum(len(collection.get_paths()) for collection in axes.collections)
    assert pieces < 20
    texts = [text.get_text() for text in axes.texts]
    assert "the arrows of 3,000 values are left out" in texts


def test_two_goroutines_of_one_name_are_told_apart():
    def pair():
        done = sync.WaitGroup()
        for _ in range(2):
            done.go(time.sleep, 1)
        done.wait()

    assert [lane.label for lane in layout(record(pair).trace).lanes] == [
        "main",
        "sleep g2",
        "sleep g3",
    ]


def test_timeline_draws_into_the_axes_it_is_given_and_returns_them():
    axes = Figure().add_subplot()
    assert charts.timeline(record(packing).trace, ax=axes) is axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["main", "press"]
    assert axes.get_xlabel() == "program time (s)"


def test_timeline_by_step_has_a_unit_for_each_step():
    trace = record(packing).trace
    axes = charts.timeline(trace, axis="step")
    assert axes.get_xlabel() == "step"
    left, right = axes.get_xlim()
    assert left == 0
    assert len(layout(trace).steps) < right < len(layout(trace).steps) + 1


def test_a_program_at_one_instant_has_a_timeline_by_step():
    def instant():
        meet = Chan[int]()
        go(meet.send, 1)
        meet.recv()

    trace = record(instant).trace
    assert trace.end == 0
    assert isinstance(charts.timeline(trace), Axes)
    assert isinstance(charts.timeline(trace, axis="step"), Axes)


def test_who_is_blocked_at_the_end_is_drawn_beyond_it():
    def stuck():
        go(time.sleep, 1)
        Chan().recv()

    axes = charts.timeline(record(stuck).trace)
    ends = [path.vertices[:, 0].max() for bars in axes.collections for path in bars.get_paths()]
    assert max(ends) == axes.get_xlim()[1] > 1


def test_wrong_axis_and_wrong_things_are_refused_in_a_sentence():
    trace = record(packing).trace
    with pytest.raises(ValueError, match=r'^axis is "time" or "step", not \'colour\'$'):
        charts.timeline(trace, axis="colour")
    with pytest.raises(TypeError, match=r"^timeline draws a Trace, not Result: use record"):
        charts.timeline(record(packing))
    with pytest.raises(KeyError, match="no channel 'jobs' in this trace; it has belt"):
        charts.occupancy(trace, "jobs")
    with pytest.raises(ValueError, match=r"^this trace has no channel to draw$"):
        charts.occupancy(run(lambda: None, trace=True).trace)


def test_the_alt_text_says_who_was_blocked_how_long_on_what():
    axes = charts.timeline(record(packing, 1).trace)
    assert axes.figure.get_label() == (
        "Timeline of 2 goroutines over 1.5s, 3 values sent. "
        "press is blocked for 500ms, mostly in chan send on belt. main returned."
    )


def test_the_alt_text_of_a_deadlock_says_so():
    def stuck():
        Chan().recv()

    assert description(record(stuck).trace) == (
        "Timeline of 1 goroutine over 0s, 0 values sent. "
        "It ended in a deadlock: nobody could go on."
    )


def test_occupancy_draws_the_buffer_and_who_waits_at_its_ends():
    trace = record(packing, 1).trace
    axes = charts.occupancy(trace)
    assert axes.get_ylabel() == "values in belt"
    assert axes.figure.get_label() == (
        "Values in channel belt over 1.5 s: at most 1 of 1. "
        "Senders wait for 0.5 s in all, receivers for 0 s."
    )
    assert [
        (span.goroutine, span.start, span.end) for span in waits(trace, "belt", "chan send")
    ] == [(2, 0, 500_000_000)]


def test_the_same_program_gives_the_same_picture_to_the_byte():
    def picture():
        return png(charts.timeline(record(packing).trace).figure)

    assert picture() == picture()


def test_sentences_say_who_did_what_and_what_came_of_it():
    def hand_over():
        results = Chan[int]()

        def worker():
            time.sleep(0.1)
            results.send(7)

        go(worker)
        results.recv()

    assert sentences(record(hand_over).trace) == [
        "main runs.",
        "main starts worker.",
        "main has to wait: nothing to receive from results.",
        "worker sleeps.",
        "At 100ms worker can go on.",
        "worker sends 7 on results; main receives 7 from results; main can go on.",
        "worker returns.",
        "main returns: the program is over.",
    ]


def test_wakers_are_those_who_do_the_opposite_in_this_run():
    def program():
        results = Chan[int]()
        stop = Chan[int]()

        def worker():
            time.sleep(1)
            results.send(1)

        def watcher():
            stop.recv()

        go(worker)
        go(watcher)
        select(recv(results), recv(stop))

    found = wakers(record(program).trace)
    assert found["select", "<-results, <-stop"] == (2,)
    assert found["chan receive", "stop"] == ()


@pytest.mark.parametrize(
    ("duration", "unit"),
    [(0, "s"), (999, "ns"), (1_000, "µs"), (5_000_000, "ms"), (2 * 10**9, "s")],
)
def test_an_axis_has_the_unit_in_which_it_reads_well(duration, unit):
    assert nice_unit(duration)[0] == unit


def test_geometry_is_plain_data():
    geometry = layout(record(packing).trace)
    assert isinstance(geometry.bars[0], Bar)
    assert isinstance(geometry.arrows[0], Arrow)

"""Who waits for whom: programs that get stuck, and the graph of it."""

from __future__ import annotations

import math
import sys

import pytest

from gochan import Chan, charts, go, nil, record, recv, runtime, select, sync, time
from gochan.analysis.waiting_for import Cycle, Help, Wait, waiting_for
from gochan.charts.wait_layout import HEIGHT, MOST_ROUND, WIDTH, wait_layout


def graph_of(program, *args, at=None, step=None, **options):
    return waiting_for(record(program, *args, **options).trace, at, step)


def alt(program, *args, **options):
    return charts.wait_for(record(program, *args).trace, **options).figure.get_label()


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


def philosophers(count):
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


def test_crossed_locks_are_a_cycle_and_main_waits_beside_it():
    graph = graph_of(crossed_locks)
    assert graph.cycles == (Cycle((2, 3), ("second", "first"), True),)
    assert graph.waits == (
        Wait(1, "done", "sync.WaitGroup.Wait"),
        Wait(2, "second", "sync.Mutex.Lock"),
        Wait(3, "first", "sync.Mutex.Lock"),
    )
    assert graph.helps == (
        Help("done", 2, False),
        Help("done", 3, False),
        Help("second", 3, True),
        Help("first", 2, True),
    )
    assert alt(crossed_locks) == (
        "Who waits for whom at 1s: 3 goroutines wait. "
        "Deadlock: one waits for second, held by two, who waits for first, held by one. "
        "main waits for done, where one and two could help."
    )


def test_before_the_deadlock_there_is_none():
    assert graph_of(crossed_locks, at=0.5).cycles == ()
    assert [one.state for one in graph_of(crossed_locks, at=0.5).parties] == [
        "blocked",
        "sleeping",
        "sleeping",
    ]
    trace = record(crossed_locks).trace
    assert waiting_for(trace, step=trace.last_step).cycles
    assert waiting_for(trace, step=trace.last_step - 1).cycles == ()
    assert waiting_for(trace, at=1_000) == waiting_for(trace)


def test_five_philosophers_are_one_circle_in_order():
    (cycle,) = graph_of(philosophers, 5).cycles
    assert cycle.goroutines == (2, 3, 4, 5, 6)
    assert cycle.things == ("fork 1", "fork 2", "fork 3", "fork 4", "fork 0")


def test_an_unbuffered_send_without_receiver_waits_where_nobody_can_help():
    def main():
        Chan[int](name="requests").send(1)

    graph = graph_of(main)
    assert graph.helps == graph.cycles == ()
    assert [(one.name, one.words) for one in graph.things] == [("requests", "nobody else receives")]
    assert alt(main) == (
        "Who waits for whom at 0s: 1 goroutine waits. "
        "main waits for requests (nobody else receives)."
    )


def test_a_nil_channel_waits_for_nothing_that_can_come_and_a_select_for_several():
    def main():
        results = Chan[int](name="results")

        def worker():
            results.send(1)
            select(recv(nil), recv(results))

        def stuck():
            select()

        go(worker)
        go(stuck)
        results.recv()
        nil.recv()

    graph = graph_of(main)
    assert [(one.name, one.words) for one in graph.things] == [
        ("nil", "nobody ever can"),
        ("results", "nobody else sends"),
    ]
    assert [wait.thing for wait in graph.waits if wait.goroutine == 2] == ["nil", "results"]
    assert "stuck waits for nothing that could come" in alt(main)


def test_locking_twice_is_a_circle_of_one():
    def main():
        lock = sync.Mutex(name="lock")
        lock.lock()
        lock.lock()

    assert graph_of(main).cycles == (Cycle((1,), ("lock",), True),)


def test_a_circle_out_of_which_somebody_can_help_is_no_deadlock():
    def main():
        question = Chan[int](name="question")
        answer = Chan[int](name="answer")

        def asker():
            question.send(1)
            answer.recv()

        def oracle():
            answer.send(0)
            question.recv()

        def helper():
            time.sleep(1)
            question.recv()
            time.sleep(1)
            question.send(2)

        go(asker)
        go(oracle)
        go(helper)
        time.sleep(5)

    (cycle,) = graph_of(main, at=0.5).cycles
    assert (cycle.goroutines, cycle.is_deadlock) == ((2, 3), False)
    assert "A circle, but others could help: asker waits for question" in alt(main, at=0.5)


def test_who_has_unlocked_holds_nothing_any_more():
    def main():
        lock = sync.Mutex(name="lock")
        lock.lock()
        lock.unlock()

        def other():
            lock.lock()
            time.sleep(5)

        go(other)
        runtime.gosched()
        lock.lock()

    assert graph_of(main, at=1).helps == (Help("lock", 2, True),)


def test_readers_hold_back_a_writer_and_a_waiting_writer_new_readers():
    def main():
        book = sync.RWMutex(name="book")

        def reader():
            book.rlock()
            time.sleep(5)

        def writer():
            time.sleep(1)
            book.lock()

        def late():
            time.sleep(2)
            book.rlock()

        go(reader)
        go(writer)
        go(late)
        time.sleep(4)

    graph = graph_of(main, at=3)
    assert {(help_.goroutine, help_.holds) for help_ in graph.helps} == {(2, True)}
    waits = {wait.goroutine: wait.thing for wait in graph.waits}
    assert waits == {3: "book", 4: "book"}


def test_a_timer_is_helped_by_the_clock_and_a_count_is_told():
    def main():
        done = sync.WaitGroup(name="done")
        done.add(3)

        def wait():
            done.wait()

        go(wait)
        select(recv(time.after(5)))

    graph = graph_of(main, at=1)
    assert [help_.goroutine for help_ in graph.helps] == [0]
    assert [one.words for one in graph.things if one.name == "done"] == ["nobody else counts down"]


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_as_many_as_were_counted_and_then_started_could_count_down(at_a_time):
    def main():
        staff = sync.WaitGroup(name="staff")
        never = Chan[int](name="never")
        for number in range(4):
            if number % at_a_time == 0:
                staff.add(at_a_time)
            go(never.recv)
        go(never.recv)  # not one of them
        staff.wait()

    graph = graph_of(main)
    assert [one.goroutine for one in graph.helps if one.thing == "staff"] == [2, 3, 4, 5]


def test_a_thousand_goroutines_behind_one_lock_are_found_quickly_and_folded():
    def main():
        lock = sync.Mutex(name="lock")
        lock.lock()
        for _ in range(1_000):
            go(lock.lock, name="member")
        runtime.gosched()
        Chan().recv()

    before = sys.getrecursionlimit()
    graph = graph_of(main)
    assert len(graph.waits) == 1_001
    assert sys.getrecursionlimit() == before
    geometry = wait_layout(graph)
    assert (sum(bool(box.state) for box in geometry.boxes), geometry.folded) == (12, 989)
    assert 1 in {box.key for box in geometry.boxes}  # who holds the lock


# -- the picture's geometry ------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 11, 14])
def test_boxes_never_cover_each_other_and_stay_inside(count):
    geometry = wait_layout(graph_of(philosophers, count))
    for box in geometry.boxes:
        assert -0.01 <= box.x - box.width / 2 <= box.x + box.width / 2 <= WIDTH + 0.01
        assert 0 <= box.y - HEIGHT / 2 <= box.y + HEIGHT / 2 <= geometry.height
        for other in geometry.boxes:
            assert (
                box is other
                or abs(box.x - other.x) >= (box.width + other.width) / 2
                or abs(box.y - other.y) >= HEIGHT
            )


def test_the_circle_goes_round_and_its_lines_are_marked():
    geometry = wait_layout(graph_of(philosophers, 5))
    assert geometry.is_deadlock
    ring = [box for box in geometry.boxes if box.in_cycle]
    middle = sum(box.x for box in ring) / len(ring), sum(box.y for box in ring) / len(ring)
    angles = [math.atan2(box.y - middle[1], box.x - middle[0]) for box in ring]
    turned = [(angle - angles[0]) % (2 * math.pi) for angle in angles]
    assert turned == sorted(turned)
    marked = [line for line in geometry.lines if line.in_cycle]
    assert len(marked) == 10
    assert [line.text for line in geometry.lines if line.kind == "helps"] == ["each of these 5"]


def test_a_longer_circle_stands_in_the_columns_with_its_lines_between_them():
    geometry = wait_layout(graph_of(philosophers, MOST_ROUND + 1))
    left = max(box.x + box.width / 2 for box in geometry.boxes if box.state)
    right = min(box.x - box.width / 2 for box in geometry.boxes if not box.state)
    assert left < right
    assert all(line.path for line in geometry.lines)
    assert sum(line.in_cycle for line in geometry.lines) == 2 * (MOST_ROUND + 1)


def test_a_circle_of_long_names_stands_in_the_columns_too_rather_than_cover_them():
    def main():
        locks = [sync.Mutex(name=f"the account of customer {number}") for number in range(7)]

        def clerk(number):
            with locks[number]:
                time.sleep(1)
                locks[(number + 1) % 7].lock()

        for number in range(7):
            go(clerk, number, name=f"the clerk of customer {number}")
        nil.recv()

    assert all(line.path for line in wait_layout(graph_of(main)).lines)
    assert not any(
        line.path for line in wait_layout(graph_of(philosophers, 7)).lines if line.in_cycle
    )


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"at": "1"}, TypeError, r"^at is a number, not '1'$"),
        ({"at": True}, TypeError, r"^at is a number, not True$"),
        ({"at": -1}, ValueError, r"^at is a finite number from 0 on, not -1$"),
        ({"at": math.nan}, ValueError, r"^at is a finite number from 0 on, not nan$"),
        ({"step": math.inf}, ValueError, r"^step is a finite number from 0 on, not inf$"),
        ({"at": 1, "step": 1}, ValueError, r"^at is a program time and step a step: give one"),
    ],
)
def test_what_is_no_moment_is_refused_in_a_sentence(options, error, says):
    with pytest.raises(error, match=says):
        charts.wait_for(record(crossed_locks).trace, **options)


def test_what_is_no_trace_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match=r"^wait_for draws a Trace, not Result: use record"):
        charts.wait_for(record(crossed_locks))

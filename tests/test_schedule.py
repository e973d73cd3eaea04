"""Schedules: a seed, its text, replaying it, and that a run repeats exactly."""

import itertools
import os
import subprocess
import sys
from collections import Counter

import pytest

from gochan import (
    Chan,
    Schedule,
    atomic,
    default,
    go,
    record,
    recv,
    run,
    runtime,
    select,
    send,
    sync,
    time,
    work,
)
from gochan.runtime.schedule import ScheduleError


def senders(count=3):
    """Goroutines 2, 3 … each send their number; in which order main gets the numbers."""

    def main():
        ch = Chan()
        for number in range(2, count + 2):
            go(ch.send, number)
        return tuple(ch.recv() for _ in range(count))

    return main


def everything():
    """A program with a bit of all there is."""
    ch, other, wg, mu = Chan(1), Chan(), sync.WaitGroup(), sync.Mutex()
    ticks, log = time.tick(0.5), []

    def producer(k):
        for n in range(5):
            with mu:
                log.append((k, n))
            select(send(ch, (k, n)), send(other, (n, k)))
            work(0.01 * k)

    for k in range(3):
        wg.go(producer, k)
    go(lambda: (wg.wait(), ch.close()))
    while True:
        match select(recv(ch), recv(other), recv(ticks), recv(time.after(3))):
            case 0, value, True:
                log.append(value)
            case 0, *_:
                return log
            case index, value, _:
                log.append((index, value))
        match select(recv(other), default):
            case 0, value, _:
                log.append(value)
        print(len(log))
        runtime.gosched()


# -- first come, first served ----------------------------------------------------------------


def test_without_a_seed_a_run_is_the_same_every_time():
    traces = {record(everything).trace.to_json() for _ in range(5)}
    assert len(traces) == 1


def test_without_a_seed_it_is_first_come_first_served():
    assert run(senders()).value == (2, 3, 4)
    assert run(senders()).schedule == Schedule()


def test_watching_a_program_does_not_change_its_course():
    values = [
        run(everything).value,
        record(everything).value,
        run(everything, max_steps=10**6).value,
        run(everything, trace=True).value,
    ]
    assert values == values[:1] * 4


# -- seeds -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_a_seed_repeats_exactly(seed):
    first, second = record(everything, seed=seed), record(everything, seed=seed)
    assert first.trace.to_json() == second.trace.to_json()
    assert (first.value, first.output) == (second.value, second.output)


def test_a_seed_repeats_in_another_process_whatever_its_hashes():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_schedule import everything\n"
        "from gochan import record\n"
        "print(record(everything, seed=5).trace.to_json())"
    )
    traces = set()
    for hash_seed in "12":
        out = subprocess.run(
            [sys.executable, "-c", program, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        traces.add(out)
    assert len(traces) == 1


def test_different_seeds_give_different_orders():
    orders = Counter(run(senders(), seed=seed).value for seed in range(200))
    assert set(orders) == set(itertools.permutations((2, 3, 4)))
    assert len({record(everything, seed=seed).trace.to_json() for seed in range(20)}) == 20


def test_negative_and_huge_seeds_are_seeds():
    for seed in (-1, 0, 2**200, True):
        result = run(senders(), seed=seed)
        assert run(senders(), schedule=str(result.schedule)).value == result.value


def test_a_seed_may_preempt_before_any_visible_operation():
    def main():
        ch, order = Chan(8), []

        def worker(k):
            for _ in range(4):
                order.append(k)
                ch.send(k)

        wg = sync.WaitGroup()
        wg.go(worker, "a")
        wg.go(worker, "b")
        wg.wait()
        return "".join(order)

    orders = {run(main, seed=seed).value for seed in range(100)}
    assert len(orders) > 10
    assert run(main).value == "aaaabbbb"


def test_a_seed_finds_the_lost_update_that_first_come_never_shows():
    def main():
        ch, count = Chan(2), [0]

        def worker():
            seen = count[0]
            runtime.gosched()
            count[0] = seen + 1
            ch.send(None)

        go(worker)
        go(worker)
        ch.recv()
        ch.recv()
        return count[0]

    assert {run(main, seed=seed).value for seed in range(50)} == {1, 2}


def test_the_order_of_waiting_goroutines_stays_first_come_first_served():
    def main():
        ch, order = Chan(), []

        def receiver(k):
            time.sleep(k)
            ch.recv()
            order.append(k)

        wg = sync.WaitGroup()
        for k in range(4):
            wg.go(receiver, k)
        time.sleep(10)
        for _ in range(4):
            ch.send(None)
            time.sleep(1)
        wg.wait()
        return order

    assert all(run(main, seed=seed).value == [0, 1, 2, 3] for seed in range(20))


# -- text and replay -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "text"),
    [
        (Schedule(), "first come"),
        (Schedule(seed=7), "seed 7"),
        (Schedule(seed=-7), "seed -7"),
        (Schedule(choices=("g1", "g1", "g1", "c0", "g12", "g1")), "g1*3 c0 g12 g1"),
    ],
)
def test_a_schedule_prints_and_parses_back(schedule, text):
    assert (str(schedule), Schedule.parse(text)) == (text, schedule)


@pytest.mark.parametrize("text", ["g", "g1 c", "first", "seed", "seed x", "seed 1 2", "g1*", "1"])
def test_what_is_no_schedule_is_refused(text):
    with pytest.raises(ValueError, match=r"^no schedule: "):
        Schedule.parse(text)


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: Schedule(seed="x"), "seed is a whole number or None, not 'x'"),
        (lambda: Schedule.parse(3), "a schedule's text is a str, not 3"),
    ],
)
def test_a_schedule_of_the_wrong_type_is_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence


@pytest.mark.parametrize("seed", [None, *range(5)])
def test_the_schedule_of_a_result_replays_the_run(seed):
    first = record(everything, seed=seed)
    for schedule in (first.schedule, str(first.schedule)):
        again = record(everything, schedule=schedule)
        assert (again.trace, again.schedule) == (first.trace, first.schedule)


@pytest.mark.parametrize(
    ("schedule", "order"),
    [("g1*3 g3*3 g4*2", (3, 4, 2)), ("g1*3 g4*3 g2*2", (4, 2, 3)), ("g1*3 g2", (2, 3, 4))],
)
def test_explicit_choices_say_who_goes_next(schedule, order):
    result = run(senders(), schedule=schedule)
    assert (result.value, result.schedule) == (order, Schedule.parse(schedule))


def test_explicit_choices_say_which_case_select_takes():
    def main():
        a, b = Chan(1), Chan(1)
        a.send("a")
        b.send("b")
        return select(recv(a), recv(b))[1]

    assert [run(main, schedule=choice).value for choice in ("c0", "c1")] == ["a", "b"]


def test_after_the_last_choice_it_is_first_come_first_served():
    assert run(senders(5), schedule="g1*5 g6*2").value == (6, 2, 3, 4, 5)


@pytest.mark.parametrize("runner", [run, record])
def test_a_schedule_of_another_program_is_refused(runner):
    with pytest.raises(ScheduleError) as error:
        runner(senders(), schedule="g1 g7")
    assert str(error.value) == (
        "the schedule goes on with g7, but here the choice is between g2 and g3 and g1: "
        "it was recorded from another program"
    )


def test_a_schedule_of_another_program_is_no_error_that_a_goroutine_could_catch():
    log = []

    def main():
        a, b = Chan(1), Chan(1)
        a.send("a")
        b.send("b")
        try:
            select(recv(a), recv(b))
        except BaseException as error:
            log.append(type(error).__name__)
            raise

    with pytest.raises(ScheduleError):
        run(main, schedule="c7")
    assert log == ["Killed"]


@pytest.mark.parametrize("seed", range(10))
def test_a_seeded_run_goes_on_preempting(seed):
    def main():
        number, group = atomic.Int(), sync.WaitGroup()

        def add():
            for _ in range(400):
                number.add(1)

        group.go(add)
        group.go(add)
        group.wait()

    events = record(main, seed=seed).trace.events
    late = events[len(events) // 2 :]
    assert sum(event.kind == "yield" for event in late) > 10


def test_a_goroutine_may_end_before_or_after_what_main_does_next():
    def main():
        go(lambda: None)
        runtime.gosched()
        return runtime.num_goroutine()

    assert {run(main, seed=seed).value for seed in range(20)} == {1, 2}

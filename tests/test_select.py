"""select: which case is taken, how long it waits, and what it leaves behind."""

import math
from collections import Counter

import pytest

from gochan import (
    Chan,
    Panic,
    default,
    go,
    nil,
    record,
    recv,
    run,
    runtime,
    select,
    send,
    sync,
    time,
)


def filled(*values, capacity=None):
    ch = Chan[int](capacity or len(values))
    for value in values:
        ch.send(value)
    return ch


def closed(*values):
    ch = filled(*values, capacity=len(values) + 1)
    ch.close()
    return ch


# -- what it returns -------------------------------------------------------------------------


def test_a_select_returns_the_index_the_value_and_ok():
    log = []

    def main():
        full, room, ended = filled(7), Chan(1), closed()
        log.append(select(recv(nil), recv(full)))
        log.append(select(send(room, "x"), recv(nil)))
        log.append(select(recv(nil), recv(nil), recv(ended)))
        log.append(select(recv(nil), default))
        log.append(room.recv())

    run(main)
    assert log == [(1, 7, True), (0, None, False), (2, 0, False), (1, None, False), "x"]


def test_a_select_is_meant_for_match():
    log = []

    def main():
        fast, slow = Chan(), Chan()
        go(fast.send, 42)
        for _ in range(2):
            match select(recv(fast), recv(slow), recv(time.after(1.0))):
                case 0, answer, _:
                    log.append(("fast", answer))
                case 1, answer, _:
                    log.append(("slow", answer))
                case 2, *_:
                    log.append(("timed out", time.now()))

    run(main)
    assert log == [("fast", 42), ("timed out", 1.0)]


def test_leaving_the_match_leaves_the_select_and_not_the_loop():
    log = []

    def main():
        ch = filled(1, 2, 3)
        for _ in range(4):
            match select(recv(ch), default):
                case 0, value, _:
                    log.append(value)
                case _:
                    log.append("empty")

    run(main)
    assert log == [1, 2, 3, "empty"]


def test_channels_and_values_are_evaluated_once_in_order_even_on_the_nil_channel():
    log = []

    def note(word, value):
        log.append(word)
        return value

    def main():
        a, b = Chan(1), Chan(1)
        select(
            send(note("c1", None), note("v1", 1)),
            send(note("c2", b), note("v2", 2)),
            recv(note("c3", nil)),
        )
        log.append(b.recv())
        note("a", a).send(note("v", 3))

    run(main)
    assert log == ["c1", "v1", "c2", "v2", "c3", 2, "a", "v"]


def test_the_place_for_the_value_is_looked_up_after_the_receive():
    log = []

    def main():
        ch, places = filled(1, 2), []
        try:
            _, places[5], _ = select(recv(ch))
        except IndexError:
            log.append(len(ch))

    run(main)
    assert log == [1]


def test_a_channel_received_from_a_channel_is_received_before_the_send():
    log = []

    def main():
        channels = Chan[Chan[int]](1)
        inner = Chan[int](1)
        channels.send(inner)
        select(send(channels.recv(), 2))
        log.extend([len(channels), inner.recv()])

    run(main)
    assert log == [0, 2]


# -- which case is taken ---------------------------------------------------------------------


def draws(count, cases, after=lambda index: None, seed=None):
    """How often each case was taken, drawn inside one run."""

    def main():
        counts = Counter()
        for _ in range(count):
            index = select(*cases)[0]
            counts[index] += 1
            after(index)
        return counts

    return run(main, seed=seed).value


def within_four_sigma(count, of, share):
    return abs(count - of * share) <= 4 * math.sqrt(of * share * (1 - share))


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_ready_cases_are_taken_equally_often(seed):
    counts = draws(10_000, [recv(closed()) for _ in range(4)], seed=seed)
    assert sorted(counts) == [0, 1, 2, 3]
    assert all(within_four_sigma(count, 10_000, 1 / 4) for count in counts.values())


def test_the_draws_of_a_run_repeat_and_those_of_a_seed_differ():
    cases = [recv(closed()), recv(closed())]

    def main():
        return [select(*cases)[0] for _ in range(64)]

    first, again, seeded = run(main).value, run(main).value, run(main, seed=7).value
    assert first == again
    assert first != seeded


def test_a_channel_listed_twice_has_double_weight():
    twice, once = closed(), closed()
    counts = draws(10_000, [recv(twice), recv(once), recv(twice)])
    assert within_four_sigma(counts[0] + counts[2], 10_000, 2 / 3)


def test_a_send_and_a_receive_are_equally_likely():
    ch = Chan[int](1)
    ended = closed()

    def make_room(index):
        if index == 0:
            ch.recv()

    counts = draws(10_000, [send(ch, 1), recv(ended)], make_room)
    assert within_four_sigma(counts[0], 10_000, 1 / 2)


@pytest.mark.parametrize("receiver_first", [True, False])
def test_a_select_that_offers_both_bits_sends_random_bits(receiver_first):
    def main():
        bits, ones = Chan[int](), 0

        def source():
            while True:
                select(send(bits, 0), send(bits, 1))

        go(source)
        if not receiver_first:
            runtime.gosched()
        for _ in range(10_000):
            ones += bits.recv()
            if not receiver_first:
                runtime.gosched()
        return ones

    assert within_four_sigma(run(main).value, 10_000, 1 / 2)


def test_the_first_case_has_no_priority():
    def main():
        done, data, taken = closed(), closed(), set()
        while len(taken) < 2:
            taken.add(select(recv(done), recv(data))[0])
        return taken

    assert run(main).value == {0, 1}


def test_default_is_taken_only_if_no_case_is_ready():
    counts = draws(1_000, [default, recv(closed()), recv(nil)])
    assert counts == {1: 1_000}


def test_default_may_stand_anywhere():
    log = []

    def main():
        empty = Chan()
        log.append(select(default))
        log.append(select(default, recv(empty)))
        log.append(select(recv(empty), default, send(empty, 1)))

    run(main)
    assert log == [(0, None, False), (0, None, False), (1, None, False)]


def test_a_select_judges_one_instant():
    # At every moment one of the two channels holds the value, so default is never taken.
    defaults = []

    def mover(a, b):
        for _ in range(1_000):
            b.send(1)
            a.recv()
            a.send(1)
            b.recv()

    def main():
        a, b = Chan(2), Chan(2)
        a.send(1)
        wg = sync.WaitGroup()
        wg.go(mover, a, b)
        for _ in range(1_000):
            match select(recv(a), recv(b), default):
                case 0, *_:
                    a.send(1)
                case 1, *_:
                    b.send(1)
                case _:
                    defaults.append(1)
            runtime.gosched()
        wg.wait()

    run(main)
    assert defaults == []


def test_buffered_values_come_before_the_news_that_the_channel_is_closed():
    def main():
        ch = closed(1, 2)
        return [select(recv(ch), recv(nil)) for _ in range(3)]

    assert run(main).value == [(0, 1, True), (0, 2, True), (0, 0, False)]


def test_a_closed_channel_is_ready_to_receive_also_beside_default():
    assert run(lambda: select(recv(closed()), default)).value == (0, 0, False)


def test_a_send_on_a_closed_channel_counts_as_ready_and_panics_when_chosen():
    counts = Counter()

    def main():
        ended, ready = closed(), closed()
        for _ in range(1_000):
            try:
                select(send(ended, 1), recv(ready))
                counts["received"] += 1
            except Panic as p:
                counts[str(p)] += 1

    run(main)
    assert sorted(counts) == ["received", "send on closed channel"]
    assert within_four_sigma(counts["received"], 1_000, 1 / 2)


def test_send_and_receive_of_one_buffered_channel_take_turns():
    def main():
        ch, log = filled(5), []
        for value in (6, 7):
            log.append(select(send(ch, value), recv(ch)))
            log.append(select(send(ch, value), recv(ch)))
        return log

    assert run(main).value == [(1, 5, True), (0, None, False), (1, 6, True), (0, None, False)]


def test_a_nil_channel_switches_its_case_off():
    log = []

    def main():
        source, sink = filled(1, 2, 3), Chan[int]()
        source.close()
        go(lambda: log.extend(sink))
        pending, out, into = None, nil, source
        while into is not nil or out is not nil:
            match select(recv(into), send(out, pending)):
                case 0, value, True:
                    pending, out, into = value, sink, nil
                case 0, *_:
                    into = nil
                case 1, *_:
                    out, into = nil, source
        sink.close()
        runtime.gosched()

    run(main)
    assert log == [1, 2, 3]


# -- blocking --------------------------------------------------------------------------------


def states(operation):
    result = record(operation)
    return result.outcome, [(info.state, info.waiting_on) for info in result.left]


@pytest.mark.parametrize(
    ("cases", "state", "waiting_on"),
    [
        ((), "select (no cases)", None),
        ((recv(Chan(name="a")),), "chan receive", "<-a"),
        ((send(Chan(name="a"), 1),), "chan send", "a<-"),
        ((recv(Chan(name="a")), send(Chan(name="b"), 1)), "select", "<-a, b<-"),
        ((recv(nil), recv(None)), "select", "<-nil"),
        ((recv(nil),), "chan receive (nil chan)", "<-nil"),
        ((send(nil, 1),), "chan send (nil chan)", "nil<-"),
    ],
)
def test_a_select_that_waits_has_the_state_that_go_gives_it(cases, state, waiting_on):
    def main():
        select(*cases)

    assert states(main) == ("deadlock", [(state, waiting_on)])


def test_a_select_never_meets_itself_on_an_unbuffered_channel():
    def main():
        ch = Chan()
        select(send(ch, 1), recv(ch))

    assert [state for state, _ in states(main)[1]] == ["select"]


@pytest.mark.parametrize("seed", [None, *range(10)])
def test_two_selects_meet_each_other(seed):
    def sender(ch, other):
        return select(send(ch, 1), recv(other))

    def main():
        ch, other, wg = Chan(), Chan(), sync.WaitGroup()
        got = []
        wg.go(lambda: got.append(select(send(ch, 1), recv(other))))
        wg.go(lambda: got.append(select(recv(ch), send(other, 2))))
        wg.wait()
        return sorted(got, key=str)

    assert run(main, seed=seed).value in (
        [(0, 1, True), (0, None, False)],
        [(1, 2, True), (1, None, False)],
    )


def test_selects_with_the_same_channel_both_ways_meet_each_other():
    def main():
        ch, got = Chan(), []
        go(lambda: got.append(select(send(ch, "a"), recv(ch))[0]))
        go(lambda: got.append(select(send(ch, "b"), recv(ch))[0]))
        time.sleep(1)
        return sorted(got)

    assert run(main).value == [0, 1]


def test_waiters_are_served_first_come_first_served_also_in_selects():
    log = []

    def selector(k, ch, other):
        log.append((k, select(recv(other), recv(ch))[1]))

    def receiver(k, ch):
        log.append((k, ch.recv()))

    def main():
        ch, other = Chan(), Chan()
        for k in range(6):
            go(*((selector, k, ch, other) if k % 2 else (receiver, k, ch)))
        runtime.gosched()
        for value in range(6):
            ch.send(value)
        runtime.gosched()

    run(main)
    assert log == [(k, k) for k in range(6)]


def test_close_wakes_a_select_on_several_channels():
    log = []

    def main():
        a, b, c = Chan[int](), Chan[int](), Chan[int]()
        go(lambda: log.append(select(recv(a), recv(b), recv(c))))
        runtime.gosched()
        b.close()
        runtime.gosched()

    run(main)
    assert log == [(1, 0, False)]


def test_one_case_runs_and_the_others_leave_no_offer_behind():
    log = []

    def main():
        a, b = Chan(), Chan()
        go(lambda: log.append(select(send(a, "to a"), send(b, "to b"))[0]))
        runtime.gosched()
        log.append(b.recv())
        log.append(select(recv(a), default)[0])
        runtime.gosched()

    run(main)
    assert log == ["to b", 1, 1]


def test_a_woken_select_takes_no_second_value():
    log = []

    def main():
        a, b = Chan(), Chan()
        go(lambda: log.append(select(recv(a), recv(b))))
        runtime.gosched()
        a.send(1)  # it is woken, but hasn't run yet
        log.append(select(send(b, 2), default)[0])
        runtime.gosched()

    run(main)
    assert log == [1, (0, 1, True)]


def test_a_send_passes_over_a_select_that_was_served_elsewhere():
    log = []

    def main():
        a, b = Chan(), Chan()

        def selector():
            log.append(select(recv(a), recv(b)))
            log.append(b.recv())

        go(selector)
        runtime.gosched()
        a.send(1)  # it is woken, but hasn't run yet
        b.send(2)
        runtime.gosched()

    run(main)
    assert log == [(0, 1, True), 2]


def test_a_receive_passes_over_a_select_that_was_served_elsewhere():
    log = []

    def main():
        a, b = Chan(), Chan()

        def selector():
            log.append(select(send(a, 1), send(b, 2))[0])
            b.send(3)

        go(selector)
        runtime.gosched()
        log.append(a.recv())  # it is woken, but hasn't run yet
        log.append(b.recv())

    run(main)
    assert log == [1, 0, 3]


# -- polling ---------------------------------------------------------------------------------


def test_a_loop_of_select_with_default_lets_the_others_run():
    log = []

    def main():
        ch = Chan()
        go(lambda: ch.send("value"))
        while True:
            match select(recv(ch), default):
                case 0, value, _:
                    log.append(value)
                    return
                case _:
                    pass

    result = run(main)
    assert (log, result.polled) == (["value"], 0)


# -- what it costs ---------------------------------------------------------------------------


def test_ten_thousand_selects_leave_nothing_on_an_idle_channel():
    sizes = []

    def main():
        idle, busy, full = Chan(), Chan(), filled(1)

        def sender():
            while True:
                busy.send(1)

        go(sender)
        for _ in range(10_000):
            select(recv(busy), recv(idle), send(full, 2))
            sizes.append(len(idle._recvq.waiters) + len(full._sendq.waiters))

    run(main)
    assert max(sizes) <= 4


def test_selects_that_time_out_leave_no_timers():
    most = []

    def main():
        ch = Chan()

        def sender():
            while True:
                ch.send(1)

        go(sender)
        clock = go(sender).run.clock
        for _ in range(10_000):
            select(recv(ch), recv(time.after(60)))
            most.append(len(clock._alarms))

    run(main)
    assert max(most) <= 4


def test_many_waiters_of_one_channel_that_are_woken_elsewhere_are_swept_out():
    def main():
        idle, done, wg = Chan(), Chan(), sync.WaitGroup()
        for _ in range(1_000):
            wg.go(select, recv(idle), recv(done))
        runtime.gosched()
        done.close()
        wg.wait()
        return len(idle._recvq.waiters)

    assert run(main).value == 0


# -- wrong arguments -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: recv(3), "recv(...) takes a channel, not 3"),
        (lambda: send("ch", 1), "send(...) takes a channel, not 'ch'"),
        (
            lambda: select(nil),
            "select takes recv(ch), send(ch, value) and default; argument 0 is <nil>",
        ),
        (
            lambda: select(recv(nil), None),
            "select takes recv(ch), send(ch, value) and default; argument 1 is None",
        ),
        (
            lambda: select(default, recv(nil), default),
            "multiple defaults in select (first at index 0)",
        ),
    ],
)
def test_what_is_no_case_is_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence


def test_a_case_prints_as_it_is_written():
    jobs = Chan[str](name="jobs")
    log = [recv(jobs), send(jobs, "a"), recv(None), recv(Chan[int](3).recv_only())]
    assert [repr(case) for case in log] == [
        "recv(jobs)",
        "send(jobs, 'a')",
        "recv(nil)",
        "recv(channel)",
    ]


# -- outside a run ---------------------------------------------------------------------------


def test_a_select_that_need_not_wait_works_outside_a_run():
    ch = filled(1)
    log = [select(recv(ch), default), select(recv(ch), default), select(send(ch, 2))]
    assert (log, ch.recv()) == ([(0, 1, True), (1, None, False), (0, None, False)], 2)

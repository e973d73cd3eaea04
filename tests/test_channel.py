"""Channels: making, sending, receiving, closing, ranging, directions."""

import copy
import gc
import pickle
import weakref

import pytest
from listing import listing

from gochan import (
    Chan,
    Deadlock,
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

# -- making, identity, len and cap -----------------------------------------------------------


def test_a_channel_made_without_a_capacity_is_unbuffered():
    log = [Chan().cap, Chan(0).cap, Chan(3).cap, Chan[int]().cap, Chan[int](2).cap]
    assert log == [0, 0, 3, 0, 2]


@pytest.mark.parametrize("capacity", [-1, -(2**70), 2**62, 2**45])
def test_a_negative_or_absurd_capacity_panics(capacity):
    def main():
        Chan[int](capacity)

    result = record(main)
    assert (result.outcome, str(result.error)) == ("panic", "makechan: size out of range")


@pytest.mark.parametrize("capacity", ["3", 2.0, True, None, [3]])
def test_a_capacity_that_is_no_whole_number_is_refused(capacity):
    with pytest.raises(TypeError) as error:
        Chan(capacity)
    assert str(error.value) == f"a channel's capacity is a whole number, not {capacity!r}"


def test_a_name_that_is_no_str_is_refused():
    with pytest.raises(TypeError) as error:
        Chan(name=3)
    assert str(error.value) == "a name is a str, not 3"


def test_a_channel_is_called_what_its_variable_is_called():
    log = []

    def main():
        jobs = Chan[int](3)
        results: Chan[int] = Chan()
        done = Chan(name="finished")
        log.extend([jobs.name, results.name, done.name, Chan().name])

    record(main)
    outside = Chan()
    log.append(outside.name)
    assert log == ["jobs", "results", "finished", None, "outside"]


def test_a_channel_is_called_after_its_variable_also_if_that_is_one_of_several_or_of_an_object():
    class Hub:
        def __init__(self):
            self.join, self.leave = Chan[str](), Chan[str](3)
            self.news: Chan[str] = Chan()

    def main():
        jobs, results = Chan[int](3), Chan()
        hub = Hub()
        both = [Chan(), Chan()]
        pair = (Chan(), Chan())
        channels = [jobs, results, hub.join, hub.leave, hub.news, *both, *pair]
        return [channel.name for channel in channels]

    named = ["jobs", "results", "join", "leave", "news"]
    assert record(main).value == [*named, None, None, None, None]


def test_the_nil_channel_is_empty_and_prints_as_nil():
    assert (len(nil), nil.cap, str(nil), bool(nil)) == (0, 0, "<nil>", True)


def test_channels_are_equal_if_they_are_the_same_channel():
    a, b = Chan(1), Chan(1)
    places = {a: "a"}
    log = [
        a == a,  # noqa: PLR0124 - the rule itself
        a == b,
        a.send_only() == a,
        a == a.recv_only(),
        a.send_only() == a.recv_only(),
        a.send_only() == b.send_only(),
        a.send_only() == "a",
        nil.recv_only() == nil,
        nil.recv_only() == None,  # noqa: E711 - the rule itself
        places[a.recv_only()],
    ]
    assert log == [True, False, True, True, True, False, False, True, False, "a"]


def test_len_counts_the_buffer_and_not_who_waits():
    log = []

    def main():
        unbuffered, buffered = Chan(), Chan(2)
        for k in range(5):
            go(buffered.send, k)
            go(unbuffered.send, k)
        runtime.gosched()
        log.extend([len(unbuffered), len(buffered), buffered.cap])

    run(main)
    assert log == [0, 2, 2]


def test_len_goes_on_counting_after_close():
    ch = Chan[int](3)
    ch.send(1)
    ch.send(2)
    ch.close()
    log = [(len(ch), ch.cap)]
    ch.recv()
    log.append((len(ch), ch.cap))
    assert log == [(2, 3), (1, 3)]


def test_an_empty_channel_is_true():
    assert [bool(ch) for ch in (Chan(), Chan(1), Chan().send_only(), Chan().recv_only())] == [
        True,
        True,
        True,
        True,
    ]


def test_values_without_content_can_be_sent():
    log = []

    def main():
        done, signals = Chan(), Chan(2)
        go(done.send, None)
        log.append(done.recv_ok())
        signals.send(())
        signals.send(None)
        log.extend([len(signals), signals.recv(), signals.recv()])

    run(main)
    assert log == [(None, True), 2, (), None]


def test_a_channel_can_be_sent_through_a_channel():
    log = []

    def main():
        requests = Chan[Chan[int]]()

        def server():
            for reply in requests:
                reply.send(42)

        go(server)
        reply = Chan[int]()
        requests.send(reply)
        log.append(reply.recv())

    run(main)
    assert log == [42]


@pytest.mark.parametrize(
    ("element", "zero"),
    [(int, 0), (float, 0.0), (complex, 0j), (bool, False), (str, ""), (bytes, b""),
     (list, None), (list[int], None), (type(None), None), ("Job", None)],
)  # fmt: skip
def test_a_closed_channel_gives_the_zero_value_of_its_type(element, zero):
    ch = Chan[element]()
    ch.close()
    value, ok = ch.recv_ok()
    assert (value, type(value), ok) == (zero, type(zero), False)


def test_a_channel_without_a_type_has_none_as_its_zero_value():
    ch = Chan()
    ch.close()
    assert (ch.recv(), ch.recv_ok()) == (None, (None, False))


def test_a_channel_prints_with_its_type_its_name_and_its_buffer():
    jobs = Chan[int](3, name="jobs")
    jobs.send(1)
    log = [repr(jobs), repr(jobs.send_only()), repr(jobs.recv_only()), repr([Chan(2)][0])]
    assert log == [
        "<chan int jobs 1/3>",
        "<chan<- int jobs 1/3>",
        "<<-chan int jobs 1/3>",
        "<chan channel 0/2>",
    ]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_who_copies_what_holds_a_channel_has_the_same_channel(copied):
    jobs = Chan[int](3)
    held = {"jobs": jobs, "view": jobs.recv_only(), "nil": nil, "default": default}
    twin = copied(held)
    assert twin["jobs"] is jobs
    assert (twin["nil"], twin["default"]) == (nil, default)
    jobs.send(1)
    assert (twin["view"] == jobs, twin["view"].recv()) == (True, 1)


def test_another_process_has_the_same_nil_channel_and_default():
    one, other = pickle.loads(pickle.dumps((nil, default)))
    assert (one is nil, other is default) == (True, True)


# -- directions ------------------------------------------------------------------------------


def test_a_view_passes_its_direction_through():
    log = []

    def main():
        ch = Chan[int](2, name="ch")
        out, into = ch.send_only(), ch.recv_only()
        out.send(1)
        out.send_only().send(2)
        log.extend([len(out), into.cap, out.name, into.recv(), into.recv_only().recv_ok()])
        out.send(3)
        out.close()
        log.extend(into)
        log.append(into.recv_ok())

    run(main)
    assert log == [2, 2, "ch", 1, (2, True), 3, (0, False)]


RANGE = (
    "cannot range over cs (variable of type chan<- int): receive from send-only channel chan<- int"
)
CR = "receive-only channel <-chan int cr (variable of type <-chan int)"
CS = "send-only channel chan<- int cs (variable of type chan<- int)"


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda cs, cr: cr.send(1), f"invalid operation: cannot send to {CR}"),
        (lambda cs, cr: send(cr, 1), f"invalid operation: cannot send to {CR}"),
        (lambda cs, cr: cr.close(), f"invalid operation: cannot close {CR}"),
        (lambda cs, cr: cs.recv(), f"invalid operation: cannot receive from {CS}"),
        (lambda cs, cr: cs.recv_ok(), f"invalid operation: cannot receive from {CS}"),
        (lambda cs, cr: recv(cs), f"invalid operation: cannot receive from {CS}"),
        (lambda cs, cr: list(cs), RANGE),
        (
            lambda cs, cr: cr.send_only(),
            "cannot use cr (variable of type <-chan int) as chan<- int value in assignment",
        ),
        (
            lambda cs, cr: cs.recv_only(),
            "cannot use cs (variable of type chan<- int) as <-chan int value in assignment",
        ),
    ],
)
def test_the_wrong_direction_is_refused_in_the_words_of_the_compiler(use, sentence):
    cs, cr = Chan[int](1, name="cs").send_only(), Chan[int](1, name="cr").recv_only()
    with pytest.raises(TypeError) as error:
        use(cs, cr)
    assert str(error.value) == sentence


# -- unbuffered channels ---------------------------------------------------------------------


def test_an_unbuffered_send_waits_for_its_receiver():
    log = []

    def main():
        ch = Chan()

        def receiver():
            log.append("receiver begins")
            log.append(ch.recv())

        go(receiver)
        log.append("main sends")
        ch.send("value")
        log.append("main sent")
        runtime.gosched()

    run(main)
    assert log == ["main sends", "receiver begins", "value", "main sent"]


def test_blocked_senders_are_served_first_come_first_served():
    log = []

    def main():
        ch = Chan()
        for k in range(5):
            go(ch.send, k)
        runtime.gosched()
        log.extend(ch.recv() for _ in range(5))

    run(main)
    assert log == [0, 1, 2, 3, 4]


def test_any_number_of_senders_may_wait():
    def main():
        ch = Chan[int]()
        for k in range(5_000):
            go(ch.send, k)
        runtime.gosched()
        return [ch.recv() for _ in range(5_000)] == list(range(5_000))

    assert run(main).value


def test_blocked_receivers_are_served_first_come_first_served():
    log = []

    def receiver(k, ch):
        log.append((k, ch.recv()))

    def main():
        ch = Chan()
        for k in range(5):
            go(receiver, k, ch)
        runtime.gosched()
        for value in range(5):
            ch.send(value)
        runtime.gosched()

    run(main)
    assert log == [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_every_value_is_received_once_by_one_of_many_receivers(seed):
    def main():
        ch, counts, wg = Chan(3), {}, sync.WaitGroup()

        def receiver():
            for value in ch:
                counts[value] = counts.get(value, 0) + 1

        for _ in range(7):
            wg.go(receiver)
        for value in range(200):
            ch.send(value)
        ch.close()
        wg.wait()
        return counts

    assert run(main, seed=seed).value == {value: 1 for value in range(200)}  # noqa: C420 - reads well


def test_nobody_meets_himself_on_an_unbuffered_channel():
    program = listing("""
        def main():
            ch = Chan()
            ch.send(1)
            ch.recv()
    """)
    with pytest.raises(Deadlock) as error:
        run(program["main"])
    assert str(error.value) == (
        "fatal error: all goroutines are asleep - deadlock!\n"
        "\n"
        "goroutine 1 [chan send]:\n"
        "main.main(...)\n"
        "\tprog.py:3"
    )


def test_the_waker_goes_on_until_it_blocks():
    log = []

    def main():
        ch = Chan()

        def receiver():
            log.append(f"received {ch.recv()}")

        go(receiver)
        runtime.gosched()
        ch.send(1)
        log.append("sent")
        runtime.gosched()

    run(main)
    assert log == ["sent", "received 1"]


def test_a_chain_of_ten_thousand_goroutines_passes_a_value_on():
    def link(left, right):
        left.send(right.recv() + 1)

    def main():
        leftmost = left = Chan[int]()
        for _ in range(10_000):
            right = Chan[int]()
            go(link, left, right)
            left = right
        go(left.send, 0)
        return leftmost.recv()

    assert run(main).value == 10_000


def test_the_prime_sieve():
    def generate(ch):
        number = 2
        while True:
            ch.send(number)
            number += 1

    def sift(numbers, others, prime):
        for number in numbers:
            if number % prime:
                others.send(number)

    def main():
        primes, numbers = [], Chan[int]()
        go(generate, numbers)
        for _ in range(12):
            prime = numbers.recv()
            primes.append(prime)
            others = Chan[int]()
            go(sift, numbers, others, prime)
            numbers = others
        return primes

    assert run(main).value == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]


# -- buffered channels -----------------------------------------------------------------------


def test_a_buffered_send_waits_only_when_the_buffer_is_full():
    log = []

    def main():
        ch = Chan(2)

        def sender():
            for k in range(4):
                ch.send(k)
                log.append(f"sent {k}")

        go(sender)
        runtime.gosched()
        log.append("main receives")
        log.extend(ch.recv() for _ in range(2))
        runtime.gosched()
        log.extend(ch.recv() for _ in range(2))

    run(main)
    assert log == ["sent 0", "sent 1", "main receives", 0, 1, "sent 2", "sent 3", 2, 3]


def test_a_blocked_sender_moves_up_when_a_value_is_taken():
    log = []

    def main():
        ch = Chan[int](2)
        for k in range(1, 6):
            go(ch.send, k)
        runtime.gosched()
        log.extend((ch.recv(), len(ch)) for _ in range(5))

    run(main)
    assert log == [(1, 2), (2, 2), (3, 2), (4, 1), (5, 0)]


def test_a_waiting_receiver_gets_its_value_past_the_buffer():
    log = []

    def main():
        ch = Chan[int](3)
        go(lambda: log.append(ch.recv()))
        runtime.gosched()
        ch.send(9)
        log.append(len(ch))
        runtime.gosched()

    run(main)
    assert log == [0, 9]


def test_a_send_that_must_not_wait_neither_steals_nor_reorders():
    def main():
        ch, got = Chan[int](1), []
        ch.send(0)
        go(lambda: got.extend(ch.recv() for _ in range(3)))
        tried = [select(send(ch, 9), default)[0]]
        runtime.gosched()
        tried.append(select(send(ch, 1), default)[0])
        tried.append(select(send(ch, 2), default)[0])
        runtime.gosched()
        return tried, got

    assert run(main).value == ([1, 0, 0], [0, 1, 2])


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_a_buffered_channel_is_a_counting_semaphore(seed):
    inside, most = [], []

    def worker(k, tokens):
        tokens.send(k)
        inside.append(k)
        most.append(len(inside))
        time.sleep(0.001)
        inside.remove(k)
        tokens.recv()

    def main():
        tokens, wg = Chan(3), sync.WaitGroup()
        for k in range(10):
            wg.go(worker, k, tokens)
        wg.wait()

    result = run(main, seed=seed)
    assert (max(most), result.elapsed) == (3, 0.004)


# -- nil channels ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "state"),
    [
        (nil.recv, "chan receive (nil chan)"),
        (nil.recv_ok, "chan receive (nil chan)"),
        (lambda: list(nil), "chan receive (nil chan)"),
        (lambda: nil.recv_only().recv(), "chan receive (nil chan)"),
        (lambda: nil.send(1), "chan send (nil chan)"),
        (lambda: nil.send_only().send(1), "chan send (nil chan)"),
        (lambda: select(recv(nil)), "chan receive (nil chan)"),
        (lambda: select(send(None, 1)), "chan send (nil chan)"),
        (lambda: select(recv(nil), send(None, 1)), "select"),
    ],
)
def test_operations_on_the_nil_channel_block_for_ever(operation, state):
    def main():
        operation()

    result = record(main)
    assert (result.outcome, [info.state for info in result.left]) == ("deadlock", [state])


def test_close_of_the_nil_channel_panics():
    def main():
        with pytest.raises(Panic) as error:
            nil.close()
        return str(error.value)

    assert run(main).value == "close of nil channel"


# -- closing ---------------------------------------------------------------------------------


def test_recv_on_closed_channel_drains_the_buffer_first():
    log = []

    def main():
        ch = Chan[int](2)
        ch.send(7)
        ch.send(8)
        ch.close()
        log.extend(ch.recv_ok() for _ in range(4))
        log.append(ch.recv())

    run(main)
    assert log == [(7, True), (8, True), (0, False), (0, False), 0]


@pytest.mark.parametrize("capacity", [0, 1])
@pytest.mark.parametrize(
    "operation",
    [
        lambda ch: ch.send(1),
        lambda ch: select(send(ch, 1)),
        lambda ch: select(send(ch, 1), default),
        lambda ch: select(send(ch, 1), recv(nil)),
    ],
)
def test_send_on_a_closed_channel_panics_and_leaves_nothing_behind(operation, capacity):
    log = []

    def main():
        ch = Chan[int](capacity)
        ch.close()
        try:
            operation(ch)
        except Panic as p:
            log.append(str(p))
        log.extend([len(ch), ch.recv_ok()])

    run(main)
    assert log == ["send on closed channel", 0, (0, False)]


def test_close_of_a_closed_channel_panics():
    def main():
        ch = Chan()
        ch.close()
        ch.close()

    result = record(main)
    assert (result.outcome, str(result.error)) == ("panic", "close of closed channel")


def test_the_panics_of_channels_are_exceptions_that_carry_their_sentence():
    ch = Chan()
    ch.close()
    with pytest.raises(Panic) as error:
        ch.send(1)
    log = [isinstance(error.value, Exception), error.value.value, str(error.value)]
    assert log == [True, "send on closed channel", "send on closed channel"]


@pytest.mark.parametrize("seed", [None, 5])
def test_close_wakes_every_blocked_receiver_with_the_zero_value(seed):
    log = []

    def main():
        ch, wg = Chan[int](), sync.WaitGroup()
        for _ in range(3):
            wg.go(lambda: log.append(ch.recv_ok()))
        time.sleep(1)
        ch.close()
        wg.wait()

    run(main, seed=seed)
    assert log == [(0, False), (0, False), (0, False)]


@pytest.mark.parametrize("seed", [None, 5])
def test_close_makes_every_blocked_sender_panic_in_its_own_goroutine(seed):
    log = []

    def sender(k, ch):
        try:
            ch.send(k)
        except Panic as p:
            log.append((k, str(p)))

    def main():
        ch, wg = Chan[int](), sync.WaitGroup()
        for k in range(3):
            wg.go(sender, k, ch)
        time.sleep(1)
        ch.close()
        wg.wait()

    run(main, seed=seed)
    assert sorted(log) == [(k, "send on closed channel") for k in range(3)]


def test_the_panic_of_a_blocked_sender_names_the_line_of_the_send():
    program = listing("""
        def sender(ch):
            ch.send(1)

        def main():
            ch = Chan()
            go(sender, ch)
            runtime.gosched()
            ch.close()
            time.sleep(1)
    """)
    assert record(program["main"]).error.report == (
        "panic: send on closed channel\n"
        "\n"
        "goroutine 2 [running]:\n"
        "main.sender(...)\n"
        "\tprog.py:2\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:6"
    )


def test_close_of_a_full_channel_loses_the_blocked_value_and_keeps_the_buffer():
    log = []

    def sender(ch):
        try:
            ch.send(2)
        except Panic as p:
            log.append(str(p))

    def main():
        ch = Chan[int](1)
        ch.send(1)
        go(sender, ch)
        runtime.gosched()
        ch.close()
        runtime.gosched()
        log.extend([ch.recv_ok(), ch.recv_ok()])

    run(main)
    assert log == ["send on closed channel", (1, True), (0, False)]


def test_a_sender_blocked_in_a_select_panics_when_the_channel_closes():
    log = []

    def sender(ch):
        try:
            select(send(ch, 1), recv(nil))
        except Panic as p:
            log.append(str(p))

    def main():
        ch = Chan()
        go(sender, ch)
        runtime.gosched()
        ch.close()
        runtime.gosched()

    run(main)
    assert log == ["send on closed channel"]


def test_close_wakes_receivers_in_the_order_in_which_they_came():
    log = []

    def receiver(k, ch):
        ch.recv()
        log.append(k)

    def main():
        ch = Chan()
        for k in range(5):
            go(receiver, k, ch)
        runtime.gosched()
        ch.close()
        runtime.gosched()

    run(main)
    assert log == [0, 1, 2, 3, 4]


def test_a_close_in_finally_releases_the_readers_before_the_panic_is_caught():
    log = []

    def writer(ch):
        try:
            try:
                raise Panic("oops")
            finally:
                ch.close()
        except Panic as p:
            log.append(str(p))

    def main():
        ch = Chan[bool]()
        go(writer, ch)
        log.append(ch.recv())
        runtime.gosched()

    run(main)
    assert log == ["oops", False]


def test_a_loop_over_a_closed_channel_lets_the_others_run():
    log = []

    def spinner(ch):
        while True:
            ch.recv()

    def main():
        ch = Chan()
        ch.close()
        go(spinner, ch)
        time.sleep(1)
        log.append(time.now())

    result = run(main)
    assert (log, result.polled) == ([1.0], 1)


# -- range -----------------------------------------------------------------------------------


def test_range_yields_values_until_the_channel_is_closed_and_drained():
    log = []

    def main():
        ch = Chan[int](1)

        def sender():
            for k in range(4):
                ch.send(k)
            ch.close()

        go(sender)
        log.extend(ch)
        log.append("end")

    run(main)
    assert log == [0, 1, 2, 3, "end"]


def test_the_range_expression_is_evaluated_once():
    log = []

    def main():
        def make():
            log.append("evaluated")
            ch = Chan(2)
            ch.send(1)
            ch.send(2)
            ch.close()
            return ch

        log.extend(make())

    run(main)
    assert log == ["evaluated", 1, 2]


def test_breaking_out_of_a_range_leaves_the_rest_in_the_channel():
    log = []

    def main():
        ch = Chan[int](3)
        for k in range(3):
            ch.send(k)
        for value in ch:
            log.append(value)
            break
        log.extend([len(ch), ch.recv()])

    run(main)
    assert log == [0, 2, 1]


def test_who_ranges_over_a_channel_that_nobody_closes_is_left_blocked():
    def main():
        ch = Chan[int]()

        def reader():
            for _ in ch:
                pass

        go(reader)
        ch.send(1)

    result = record(main)
    assert [(info.name, info.state) for info in result.leaked] == [("reader", "chan receive")]


# -- outside a run ---------------------------------------------------------------------------


def test_what_needs_no_partner_works_outside_a_run():
    ch = Chan[int](2)
    log = []
    ch.send(1)
    ch.send(2)
    log.extend([ch.recv(), ch.recv_ok(), len(ch)])
    ch.close()
    log.extend([ch.recv_ok(), list(ch)])
    assert log == [1, (2, True), 0, (0, False), []]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("ch.recv()", "chan receive"),
        ("ch.recv_ok()", "chan receive"),
        ("ch.send(1)", "chan send"),
        ("list(ch)", "chan receive"),
        ("nil.recv()", "chan receive (nil chan)"),
        ("nil.send(1)", "chan send (nil chan)"),
        ("select()", "select (no cases)"),
        ("select(recv(ch))", "chan receive"),
        ("select(recv(ch), send(ch, 1))", "select"),
        ("lock.lock()", "sync.Mutex.Lock"),
        ("group.wait()", "sync.WaitGroup.Wait"),
    ],
)
def test_what_would_block_outside_a_run_is_a_deadlock_at_once(line, state):
    program = listing(f"""
        ch, lock, group = Chan(), sync.Mutex(), sync.WaitGroup()
        lock.lock()
        group.add(1)

        def cell():
            {line}
    """)
    with pytest.raises(Deadlock) as error:
        program["cell"]()
    assert str(error.value) == (
        "fatal error: all goroutines are asleep - deadlock!\n"
        "\n"
        f"goroutine 1 [{state}]:\n"
        "main.cell(...)\n"
        "\tprog.py:6"
    )
    assert error.value.__suppress_context__


def test_a_channel_made_outside_serves_run_after_run():
    ch, log = Chan[int](), []

    def main(k):
        go(ch.send, k)
        log.append(ch.recv())

    for k in range(3):
        run(main, k)
    assert log == [0, 1, 2]


def test_a_channel_outlives_a_run_whose_waiters_were_ended_with_it():
    ch, log = Chan[int](), []

    def first():
        go(lambda: log.append(("never", ch.recv())))
        go(lambda: log.append(("never", select(recv(ch), recv(Chan())))))
        runtime.gosched()

    def second():
        go(lambda: log.append(ch.recv()))
        runtime.gosched()
        ch.send(5)
        runtime.gosched()

    run(first)
    run(second)
    run(second)
    assert log == [5, 5]


def test_a_buffer_filled_outside_is_received_inside():
    ch = Chan[int](3)
    for k in range(3):
        ch.send(k)
    ch.close()
    assert run(lambda: list(ch)).value == [0, 1, 2]


# -- memory ----------------------------------------------------------------------------------


def test_a_channel_keeps_nothing_of_a_run_that_has_ended():
    class Marker:
        pass

    ch, other, markers = Chan(), Chan(), []

    def waiter(marker):
        ch.recv()

    def selector(marker):
        select(recv(ch), send(other, 1))

    def main():
        for fn in (waiter, selector) * 5:
            marker = Marker()
            markers.append(weakref.ref(marker))
            go(fn, marker)
        runtime.gosched()

    run(main)
    gc.collect()
    queues = [ch._recvq.waiters, other._sendq.waiters]
    assert ([len(queue) for queue in queues], [ref() for ref in markers]) == ([0, 0], [None] * 10)


def states_seen_by(main_part):
    """What goroutine 2 was doing at each of `looks`, in a run that nobody watches."""
    seen = []

    def main():
        ch = Chan()
        go(main_part[0], ch)

        def look():
            info = next((one for one in runtime.goroutines() if one.id == 2), None)
            seen.append(info and (info.state, info.waiting_on))

        main_part[1](ch, look)

    run(main)
    return seen


def test_states_are_right_also_in_a_run_that_nobody_watches():
    def sender(ch):
        for k in range(3):
            ch.send(k)
        runtime.gosched()

    def receives(ch, look):
        for _ in range(2):
            runtime.gosched()
            look()
            ch.recv()
            look()

    waits = ("chan send", "chan")
    assert states_seen_by((sender, receives)) == [waits, ("runnable", None)] * 2

    def receiver(ch):
        for _ in range(3):
            ch.recv()
        runtime.gosched()

    def sends(ch, look):
        for k in range(2):
            runtime.gosched()
            look()
            ch.send(k)
            look()

    waits = ("chan receive", "chan")
    assert states_seen_by((receiver, sends)) == [waits, ("runnable", None)] * 2


def test_a_channel_that_outlives_a_run_keeps_nobody_who_waited_twice():
    ch, other = Chan(), Chan()

    def main():
        def waits():
            other.recv()
            ch.recv()

        def offers():
            other.recv()
            ch.send(1)

        for one in (waits, offers):
            go(one)
            runtime.gosched()
            other.send(1)
            runtime.gosched()
            if one is waits:
                ch.send("met")

    run(main)
    assert run(lambda: select(recv(ch), default)).value == (1, None, False)
    assert run(lambda: select(send(ch, 1), default)).value == (1, None, False)


def left_waiting(first, then):
    """What goroutine 2 was left with, and what it did after that, in a run that nobody watches."""
    log = []

    def main():
        early, late = Chan(), Chan(name="late")

        def worker():
            first(early)
            try:
                then(late)
            finally:
                log.append("unwound")
            log.append("ran on")

        go(worker)
        runtime.gosched()
        (early.recv if first is sends else early.send)(*(() if first is sends else (1,)))
        runtime.gosched()

    (left,) = run(main).left
    return (left.state, left.waiting_on), log


def sends(ch):
    ch.send(1)


def receives(ch):
    ch.recv()


@pytest.mark.parametrize("first", [sends, receives])
def test_who_is_left_waiting_for_the_second_time_does_not_run_on(first):
    assert left_waiting(first, sends) == (("chan send", "late"), ["unwound"])
    assert left_waiting(first, receives) == (("chan receive", "late"), ["unwound"])

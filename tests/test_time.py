"""Program time: sleep, timers, tickers, the virtual clock."""

import math
from fractions import Fraction

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
    work,
)

HOUR = time.HOUR


# -- the clock -------------------------------------------------------------------------------


def test_the_units_are_seconds():
    units = time.NANOSECOND, time.MICROSECOND, time.MILLISECOND
    assert units == (1e-9, 1e-6, 1e-3)
    assert (time.SECOND, time.MINUTE, time.HOUR) == (1.0, 60.0, 3600.0)


def test_time_stands_still_while_anybody_can_run():
    log = []

    def main():
        log.append(time.now())
        for _ in range(10):
            runtime.gosched()
        log.append(time.now())
        time.sleep(2)
        log.append(time.now())

    assert (run(main).elapsed, log) == (2.0, [0.0, 0.0, 2.0])


def test_time_jumps_to_the_next_timer_when_all_are_blocked():
    log = []

    def sleeper(seconds):
        time.sleep(seconds)
        log.append(time.now())

    def main():
        wg = sync.WaitGroup()
        for seconds in (30, 10, 20):
            wg.go(sleeper, seconds)
        wg.wait()

    assert (run(main).elapsed, log) == (30.0, [10.0, 20.0, 30.0])


def test_whoever_waits_for_a_lock_does_not_stop_the_clock():
    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def holder():
            with mu:
                time.sleep(6 * HOUR)

        wg.go(holder)
        runtime.gosched()
        mu.lock()
        wg.wait()

    assert run(main).elapsed == 6 * HOUR


def test_a_thousand_short_sleeps_add_up_exactly():
    def main():
        for _ in range(1_000):
            time.sleep(0.1)
        return time.now()

    assert run(main).value == 100.0


def test_since_is_exact():
    def main():
        time.sleep(0.1)
        start = time.now()
        time.sleep(0.2)
        return time.since(start)

    assert run(main).value == 0.2


@pytest.mark.parametrize("seconds", [0, 0.0, -1, -math.inf, 1e-10])
def test_sleep_of_nothing_returns_at_once(seconds):
    log = []

    def main():
        go(log.append, "other")
        time.sleep(seconds)
        log.append(time.now())

    run(main)
    assert log == [0.0]


@pytest.mark.parametrize(
    ("seconds", "elapsed"),
    [(1, 1.0), (0.5, 0.5), (Fraction(1, 4), 0.25), (1e-9, 1e-9), (1.001, 1.001)],
)
def test_a_duration_is_any_number_of_seconds(seconds, elapsed):
    assert run(lambda: time.sleep(seconds)).elapsed == elapsed


@pytest.mark.parametrize("seconds", ["1", None, True, [1], 1j])
@pytest.mark.parametrize(
    "use",
    [time.sleep, time.after, time.tick, time.Timer, time.Ticker, time.since, work,
     lambda seconds: time.after_func(seconds, print)],
)  # fmt: skip
def test_what_is_no_number_of_seconds_is_refused(use, seconds):
    with pytest.raises(TypeError) as error:
        run(use, seconds)
    assert str(error.value) == f"a duration is a number of seconds, not {seconds!r}"


def test_nan_is_no_duration():
    with pytest.raises(ValueError, match=r"(?m)^a duration is a number of seconds, not nan$"):
        run(time.sleep, math.nan)


@pytest.mark.parametrize(
    ("use", "what"),
    [
        (lambda: time.sleep(1), "time.sleep"),
        (time.now, "time.now"),
        (lambda: time.since(0.0), "time.now"),
        (lambda: time.after(1), "a timer"),
        (lambda: time.tick(1), "a timer"),
        (lambda: time.Timer(1), "a timer"),
        (lambda: time.Ticker(1), "a timer"),
        (lambda: time.after_func(1, print), "time.after_func"),
    ],
)
def test_outside_a_run_there_is_no_program_time(use, what):
    with pytest.raises(RuntimeError) as error:
        use()
    assert str(error.value) == (
        f"{what} needs a running program: call it inside run(...) or record(...)"
    )


@pytest.mark.parametrize("seconds", [math.inf, 1e300, 10**30, 2**63])
def test_huge_durations_do_not_overflow(seconds):
    log = []

    def main():
        ch = time.after(seconds)
        ticks = time.tick(seconds)
        timer = time.after_func(seconds, lambda: log.append("too early"))
        time.sleep(HOUR)
        log.extend([select(recv(ch), recv(ticks), default)[0], timer.stop()])

    run(main)
    assert log == [2, True]


def test_after_the_end_of_time_nothing_happens_any_more():
    def main():
        ticker = time.Ticker(math.inf)
        ticker.c.recv()
        ticker.c.recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", 9223372036.854775807)


def test_who_sleeps_for_ever_beside_blocked_ones_ends_in_a_deadlock():
    def main():
        go(time.sleep, math.inf)
        Chan().recv()

    assert record(main).outcome == "deadlock"


# -- after and Timer -------------------------------------------------------------------------


def test_a_timer_sends_the_time_of_its_firing_and_not_of_the_receive():
    log = []

    def main():
        after, timer = time.after(1), time.Timer(2)
        time.sleep(5)
        log.extend([after.recv(), timer.c.recv_ok(), time.now()])

    run(main)
    assert log == [1.0, (2.0, True), 5.0]


def test_a_timer_channel_is_always_empty_and_yet_ready():
    log = []

    def main():
        ch = time.after(1)
        log.append((len(ch), ch.cap))
        time.sleep(2)
        log.append((len(ch), ch.cap))
        log.append(select(recv(ch), default))

    run(main)
    assert log == [(0, 0), (0, 0), (0, 1.0, True)]


def test_a_timer_sends_once():
    def main():
        timer = time.Timer(1)
        timer.c.recv()
        timer.c.recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", 1.0)


def test_stop_is_true_if_the_timer_ran_or_its_value_was_not_received():
    log = []

    def main():
        running, expired, received = time.Timer(1), time.Timer(1), time.Timer(1)
        log.append((running.stop(), running.stop()))
        time.sleep(2)
        log.append((expired.stop(), expired.stop()))
        received.c.recv()
        log.append(received.stop())
        log.append(select(recv(running.c), recv(expired.c), recv(received.c), default)[0])

    run(main)
    assert log == [(True, False), (True, False), False, 3]


def test_reset_is_true_if_the_timer_was_active_and_forgets_the_old_value():
    log = []

    def main():
        running, expired, received, stopped = (time.Timer(1) for _ in range(4))
        log.append(running.reset(3))
        stopped.stop()
        log.append(stopped.reset(3))
        time.sleep(2)
        log.append(expired.reset(2))
        received.c.recv()
        log.append(received.reset(2))
        log.extend(timer.c.recv() for timer in (running, stopped, expired, received))

    run(main)
    assert log == [True, False, True, False, 3.0, 3.0, 4.0, 4.0]


def test_the_old_drain_idiom_blocks_for_ever_once_the_value_was_received():
    def main():
        timer = time.Timer(1)
        timer.c.recv()
        if not timer.stop():
            timer.c.recv()

    assert [info.state for info in record(main).left] == ["chan receive"]


def test_reset_of_a_timer_moves_the_time_for_whoever_waits_on_it():
    log = []

    def main():
        timer = time.Timer(10)
        go(lambda: log.append(timer.c.recv()))
        time.sleep(1)
        timer.reset(2)
        time.sleep(20)

    run(main)
    assert log == [3.0]


def test_reset_of_a_stopped_timer_serves_whoever_waited_meanwhile():
    log = []

    def main():
        timer = time.Timer(1)
        timer.stop()
        go(lambda: log.append(timer.c.recv()))
        time.sleep(5)
        timer.reset(1)
        time.sleep(5)

    run(main)
    assert log == [6.0]


@pytest.mark.parametrize("seconds", [0, -1, -math.inf])
def test_a_timer_of_nothing_is_ready_at_once(seconds):
    def main():
        ran = []
        time.after_func(seconds, lambda: ran.append(time.now()))
        ready = [select(recv(time.after(seconds)), default) for _ in range(2)]
        ready.append(time.Timer(seconds).c.recv())
        time.sleep(1)
        return ready, ran

    assert run(main).value == ([(0, 0.0, True), (0, 0.0, True), 0.0], [0.0])


def test_timers_fire_in_the_order_of_their_deadlines():
    log = []

    def waiter(seconds):
        log.append(time.after(seconds).recv())

    def main():
        for seconds in (0.03, 0.01, 0.02):
            go(waiter, seconds)
        time.sleep(1)

    run(main)
    assert log == [0.01, 0.02, 0.03]


def test_timers_of_the_same_instant_fire_in_the_order_in_which_they_were_set():
    log = []

    def main():
        for k in range(5):
            time.after_func(1, lambda k=k: log.append(k))
        time.sleep(2)

    run(main)
    assert log == [0, 1, 2, 3, 4]


def test_with_a_seed_sleepers_of_the_same_instant_wake_in_any_order():
    def main():
        order, wg = [], sync.WaitGroup()

        def sleeper(k):
            time.sleep(1)
            order.append(k)

        for k in range(3):
            wg.go(sleeper, k)
        wg.wait()
        return tuple(order)

    assert len({run(main, seed=seed).value for seed in range(60)}) == 6


def test_one_of_several_receivers_gets_the_value_of_a_timer():
    log = []

    def main():
        ch = time.after(1)
        for k in range(3):
            go(lambda k=k: log.append((k, ch.recv())))
        time.sleep(2)

    result = run(main)
    assert (log, [info.state for info in result.left]) == ([(0, 1.0)], ["chan receive"] * 2)


def test_who_polls_a_timer_takes_the_value_from_who_waits_on_it():
    log = []

    def main():
        timer = time.Timer(1)
        waiter = go(lambda: log.append(("waiter", timer.c.recv())))
        runtime.gosched()
        waiter.run.clock.now = 1_000_000_000  # as on a wall clock, time passes while main runs
        log.append(("poller", select(recv(timer.c), default)[1]))
        time.sleep(1)
        timer.reset(1)
        time.sleep(1)

    run(main)
    assert log == [("poller", 1.0), ("waiter", 3.0)]


@pytest.mark.parametrize("seed", range(20))
def test_a_stopped_timer_never_fires(seed):
    fired, stopped = set(), set()

    def main():
        funcs = [time.after_func(0.001 * k, lambda k=k: fired.add(k)) for k in range(20)]
        timers = [time.Timer(0.001 * k) for k in range(20)]
        wg = sync.WaitGroup()

        def stopper(k):
            time.sleep(0.001 * k)
            if funcs[k].stop():
                stopped.add(k)
            timers[k].stop()

        for k in range(20):
            wg.go(stopper, k)
        wg.wait()
        time.sleep(1)
        return [select(recv(timer.c), default)[0] for timer in timers]

    assert run(main, seed=seed).value == [1] * 20
    assert (fired & stopped, fired | stopped) == (set(), set(range(20)))


def test_only_the_clock_sends_on_the_channel_of_a_timer():
    log = []

    def main():
        ch = time.after(1)
        for use in (lambda: ch.send(1), ch.close, lambda: send(ch, 1), ch.send_only):
            try:
                use()
            except TypeError as error:
                log.append(str(error))
        log.append(repr(ch))

    run(main)
    end = "<-chan Time timer 1s (variable of type <-chan Time)"
    assert log == [
        f"invalid operation: cannot send to receive-only channel {end}",
        f"invalid operation: cannot close receive-only channel {end}",
        f"invalid operation: cannot send to receive-only channel {end}",
        "cannot use timer 1s (variable of type <-chan Time) as chan<- Time value in assignment",
        "<<-chan Time timer 1s 0/0>",
    ]


@pytest.mark.parametrize(
    ("make", "use"),
    [
        (time.Timer, lambda timer: timer.c.recv()),
        (time.Timer, lambda timer: select(recv(timer.c), default)),
        (time.Timer, lambda timer: timer.reset(1)),
        (time.Ticker, lambda ticker: ticker.c.recv_ok()),
        (time.Ticker, lambda ticker: next(iter(ticker.c))),
        (time.Ticker, lambda ticker: ticker.reset(1)),
        (lambda seconds: time.after_func(seconds, print), lambda timer: timer.reset(1)),
    ],
)
def test_a_timer_of_a_program_that_is_over_says_so(make, use):
    timer = run(make, 1).value
    with pytest.raises(RuntimeError, match=r"^this timer belongs to another program, which may be"):
        use(timer)
    with pytest.raises(RuntimeError, match=r"^this timer belongs to another program, which may be"):
        run(use, timer)
    timer.stop()


def test_a_timer_prints_when_it_is_due():
    def main():
        timer, ticker = time.Timer(1.5), time.Ticker(0.25)
        call = time.after_func(2, main)
        log = [repr(timer), repr(ticker), repr(call)]
        timer.stop()
        ticker.stop()
        call.stop()
        return [*log, repr(timer), repr(ticker), repr(call)]

    assert run(main).value == [
        "<Timer at 1.5s>",
        "<Ticker at 250ms every 250ms>",
        "<Timer of main at 2s>",
        "<Timer not active>",
        "<Ticker not active>",
        "<Timer of main not active>",
    ]


# -- after_func ------------------------------------------------------------------------------


def test_after_func_runs_in_a_goroutine_of_its_own():
    log = []

    def main():
        def late():
            log.append((time.now(), runtime.num_goroutine()))
            Chan().recv()

        timer = time.after_func(1, late)
        log.append((timer.c is nil, runtime.num_goroutine()))
        time.sleep(2)
        log.append((timer.stop(), runtime.num_goroutine()))

    run(main)
    assert log == [(True, 1), (1.0, 2), (False, 2)]


def test_stop_of_after_func_is_true_if_the_function_was_not_started():
    log = []

    def main():
        timer = time.after_func(1, lambda: log.append("ran"))
        log.append((timer.stop(), timer.stop()))
        time.sleep(2)

    run(main)
    assert log == [(True, False)]


def test_reset_of_after_func_runs_it_again_also_beside_itself():
    log = []

    def main():
        def slow():
            log.append(("begin", time.now()))
            time.sleep(10)
            log.append(("end", time.now()))

        timer = time.after_func(1, slow)
        log.append(timer.reset(2))
        time.sleep(3)
        log.append(timer.reset(1))
        time.sleep(20)

    run(main)
    assert log == [True, ("begin", 2.0), False, ("begin", 4.0), ("end", 12.0), ("end", 14.0)]


def test_after_func_refuses_what_is_no_plain_function():
    def generator():
        yield

    log = []

    def main():
        for f in (None, 3, generator):
            try:
                time.after_func(1, f)
            except TypeError as error:
                log.append(str(error))

    run(main)
    assert log == [
        "after_func takes a function, not None",
        "after_func takes a function, not 3",
        "generator is a generator: a goroutine sends on a channel, it doesn't yield",
    ]


# -- tickers ---------------------------------------------------------------------------------


def test_a_ticker_ticks_every_period():
    def main():
        ticker = time.Ticker(0.1)
        return [ticker.c.recv() for _ in range(4)]

    assert run(main).value == [0.1, 0.2, 0.3, 0.4]


def test_a_ticker_drops_ticks_for_a_slow_receiver():
    def main():
        ticker = time.Ticker(1)
        time.sleep(6.5)
        return [select(recv(ticker.c), default) for _ in range(2)]

    assert run(main).value == [(0, 1.0, True), (1, None, False)]


def test_a_tick_that_a_select_saw_and_left_is_the_one_that_stays():
    def main():
        ticker, ready = time.Ticker(1), Chan[int]()
        ready.close()
        time.sleep(1.5)
        while select(recv(ticker.c), recv(ready))[0] == 0:
            time.sleep(1)
        time.sleep(5)
        seen = math.floor(time.now() - 5)
        return ticker.c.recv() == seen, select(recv(ticker.c), default)[0]

    for seed in range(10):
        assert run(main, seed=seed).value == (True, 1)


def test_several_receivers_share_the_ticks():
    log = []

    def main():
        ticks = time.tick(1)
        for k in range(3):
            go(lambda k=k: log.append((k, ticks.recv())))
        time.sleep(10)

    run(main)
    assert log == [(0, 1.0), (1, 2.0), (2, 3.0)]


def test_dropped_ticks_keep_the_phase():
    def main():
        ticker = time.Ticker(0.02)
        time.sleep(0.05)
        return ticker.c.recv(), ticker.c.recv()

    assert run(main).value == (0.02, 0.06)


def test_stop_of_a_ticker_does_not_close_its_channel():
    log = []

    def main():
        ticker = time.Ticker(1)

        go(lambda: log.extend(ticker.c))
        time.sleep(2.5)
        ticker.stop()
        ticker.stop()
        time.sleep(5)

    result = run(main)
    assert (log, [info.state for info in result.left]) == ([1.0, 2.0], ["chan receive"])


def test_reset_of_a_ticker_begins_a_period_now_and_forgets_the_old_tick():
    log = []

    def main():
        ticker = time.Ticker(1)
        time.sleep(1.5)
        ticker.reset(2)
        log.extend([select(recv(ticker.c), default)[0], ticker.c.recv(), ticker.c.recv()])
        ticker.stop()
        time.sleep(10)
        ticker.reset(1)
        log.append(ticker.c.recv())

    run(main)
    assert log == [1, 3.5, 5.5, 16.5]


def test_tick_is_the_channel_of_a_ticker_and_nil_if_it_would_never_tick():
    def main():
        ticks = time.tick(1)
        return ticks.recv(), ticks.recv(), time.tick(0) is nil, time.tick(-1) is nil

    assert run(main).value == (1.0, 2.0, True, True)


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_ticker_needs_a_positive_interval(seconds):
    log = []

    def main():
        ticker = time.Ticker(1)
        for use in (lambda: time.Ticker(seconds), lambda: ticker.reset(seconds)):
            try:
                use()
            except Panic as p:
                log.append(str(p))
        log.append(ticker.c.recv())

    run(main)
    assert log == [
        "non-positive interval for NewTicker",
        "non-positive interval for Ticker.Reset",
        1.0,
    ]


# -- timers and deadlock ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [lambda: time.after(HOUR), lambda: time.Timer(HOUR), lambda: time.Ticker(1),
     lambda: time.Timer(HOUR).stop()],
)  # fmt: skip
def test_a_timer_channel_that_nobody_waits_on_prevents_no_deadlock(make):
    def main():
        keep = make()
        Chan().recv()
        return keep

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", 0.0)


def test_a_timer_that_somebody_waits_on_puts_the_deadlock_off():
    def main():
        time.after(HOUR).recv()
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", HOUR)


def test_an_after_func_puts_the_deadlock_off():
    def main():
        time.after_func(HOUR, lambda: None)
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", HOUR)


def test_a_sleeper_puts_the_deadlock_off():
    def main():
        go(time.sleep, 0.1)
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", 0.1)


@pytest.mark.parametrize("kind", [time.Timer, time.Ticker])
def test_whoever_waits_on_a_stopped_timer_is_in_a_deadlock(kind):
    def main():
        timer = kind(1)
        timer.stop()
        timer.c.recv()

    assert (record(main).outcome, record(main).elapsed) == ("deadlock", 0.0)


def test_a_stopped_after_func_is_a_deadlock_at_once():
    def main():
        time.after_func(HOUR, lambda: None).stop()
        Chan().recv()

    assert (record(main).outcome, record(main).elapsed) == ("deadlock", 0.0)


def test_a_timer_whose_waiter_was_served_elsewhere_prevents_no_deadlock():
    def main():
        ch, timer = Chan(), time.Timer(HOUR)
        go(ch.send, 1)
        select(recv(ch), recv(timer.c))
        Chan().recv()

    assert (record(main).outcome, record(main).elapsed) == ("deadlock", 0.0)


def test_a_ticker_that_is_read_runs_for_ever_and_is_cut_off_by_until():
    log = []

    def main():
        log.extend(time.tick(1))

    result = run(main, until=3.5)
    assert (result.outcome, result.elapsed, log) == ("cut", 3.5, [1.0, 2.0, 3.0])


def test_timers_nobody_refers_to_are_forgotten():
    sizes = []

    def main():
        clock = go(lambda: None).run.clock
        for _ in range(1_000):
            time.Timer(HOUR)
            time.after(HOUR)
            time.Ticker(HOUR).reset(2)
            time.after_func(HOUR, lambda: None).stop()
            sizes.append(len(clock._alarms))

    run(main)
    assert max(sizes) <= 2


# -- polling and time ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "poll",
    [
        lambda flag: select(recv(nil), default),
        lambda flag: runtime.gosched(),
        lambda flag: time.now(),
        lambda flag: time.sleep(0),
        lambda flag: runtime.num_goroutine(),
        lambda flag: runtime.goroutines(),
        lambda flag: runtime.stack(),
        lambda flag: work(0),
    ],
)
def test_time_moves_on_when_everybody_only_polls(poll):
    def main():
        flag = []
        time.after_func(1, lambda: flag.append(1))
        while not flag:
            poll(flag)
        return time.now()

    result = run(main)
    assert (result.value, result.polled) == (1.0, 1)


@pytest.mark.parametrize(
    "channel_of",
    [
        time.after,
        lambda seconds: time.Timer(seconds).c,
        lambda seconds: time.Ticker(seconds).c,
        time.tick,
    ],
)
@pytest.mark.parametrize("seed", [None, 1])
def test_time_moves_on_to_a_timer_that_is_only_polled(channel_of, seed):
    def main():
        timeout, later = channel_of(1), channel_of(2)
        while True:
            match select(recv(later), recv(timeout), default):
                case index, at, True:
                    return index, at, time.now()

    result = run(main, seed=seed)
    assert (result.value, result.polled) == ((1, 1.0, 1.0), 1)


def test_time_moves_on_to_each_of_several_polled_timers():
    def main():
        log, timers = [], [time.Timer(3), time.Timer(1), time.Timer(2)]
        while timers:
            for timer in list(timers):
                index, at, _ = select(recv(timer.c), default)
                if index == 0:
                    log.append(at)
                    timers.remove(timer)
        return log

    result = run(main)
    assert (result.value, result.polled) == ([1.0, 2.0, 3.0], 3)


def test_a_timer_that_was_polled_once_keeps_no_program_alive():
    def main():
        select(recv(time.after(1)), default)
        Chan().recv()

    assert (record(main).outcome, record(main).elapsed) == ("deadlock", 0.0)


def test_until_cuts_off_who_polls_a_later_timer():
    def main():
        timeout = time.after(10)
        while select(recv(timeout), default)[0] == 1:
            pass

    result = record(main, until=3)
    assert (result.outcome, result.elapsed) == ("cut", 3.0)


def test_time_moves_on_when_several_poll_and_each_jump_is_counted():
    def main():
        flags, wg = [], sync.WaitGroup()

        def poller(k):
            while len(flags) <= k:
                runtime.gosched()

        for k in range(3):
            time.after_func(k + 1, lambda: flags.append(1))
            wg.go(poller, k)
        wg.wait()
        return time.now()

    result = run(main)
    assert (result.value, result.polled) == (3.0, 3)


def test_time_stands_still_while_one_of_the_pollers_gets_something_done():
    def main():
        ch, count = Chan(1), 0
        time.after_func(1, lambda: None)
        for _ in range(5_000):
            select(recv(nil), default)
            ch.send(1)
            count += ch.recv()
        return count, time.now()

    result = run(main)
    assert (result.value, result.polled) == ((5_000, 0.0), 0)


@pytest.mark.parametrize("runner", [run, record])
def test_a_print_in_the_polling_loop_changes_nothing(runner, capsys):
    def main():
        flag = []
        time.after_func(1, lambda: flag.append(1))
        while not flag:
            print("waiting")
            runtime.gosched()

    result = runner(main)
    assert (result.elapsed, result.polled) == (1.0, 1)


def test_a_busy_wait_on_the_clock_ends_at_the_next_timer():
    def main():
        time.after_func(0.5, lambda: None)
        while time.now() < 0.3:
            pass
        return time.now()

    assert run(main).value == 0.5


# -- the wall clock --------------------------------------------------------------------------


def test_under_the_wall_clock_timers_fire_in_their_order():
    log = []

    def main():
        wg, start = sync.WaitGroup(), time.now()

        def sleeper(k):
            time.sleep(start + k / 1_000 - time.now())
            log.append(k)

        for k in (3, 1, 2):
            wg.go(sleeper, k)
        wg.wait()
        return time.since(start) >= 0.003

    assert (run(main, clock="wall").value, log) == (True, [1, 2, 3])


def test_under_the_wall_clock_a_timer_fires_while_somebody_computes():
    def main():
        ch, flag = time.after(0.001), []
        time.after_func(0.002, lambda: flag.append(1))
        polls = 0
        while not flag:
            runtime.gosched()
            polls += 1
        return select(recv(ch), default)[0]

    result = run(main, clock="wall")
    assert (result.value, result.polled) == (0, 0)


def test_under_the_wall_clock_a_loop_round_now_lets_sleepers_wake():
    def main():
        flag = []
        go(lambda: (time.sleep(0.001), flag.append(1)))
        while not flag:
            time.now()

    assert run(main, clock="wall").outcome == "ok"


def test_under_the_wall_clock_until_cuts_off_who_never_blocks():
    def main():
        while True:
            runtime.gosched()

    assert run(main, clock="wall", until=0.005).outcome == "cut"


def test_under_the_wall_clock_linger_cuts_off_who_never_blocks():
    def main():
        def spinner():
            while True:
                runtime.gosched()

        go(spinner)

    result = run(main, clock="wall", linger=0.005)
    assert (result.outcome, [info.name for info in result.left]) == ("ok", ["spinner"])

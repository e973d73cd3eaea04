"""Data races: which accesses are ordered and which are not, whatever the schedule was.

The cases follow the memory model and what Go's own race detector says of such programs.
"""

import pytest
from listing import listing

from gochan import (
    Chan,
    Panic,
    Var,
    atomic,
    context,
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
)

# Each case is a function of `x`, a shared variable: two goroutines use it, and `ordered` or not.
RACES = {}
NO_RACES = {}


def race(case):
    RACES[case.__name__] = case
    return case


def no_race(case):
    NO_RACES[case.__name__] = case
    return case


def set_to_one(x):
    x.value = 1


# -- goroutines ------------------------------------------------------------------------------------


@no_race
def the_go_statement_comes_before_the_goroutine(x):
    x.value = 1
    go(lambda: x.value)
    time.sleep(1)


@race
def the_end_of_a_goroutine_comes_before_nothing(x):
    go(set_to_one, x)
    time.sleep(1)
    return x.value


@race
def after_the_go_statement_both_run(x):
    go(set_to_one, x)
    x.value = 2
    time.sleep(1)


@no_race
def two_readers(x):
    go(lambda: x.value)
    x.value  # noqa: B018 - to read it
    time.sleep(1)


@race
def two_writers_of_the_same_value(x):
    go(set_to_one, x)
    go(set_to_one, x)
    time.sleep(1)


@no_race
def one_goroutine_after_the_other_by_go(x):
    def first():
        x.value = 1
        go(set_to_one, x)

    go(first)
    time.sleep(1)


# -- channels --------------------------------------------------------------------------------------


@no_race
def a_send_comes_before_its_receive(x):
    ch = Chan()

    def worker():
        x.value = 1
        ch.send(None)

    go(worker)
    ch.recv()
    return x.value


@no_race
def a_receive_comes_before_the_end_of_an_unbuffered_send(x):
    ch = Chan()

    def worker():
        x.value = 1
        ch.recv()

    go(worker)
    ch.send(None)
    return x.value


@no_race
def the_same_when_the_receiver_came_first(x):
    ch = Chan()

    def worker():
        x.value = 1
        ch.recv()

    go(worker)
    time.sleep(1)
    ch.send(None)
    return x.value


@race
def a_receive_does_not_come_before_a_buffered_send(x):
    ch = Chan(1)

    def worker():
        x.value = 1
        ch.recv()

    go(worker)
    ch.send(None)
    time.sleep(1)
    return x.value


@no_race
def the_kth_receive_comes_before_the_send_that_takes_its_room(x):
    ch = Chan(1)

    def worker():
        x.value = 1
        ch.recv()

    ch.send(None)
    go(worker)
    ch.send(None)
    return x.value


@race
def but_not_before_one_that_had_room_anyway(x):
    ch = Chan(2)

    def worker():
        x.value = 1
        ch.recv()

    ch.send(None)
    go(worker)
    time.sleep(1)
    ch.send(None)
    return x.value


@no_race
def a_buffer_of_one_is_a_lock(x):
    ch = Chan(1)

    def worker():
        ch.send(None)
        x.value += 1
        ch.recv()

    go(worker)
    worker()
    time.sleep(1)


@race
def a_buffer_of_two_is_none(x):
    ch = Chan(2)

    def worker():
        ch.send(None)
        x.value += 1
        ch.recv()

    go(worker)
    worker()
    time.sleep(1)


@no_race
def a_close_comes_before_the_zero_value(x):
    ch = Chan()

    def worker():
        x.value = 1
        ch.close()

    go(worker)
    ch.recv()
    return x.value


@no_race
def a_close_comes_before_the_end_of_a_range(x):
    ch = Chan(3)

    def worker():
        for k in range(3):
            ch.send(k)
        x.value = 1
        ch.close()

    go(worker)
    for _ in ch:
        pass
    return x.value


@race
def a_receive_comes_before_no_close(x):
    ch = Chan(1)

    def worker():
        x.value = 1
        ch.recv()

    ch.send(None)
    go(worker)
    time.sleep(1)
    ch.close()
    return x.value


@race
def len_orders_nothing(x):
    ch = Chan(1)

    def worker():
        x.value = 1
        ch.send(None)

    go(worker)
    while len(ch) == 0:
        runtime.gosched()
    return x.value


@race
def a_send_and_a_close_that_nothing_orders(x):
    ch = Chan(1)
    go(ch.send, 1)
    time.sleep(1)
    ch.close()


@no_race
def a_send_before_a_close(x):
    ch, done = Chan(1), Chan()

    def worker():
        ch.send(1)
        done.send(None)

    go(worker)
    done.recv()
    ch.close()


@no_race
def a_receive_and_a_close_that_nothing_orders(x):
    ch = Chan()
    go(ch.recv)
    ch.close()
    time.sleep(1)


@no_race
def a_select_orders_as_the_case_does(x):
    ch, other = Chan(), Chan()

    def worker():
        x.value = 1
        select(send(ch, 1), recv(other))

    go(worker)
    select(recv(ch), recv(other))
    return x.value


@race
def a_taken_default_orders_nothing(x):
    ch = Chan()

    def worker():
        x.value = 1
        select(send(ch, 1), default)

    go(worker)
    time.sleep(1)
    select(recv(ch), default)
    return x.value


# -- locks -----------------------------------------------------------------------------------------


@no_race
def a_mutex(x):
    mu = sync.Mutex()

    def worker():
        with mu:
            x.value += 1

    go(worker)
    worker()
    time.sleep(1)


@race
def two_different_mutexes(x):
    a, b = sync.Mutex(), sync.Mutex()

    def worker(mu):
        with mu:
            x.value += 1

    go(worker, a)
    worker(b)
    time.sleep(1)


@no_race
def empty_critical_sections_order_too(x):
    mu = sync.Mutex()

    def worker():
        x.value = 1
        mu.lock()
        mu.unlock()

    go(worker)
    time.sleep(1)
    mu.lock()
    mu.unlock()
    return x.value


@race
def a_failed_try_lock_orders_nothing(x):
    mu = sync.Mutex()

    def worker():
        x.value = 1
        mu.lock()

    go(worker)
    time.sleep(1)
    assert not mu.try_lock()
    return x.value


@no_race
def a_lock_that_another_goroutine_unlocks(x):
    mu = sync.Mutex()
    mu.lock()

    def worker():
        x.value = 1
        mu.unlock()

    go(worker)
    mu.lock()
    return x.value


@no_race
def readers_before_a_writer(x):
    rw = sync.RWMutex()

    def reader():
        with rw.rlocker():
            x.value  # noqa: B018

    go(reader)
    go(reader)
    time.sleep(1)
    with rw:
        x.value = 1


@no_race
def a_writer_before_readers(x):
    rw = sync.RWMutex()

    def writer():
        with rw:
            x.value = 1

    go(writer)
    time.sleep(1)
    with rw.rlocker():
        return x.value


@race
def a_writer_among_readers(x):
    rw = sync.RWMutex()

    def worker():
        with rw.rlocker():
            x.value += 1

    go(worker)
    worker()
    time.sleep(1)


# -- WaitGroup, Once, Cond -------------------------------------------------------------------------


@no_race
def done_comes_before_the_end_of_wait(x):
    wg = sync.WaitGroup()
    wg.go(set_to_one, x)
    wg.wait()
    return x.value


@no_race
def also_when_nobody_had_to_wait(x):
    wg = sync.WaitGroup()
    wg.go(set_to_one, x)
    time.sleep(1)
    wg.wait()
    return x.value


@race
def one_done_comes_before_no_other(x):
    wg = sync.WaitGroup()
    wg.go(set_to_one, x)
    wg.go(set_to_one, x)
    wg.wait()


@race
def an_add_that_may_come_after_wait(x):
    wg = sync.WaitGroup()

    def worker():
        wg.add(1)
        time.sleep(2)
        wg.done()

    go(worker)
    time.sleep(1)
    wg.wait()


@no_race
def once_comes_before_every_do(x):
    once, ready = sync.Once(), Chan(2)

    def worker():
        once.do(lambda: set_to_one(x))
        ready.send(x.value)

    go(worker)
    go(worker)
    return ready.recv(), ready.recv()


@no_race
def a_cond_with_its_lock(x):
    mu = sync.Mutex()
    cond = sync.Cond(mu)

    def worker():
        with mu:
            x.value = 1
            cond.signal()

    with mu:
        go(worker)
        while x.value == 0:
            cond.wait()


@race
def a_signal_without_the_lock(x):
    mu = sync.Mutex()
    cond = sync.Cond(mu)

    def worker():
        time.sleep(1)
        x.value = 1
        cond.signal()

    go(worker)
    with mu:
        cond.wait()
    return x.value


# -- atomics, contexts, timers, maps ---------------------------------------------------------------


@no_race
def an_atomic_flag(x):
    ready = atomic.Bool()

    def worker():
        x.value = 1
        ready.store(True)

    go(worker)
    while not ready.load():
        runtime.gosched()
    return x.value


@no_race
def an_atomic_counter(x):
    count = atomic.Int()

    def worker():
        count.add(1)

    go(worker)
    worker()
    time.sleep(1)
    return count.load()


@no_race
def a_failed_compare_and_swap_orders_too(x):
    n = atomic.Int(5)

    def worker():
        x.value = 1
        n.compare_and_swap(1, 2)

    go(worker)
    time.sleep(1)
    n.load()
    return x.value


@no_race
def a_cancel_comes_before_done(x):
    ctx, cancel = context.with_cancel(context.background())

    def worker():
        x.value = 1
        cancel()

    go(worker)
    ctx.done().recv()
    return x.value


@no_race
def a_cancel_comes_before_an_error_that_is_seen(x):
    ctx, cancel = context.with_cancel(context.background())

    def worker():
        x.value = 1
        cancel()

    go(worker)
    while ctx.err() is None:
        runtime.gosched()
    return x.value


@no_race
def setting_a_deadline_comes_before_done(x):
    def worker():
        time.sleep(0.5)  # it was started before the write: only the deadline can order them
        ctx.done().recv()
        return x.value

    go(worker)
    x.value = 1
    ctx, _ = context.with_timeout(context.background(), 1)
    time.sleep(2)


@race
def a_deadline_knows_nothing_of_other_timers(x):
    ctx, _ = context.with_timeout(context.background(), 2)

    def worker():
        x.value = 1
        time.after_func(1, lambda: None)

    go(worker)
    ctx.done().recv()
    return x.value


@no_race
def setting_a_timer_comes_before_its_function(x):
    x.value = 1
    time.after_func(1, lambda: x.value)
    time.sleep(2)


@no_race
def resetting_a_timer_comes_before_its_function(x):
    timer = time.after_func(5, lambda: x.value)
    x.value = 1
    timer.reset(1)
    time.sleep(2)


@no_race
def setting_a_timer_comes_before_its_value(x):
    def worker():
        timer.c.recv()
        return x.value

    x.value = 1
    timer = time.Timer(1)
    go(worker)
    time.sleep(2)


@race
def a_timer_orders_nobody_else(x):
    time.after_func(1, lambda: set_to_one(x))
    time.sleep(2)
    return x.value


@race
def a_map_is_one_place_whatever_the_key(x):
    m = Var({})

    def worker(key):
        m[key] = 1

    go(worker, "a")
    worker("b")
    time.sleep(1)


@race
def the_length_of_a_map_is_in_it(x):
    m = Var({})

    def worker():
        m["a"] = 1

    go(worker)
    len(m)
    time.sleep(1)


@no_race
def a_map_of_package_sync(x):
    m = sync.Map()

    def worker():
        x.value = 1
        m.store("ready", True)

    go(worker)
    while not m.load("ready")[1]:
        runtime.gosched()
    return x.value


@pytest.mark.parametrize("options", [{}, {"seed": 1}, {"seed": 2}], ids=str)
@pytest.mark.parametrize("name", RACES)
def test_a_race_is_found(name, options):
    assert record(lambda: RACES[name](Var(0, name="x")), race=True, **options).races


@pytest.mark.parametrize("options", [{}, {"seed": 1}, {"seed": 2}, {"seed": 3}], ids=str)
@pytest.mark.parametrize("name", NO_RACES)
def test_what_is_ordered_is_no_race(name, options):
    result = record(lambda: NO_RACES[name](Var(0, name="x")), race=True, **options)
    assert [one.text() for one in result.races] == []
    assert result.outcome == "ok"


def test_a_race_is_reported_in_gos_form():
    program = listing("""
        from gochan import Var

        def worker(count):
            count.value += 1

        def main():
            count = Var(0, name="count")
            wg = sync.WaitGroup()
            wg.go(worker, count)
            count.value = 5
            wg.wait()
    """)
    (read, write) = record(program["main"], race=True).races
    assert read.text() == (
        "==================\n"
        "WARNING: DATA RACE\n"
        "Read at count by goroutine 2:\n"
        "  main.worker()\n"
        "      prog.py:4\n"
        "\n"
        "Previous write at count by main goroutine:\n"
        "  main.main()\n"
        "      prog.py:10\n"
        "\n"
        "Goroutine 2 (finished) created at:\n"
        "  main.main()\n"
        "      prog.py:9\n"
        "=================="
    )
    assert (write.second.kind, write.second.line, str(write)) == ("write", 4, write.text())


def test_a_pair_of_lines_is_reported_once():
    def main():
        x, wg = Var(0), sync.WaitGroup()

        def worker():
            for _ in range(5):
                x.value = 1

        wg.go(worker)
        wg.go(worker)
        wg.wait()

    assert len(record(main, race=True).races) == 1


def test_a_race_never_ends_a_run_and_is_looked_for_only_when_asked():
    def main():
        x = Var(0)
        go(set_to_one, x)
        x.value = 2
        time.sleep(1)
        return "done"

    found = run(main, race=True)
    assert (found.value, len(found.races), found.trace) == ("done", 1, None)
    assert found.summary() == "ok, main returned 'done' · t = 1s · 2 goroutines · 1 data race"
    assert record(main).races == []


def test_values_from_before_the_program_and_panics_do_not_trouble_it():
    ch = Chan(1)
    ch.send("early")

    def main():
        ch.close()
        with pytest.raises(Panic):
            ch.send(1)
        return ch.recv_ok(), ch.recv_ok()

    result = record(main, race=True)
    assert (result.races, result.value) == ([], (("early", True), (None, False)))

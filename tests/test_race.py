"""Data races: which accesses are ordered and which are not, whatever the schedule was.

The cases follow the memory model and what Go's own race detector says of such programs. They are
what the corpus of `race_corpus/`, which is Go's, leaves out.
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
def the_same_when_the_receiver_came_first(x):
    ch = Chan()

    def worker():
        x.value = 1
        ch.recv()

    go(worker)
    time.sleep(1)
    ch.send(None)
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


@race
def nor_before_the_receive_of_that_send(x):
    ch, done = Chan(1), Chan()

    def first():
        x.value = 1
        ch.recv()

    def second():
        time.sleep(2)
        ch.recv()
        done.send(x.value)

    ch.send(None)
    go(second)
    go(first)
    time.sleep(1)
    ch.send(None)  # its end comes after the first receive, but its beginning need not
    done.recv()


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


@no_race
def a_send_before_a_close(x):
    ch, done = Chan(1), Chan()

    def worker():
        ch.send(1)
        done.send(None)

    go(worker)
    done.recv()
    ch.close()


@race
def a_close_while_the_sender_waits(x):
    ch = Chan()

    def worker():
        with pytest.raises(Panic):
            ch.send(1)

    go(worker)
    time.sleep(1)
    ch.close()
    time.sleep(1)


@race
def a_close_while_the_sender_waits_in_a_select(x):
    ch, other = Chan(), Chan()

    def worker():
        with pytest.raises(Panic):
            select(recv(other), send(ch, 1))

    go(worker)
    time.sleep(1)
    ch.close()
    time.sleep(1)


@race
def a_send_after_a_close_that_nothing_orders(x):
    ch = Chan()

    def worker():
        time.sleep(1)
        with pytest.raises(Panic):
            ch.send(1)

    go(worker)
    ch.close()
    time.sleep(2)


@no_race
def a_select_that_received_before_the_other_channel_was_closed(x):
    ch, other = Chan(), Chan()

    def worker():
        select(recv(other), send(ch, 1))

    go(worker)
    other.send(None)
    ch.close()


@no_race
def a_receive_and_a_close_that_nothing_orders(x):
    ch = Chan()
    go(ch.recv)
    ch.close()
    time.sleep(1)


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
def also_when_nobody_had_to_wait(x):
    wg = sync.WaitGroup()
    wg.go(set_to_one, x)
    time.sleep(1)
    wg.wait()
    return x.value


@race
def one_done_comes_before_no_other(x):
    wg = sync.WaitGroup()

    def worker():
        x.value = 1
        wg.done()

    wg.add(2)
    go(worker)
    time.sleep(1)
    wg.done()
    return x.value


@no_race
def once_comes_before_every_do(x):
    once, ready = sync.Once(), Chan(2)

    def worker():
        once.do(lambda: set_to_one(x))
        ready.send(x.value)

    go(worker)
    go(worker)
    return ready.recv(), ready.recv()


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
def an_atomic_counter(x):
    count = atomic.Int()

    def worker():
        count.add(1)

    go(worker)
    worker()
    time.sleep(1)
    return count.load()


@race
def a_failed_compare_and_swap_comes_before_nothing(x):
    n = atomic.Int(5)

    def worker():
        x.value = 1
        n.compare_and_swap(1, 2)

    go(worker)
    time.sleep(1)
    n.load()
    return x.value


@race
def a_load_comes_before_nothing(x):
    n = atomic.Int()

    def worker():
        x.value = 1
        n.load()

    go(worker)
    time.sleep(1)
    n.add(1)
    return x.value


@race
def a_store_comes_before_no_other_store(x):
    n = atomic.Int()

    def worker():
        x.value = 1
        n.store(1)

    go(worker)
    time.sleep(1)
    n.store(2)
    return x.value


@race
def a_value_that_was_overwritten_is_not_seen(x):
    n = atomic.Int()

    def worker():
        x.value = 1
        n.store(1)

    def other():
        time.sleep(1)
        n.store(2)

    go(worker)
    go(other)
    time.sleep(2)
    n.load()
    return x.value


@no_race
def but_is_in_a_value_that_was_added_to(x):
    n = atomic.Int()

    def worker():
        x.value = 1
        n.store(1)

    def other():
        time.sleep(1)
        n.add(1)

    go(worker)
    go(other)
    time.sleep(2)
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


@race
def nor_does_a_timer_whose_value_waits(x):
    seconds = []

    def worker():
        x.value = 1
        seconds.append(time.after(1))

    while True:
        first = time.after(1)
        go(worker)
        time.sleep(2)
        if select(recv(first), recv(seconds[-1]))[0] == 0:  # both have fired
            return x.value


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


@race
def a_look_into_it_comes_before_nothing(x):
    m = sync.Map()
    m.store("ready", False)

    def worker():
        x.value = 1
        m.load("ready")
        m.range(lambda key, value: True)
        m.delete("missing")
        m.compare_and_swap("ready", True, False)

    go(worker)
    time.sleep(1)
    m.store("ready", True)
    return x.value


@race
def to_clear_it_comes_before_no_other_clearing(x):
    m = sync.Map()

    def worker():
        x.value = 1
        m.clear()

    go(worker)
    time.sleep(1)
    m.clear()
    return x.value


@no_race
def a_thing_out_of_a_pool_comes_after_it_was_put_there(x):
    pool = sync.Pool()

    def worker(thing):
        thing.value = 1
        pool.put(thing)

    first, second = Var(0), Var(0)
    go(worker, first)
    go(worker, second)
    time.sleep(1)
    return pool.get().value, pool.get().value


@race
def an_empty_pool_orders_nothing(x):
    pool = sync.Pool()

    def worker():
        x.value = 1
        pool.get()

    go(worker)
    time.sleep(1)
    pool.get()
    return x.value


@race
def putting_into_a_pool_comes_before_no_other_putting(x):
    pool = sync.Pool()

    def worker():
        x.value = 1
        pool.put("a")

    go(worker)
    time.sleep(1)
    pool.put("b")
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

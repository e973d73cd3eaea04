"""Mutex and WaitGroup."""

import copy

import pytest
from listing import listing

from gochan import (
    Chan,
    Deadlock,
    FatalError,
    Panic,
    default,
    go,
    panic,
    record,
    recv,
    run,
    runtime,
    select,
    sync,
    time,
)

# -- Mutex -----------------------------------------------------------------------------------


def test_a_mutex_lets_one_in_at_a_time():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def worker(name):
            with mu:
                log.append((name, "in", time.now()))
                time.sleep(1)
                log.append((name, "out", time.now()))

        wg.go(worker, "a")
        wg.go(worker, "b")
        wg.wait()

    run(main)
    assert log == [("a", "in", 0.0), ("a", "out", 1.0), ("b", "in", 1.0), ("b", "out", 2.0)]


@pytest.mark.parametrize("seed", [None, *range(10)])
def test_a_mutex_keeps_a_counter_right(seed):
    def main():
        mu, wg, count = sync.Mutex(), sync.WaitGroup(), [0]

        def worker():
            for _ in range(20):
                with mu:
                    seen = count[0]
                    runtime.gosched()
                    count[0] = seen + 1

        for _ in range(5):
            wg.go(worker)
        wg.wait()
        return count[0]

    assert run(main, seed=seed).value == 100


def test_locking_twice_in_one_goroutine_is_a_deadlock():
    program = listing("""
        def main():
            mu = sync.Mutex()
            mu.lock()
            mu.lock()
    """)
    with pytest.raises(Deadlock) as error:
        run(program["main"])
    assert str(error.value) == (
        "fatal error: all goroutines are asleep - deadlock!\n"
        "\n"
        "goroutine 1 [sync.Mutex.Lock]:\n"
        "main.main(...)\n"
        "\tprog.py:4"
    )


def test_any_goroutine_may_unlock():
    log = []

    def main():
        mu = sync.Mutex()
        mu.lock()
        go(mu.unlock)
        mu.lock()
        log.append("locked again")

    run(main)
    assert log == ["locked again"]


def test_unlock_of_an_unlocked_mutex_is_fatal_and_nothing_can_catch_it():
    log = []
    program = listing("""
        def main(log):
            mu = sync.Mutex()
            try:
                mu.unlock()
            except BaseException:
                log.append("caught")
                mu.lock()
                log.append("went on")
    """)
    result = record(program["main"], log)
    assert (result.outcome, type(result.error), str(result.error)) == (
        "fatal",
        FatalError,
        "fatal error: sync: unlock of unlocked mutex",
    )
    assert result.error.report == (
        "fatal error: sync: unlock of unlocked mutex\n"
        "\n"
        "goroutine 1 [running]:\n"
        "main.main(...)\n"
        "\tprog.py:4"
    )
    # Python unwinds the stack when the goroutine is ended, but it can't go on.
    assert log == ["caught"]


def test_unlock_of_an_unlocked_mutex_outside_a_run_is_raised():
    with pytest.raises(FatalError) as error:
        sync.Mutex().unlock()
    assert str(error.value) == "fatal error: sync: unlock of unlocked mutex"


def test_try_lock_never_waits():
    log = []

    def main():
        mu = sync.Mutex()
        log.extend([mu.try_lock(), mu.try_lock()])
        mu.unlock()
        log.append(mu.try_lock())

    run(main)
    assert log == [True, False, True]


def test_a_loop_of_try_lock_lets_the_holder_finish():
    def main():
        mu = sync.Mutex()

        def holder():
            with mu:
                time.sleep(1)

        go(holder)
        runtime.gosched()
        while not mu.try_lock():
            pass
        return time.now()

    result = run(main)
    assert (result.value, result.polled) == (1.0, 1)


def test_waiters_get_the_mutex_in_the_order_in_which_they_came():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def worker(k):
            with mu:
                log.append(k)

        mu.lock()
        for k in range(5):
            wg.go(worker, k)
        runtime.gosched()
        mu.unlock()
        wg.wait()

    run(main)
    assert log == [0, 1, 2, 3, 4]


def test_whoever_runs_may_take_the_mutex_before_the_waiter_that_was_woken():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter():
            with mu:
                log.append("waiter")

        mu.lock()
        wg.go(waiter)
        runtime.gosched()
        mu.unlock()
        with mu:
            log.append("main")
        wg.wait()

    run(main)
    assert log == ["main", "waiter"]


def test_the_waiter_that_lost_goes_back_to_the_front():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter(k):
            with mu:
                log.append(k)

        mu.lock()
        for k in range(3):
            wg.go(waiter, k)
        runtime.gosched()
        mu.unlock()
        mu.lock()
        runtime.gosched()  # the first waiter finds it locked again
        mu.unlock()
        wg.wait()

    run(main)
    assert log == [0, 1, 2]


def test_a_waiter_that_lost_for_more_than_a_millisecond_gets_the_mutex_handed_over():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter():
            with mu:
                log.append(("waiter", time.now()))

        mu.lock()
        wg.go(waiter)
        runtime.gosched()
        for _ in range(5):
            time.sleep(0.001)
            mu.unlock()
            mu.lock()
            log.append(("main", time.now()))
        mu.unlock()
        wg.wait()

    run(main)
    assert log == [
        ("main", 0.001),
        ("main", 0.002),
        ("waiter", 0.003),
        ("main", 0.003),
        ("main", 0.004),
        ("main", 0.005),
    ]


def test_nobody_takes_a_mutex_that_is_being_handed_over():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter(k):
            mu.lock()
            log.append((k, mu.try_lock()))
            time.sleep(0.01)
            mu.unlock()

        mu.lock()
        for k in range(2):
            wg.go(waiter, k)
        runtime.gosched()
        for _ in range(2):
            time.sleep(0.002)
            mu.unlock()
            log.append(("main", mu.try_lock()))
        wg.wait()

    run(main)
    assert log == [("main", True), (0, False), ("main", False), (1, False)]


def test_of_several_waiters_one_is_on_its_way():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter(k):
            with mu:
                log.append(k)

        mu.lock()
        for k in range(2):
            wg.go(waiter, k)
        time.sleep(0.002)
        for _ in range(2):
            mu.unlock()
            mu.lock()
        runtime.gosched()
        log.append("main still holds it")
        mu.unlock()
        wg.wait()

    run(main)
    assert log == ["main still holds it", 0, 1]


def test_newcomers_queue_while_the_mutex_is_handed_over():
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def waiter(name):
            with mu:
                log.append(name)

        def newcomer():
            log.append(("newcomer", mu.try_lock()))
            waiter("newcomer")

        mu.lock()
        for name in ("first", "second"):
            wg.go(waiter, name)
        runtime.gosched()
        time.sleep(0.002)
        mu.unlock()
        mu.lock()
        runtime.gosched()  # the first waiter lost again, and the mutex starves
        wg.go(newcomer)  # runs before the first waiter can
        mu.unlock()
        wg.wait()

    run(main)
    assert log == [("newcomer", False), "first", "second", "newcomer"]


def lockers_of(program):
    """What `program(mu, start, log)` and the goroutines that it starts log; each of them locks."""
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def locker(name):
            with mu:
                log.append(name)

        program(mu, lambda name: wg.go(locker, name), log)
        wg.wait()

    run(main)
    return log


def lock_and_have_wait(mu, start, *names):
    mu.lock()
    for name in names:
        start(name)
        time.sleep(1e-7)


def unlock_and_lock_again_with_others_before_the_waiter(mu, start, *newcomers):
    def nothing():
        """Goes first in Go, where the last one that was started or woken does."""

    for name in newcomers:
        start(name)
    go(nothing)
    mu.unlock()
    go(nothing)
    mu.lock()
    time.sleep(1e-7)


def newcomer_before_the_only_waiter(mu, start, log):
    lock_and_have_wait(mu, start, "woken")
    unlock_and_lock_again_with_others_before_the_waiter(mu, start, "newcomer")
    mu.unlock()


def newcomer_before_the_first_of_two_waiters(mu, start, log):
    lock_and_have_wait(mu, start, "woken", "second")
    unlock_and_lock_again_with_others_before_the_waiter(mu, start, "newcomer")
    mu.unlock()


def two_newcomers_before_the_waiter(mu, start, log):
    lock_and_have_wait(mu, start, "woken", "second")
    unlock_and_lock_again_with_others_before_the_waiter(mu, start, "newcomer", "another")
    mu.unlock()


def newcomer_before_a_waiter_that_had_lost(mu, start, log):
    lock_and_have_wait(mu, start, "woken", "second")
    mu.unlock()
    mu.lock()
    time.sleep(1e-7)
    unlock_and_lock_again_with_others_before_the_waiter(mu, start, "newcomer")
    mu.unlock()


def newcomer_before_a_waiter_of_two_milliseconds(mu, start, log):
    lock_and_have_wait(mu, start, "woken")
    time.sleep(0.002)
    unlock_and_lock_again_with_others_before_the_waiter(mu, start, "newcomer")
    mu.unlock()
    with mu:
        log.append("main")


@pytest.mark.parametrize(
    ("program", "in_go"),
    [
        (newcomer_before_the_only_waiter, ["newcomer", "woken"]),
        (newcomer_before_the_first_of_two_waiters, ["newcomer", "second", "woken"]),
        (two_newcomers_before_the_waiter, ["newcomer", "second", "another", "woken"]),
        (newcomer_before_a_waiter_that_had_lost, ["woken", "newcomer", "second"]),
        (newcomer_before_a_waiter_of_two_milliseconds, ["main", "newcomer", "woken"]),
    ],
)
def test_a_newcomer_may_take_the_permit_of_the_woken_waiter_who_then_queues_anew(program, in_go):
    assert lockers_of(program) == in_go


def test_a_copy_is_in_the_same_state_but_nobody_waits_for_it():
    def program(mu, start, log):
        lock_and_have_wait(mu, start, "waiter")
        time.sleep(0.002)
        twin = copy.copy(mu)
        log.append(twin.try_lock())
        twin.unlock()
        time.sleep(1e-7)
        log.append(twin.try_lock())
        mu.unlock()
        mu.lock()
        time.sleep(1e-7)  # the waiter lost, and the mutex starves
        starving = copy.copy(mu)
        starving.unlock()
        log.append(starving.try_lock())
        starving.lock()  # takes what was handed over to nobody
        starving.unlock()
        log.append(starving.try_lock())
        mu.unlock()

    assert lockers_of(program) == [False, True, False, True, "waiter"]


def test_a_copy_has_a_permit_of_its_own_for_the_waiter_that_was_woken():
    def program(mu, start, log):
        def locker(name):
            with twin:
                log.append(name)

        lock_and_have_wait(mu, start, "first", "second")
        mu.unlock()
        twin = copy.copy(mu)
        twin.lock()
        twin.unlock()
        twin.lock()
        for name in ("third", "fourth"):
            go(locker, name)
            time.sleep(1e-7)
        twin.unlock()
        time.sleep(1e-7)

    assert lockers_of(program) == ["first", "second", "third", "fourth"]


def test_a_copy_has_the_name_of_the_original():
    assert repr(copy.copy(sync.Mutex(name="account"))) == "<Mutex account unlocked>"


# What real Go prints for the same programs (built with -tags faketime, GOMAXPROCS=1): each
# goroutine sleeps, then locks, holds and unlocks several times in a row; who got the lock when,
# in microseconds.
IN_GO = [
    (
        [
            [(1118, 66, 3), (1277, 1133, 2)],
            [(1101, 100, 2), (132, 915, 4), (1109, 1102, 1), (694, 529, 1)],
            [(1169, 128, 3), (1216, 284, 3), (822, 183, 4), (1083, 1026, 4)],
        ],
        (
            "1:1101 1:1201 0:1301 0:1367 0:1433 2:1499 2:1627 2:1755 1:1883 1:2798 1:3713 1:4628 "
            "0:5543 2:6676 1:6960 0:8062 2:9195 2:9479 1:9763 2:10585 2:10768 2:10951 2:11134 "
            "2:12400 2:13426 2:14452 2:15478"
        ),
    ),
    (
        [[(930, 1097, 4), (431, 889, 1), (105, 857, 2)], [(1251, 594, 3)]],
        "0:930 0:2027 0:3124 1:4221 1:4815 1:5409 0:6003 0:7531 0:8525 0:9382",
    ),
    (
        [[(100, 700, 3)], [(150, 600, 3)], [(200, 500, 3)]],
        "0:100 0:800 0:1500 1:2200 2:2800 2:3300 2:3800 1:4300 1:4900",
    ),
    (
        [
            [(551, 379, 3), (327, 1081, 2)],
            [(932, 660, 4), (639, 704, 2), (520, 1045, 4)],
            [(462, 814, 1)],
            [(913, 1037, 4), (452, 1058, 2)],
        ],
        (
            "2:462 0:1276 0:1655 0:2034 3:2413 1:3450 0:4110 3:5191 1:6228 0:6888 3:7969 1:9006 "
            "1:9666 3:10326 1:11363 1:12067 3:12771 3:13829 1:14887 1:15932 1:16977 1:18022"
        ),
    ),
]


@pytest.mark.parametrize(("program", "expected"), IN_GO)
def test_the_mutex_changes_hands_as_in_go(program, expected):
    log = []

    def main():
        mu, wg = sync.Mutex(), sync.WaitGroup()

        def worker(k, pieces):
            for before, hold, times in pieces:
                time.sleep(before / 1e6)
                for _ in range(times):
                    mu.lock()
                    log.append(f"{k}:{round(time.now() * 1e6)}")
                    time.sleep(hold / 1e6)
                    mu.unlock()

        for k, pieces in enumerate(program):
            wg.go(worker, k, pieces)
        wg.wait()

    run(main)
    assert " ".join(log) == expected


def test_a_mutex_locked_by_a_goroutine_that_panics_is_released_by_with():
    log = []

    def main():
        mu = sync.Mutex()
        try:
            with mu:
                panic("oops")
        except Panic:
            log.append(mu.try_lock())

    run(main)
    assert log == [True]


def test_a_mutex_outlives_a_run_whose_waiters_were_ended_with_it():
    mu, log = sync.Mutex(), []

    def woken():  # main returns while a waiter is on its way
        mu.lock()
        go(mu.lock)
        runtime.gosched()
        mu.unlock()

    def starving():  # main returns while the mutex is in starvation mode
        mu.lock()
        go(mu.lock)
        runtime.gosched()
        time.sleep(0.002)
        mu.unlock()
        mu.lock()
        runtime.gosched()

    def overtaken():  # main returns while a newcomer stands in the place of a woken waiter
        mu.lock()
        go(mu.lock)
        runtime.gosched()
        go(mu.lock)
        mu.unlock()
        mu.lock()
        runtime.gosched()

    def later():
        def worker(k):
            with mu:
                log.append(k)

        wg = sync.WaitGroup()
        mu.lock()
        for k in range(3):
            wg.go(worker, k)
        time.sleep(0.002)
        mu.unlock()
        mu.lock()
        runtime.gosched()  # the first one lost, and the mutex starves
        mu.unlock()
        wg.wait()
        log.append(mu.try_lock())
        mu.unlock()

    run(woken)
    run(later)
    run(starving)
    mu.unlock()
    run(later)
    run(overtaken)
    mu.unlock()
    run(later)
    assert log == [0, 1, 2, True] * 3


def test_a_mutex_prints_its_name_and_state():
    mu = sync.Mutex()
    named = sync.Mutex(name="account")
    named.lock()
    assert (repr(mu), repr(named)) == ("<Mutex mu unlocked>", "<Mutex account locked>")


def test_a_mutex_works_outside_a_run():
    mu = sync.Mutex()
    log = [mu.try_lock(), mu.try_lock()]
    mu.unlock()
    with mu:
        log.append(mu.try_lock())
    assert log == [True, False, False]


# -- WaitGroup -------------------------------------------------------------------------------


def test_wait_returns_when_the_count_is_zero():
    log = []

    def main():
        wg = sync.WaitGroup()
        wg.wait()
        log.append("at once")
        wg.add(0)
        wg.wait()
        wg.add(3)

        def worker(k):
            time.sleep(k)
            log.append(k)
            wg.done()

        for k in (3, 1, 2):
            go(worker, k)
        wg.wait()
        log.append(time.now())

    run(main)
    assert log == ["at once", 1, 2, 3, 3.0]


def test_add_takes_any_delta():
    log = []

    def main():
        wg = sync.WaitGroup()
        wg.add(5)
        go(lambda: log.append("waits"))
        go(lambda: (wg.add(-3), wg.add(-2)))
        wg.wait()
        log.append("released")

    run(main)
    assert log == ["waits", "released"]


def test_a_wait_group_that_nobody_counts_down_is_a_deadlock():
    def main():
        wg = sync.WaitGroup(name="wg")
        wg.add(1)
        wg.wait()

    result = record(main)
    assert [(info.state, info.waiting_on) for info in result.left] == [
        ("sync.WaitGroup.Wait", "wg")
    ]


def test_a_negative_count_panics_and_stays():
    log = []

    def main():
        wg = sync.WaitGroup()
        try:
            wg.done()
        except Panic as p:
            log.append((str(p), p.value))
        wg.add(1)
        wg.wait()
        log.append("zero again")

    run(main)
    assert log == [("sync: negative WaitGroup counter",) * 2, "zero again"]


def test_go_on_a_count_that_stays_negative_panics_and_starts_nothing():
    log = []

    def main():
        wg = sync.WaitGroup()
        for _ in range(2):
            try:
                wg.done()
            except Panic:
                log.append("below zero")
        try:
            wg.go(log.append, "started")
        except Panic as p:
            log.append(str(p))
        wg.go(log.append, "started, and zero again")  # so nobody has to wait for it
        wg.wait()
        log.append("main goes on")

    record(main)
    assert log == [
        "below zero",
        "below zero",
        "sync: negative WaitGroup counter",
        "main goes on",
    ]


def test_all_waiters_are_released_together():
    log = []

    def main():
        wg, others = sync.WaitGroup(), sync.WaitGroup()
        wg.add(1)

        def waiter(k):
            wg.wait()
            log.append((k, time.now()))

        for k in range(3):
            others.go(waiter, k)
        time.sleep(1)
        wg.done()
        others.wait()

    run(main)
    assert log == [(0, 1.0), (1, 1.0), (2, 1.0)]


def test_a_wait_group_can_be_used_again_after_wait():
    def main():
        wg, counts = sync.WaitGroup(), []
        for _ in range(3):
            done = []
            for k in range(5):
                wg.go(done.append, k)
            wg.wait()
            counts.append(len(done))
        return counts

    assert run(main).value == [5, 5, 5]


def test_use_before_an_earlier_wait_has_returned_panics_in_the_waiter():
    log = []

    def main():
        wg = sync.WaitGroup()
        wg.add(1)

        def waiter():
            try:
                wg.wait()
            except Panic as p:
                log.append(str(p))

        go(waiter)
        runtime.gosched()
        wg.done()
        wg.add(1)
        runtime.gosched()

    run(main)
    assert log == ["sync: WaitGroup is reused before previous Wait has returned"]


def test_who_waits_anew_before_the_released_waiter_ran_takes_its_place():
    log = []

    def main():
        wg = sync.WaitGroup()
        wg.add(1)

        def waiter():
            wg.wait()
            log.append(("released", time.now()))

        go(waiter)
        time.sleep(1)
        wg.done()
        wg.add(1)
        try:
            wg.wait()
        except Panic as p:
            log.append((str(p), time.now()))
        time.sleep(1)
        wg.done()
        time.sleep(1)

    run(main)
    assert log == [
        ("sync: WaitGroup is reused before previous Wait has returned", 1.0),
        ("released", 2.0),
    ]


def test_add_inside_the_new_goroutine_comes_after_wait():
    def main():
        wg, done = sync.WaitGroup(), []

        def worker(k):
            wg.add(1)
            done.append(k)
            wg.done()

        for k in range(3):
            go(worker, k)
        wg.wait()
        return len(done)

    assert run(main).value == 0


def test_go_counts_starts_and_counts_down_and_may_be_nested():
    log = []

    def main():
        wg = sync.WaitGroup()

        def outer(k, *, name):
            wg.go(log.append, (k, name))

        wg.go(outer, 1, name="one")
        wg.go(outer, 2, name="two")
        wg.wait()

    assert run(main).goroutines == 5
    assert log == [(1, "one"), (2, "two")]


def test_a_panic_in_go_ends_the_program_before_wait_can_return():
    program = listing("""
        def worker():
            panic("boom")

        def main(log):
            wg = sync.WaitGroup()
            wg.go(worker)
            wg.wait()
            log.append("waited")
    """)
    log = []
    result = record(program["main"], log)
    assert (result.outcome, str(result.error), log) == ("panic", "boom", [])
    assert result.error.report == (
        "panic: boom [recovered, repanicked]\n"
        "\n"
        "goroutine 2 [running]:\n"
        "main.worker(...)\n"
        "\tprog.py:2\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:6"
    )


def test_another_exception_in_go_ends_the_program_as_it_is():
    log = []

    def main():
        wg = sync.WaitGroup()
        wg.go(lambda: 1 / 0)
        wg.wait()
        log.append("waited")

    with pytest.raises(ZeroDivisionError):
        run(main)
    assert log == []


def test_counting_down_a_copy_is_a_deadlock():
    def main():
        wg = sync.WaitGroup(name="wg")
        wg.add(1)

        def worker(twin):
            runtime.gosched()
            twin.done()

        go(worker, copy.copy(wg))
        wg.wait()

    result = record(main)
    assert (result.outcome, [info.waiting_on for info in result.left]) == ("deadlock", ["wg"])


def test_a_loop_of_wait_at_zero_lets_the_others_run():
    def main():
        wg, stop = sync.WaitGroup(), []
        go(stop.append, True)
        while not stop:
            wg.wait()

    assert run(main, max_steps=1_000).outcome == "ok"


def test_a_panic_that_fn_catches_counts_down():
    def main():
        wg = sync.WaitGroup()

        def worker():
            try:
                panic("boom")
            except Panic:
                return

        wg.go(worker)
        wg.wait()

    assert record(main).outcome == "ok"


def test_a_goroutine_of_a_wait_group_is_called_what_its_function_is_called():
    program = listing("""
        def worker():
            Chan().recv()

        def main():
            wg = sync.WaitGroup()
            wg.go(worker)
            fresh = runtime.goroutines()[1]
            time.sleep(1)
            return fresh, runtime.goroutines()[1]
    """)
    fresh, blocked = run(program["main"]).value
    assert fresh.dump() == (
        "goroutine 2 [runnable]:\n"
        "main.worker(...)\n"
        "\tprog.py:1\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:6"
    )
    assert (blocked.name, str(blocked.where)) == ("worker", "prog.py:2")


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda wg: wg.add("1"), "WaitGroup.add takes a whole number, not '1'"),
        (lambda wg: wg.add(1.0), "WaitGroup.add takes a whole number, not 1.0"),
        (lambda wg: wg.add(None), "WaitGroup.add takes a whole number, not None"),
        (lambda wg: wg.add(True), "WaitGroup.add takes a whole number, not True"),
        (lambda wg: wg.go(3), "WaitGroup.go takes a function and its arguments, not 3"),
        (lambda wg: wg.go(None), "WaitGroup.go takes a function and its arguments, not None"),
        (lambda wg: sync.WaitGroup(name=3), "a name is a str, not 3"),
        (lambda wg: sync.Mutex(name=3), "a name is a str, not 3"),
    ],
)
def test_wrong_arguments_are_refused(use, sentence):
    def main():
        wg = sync.WaitGroup()
        with pytest.raises(TypeError) as error:
            use(wg)
        wg.wait()
        return str(error.value)

    assert run(main).value == sentence


def test_a_wait_group_starts_goroutines_only_inside_a_run():
    with pytest.raises(RuntimeError) as error:
        sync.WaitGroup().go(print)
    assert str(error.value) == (
        "WaitGroup.go needs a running program: call it inside run(...) or record(...)"
    )


def test_a_wait_group_counts_outside_a_run():
    wg = sync.WaitGroup()
    wg.add(2)
    wg.done()
    wg.add(-1)
    wg.wait()
    assert repr(wg) == "<WaitGroup wg 0>"


def test_a_wait_group_outlives_a_run_whose_waiters_were_ended_with_it():
    wg = sync.WaitGroup()

    def first():
        wg.add(1)
        go(wg.wait)
        runtime.gosched()

    def second():
        done = Chan()

        def waiter():
            wg.wait()
            done.close()

        go(waiter)
        runtime.gosched()
        wg.done()
        return select(recv(done), default)[0], done.recv_ok()

    run(first)
    assert run(second).value == (1, (None, False))

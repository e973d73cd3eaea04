"""Cond: waiting for news about what a lock guards."""

import copy

import pytest

from gochan import Deadlock, FatalError, Panic, go, record, run, runtime, sync, time
from gochan.analysis.waits import wakers
from gochan.analysis.words import sentences


def test_a_consumer_waits_until_there_is_something():
    log = []

    def main():
        cond = sync.Cond(sync.Mutex())
        queue = []

        def producer():
            for k in range(3):
                time.sleep(1)
                with cond.l:
                    queue.append(k)
                cond.signal()

        go(producer)
        for _ in range(3):
            with cond.l:
                while not queue:
                    cond.wait()
                log.append((queue.pop(), time.now()))

    run(main)
    assert log == [(0, 1.0), (1, 2.0), (2, 3.0)]


def waiters(log, cond, wg, names):
    """Goroutines that wait one after the other."""

    def waiter(name):
        with cond.l:
            cond.wait()
            log.append(name)

    for name in names:
        wg.go(waiter, name)
        runtime.gosched()


def test_signals_wake_in_the_order_of_waiting_one_each():
    log = []

    def main():
        cond, wg = sync.Cond(sync.Mutex()), sync.WaitGroup()
        waiters(log, cond, wg, "abc")
        for _ in range(3):
            cond.signal()
            time.sleep(1)
            log.append(time.now())
        wg.wait()

    run(main)
    assert log == ["a", 1.0, "b", 2.0, "c", 3.0]


def test_broadcast_wakes_all():
    log = []

    def main():
        cond, wg = sync.Cond(sync.Mutex()), sync.WaitGroup()
        waiters(log, cond, wg, "abc")
        cond.broadcast()
        waiting = len(cond._tickets)
        wg.wait()
        return waiting, len(cond._asleep)

    assert run(main).value == (0, 0)
    assert log == ["a", "b", "c"]


@pytest.mark.parametrize("wake", ["signal", "broadcast"])
def test_signals_are_not_remembered(wake):
    def main():
        cond = sync.Cond(sync.Mutex())
        getattr(cond, wake)()
        with cond.l:
            cond.wait()

    result = record(main)
    assert [(info.state, info.waiting_on) for info in result.left] == [("sync.Cond.Wait", "cond")]


def test_wait_unlocks_while_it_waits_and_holds_the_lock_again_after():
    log = []

    def main():
        mu = sync.Mutex()
        cond = sync.Cond(mu)

        def other():
            log.append(("while it waits", mu.try_lock()))
            cond.signal()
            time.sleep(1)
            mu.unlock()

        go(other)
        with cond.l:
            cond.wait()
            log.append((time.now(), mu.try_lock()))

    run(main)
    assert log == [("while it waits", True), (1.0, False)]


def test_a_signal_between_unlocking_and_waiting_is_not_lost():
    log = []

    def main():
        class Slow:
            """A lock that lets others run before `unlock` returns."""

            def lock(self):
                log.append("locks")

            def unlock(self):
                runtime.gosched()

        cond, wg = sync.Cond(Slow()), sync.WaitGroup()
        wg.go(cond.wait)
        wg.go(cond.signal)
        wg.go(cond.wait)
        wg.go(cond.broadcast)
        wg.wait()

    run(main)
    assert log == ["locks", "locks"]


def test_signals_go_by_who_called_wait_first_and_broadcast_by_who_stood_still_first():
    def main(wake):
        cond, wg, log, pause = sync.Cond(sync.Mutex()), sync.WaitGroup(), [], [2]

        class Slow:
            def lock(self):
                pass

            def unlock(self):
                if pause:
                    time.sleep(pause.pop())

        cond.l = Slow()

        def waiter(name):
            cond.wait()
            log.append(name)

        wg.go(waiter, "first")
        wg.go(waiter, "second")
        time.sleep(3)
        wake(cond)
        wg.wait()
        return log

    assert run(main, lambda cond: (cond.signal(), cond.signal())).value == ["first", "second"]
    assert run(main, sync.Cond.broadcast).value == ["second", "first"]


def test_waiting_without_the_lock_is_fatal():
    def main():
        sync.Cond(sync.Mutex()).wait()

    with pytest.raises(FatalError) as error:
        run(main)
    assert str(error.value) == "fatal error: sync: unlock of unlocked mutex"


def test_any_lock_will_do():
    log = []

    def main():
        rw = sync.RWMutex(name="rw")
        for lock in (rw, rw.rlocker()):
            cond, wg = sync.Cond(lock), sync.WaitGroup()
            waiters(log, cond, wg, [type(lock).__name__])
            log.append(repr(rw))
            with cond.l:
                log.append(repr(rw))
                cond.broadcast()
            wg.wait()

    run(main)
    assert log == [
        *("<RWMutex rw unlocked>", "<RWMutex rw locked>", "RWMutex"),
        *("<RWMutex rw unlocked>", "<RWMutex rw read by 1>", "RLocker"),
    ]


def test_a_copy_of_one_in_use_panics():
    log = []

    def main():
        cond = sync.Cond(sync.Mutex())
        cond.signal()
        twin = copy.copy(cond)
        for use in (twin.signal, twin.broadcast, twin.wait):
            try:
                use()
            except Panic as p:
                log.append(str(p))
        cond.signal()

    run(main)
    assert log == ["sync.Cond is copied"] * 3


def test_a_copy_of_one_that_is_not_yet_in_use_is_another():
    log = []

    def main():
        cond = sync.Cond(sync.Mutex())
        twin, wg = copy.copy(cond), sync.WaitGroup()
        waiters(log, cond, wg, "a")
        waiters(log, twin, wg, "b")
        twin.broadcast()
        time.sleep(1)
        return twin.l is cond.l

    assert run(main).value is True
    assert log == ["b"]


def test_without_a_lock_wait_dereferences_nil():
    cond = sync.Cond()
    cond.signal()
    with pytest.raises(Panic) as error:
        cond.wait()
    assert str(error.value) == ("runtime error: invalid memory address or nil pointer dereference")


@pytest.mark.parametrize("wake", ["signal", "broadcast"])
def test_a_loop_of_signals_that_nobody_hears_lets_the_others_run(wake):
    def main():
        cond, stop = sync.Cond(sync.Mutex()), []

        def later():
            time.sleep(1)
            stop.append(True)

        go(later)
        while not stop:
            getattr(cond, wake)()
        return time.now()

    assert run(main, max_steps=100_000).value == 1.0


def test_it_outlives_a_run_whose_waiters_were_ended_with_it():
    cond, log = sync.Cond(sync.Mutex(), name="cond"), []

    def first():
        waiters(log, cond, sync.WaitGroup(), "xyz")
        cond.signal()  # woken, but doesn't come to run

    def second():
        wg = sync.WaitGroup()
        waiters(log, cond, wg, "ab")
        cond.signal()
        cond.signal()
        wg.wait()

    run(first)
    assert repr(cond) == "<Cond cond 0 waiting>"
    run(second)
    assert log == ["a", "b"]


def test_outside_a_run_waiting_is_a_deadlock_and_leaves_nobody_waiting():
    cond = sync.Cond(sync.Mutex())
    with pytest.raises(Deadlock), cond.l:
        cond.wait()
    assert (repr(cond), repr(cond.l)) == ("<Cond cond 0 waiting>", "<Mutex unlocked>")


def test_its_steps_are_told_in_words_and_whoever_signals_could_wake_those_who_wait():
    def main():
        cond = sync.Cond(sync.Mutex(name="mu"))

        def waiter():
            with cond.l:
                cond.wait()

        for _ in range(2):
            go(waiter)
        time.sleep(1)
        cond.signal()
        time.sleep(1)
        cond.broadcast()

    trace = record(main).trace
    assert [text for text in sentences(trace) if " cond" in text] == [
        "waiter g2 unlocks mu; waiter g2 waits for a signal on cond.",
        "waiter g3 unlocks mu; waiter g3 waits for a signal on cond.",
        "main signals cond; waiter g2 can go on.",
        "main broadcasts on cond; waiter g3 can go on.",
    ]
    assert wakers(trace)["sync.Cond.Wait", "cond"] == (1,)


@pytest.mark.parametrize("seed", range(20))
def test_it_works_under_every_schedule(seed):
    def main():
        cond, queue, got = sync.Cond(sync.Mutex()), [], []
        wg = sync.WaitGroup()

        def consumer():
            for _ in range(5):
                with cond.l:
                    while not queue:
                        cond.wait()
                    got.append(queue.pop())

        def producer(k):
            for n in range(5):
                with cond.l:
                    queue.append(5 * k + n)
                cond.signal()

        for k in range(3):
            wg.go(consumer)
            wg.go(producer, k)
        wg.wait()
        return sorted(got)

    assert run(main, seed=seed).value == list(range(15))


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: sync.Cond(3), "Cond takes a lock, with lock and unlock, not 3"),
        (
            lambda: sync.Cond(sync.Mutex),
            "Cond takes a lock, with lock and unlock, not <class 'gochan.sync.mutex.Mutex'>",
        ),
        (lambda: sync.Cond(sync.Mutex(), name=3), "a name is a str, not 3"),
    ],
)
def test_wrong_arguments_are_refused(use, sentence):
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == sentence

"""RWMutex: many readers or one writer."""

import copy
from contextlib import suppress

import pytest
from listing import listing

from gochan import (
    Deadlock,
    FatalError,
    Panic,
    go,
    panic,
    record,
    run,
    runtime,
    sync,
    time,
)
from gochan.analysis.waits import wakers
from gochan.analysis.words import sentences


def states(result):
    """Who was left at the end: name, wait reason, and what it waits on."""
    return [(info.name, info.state, info.waiting_on) for info in result.left]


# -- many readers or one writer --------------------------------------------------------------


def test_readers_read_together_and_a_writer_writes_alone():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def reader(name):
            with rw.rlocker():
                log.append((name, "reads", time.now()))
                time.sleep(1)

        def writer(name):
            with rw:
                log.append((name, "writes", time.now()))
                time.sleep(1)

        wg.go(reader, "a")
        wg.go(reader, "b")
        wg.go(writer, "c")
        wg.go(writer, "d")
        wg.wait()
        log.append(time.now())

    run(main)
    assert log == [
        ("a", "reads", 0.0),
        ("b", "reads", 0.0),
        ("c", "writes", 1.0),
        ("d", "writes", 2.0),
        3.0,
    ]


@pytest.mark.parametrize("seed", [None, *range(10)])
def test_no_schedule_lets_a_writer_in_with_anybody_else(seed):
    def main():
        rw, wg, inside = sync.RWMutex(name="rw"), sync.WaitGroup(), []

        def reader():
            for _ in range(5):
                with rw.rlocker():
                    inside.append("reader")
                    runtime.gosched()
                    assert "writer" not in inside
                    inside.remove("reader")

        def writer():
            for _ in range(5):
                with rw:
                    assert inside == []
                    inside.append("writer")
                    runtime.gosched()
                    inside.remove("writer")

        for _ in range(3):
            wg.go(reader)
            wg.go(writer)
        wg.wait()
        return repr(rw)

    assert run(main, seed=seed).value == "<RWMutex rw unlocked>"


def test_a_waiting_writer_holds_back_new_readers():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def writer():
            with rw:
                log.append(("writer", time.now()))
                time.sleep(1)

        def reader():
            log.append(("try", rw.try_rlock()))
            with rw.rlocker():
                log.append(("reader", time.now()))

        rw.rlock()
        wg.go(writer)
        runtime.gosched()
        wg.go(reader)
        time.sleep(1)
        rw.runlock()
        wg.wait()

    run(main)
    assert log == [("try", False), ("writer", 1.0), ("reader", 2.0)]


def test_a_reader_that_reads_again_while_a_writer_waits_is_a_deadlock():
    def main():
        rw = sync.RWMutex()
        rw.rlock()
        go(rw.lock, name="writer")
        runtime.gosched()
        rw.rlock()

    result = record(main)
    assert result.outcome == "deadlock"
    assert states(result) == [
        ("main", "sync.RWMutex.RLock", "rw"),
        ("writer", "sync.RWMutex.Lock", "rw"),
    ]


def test_a_reader_may_read_again_while_no_writer_waits():
    def main():
        rw = sync.RWMutex()
        rw.rlock()
        rw.rlock()
        rw.runlock()
        rw.runlock()
        return rw.try_lock()

    assert run(main).value is True


def test_unlock_lets_all_waiting_readers_in_before_the_next_writer():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def reader(name):
            with rw.rlocker():
                log.append(name)

        def writer(name):
            with rw:
                log.append(name)

        rw.lock()
        for start, name in [(writer, "W1"), (reader, "R1"), (writer, "W2"), (reader, "R2")]:
            wg.go(start, name)
            runtime.gosched()
        rw.unlock()
        wg.wait()

    run(main)
    assert log == ["R1", "R2", "W1", "W2"]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("rlock", "lock", "sync.RWMutex.Lock"),
        ("lock", "rlock", "sync.RWMutex.RLock"),
        ("lock", "lock", "sync.Mutex.Lock"),
    ],
)
def test_whoever_holds_it_can_get_no_more_of_it(first, second, reason):
    program = listing(f"""
        def main():
            rw = sync.RWMutex()
            rw.{first}()
            rw.{second}()
    """)
    with pytest.raises(Deadlock) as error:
        run(program["main"])
    assert str(error.value) == (
        "fatal error: all goroutines are asleep - deadlock!\n"
        "\n"
        f"goroutine 1 [{reason}]:\n"
        "main.main(...)\n"
        "\tprog.py:4"
    )


def test_everybody_who_waits_is_seen_to_wait_on_the_rwmutex():
    def main():
        rw = sync.RWMutex()
        rw.rlock()
        for name, wait in [("first", rw.lock), ("second", rw.lock), ("reader", rw.rlock)]:
            go(wait, name=name)
            runtime.gosched()

    assert states(record(main)) == [
        ("first", "sync.RWMutex.Lock", "rw"),
        ("second", "sync.Mutex.Lock", "rw"),
        ("reader", "sync.RWMutex.RLock", "rw"),
    ]


def test_writers_that_wait_for_each_other_starve_as_in_a_mutex():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def writer():
            with rw:
                log.append(("writer", time.now()))

        rw.lock()
        wg.go(writer)
        runtime.gosched()
        for _ in range(4):
            time.sleep(0.001)
            rw.unlock()
            rw.lock()
            log.append(("main", time.now()))
        rw.unlock()
        wg.wait()

    run(main)
    assert log == [
        ("main", 0.001),
        ("main", 0.002),
        ("writer", 0.003),
        ("main", 0.003),
        ("main", 0.004),
    ]


def test_nobody_takes_it_while_it_is_handed_over_to_a_writer():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def writer():
            with rw:
                log.append("writer")

        def newcomer():
            log.append(("newcomer", rw.try_lock()))

        rw.lock()
        wg.go(writer)
        time.sleep(0.002)
        rw.unlock()
        rw.lock()
        runtime.gosched()  # the writer lost, and has waited too long
        wg.go(newcomer)
        rw.unlock()
        wg.wait()

    run(main)
    assert log == [("newcomer", False), "writer"]


def test_a_reader_who_runs_may_go_before_one_that_was_woken():
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()

        def reader(name):
            rw.rlock()
            log.append(name)
            rw.runlock()

        def newcomer():
            reader("newcomer")

        rw.lock()
        wg.go(reader, "waiter")
        runtime.gosched()
        wg.go(newcomer)  # runs before the reader that unlock wakes
        rw.unlock()
        rw.lock()  # waits for one reader, whoever that is
        log.append("writer")
        rw.unlock()
        wg.wait()

    run(main)
    assert log == ["newcomer", "writer", "waiter"]


# Real Go did the same with these programs (built with -tags faketime, GOMAXPROCS=1). Each goroutine
# sleeps (S, in nanoseconds), locks (L) and unlocks (U), read-locks (R) and read-unlocks (V), tries
# to write (T) or to read (t); who did what when, and how it ended.
IN_GO = [
    (
        [
            "S1340360 S793645 R S726312 V T R V t T",
            "S4508806 L S778897 U R V L U R V R V R S809411 V",
            "S1524574 L S849012 U R S744458 V L S297775 U R S193965 V",
            "S594485 L U R V L U L S854628 U L S656149 U t",
            "S4911757 L U R S237407 V L S673055 U L S615564 U R V L U",
        ],
        (
            "3L594485 3U594485 3R594485 3V594485 3L594485 3U594485 3L594485 3U1449113 3L1449113 "
            "3U2105262 3t2105262 2L2105262 2U2954274 2R2954274 0R2954274 0V3680586 0T-3680586 "
            "0R3680586 0V3680586 0t3680586 0T-3680586 2V3698732 2L3698732 2U3996507 2R3996507 "
            "2V4190472 1L4508806 1U5287703 1R5287703 1V5287703 1L5287703 1U5287703 1R5287703 "
            "1V5287703 1R5287703 1V5287703 1R5287703 1V6097114 4L6097114 4U6097114 4R6097114 "
            "4V6334521 4L6334521 4U7007576 4L7007576 4U7623140 4R7623140 4V7623140 4L7623140 "
            "4U7623140"
        ),
        [],
    ),
    (
        [
            "S1381240 L S554703 U t L U R S851758 V t S607367",
            "S13112 L S829831 U L S146989 U R S791550 V R S392587 V L S290801 U L S644072 U",
            "S4059190 L S894747 U R V L U",
            "S4499001 L S715964 U L S485954 U L U L S244693 U R V L S298220 U",
            "S3904667 R S106023 V R S276854 V R S593693 V R V T L U",
        ],
        (
            "1L13112 1U842943 1L842943 1U989932 1R989932 1V1781482 0L1781482 0U2336185 0t2336185 "
            "1R2336185 1V2728772 0L2728772 0U2728772 0R2728772 0V3580530 0t-3580530 1L3580530 "
            "1U3871331 1L3871331 1U4515403 4R4515403 4V4621426 2L4621426 2U5516173 2R5516173 "
            "2V5516173 4R5516173 4V5793027 2L5793027 4R5793027 2U5793027 4V6386720 3L6386720 "
            "3U7102684 4R7102684 4V7102684 4T-7102684 3L7102684 3U7588638 3L7588638 3U7588638 "
            "3L7588638 3U7833331 3R7833331 3V7833331 3L7833331 3U8131551 4L8131551 4U8131551"
        ),
        [],
    ),
    (
        [
            "S4743816 S619747 L R V U",
            "S2759702 L U R V L U R V",
            "S2328181 L U R S235414 V L S31741 U",
            "S4457610 R R V V L S131162 U L S369349 U",
            "S3577333 R S846239 R V V T R S777938 V R S2958 R S764 V V",
        ],
        (
            "2L2328181 2U2328181 2R2328181 2V2563595 2L2563595 2U2595336 1L2759702 1U2759702 "
            "1R2759702 1V2759702 1L2759702 1U2759702 1R2759702 1V2759702 4R3577333 4R4423572 "
            "4V4423572 4V4423572 4T4423572 4R4423572 3R4457610 3R4457610 3V4457610 3V4457610 "
            "4V5201510 3L5201510 3U5332672 4R5332672"
        ),
        ["sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "sync.WaitGroup.Wait"],
    ),
]


@pytest.mark.parametrize(("programs", "expected", "end"), IN_GO)
def test_it_changes_hands_as_in_go(programs, expected, end):
    log = []

    def main():
        rw, wg = sync.RWMutex(), sync.WaitGroup()
        does = {"L": rw.lock, "U": rw.unlock, "R": rw.rlock, "V": rw.runlock}
        tries = {"T": (rw.try_lock, rw.unlock), "t": (rw.try_rlock, rw.runlock)}

        def worker(k, program):
            for word in program.split():
                told = word
                if word in does:
                    does[word]()
                elif word in tries:
                    attempt, undo = tries[word]
                    if attempt():
                        undo()
                    else:
                        told = f"{word}-"
                else:
                    time.sleep(int(word[1:]) / 1e9)
                    continue
                log.append(f"{k}{told}{round(time.now() * 1e9)}")

        for k, program in enumerate(programs):
            wg.go(worker, k, program)
        wg.wait()

    result = record(main)
    waiting = sorted(info.state for info in result.left)
    assert (" ".join(log), waiting) == (expected, end)


# -- trying ----------------------------------------------------------------------------------


def test_trying_fails_when_somebody_is_in_the_way_and_never_waits():
    log = []

    def main():
        rw = sync.RWMutex()
        log.append(("free", rw.try_rlock(), rw.try_rlock(), rw.try_lock()))
        rw.runlock()
        rw.runlock()
        log.append(("free again", rw.try_lock(), rw.try_lock(), rw.try_rlock()))
        rw.unlock()
        log.append(("after that", rw.try_lock()))

    run(main)
    assert log == [
        ("free", True, True, False),
        ("free again", True, False, False),
        ("after that", True),
    ]


@pytest.mark.parametrize("attempt", ["try_lock", "try_rlock"])
def test_a_loop_of_trying_lets_the_holder_finish(attempt):
    def main():
        rw = sync.RWMutex()

        def holder():
            with rw:
                time.sleep(1)

        go(holder)
        runtime.gosched()
        while not getattr(rw, attempt)():
            pass
        return time.now()

    result = run(main)
    assert (result.value, result.polled) == (1.0, 1)


@pytest.mark.parametrize("side", [lambda rw: rw, lambda rw: rw.rlocker()])
def test_a_loop_round_a_locked_look_lets_the_others_run(side):
    def main():
        rw, done = sync.RWMutex(), []

        def worker():
            with rw:
                done.append(True)

        go(worker)
        while True:
            with side(rw):
                if done:
                    return

    assert run(main, max_steps=10_000).outcome == "ok"


# -- unlocking what isn't locked -------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "undo", "text"),
    [
        ("", "unlock", "sync: Unlock of unlocked RWMutex"),
        ("rlock", "unlock", "sync: Unlock of unlocked RWMutex"),
        ("", "runlock", "sync: RUnlock of unlocked RWMutex"),
        ("lock", "runlock", "sync: RUnlock of unlocked RWMutex"),
    ],
)
def test_unlocking_the_wrong_way_is_fatal_and_nothing_can_catch_it(held, undo, text):
    log = []

    def main():
        rw = sync.RWMutex()
        if held:
            getattr(rw, held)()
        with suppress(Exception):
            getattr(rw, undo)()
        log.append("went on")

    result = record(main)
    assert (result.outcome, type(result.error), str(result.error)) == (
        "fatal",
        FatalError,
        f"fatal error: {text}",
    )
    assert log == []


def test_unlocking_the_wrong_way_outside_a_run_is_raised_and_changes_nothing():
    rw = sync.RWMutex()
    for undo in (rw.unlock, rw.runlock):
        with pytest.raises(FatalError):
            undo()
    rw.rlock()
    with pytest.raises(FatalError):
        rw.unlock()
    rw.runlock()
    assert (rw.try_lock(), repr(rw)) == (True, "<RWMutex rw locked>")


def test_one_runlock_too_many_while_a_reader_waits_goes_unnoticed_as_in_go():
    def main():
        rw = sync.RWMutex()
        rw.lock()
        go(rw.rlock, name="reader")
        runtime.gosched()
        rw.runlock()
        rw.unlock()
        rw.lock()

    result = record(main)
    assert (result.outcome, states(result)) == ("ok", [("reader", "sync.RWMutex.RLock", "rw")])


def test_a_copy_is_in_the_same_state_but_nobody_waits_for_it():
    log = []

    def written(wg):
        rw = sync.RWMutex()
        rw.lock()
        wg.go(reader, rw)
        time.sleep(0.001)
        wg.go(writer, rw, "writer")
        time.sleep(0.001)
        twin = copy.copy(rw)
        wg.go(writer, twin, "writer of the twin")
        time.sleep(0.001)
        log.append("unlock twin")
        twin.unlock()  # for the original's reader too, who doesn't hear of it
        time.sleep(0.001)
        log.append(twin.try_lock())
        twin.runlock()
        time.sleep(0.001)
        log.extend([twin.try_lock(), rw.try_rlock()])
        rw.unlock()

    def read(wg):
        rw = sync.RWMutex(name="rw")
        rw.rlock()
        wg.go(writer, rw, "writer")
        time.sleep(0.001)
        twin = copy.copy(rw)
        log.append(repr(twin))
        twin.runlock()  # lets in the original's writer, who doesn't hear of it
        time.sleep(0.001)
        log.extend([twin.try_rlock(), rw.try_rlock()])
        twin.unlock()
        log.append(twin.try_lock())
        rw.runlock()

    def reader(rw):
        with rw.rlocker():
            log.append("reader")

    def writer(rw, name):
        with rw:
            log.append(name)

    def main(program):
        wg = sync.WaitGroup()
        program(wg)
        wg.wait()

    run(main, written)
    assert log == ["unlock twin", False, "writer of the twin", True, False, "reader", "writer"]
    log.clear()
    run(main, read)
    assert log == ["<RWMutex rw read by 1>", False, False, True, "writer"]


def test_any_goroutine_may_unlock():
    log = []

    def main():
        rw = sync.RWMutex()
        rw.rlock()
        go(rw.runlock)
        rw.lock()
        log.append("written")
        go(rw.unlock)
        rw.rlock()
        log.append("read")

    run(main)
    assert log == ["written", "read"]


# -- the rest --------------------------------------------------------------------------------


def test_a_panic_inside_with_unlocks():
    log = []

    def main():
        rw = sync.RWMutex()
        for side in (rw, rw.rlocker()):
            try:
                with side:
                    panic("oops")
            except Panic:
                log.append(rw.try_lock())
                rw.unlock()

    run(main)
    assert log == [True, True]


def test_an_rlocker_locks_and_unlocks_for_reading():
    rw = sync.RWMutex()
    reading = rw.rlocker()
    reading.lock()
    log = [repr(reading), reading.name, rw.try_lock(), rw.try_rlock()]
    rw.runlock()
    reading.unlock()
    assert [*log, rw.try_lock()] == ["<RLocker of <RWMutex rw read by 1>>", "rw", False, True, True]


def test_it_prints_its_name_and_state():
    named = sync.RWMutex(name="table")
    log = [repr(named)]
    named.rlock()
    named.rlock()
    log.append(repr(named))

    def main():
        go(named.lock)
        runtime.gosched()
        log.append(repr(named))

    run(main)
    assert log == [
        "<RWMutex table unlocked>",
        "<RWMutex table read by 2>",
        "<RWMutex table read by 2>",
    ]


def test_a_name_is_a_str():
    with pytest.raises(TypeError) as error:
        sync.RWMutex(name=3)
    assert str(error.value) == "a name is a str, not 3"


def test_outside_a_run_what_would_block_is_a_deadlock_and_leaves_it_as_it_was():
    rw = sync.RWMutex()
    rw.rlock()
    with pytest.raises(Deadlock):
        rw.lock()
    log = [rw.try_rlock()]
    rw.runlock()
    rw.runlock()
    rw.lock()
    for wait in (rw.lock, rw.rlock):
        with pytest.raises(Deadlock):
            wait()
    rw.unlock()
    assert [*log, repr(rw)] == [True, "<RWMutex rw unlocked>"]


def test_it_outlives_a_run_whose_waiters_were_ended_with_it():
    rw = sync.RWMutex()

    def waits(held, undo, wake):
        held()
        for wait in (rw.lock, rw.rlock, rw.lock, rw.rlock):
            go(wait)
        runtime.gosched()
        if wake:
            undo()  # those who were woken don't come to run

    for wake in (False, True):
        for held, undo in ((rw.rlock, rw.runlock), (rw.lock, rw.unlock)):
            run(waits, held, undo, wake)
            if not wake:
                undo()
            assert repr(rw) == "<RWMutex rw unlocked>"

    def works():
        log, wg = [], sync.WaitGroup()

        def use(name, side):
            with side:
                log.append(name)

        rw.rlock()
        wg.go(use, "writer", rw)
        runtime.gosched()
        wg.go(use, "reader", rw.rlocker())
        runtime.gosched()
        log.append("main")
        rw.runlock()
        wg.wait()
        return log, rw.try_lock()

    assert run(works).value == (["main", "writer", "reader"], True)


PROGRAM = """
    def reader(rw):
        rw.rlock()
        rw.runlock()

    def writer(rw):
        rw.lock()
        rw.unlock()

    def main():
        rw = sync.RWMutex()
        rw.rlock()
        go(writer, rw)
        runtime.gosched()
        go(reader, rw)
        runtime.gosched()
        rw.try_lock()
        rw.try_rlock()
        rw.runlock()
        time.sleep(1)
"""


def test_its_operations_are_told_in_words():
    told = sentences(record(listing(PROGRAM)["main"]).trace)
    assert [text for text in told if " rw" in text] == [
        "main read-locks rw.",
        "writer has to wait: rw is being read.",
        "reader has to wait to read: rw is locked, or a writer waits for it.",
        "main fails to lock rw.",
        "main fails to read-lock rw.",
        "main read-unlocks rw; writer can go on.",
        "main sleeps; writer locks rw.",
        "writer unlocks rw; reader can go on.",
        "writer returns; reader read-locks rw.",
        "reader read-unlocks rw.",
    ]


def test_a_writer_waits_for_readers_and_a_reader_for_writers():
    found = wakers(record(listing(PROGRAM)["main"]).trace)
    assert found["sync.RWMutex.Lock", "rw"] == (1, 3)
    assert found["sync.RWMutex.RLock", "rw"] == (2,)


def test_a_writer_that_never_got_it_is_who_holds_back_the_readers():
    def main():
        rw = sync.RWMutex()
        rw.rlock()
        go(rw.lock)
        runtime.gosched()
        rw.rlock()

    found = wakers(record(main).trace)
    assert found == {("sync.RWMutex.Lock", "rw"): (1,), ("sync.RWMutex.RLock", "rw"): (2,)}

"""`check`: each way in which a student's solution is wrong, and the whole of what is said to it."""

import signal
import threading

import pytest
from students import cell, last_function, said, said_to, text

from gochan import Chan, go, nil, run, sync, time
from gochan.classroom import NotYet, case, check

MERGE = case([1, 2], [3], expect=[1, 2, 3]), case([], [5], expect=[5])
COUNT = case(2, expect=2), case(3, expect=3)


def count_up(counter_class, number):
    counter, group = counter_class(), sync.WaitGroup()
    for _ in range(number):
        group.go(counter.inc)
    group.wait()
    return counter.value()


# -- right -----------------------------------------------------------------------------------------


def test_what_is_right_under_every_schedule_is_told_in_one_line(capfd):
    solution = last_function(
        cell("""
        def merge(a, b):
            out = Chan()

            def feed(values):
                for value in values:
                    out.send(value)

            go(feed, a)
            go(feed, b)
            return sorted(out.recv() for _ in a + b)
        """)
    )
    assert check(solution, *MERGE, goroutines=2, within=0.0, without=("sleep",)) is None
    assert capfd.readouterr() == ("Right under every schedule: 2 cases, 16 schedules.\n", "")


def test_where_there_are_more_schedules_than_can_be_tried_that_is_said(capsys):
    check(
        last_function(
            cell("""
            def squares(jobs):
                results = Chan()
                for job in jobs:
                    go(lambda job=job: results.send(job * job))
                return sorted(results.recv() for _ in jobs)
            """)
        ),
        case([1, 2, 3, 4, 5, 6, 7], expect=[1, 4, 9, 16, 25, 36, 49]),
    )
    out = capsys.readouterr().out
    assert out.startswith("Right in all ")
    assert out.endswith(" schedules that were tried, 1 case; there are more.\n")


def test_every_run_gets_arguments_of_its_own_and_prints_where_nobody_sees_it(capfd):
    assert (
        said_to(
            """
            import sys

            def merge(a, b):
                a += b
                a.sort()
                print(a)
                print(a, file=sys.stderr)
                return a
            """,
            *MERGE,
        )
        is None
    )
    assert capfd.readouterr() == ("Right under every schedule: 2 cases, 2 schedules.\n", "")


def test_what_is_expected_may_be_a_function_of_the_result():
    half = "def half(n): return n / 2"
    assert said_to(half, case(4, expect=lambda result: result.value == 2)) is None
    assert said_to(half, case(4, expect=lambda result: None)) is None
    assert said_to(half, case(4, expect=lambda result: result.value == 3)) == (
        "half(4) returned 2.0: that is wrong (in every schedule)"
    )
    assert said_to(half, case(4, expect=lambda result: "it must be odd")) == (
        "half(4) returned 2.0: it must be odd (in every schedule)"
    )
    assert said_to(half, case(4, expect=lambda result: sorted(result.value))) == (
        "half(4) returned 2.0: that is no value as it should be "
        "(TypeError: 'float' object is not iterable) (in every schedule)"
    )


def test_a_program_of_a_thousand_goroutines_is_sampled(capsys):
    source = """
        def crowd(n):
            out = Chan()
            for number in range(n):
                go(out.send, number)
            return [out.recv() for _ in range(n)]
    """
    assert said_to(source, case(1000, expect=lambda result: len(result.value) == 1000)) is None
    assert capsys.readouterr().out.startswith("Right in all 19 schedules that were tried")
    lines = said_to(source, case(1000, expect=list(range(1000)))).splitlines()
    assert lines[0].startswith("crowd(1000) returned [")
    assert lines[0].endswith("the same values in another order (in 18 of 19 schedules tried)")
    assert lines[-1] == "schedule: seed 0"


def test_races_and_leaks_may_be_left_out():
    racy = """
        def racy():
            count = Var(0)
            go(lambda: count.value)
            count.value = 1
            nobody = Chan()
            go(lambda: nobody.recv())
            return 1
    """
    assert said_to(racy, case(expect=1), races=False, leaks=False) is None
    assert "data race" in said_to(racy, case(expect=1), leaks=False)
    assert "leaves 1 goroutine behind" in said_to(racy, case(expect=1), races=False)


# -- wrong under a schedule ------------------------------------------------------------------------


def test_a_value_that_is_wrong_in_some_schedules():
    assert said_to(
        """
        def merge(a, b):
            out = Chan()

            def feed(values):
                for value in values:
                    out.send(value)

            go(feed, a)
            go(feed, b)
            return [out.recv() for _ in a + b]
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) returned [1, 3, 2] instead of [1, 2, 3]: the same values in another order (in 8 of 12 schedules)
        schedule: g1 g2 g1 g2 g1
    """)


def test_main_that_does_not_wait():
    assert said_to(
        """
        def merge(a, b):
            out = []
            go(lambda: out.extend(a))
            go(lambda: out.extend(b))
            return out
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) returned [] instead of [1, 2, 3]: 1, 2 and 3 are missing (in 1 of 4 schedules tried)
        When main returned, goroutines 2 and 3 (<lambda>) were not done yet
        schedule: first come
    """)


def test_a_deadlock_says_who_waits_on_whom():
    assert said_to(
        """
        def merge(a, b):
            out = Chan()
            group = sync.WaitGroup()

            def feed(values):
                for value in values:
                    out.send(value)

            group.go(feed, a)
            group.go(feed, b)
            group.wait()
            out.close()
            return sorted(out)
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) ends in a deadlock: all goroutines are asleep (in every schedule)
        goroutine 1 (main) is still waiting for `group` to come down to zero, line 11: goroutines 2 and 3 (feed) should count down, but are blocked, too
            11 | group.wait()
        goroutines 2 and 3 (feed) are still blocked sending on `out`, line 7: nobody else receives
            7 | out.send(value)
    """)


def test_a_range_over_a_channel_that_nobody_closes():
    assert said_to(
        """
        def merge(a, b):
            out = Chan(3)
            for value in a + b:
                out.send(value)
            return [value for value in out]
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) ends in a deadlock: all goroutines are asleep (in every schedule)
        goroutine 1 (main) is still blocked receiving from `out`, line 5: nobody else sends, and nobody closes it
            5 | return [value for value in out]
    """)


def test_locks_that_are_never_unlocked():
    counter = """
        class Counter:
            def __init__(self):
                self.lock = sync.Mutex()
                self.count = Var(0)

            def inc(self):
                self.lock.lock()
                self.count.value += 1

            def value(self):
                return self.count.value
    """
    assert said_to(counter, *COUNT, program=count_up).splitlines()[3:] == [
        "goroutine 3 (inc) is still waiting to lock `lock`, line 7: "
        "goroutine 2 (inc) locked it, and ended without unlocking it",
        "    7 | self.lock.lock()",
    ]
    twice = counter.replace("value += 1", "value = self.value() + 1").replace(
        "return self.count.value", "self.lock.lock()\n                return self.count.value"
    )
    assert (
        "goroutine 2 (inc) is still waiting to lock `lock`, line 11: it holds the lock itself"
        in said_to(twice, *COUNT, program=count_up).splitlines()
    )


def test_nil_channels():
    assert said_to(
        """
        def merge(a, b):
            a = b = nil
            select(recv(a), recv(b))
        """,
        case(1, 2, expect=3),
    ) == text("""
        merge(1, 2) ends in a deadlock: all goroutines are asleep (in every schedule)
        goroutine 1 (main) is blocked for ever: all the channels in its select are nil, line 3
            3 | select(recv(a), recv(b))
    """)


def test_a_leak_says_who_it_is_where_it_was_born_and_where_it_is_stuck():
    assert said_to(
        """
        def first(answers):
            results = Chan()

            def ask(delay, answer):
                time.sleep(delay)
                results.send(answer)

            for delay, answer in answers:
                go(ask, delay, answer)
            return results.recv()
        """,
        case([(1, "a"), (2, "b"), (3, "c")], expect="a"),
        case([(2, "a"), (1, "b")], expect="b"),
    ) == text("""
        first([(1, 'a'), (2, 'b'), (3, 'c')]) returns, and leaves 2 goroutines behind that never end (in every schedule)
        goroutines 3 and 4 (ask) are still blocked sending on `results`, line 6: nobody else receives
            6 | results.send(answer)
        They were started on line 9
            9 | go(ask, delay, answer)
    """)


def test_a_goroutine_that_goes_on_for_ever_is_left_behind():
    assert said_to(
        """
        def merge(a, b):
            def beat():
                for _ in time.tick(1.0):
                    pass

            go(beat)
            return sorted(a + b)
        """,
        *MERGE,
    ).splitlines() == [
        "merge([1, 2], [3]) returns, but not all that it started ends",
        "goroutine 2 (beat) is still running after 50,047 steps: nothing ends the loop on line 3",
        "    3 | for _ in time.tick(1.0):",
    ]


def test_a_goroutine_that_goes_on_for_ever_may_be_left_behind_if_leaks_do_not_count():
    beating = """
        def merge(a, b):
            def beat():
                for _ in time.tick(1.0):
                    pass

            go(beat)
            return a + b
    """
    assert said_to(beating, *MERGE, leaks=False) is None
    assert said_to(beating.replace("a + b", "b + a"), *MERGE, leaks=False).splitlines()[0] == (
        "merge([1, 2], [3]) returned [3, 1, 2] instead of [1, 2, 3]: "
        "the same values in another order (in the only schedule tried)"
    )


def test_lines_of_another_cell_are_named_by_that():
    half = last_function(cell("def half(n):\n    return n / 0"))
    names = cell("def f(n):\n    go(half, n)\n    time.sleep(1)", half=half)
    assert said(names["f"], case(1, expect=1)) == text(f"""
        f(1) raises ZeroDivisionError: division by zero (in every schedule)
        goroutine 2 (half), line 2 of {half.__code__.co_filename}
            2 | return n / 0
    """)


def test_a_lost_update_comes_with_its_data_race():
    assert said_to(
        """
        class Counter:
            def __init__(self):
                self.count = Var(0)

            def inc(self):
                self.count.value += 1

            def value(self):
                return self.count.value
        """,
        *COUNT,
        program=count_up,
    ) == text("""
        count_up(Counter, 2) returned 1 instead of 2 (in 8 of 16 schedules)
        There is a data race on `count`:
        goroutine 2 (inc) writes `count`, line 6
            6 | self.count.value += 1
        goroutine 3 (inc) reads `count`, line 6
            6 | self.count.value += 1
        No lock, channel or WaitGroup says which of the two comes first
        schedule: g1 g2*2 g3
    """)


def test_a_data_race_with_a_goroutine_that_has_no_line_of_its_own():
    assert said_to(
        """
        def close_early(n):
            jobs = Chan(1)
            go(jobs.close)
            try:
                jobs.send(n)
            except Exception:
                pass
            return n
        """,
        case(1, expect=1),
    ) == text("""
        close_early(1) has a data race on `jobs`, although what it returned is right (in every schedule)
        goroutine 1 (main) reads `jobs`, line 5
            5 | jobs.send(n)
        goroutine 2 (close) writes `jobs`; it was started on line 3
            3 | go(jobs.close)
        No lock, channel or WaitGroup says which of the two comes first
    """)


def test_a_ticker_that_was_stopped():
    assert said_to(
        """
        def bar(n):
            ticker = time.Ticker(1)

            def draw():
                for _ in ticker.c:
                    pass

            go(draw)
            time.sleep(n)
            ticker.stop()
        """,
        case(2, expect=None),
    ).splitlines()[1:3] == [
        "goroutine 2 (draw) is still blocked receiving from `ticker 1s`, line 5: "
        "nothing comes out of it any more",
        "    5 | for _ in ticker.c:",
    ]


def test_a_data_race_is_a_failure_although_the_value_is_right():
    assert said_to(
        """
        def flag():
            ready = Var(False)

            def set():
                ready.value = True

            go(set)
            time.sleep(1)
            return ready.value
        """,
        case(expect=True),
    ) == text("""
        flag() has a data race on `ready`, although what it returned is right (in every schedule)
        goroutine 2 (set) writes `ready`, line 5
            5 | ready.value = True
        goroutine 1 (main) reads `ready`, line 9
            9 | return ready.value
        No lock, channel or WaitGroup says which of the two comes first
    """)


def test_a_panic():
    assert said_to(
        """
        def merge(a, b):
            out = Chan()

            def feed(values):
                for value in values:
                    out.send(value)
                out.close()

            go(feed, a)
            go(feed, b)
            return sorted(out)
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) panics: close of closed channel (in 88 of 128 schedules)
        goroutine 3 (feed), line 7
            7 | out.close()
        schedule: first come
    """)


def test_a_fatal_error():
    assert said_to(
        """
        def wrong():
            def unlock():
                sync.Mutex().unlock()

            go(unlock)
            time.sleep(1)
        """,
        case(expect=None),
    ) == text("""
        wrong() ends in a fatal error: sync: unlock of unlocked mutex (in every schedule)
        goroutine 2 (unlock), line 3
            3 | sync.Mutex().unlock()
    """)


def test_a_zero_value_that_nobody_sent():
    assert said_to(
        """
        def total(values):
            numbers = Chan[int]()

            def feed():
                for value in values:
                    numbers.send(value)
                numbers.close()

            go(feed)
            return [numbers.recv() for _ in range(3)]
        """,
        case([4, 5], expect=[4, 5]),
    ) == text("""
        total([4, 5]) returned [4, 5, 0] instead of [4, 5]: 0 is too many (in every schedule)
        Nobody sent that 0: `numbers` is closed, line 10
            10 | return [numbers.recv() for _ in range(3)]
    """)


# -- wrong in any case -----------------------------------------------------------------------------


def test_an_answer_that_is_always_the_same():
    assert said_to("def merge(a, b): return [1, 2, 3]", *MERGE) == (
        "The answer is [1, 2, 3] whatever merge is given: right for merge([1, 2], [3]), "
        "but not for merge([], [5]), where [5] is expected"
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("pass", "returned nothing (None) instead of [1, 2, 3]"),
        ("return tuple(sorted(a + b))", "returned (1, 2, 3) instead of [1, 2, 3]: a tuple, not a list"),
        ("return b + a", "returned [3, 1, 2] instead of [1, 2, 3]: the same values in another order"),
        ("return {1: a}", "returned {1: [1, 2]} instead of [1, 2, 3]"),
        ("return Chan(name='out')", "returned a channel, <chan out 0/0>, and not the values that come out of it"),
        ("return (x for x in a)", "returned <generator object <genexpr>>, whose values are not made yet: return a list"),
        ("return a + b + [9] * 4 + [8]", "returned [1, 2, 3, 9, 9, 9, 9, 8] instead of [1, 2, 3]: 5 values are too many"),
    ],
)  # fmt: skip
def test_a_wrong_value(body, complaint):
    solution = f"def merge(a, b): {body}"
    assert said_to(solution, *MERGE) == f"merge([1, 2], [3]) {complaint} (in every schedule)"


def test_an_exception_of_python_names_its_line():
    assert said_to("def half(n):\n    return n / zero", case(1, expect=2)) == text("""
        half(1) raises NameError: name 'zero' is not defined (in every schedule)
        goroutine 1 (main), line 2
            2 | return n / zero
    """)


@pytest.mark.parametrize(
    ("source", "first", "hint"),
    [
        ("import sys\ndef f(n): sys.exit(3)", "f(1) raises SystemExit: 3", "sys.exit() ends the whole program: return from the function instead"),
        ("def f(n): return f(n)", "f(1) raises RecursionError: maximum recursion depth exceeded", "It calls itself again and again: nothing stops it"),
        (
            """
            def f(n):
                count = 0

                def inc():
                    count += 1

                inc()
            """,
            "f(1) raises UnboundLocalError: cannot access local variable 'count' where it is not associated with a value",
            "To assign to a variable of the function around it, declare it nonlocal",
        ),
    ],
)  # fmt: skip
def test_some_exceptions_come_with_a_hint(source, first, hint):
    names = cell(source)
    lines = said(names["f"], case(1, expect=2)).splitlines()
    assert lines[0] == f"{first} (in every schedule)"
    assert lines[-1] == hint


def test_go_takes_a_function_and_its_arguments():
    source = """
        def f(n):
            out = Chan(1)

            def work(n):
                out.send(n)

            go(work(n))
            return out.recv()
    """
    assert said_to(source, case(1, expect=1)) == text("""
        f(1) ends in a fatal error: go of nil func value (in every schedule)
        goroutine 1 (main), line 7
            7 | go(work(n))
        go takes the function and its arguments: go(f, x), and not go(f(x)), which calls f itself
    """)
    assert said_to(source.replace("work(n))", "work)"), case(1, expect=1)) == text("""
        f(1) raises TypeError: work() missing 1 required positional argument: 'n' (in every schedule)
        goroutine 2 (work), started on line 7
            7 | go(work)
    """)


def test_a_solution_that_starts_no_goroutine():
    assert said_to("def merge(a, b): return sorted(a + b)", *MERGE, goroutines=2) == (
        "merge returns what it should, but starts no goroutine: "
        "at least 2 must work at the same time"
    )


def test_goroutines_of_the_program_around_it_do_not_count():
    def around(merge, a, b):
        done = Chan(2)
        go(done.send, 1)
        go(done.send, 2)
        return merge(a, b)

    one = """
        def merge(a, b):
            done = Chan()
            go(lambda: done.send(sorted(a + b)))
            return done.recv()
    """
    assert said_to(one, *MERGE, program=around, goroutines=1) is None
    assert said_to(one, *MERGE, program=around, goroutines=2) == (
        "merge returns what it should, but starts only 1 goroutine: "
        "at least 2 must work at the same time"
    )


def test_a_solution_that_takes_too_long():
    slow = """
        def fetch(urls):
            for _ in urls:
                time.sleep(1)
            return len(urls)
    """
    cases = case("abc", expect=3), case("de", expect=2)
    assert said_to(slow, *cases, within=3.0) is None
    assert said_to(slow, *cases, within=1.0) == text("""
        fetch('abc') took 3 s of program time, and may take 1 s at most (in every schedule)
        It starts no goroutine: what could happen at the same time happens one after the other
    """)


def test_a_loop_that_only_looks_keeps_a_processor_busy():
    assert said_to(
        """
        def wait(limit):
            answers = Chan(1)
            time.after_func(limit / 2, lambda: answers.send("answer"))
            while True:
                match select(recv(answers), default):
                    case 0, answer, _:
                        return answer
        """,
        case(1.0, expect="answer"),
    ) == text("""
        wait(1.0) waits by looking again and again, which keeps a processor busy
        goroutine 1 (main) goes round and round, line 4
            4 | while True:
        Wait in a recv, or in a select without default
    """)


# -- no solution at all ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("solution", "message"),
    [
        (None, "the solution is None: it should be a function"),
        ([1, 2], "the solution is [1, 2]: it should be a function, not its result"),
        (int, "int is a class: it should be a function"),
    ],
)
def test_what_is_no_function(solution, message):
    assert said(solution, *MERGE) == message


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def merge(a): return a", "merge(a) is called with 2 arguments ([1, 2], [3]): too many positional arguments"),
        ("def merge(a, b, c): return a", "merge(a, b, c) is called with 2 arguments ([1, 2], [3]): missing a required argument: 'c'"),
        ("def merge(a, b): yield a", "merge is a generator: a goroutine sends on a channel, it doesn't yield"),
        ("async def merge(a, b): return a", "merge is an async function: a goroutine is a plain def, without await"),
    ],
)  # fmt: skip
def test_a_function_that_is_called_otherwise(source, message):
    assert said_to(source, *MERGE) == message


def test_a_program_that_gets_none_from_the_solution():
    def around(double, n):
        return double(n) + 1

    assert said_to("def double(n):\n    n * 2", case(1, expect=3), program=around) == text(f"""
        around(double, 1) raises TypeError: unsupported operand type(s) for +: 'NoneType' and 'int' (in every schedule)
        goroutine 1 (main), line {around.__code__.co_firstlineno + 1} of the check
            {around.__code__.co_firstlineno + 1} | return double(n) + 1
        double returns nothing (None): it has no return with a value
    """)
    sometimes = "def double(n):\n    if n > 1: return n * 2"
    assert said_to(sometimes, case(1, expect=3), program=around).endswith(
        "Did double return nothing (None)?"
    )


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "without", "message"),
    [
        ("time.sleep(1)", ("sleep",), "f uses `time.sleep` on line 4: `sleep` is not to be used here\n    4 | time.sleep(1)"),
        ("time.sleep(1)", ("time.sleep",), "f uses `time.sleep` on line 4: `time.sleep` is not to be used here\n    4 | time.sleep(1)"),
        ("nap(1)", ("sleep",), "f uses `nap` on line 4: `sleep` is not to be used here\n    4 | nap(1)"),
        ("nap(1)", ("time.sleep",), "f uses `nap` on line 4: `time.sleep` is not to be used here\n    4 | nap(1)"),
        ("(lambda: sync.Mutex())()", ("Mutex",), "f uses `sync.Mutex` on line 4: `Mutex` is not to be used here\n    4 | (lambda: sync.Mutex())()"),
        ("helper()", ("Chan",), "f uses `Chan` on line 2: `Chan` is not to be used here\n    2 | def helper(): return Chan()"),
        ("from gochan import sync as s", ("sync",), "f uses `gochan.sync` on line 4: `sync` is not to be used here\n    4 | from gochan import sync as s"),
        ("time.sleep(1)", ("context.sleep", "time", "leep"), "f uses `time.sleep` on line 4: `time` is not to be used here\n    4 | time.sleep(1)"),
        ("time.sleep(1)", ("context.sleep", "sleeper", "Chan"), None),
        ("sleep = 1", ("sleep",), None),
    ],
)  # fmt: skip
def test_names_that_are_not_to_be_used(body, without, message):
    solution = (
        f"from gochan.time import sleep as nap\ndef helper(): return Chan()\ndef f():\n    {body}"
    )
    assert said(cell(solution)["f"], case(expect=None), without=without) == message


def test_variables_of_the_students_own_may_have_any_name():
    assert (
        said_to(
            """
            def f(n):
                quit, input, exit = Chan(1), Chan(1), n
                threading = Var(0)

                def work():
                    input.send(exit)
                    threading.value += 1
                    quit.send(True)

                go(work)
                quit.recv()
                return input.recv()
            """,
            case(1, expect=1),
            without=("threading", "quit"),
        )
        is None
    )


@pytest.mark.parametrize(
    ("head", "line", "name", "why"),
    [
        ("import threading", "threading.Thread(target=print)", "threading.Thread", "threads"),
        ("from threading import Lock", "Lock()", "Lock", "threads"),
        ("", "import asyncio", "asyncio", "threads"),
        ("from queue import Queue", "Queue()", "Queue", "threads"),
        ("import concurrent.futures as c", "c.ThreadPoolExecutor()", "c.ThreadPoolExecutor", "threads"),
        ("import time", "time.sleep(1)", "time.sleep", "clock"),
        ("import time", "time.after(1)", "time.after", "clock"),
        ("from time import sleep", "sleep(1)", "sleep", "clock"),
        ("", "input('?')", "input", "type"),
        ("", "exit()", "exit", "exit"),
        ("import os", "os._exit(1)", "os._exit", "exit"),
    ],
)  # fmt: skip
def test_pythons_own_threads_clock_questions_and_exits(head, line, name, why):
    reasons = {
        "threads": "goroutines are no threads: gochan's go, Chan and sync are all that is needed",
        "clock": "Python's own clock really waits, and gochan's does not: from gochan import time",
        "exit": "that ends the whole program: return from the function instead",
        "type": "nobody is there to type when a check runs it",
    }
    solution = cell(f"{head}\ndef f():\n    {line}" if head else f"def f():\n    {line}")["f"]
    number = 3 if head else 2
    assert said(solution, case(expect=None)) == (
        f"f uses `{name}` on line {number}: {reasons[why]}\n    {number} | {line}"
    )


# -- not the same when it is run again -------------------------------------------------------------

EVERY_RUN = "A check runs it again and again, and every run has to begin as the first one did"


def test_a_list_outside_of_the_function_keeps_what_earlier_runs_left():
    assert said_to(
        """
        results = []

        def merge(a, b):
            results.extend(a + b)
            return sorted(results)
        """,
        *MERGE,
    ) == text(f"""
        merge([1, 2], [3]) does something else when it is run again: first it returns [1, 2, 3], then it returns [1, 1, 2, 2, 3, 3]
        `results` is made on line 1, outside of the function: it is made only once, and keeps what earlier runs left in it
            1 | results = []
        Make it inside the function
        {EVERY_RUN}
    """)


def test_a_default_value_is_made_only_once():
    assert said_to("def f(n, seen=[]):\n    seen.append(n)\n    return seen", case(1, expect=[1])) == text(f"""
        f(1) does something else when it is run again: first it returns [1], then it returns [1, 1]
        `seen` is a default value on line 1: it is made only once, and keeps what earlier runs left in it
            1 | def f(n, seen=[]):
        Make it in the body of the function
        {EVERY_RUN}
    """)  # fmt: skip


def test_a_variable_of_the_class_belongs_to_all_objects():
    assert said_to(
        """
        class Counter:
            lock = sync.Mutex()
            count = Var(0)

            def inc(self):
                with self.lock:
                    self.count.value += 1

            def value(self):
                return self.count.value
        """,
        *COUNT,
        program=count_up,
    ) == text(f"""
        count_up(Counter, 2) does something else when it is run again: first it returns 2, then it returns 4
        `Counter.count` belongs to the class on line 3, not to an object: it is made only once, and keeps what earlier runs left in it
            3 | count = Var(0)
        Make it in __init__
        {EVERY_RUN}
    """)


def test_what_is_done_only_in_the_first_run_is_no_answer():
    names = cell("""
        once = sync.Once()

        def merge(a, b):
            once.do(lambda: time.sleep(1))
            return sorted(a + b)
    """)
    assert said(names["merge"], *MERGE).splitlines()[:2] == [
        "merge([1, 2], [3]) does something else when it is run again",
        "`once` is made on line 1, outside of the function: "
        "it is made only once, and keeps what earlier runs left in it",
    ]


def test_random_numbers_are_different_every_time():
    lines = said_to("import random\ndef f(n):\n    return random.random()", case(1, expect=1))
    assert lines.splitlines()[1:] == [
        "`random.random` on line 3 is different every time",
        "    3 | return random.random()",
        EVERY_RUN,
    ]


def test_what_differs_only_under_some_schedules_is_told_as_well():
    names = cell("""
        first = []

        def race():
            out = Chan(2)
            go(out.send, 1)
            go(out.send, 2)
            value = out.recv()
            out.recv()
            if value == 2 and not first:
                first.append(value)
                return "new"
            return "old"
    """)
    assert "`first` is made on line 1" in said(names["race"], case(expect="old"))


# -- without end -----------------------------------------------------------------------------------


def test_a_loop_that_nothing_ends():
    assert said_to(
        """
        def merge(a, b):
            out = Chan(1)
            while True:
                for value in a:
                    out.send(value)
                    out.recv()
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) does not end
        goroutine 1 (main) is still running after 50,000 steps: nothing ends the loop on line 3
            3 | while True:
    """)


def test_a_loop_that_only_prints():
    assert said_to(
        """
        def merge(a, b):
            while True:
                print("x" * 100)
        """,
        *MERGE,
    ) == text("""
        merge([1, 2], [3]) does not end
        goroutine 1 (main) is still running after 50,000 steps: nothing ends the loop on line 2
            2 | while True:
    """)


def test_goroutines_that_start_goroutines_without_end():
    assert said_to(
        """
        def f(n):
            def work():
                go(work)
                go(work)

            go(work)
            time.sleep(1)
        """,
        case(1, expect=1),
    ).splitlines() == [
        "f(1) does not end",
        "33,344 goroutines were started, and there is no end of it, line 3",
        "    3 | go(work)",
    ]


NO_OPERATION = "Nobody else can run meanwhile: it comes to no send, receive, lock or sleep"
BUSY = {
    "while True: pass": "while True:\n        pass",
    "except Exception": "while True:\n        try:\n            1 / 0\n        except Exception: pass",
    "except": "while True:\n        try:\n            x = 1\n        except: pass",
    "in another goroutine": "def spin():\n        while True:\n            sum(range(9))\n    go(spin)\n    return Chan().recv()",
}  # fmt: skip


@pytest.fixture
def quick_watchdog(monkeypatch):
    monkeypatch.setattr("gochan.classroom.watchdog.PROCESSOR_SECONDS", 0.2)
    monkeypatch.setattr("gochan.classroom.watchdog.WALL_SECONDS", 2.0)


@pytest.mark.parametrize("name", BUSY)
def test_a_loop_without_an_operation_is_ended_and_leaves_nothing_behind(name, quick_watchdog):
    line = 3 if name == "in another goroutine" else 2
    for _ in range(2):
        assert said_to(f"def f(n):\n    {BUSY[name]}", case(1, expect=1)) == text(f"""
            f(1) does not end: nothing ends the loop on line {line}
                {line} | while True:
            {NO_OPERATION}
        """)
        assert "watchdog" not in [thread.name for thread in threading.enumerate()]
    assert said_to("def f(n): return n", case(1, expect=1)) is None


def test_a_loop_without_an_operation_in_a_thread_of_its_own(quick_watchdog):
    heard = []

    def lesson():
        heard.append(said_to("def f(n):\n    while True: n += 1", case(1, expect=1)))
        heard.append(said_to("def f(n): return n", case(1, expect=1)))

    thread = threading.Thread(target=lesson)
    thread.start()
    thread.join()
    assert heard == [
        text(f"""
            f(1) does not end: nothing ends the loop on line 2
                2 | while True: n += 1
            {NO_OPERATION}
        """),
        None,
    ]


def test_a_real_wait_is_ended_too(quick_watchdog):
    lines = said_to(
        """
        import time as clock

        def f(n):
            getattr(clock, "sle" + "ep")(1000)
        """,
        case(1, expect=1),
    )
    assert lines.splitlines()[0] == "f(1) does not go on, line 4"


def test_ctrl_c_is_not_taken_for_an_endless_loop():
    def f(n):
        signal.raise_signal(signal.SIGINT)
        time.sleep(1)
        return n

    with pytest.raises(KeyboardInterrupt):
        check(f, case(1, expect=1))
    assert said(lambda n: n, case(1, expect=1)) is None


# -- called wrongly by the teacher -----------------------------------------------------------------


def identity(n):
    return n


ONE = case(1, expect=1)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: check(identity), ValueError, "check needs at least one case(...)"),
        (lambda: check(identity, 3), TypeError, "check takes the solution and then cases, case(...), not 3"),
        (lambda: check(identity, ONE, program=3), TypeError, "program is a function around(solution, *args), not 3"),
        (lambda: check(identity, ONE, program=identity), TypeError, "program is called as identity(solution, 1): too many positional arguments"),
        (lambda: check(identity, ONE, goroutines=-1), ValueError, "goroutines is a number from 0 on, not -1"),
        (lambda: check(identity, ONE, goroutines=1.5), TypeError, "goroutines is a whole number, not 1.5"),
        (lambda: check(identity, ONE, goroutines=None), TypeError, "goroutines is a number, not None"),
        (lambda: check(identity, ONE, within="1"), TypeError, "within is a number, not '1'"),
        (lambda: check(identity, ONE, within=float("nan")), ValueError, "within is a number from 0 on, not nan"),
        (lambda: check(identity, ONE, without="sleep"), TypeError, "without is a list of names, such as (\"sleep\",), not 'sleep'"),
        (lambda: check(identity, ONE, without=(1,)), TypeError, "without holds names, not 1"),
        (lambda: case(Chan(), expect=1), ValueError, "argument 1 of case(...) is or holds a channel, which all runs would share: make it in program="),
        (lambda: case(1, [Chan()], expect=1), ValueError, "argument 2 of case(...) is or holds a channel, which all runs would share: make it in program="),
        (lambda: case(threading.Lock(), expect=1), TypeError, "argument 1 of case(...) can't be copied, and every run needs its own: cannot pickle '_thread.lock' object"),
        (lambda: run(lambda: check(identity, ONE)), RuntimeError, "a program is already running here: call check(...) outside of it"),
    ],
)  # fmt: skip
def test_a_check_that_is_called_wrongly_says_so(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value) == message


def test_the_nil_channel_and_functions_may_be_arguments():
    def apply(f, channel):
        return f(channel is nil)

    assert said(apply, case(str, nil, expect="True")) is None
    assert said(apply, case(identity, None, expect=True)) == (
        "apply(identity, None) returned False instead of True (in every schedule)"
    )


def test_the_traceback_in_a_notebook_is_the_text_alone():
    with pytest.raises(NotYet) as raised:
        check(identity, case(1, expect=2))
    assert raised.value._render_traceback_() == [
        "NotYet: identity(1) returned 1 instead of 2 (in every schedule)"
    ]

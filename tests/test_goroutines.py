"""Goroutines: start, panic, the end of a program, who is left, what the options do."""

# ruff: noqa: BLE001 SIM105 - programs that catch everything are part of what is tested

import asyncio
import contextlib
import contextvars
import dataclasses
import functools
import gc
import io
import math
import sys
import threading
import weakref

import pytest
from greenlet import greenlet
from listing import listing

from gochan import (
    BudgetExceeded,
    Chan,
    Deadlock,
    FatalError,
    Panic,
    Result,
    Var,
    default,
    go,
    nil,
    panic,
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
from gochan.runtime.ending import unburied
from gochan.runtime.event import watching

DEADLOCK = "fatal error: all goroutines are asleep - deadlock!"


@pytest.fixture(autouse=True)
def nothing_stays_switched_on():
    """After each program nobody is watching any more, and prints go where they went before."""
    before = sys.stdout
    yield
    assert (watching.on, sys.stdout is before) == (0, True)


# -- go --------------------------------------------------------------------------------------


def test_arguments_are_evaluated_when_go_is_called():
    log = []

    def main():
        x = 1
        go(lambda given: log.append((given, x)), x)
        x = 2
        runtime.gosched()

    run(main)
    assert log == [(1, 2)]


def test_keyword_arguments_reach_the_function_and_name_names_the_goroutine():
    def worker(a, *, b):
        return runtime.goroutines()[1].name, a, b

    def main():
        out = Chan(1)
        go(lambda **kwargs: out.send(worker(1, **kwargs)), name="Anna", b=2)
        return out.recv()

    assert run(main).value == ("Anna", 1, 2)


def test_goroutines_start_in_the_order_of_their_go_statements():
    log = []

    def main():
        for k in range(5):
            go(log.append, k)
        log.append("main")
        runtime.gosched()

    run(main)
    assert log == ["main", 0, 1, 2, 3, 4]


def test_gosched_lets_everybody_run_who_can():
    log = []

    def worker(k):
        log.append((k, 1))
        runtime.gosched()
        log.append((k, 2))

    def main():
        for k in range(2):
            go(worker, k)
        for step in range(3):
            log.append(step)
            runtime.gosched()

    run(main)
    assert log == [0, (0, 1), (1, 1), 1, (0, 2), (1, 2), 2]


def test_a_goroutine_is_numbered_from_one_and_prints_its_state():
    log = []

    def worker():
        Chan().recv()

    def main():
        g = go(worker)
        log.append(repr(g))
        runtime.gosched()
        log.extend([repr(g), g.id])

    run(main)
    assert log == ["<goroutine 2 (worker) [runnable]>", "<goroutine 2 (worker) [chan receive]>", 2]


def test_a_goroutine_that_has_ended_is_dead():
    kept = []

    def main():
        ended, waits = go(lambda: None), go(nil.recv)
        kept.extend([ended, waits, go(print, "never", name="late")])
        runtime.gosched()
        return repr(ended), repr(waits)

    assert run(main).value == (
        "<goroutine 2 (<lambda>) [dead]>",
        "<goroutine 3 (recv) [chan receive (nil chan)]>",
    )
    assert repr(kept[1]) == "<goroutine 3 (recv) [dead]>"


def test_goroutines_see_the_context_variables_of_who_called_run_and_change_their_own():
    variable = contextvars.ContextVar("variable", default="unset")

    def worker(name, seconds):
        before = variable.get()
        variable.set(name)
        time.sleep(seconds)
        log.append((before, variable.get()))

    def main():
        go(worker, "late", 2)
        go(worker, "early", 1)
        time.sleep(3)
        return variable.get()

    log = []
    variable.set("outside")
    assert run(main).value == "outside"
    assert log == [("outside", "early"), ("outside", "late")]


def test_a_chain_of_twenty_thousand_goroutines_each_starting_the_next():
    def link(k, done):
        if k:
            go(link, k - 1, done)
        else:
            done.send("end of the chain")

    def main():
        done = Chan()
        go(link, 20_000, done)
        return done.recv()

    result = run(main)
    assert (result.value, result.goroutines) == ("end of the chain", 20_002)


def test_a_chain_of_twenty_thousand_goroutines_that_all_stay():
    def link(k, done, end):
        if k:
            go(link, k - 1, done, end)
        else:
            done.send("end of the chain")
        end.recv()

    def main():
        done, end = Chan(), Chan()
        go(link, 20_000, done, end)
        return done.recv()

    result = run(main)
    assert (result.value, len(result.left)) == ("end of the chain", 20_001)


def test_num_goroutine_counts_main_and_its_goroutines_and_no_timers():
    log = []

    def main():
        log.append(runtime.num_goroutine())
        time.after_func(10, print)
        ticks = time.tick(1)
        go(time.sleep, 2)
        log.append(runtime.num_goroutine())
        ticks.recv()
        log.append(runtime.num_goroutine())
        time.sleep(2)
        log.append(runtime.num_goroutine())

    run(main)
    assert (log, runtime.num_goroutine()) == ([1, 2, 2, 1], 0)


def test_go_of_none_is_fatal():
    program = listing("""
        def main(log):
            try:
                go(None)
            except Exception:
                log.append("caught")
    """)
    log = []
    result = record(program["main"], log)
    assert (result.outcome, log) == ("fatal", [])
    assert result.error.report == (
        "fatal error: go of nil func value\n\ngoroutine 1 [running]:\nmain.main(...)\n\tprog.py:3"
    )


def generator():
    yield


async def coroutine():
    pass


async def async_generator():
    yield


class Counter:
    def __call__(self):
        yield 1


class Fetcher:
    async def __call__(self):
        pass


@pytest.mark.parametrize(
    ("fn", "sentence"),
    [
        (3, "go takes a function and its arguments, not 3"),
        ("worker", "go takes a function and its arguments, not 'worker'"),
        (
            generator,
            "generator is a generator: a goroutine sends on a channel, it doesn't yield",
        ),
        (
            coroutine,
            "coroutine is an async function: a goroutine is a plain def, without await",
        ),
        (
            async_generator,
            "async_generator is an async function: a goroutine is a plain def, without await",
        ),
        (
            functools.partial(generator),
            "generator is a generator: a goroutine sends on a channel, it doesn't yield",
        ),
        (
            Counter(),
            "Counter is a generator: a goroutine sends on a channel, it doesn't yield",
        ),
        (
            Fetcher(),
            "Fetcher is an async function: a goroutine is a plain def, without await",
        ),
    ],
)
def test_go_refuses_what_is_no_plain_function(fn, sentence):
    def main():
        with pytest.raises(TypeError) as error:
            go(fn)
        return str(error.value), runtime.num_goroutine()

    assert run(main).value == (sentence, 1)


def test_go_refuses_a_name_that_is_no_str():
    def main():
        with pytest.raises(TypeError) as error:
            go(print, name=7)
        return str(error.value), runtime.num_goroutine()

    assert run(main).value == ("a name is a str, not 7", 1)


@pytest.mark.parametrize(
    ("use", "what"),
    [
        (lambda: go(print), "go"),
        (lambda: go(None), "go"),
        (lambda: work(1), "work"),
        (runtime.gosched, "runtime.gosched"),
        (runtime.goroutines, "runtime.goroutines"),
        (runtime.stack, "runtime.stack"),
        (runtime.procs, "runtime.procs"),
    ],
)
def test_what_needs_a_running_program_says_so(use, what):
    with pytest.raises(RuntimeError) as error:
        use()
    assert str(error.value) == (
        f"{what} needs a running program: call it inside run(...) or record(...)"
    )


# -- run and record --------------------------------------------------------------------------


def test_run_returns_a_result_with_what_main_returned():
    def main(a, b):
        go(lambda: None)
        return a + b

    result = run(main, 1, 2)
    assert isinstance(result, Result)
    assert (result.value, result.outcome, result.error, result.goroutines) == (3, "ok", None, 2)
    assert (result.elapsed, result.trace, result.output, result.races) == (0.0, None, "", [])


def test_when_main_returns_the_program_is_over():
    log = []

    def worker():
        try:
            time.sleep(1)
            log.append("never")
        finally:
            log.append("unwound")
            time.sleep(1)
            log.append("never")

    def main():
        go(worker)
        runtime.gosched()

    result = run(main)
    assert (result.elapsed, log) == (0.0, ["unwound"])
    assert [(info.name, info.state) for info in result.left] == [("worker", "sleep")]


def test_a_goroutine_that_has_not_begun_when_main_returns_never_begins():
    log = []

    def main():
        go(log.append, "never")

    result = run(main)
    assert (log, [info.state for info in result.left]) == ([], ["runnable"])


@pytest.mark.parametrize("runner", [run, record])
@pytest.mark.parametrize(
    ("main", "sentence"),
    [
        (3, "a program is a function, not 3"),
        (None, "a program is a function, not None"),
        (
            generator,
            "generator is a generator: a goroutine sends on a channel, it doesn't yield",
        ),
        (
            coroutine,
            "coroutine is an async function: a goroutine is a plain def, without await",
        ),
    ],
)
def test_a_program_is_a_plain_function(runner, main, sentence):
    with pytest.raises(TypeError) as error:
        runner(main)
    assert str(error.value) == sentence


@pytest.mark.parametrize("runner", [run, record])
@pytest.mark.parametrize(
    ("options", "error_type", "sentence"),
    [
        ({"clock": "real"}, ValueError, 'clock is "virtual" or "wall", not \'real\''),
        ({"procs": 0}, ValueError, "procs is a whole number from 1 on, not 0"),
        ({"procs": 1.5}, ValueError, "procs is a whole number from 1 on, not 1.5"),
        ({"procs": "2"}, ValueError, "procs is a whole number from 1 on, not '2'"),
        ({"procs": True}, ValueError, "procs is a whole number from 1 on, not True"),
        ({"until": True}, ValueError, "until is a number of seconds from 0 on, not True"),
        ({"seed": "x"}, TypeError, "seed is a whole number or None, not 'x'"),
        ({"seed": 1.5}, TypeError, "seed is a whole number or None, not 1.5"),
        ({"schedule": 3}, TypeError, "schedule is a Schedule or its text, not 3"),
        ({"schedule": "seed 1", "seed": 1}, ValueError, "give a seed or a schedule, not both"),
        (
            {"schedule": "g1 x"},
            ValueError,
            "no schedule: 'g1 x' ('x' is neither g1 nor c0 nor t nor g1*3)",
        ),
        ({"until": -1}, ValueError, "until is a number of seconds from 0 on, not -1"),
        ({"until": "1"}, ValueError, "until is a number of seconds from 0 on, not '1'"),
        ({"until": math.nan}, ValueError, "until is a number of seconds from 0 on, not nan"),
        ({"linger": -1}, ValueError, "linger is a number of seconds from 0 on, not -1"),
        ({"linger": None, "until": [1]}, ValueError,
         "until is a number of seconds from 0 on, not [1]"),
        ({"timeout": -1}, ValueError, "timeout is a number of seconds from 0 on, not -1"),
        ({"max_steps": 0}, ValueError, "max_steps is a whole number from 1 on, not 0"),
        ({"max_steps": 1.0}, ValueError, "max_steps is a whole number from 1 on, not 1.0"),
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(runner, options, error_type, sentence):
    with pytest.raises(error_type) as error:
        runner(lambda: None, **options)
    assert str(error.value) == sentence


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        run(lambda: None, colour="red")


@pytest.mark.parametrize("runner", [run, record])
def test_a_run_inside_a_goroutine_is_refused(runner):
    def main():
        with pytest.raises(RuntimeError) as error:
            runner(lambda: None)
        return str(error.value)

    assert run(main).value == (
        "a program is already running here: start goroutines in it with go(...), "
        "or call run(...) outside of it"
    )


def test_run_works_inside_a_coroutine():
    async def cell():
        return run(lambda: 42).value

    assert asyncio.run(cell()) == 42


def test_run_works_inside_a_greenlet():
    assert greenlet(lambda: run(lambda: 42).value).switch() == 42


def test_a_run_may_be_started_from_any_thread_and_two_at_once():
    results = {}
    meet = threading.Barrier(2)

    def thread(name):
        def main():
            log, ch = [], Chan[int]()

            def producer():
                for k in range(500):
                    ch.send(k)
                ch.close()

            go(producer)
            for value in ch:
                if value == 0:
                    meet.wait(10)
                log.append(value)
                time.sleep(1)
            return log

        results[name] = record(main, seed=3)

    threads = [threading.Thread(target=thread, args=(name,)) for name in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for name in "ab":
        assert (results[name].value, results[name].elapsed) == (list(range(500)), 500.0)
    assert results["a"].trace == results["b"].trace


def test_prints_of_two_threads_go_to_their_own_results(capsys):
    results = {}
    meet = threading.Barrier(2)

    def thread(name):
        def main():
            for k in range(20):
                meet.wait(10)
                print(name, k)

        results[name] = record(main)

    threads = [threading.Thread(target=thread, args=(name,)) for name in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    print("outside")
    for name in "ab":
        assert results[name].output == "".join(f"{name} {k}\n" for k in range(20))
    assert capsys.readouterr().out == "outside\n"


# -- panics and exceptions -------------------------------------------------------------------


def test_a_panic_ends_the_program_and_run_raises_it():
    program = listing("""
        def worker():
            panic("boom")

        def main(log):
            go(worker)
            try:
                Chan().recv()
            except Panic:
                log.append("recovered in main")
    """)
    log = []
    with pytest.raises(Panic) as error:
        run(program["main"], log)
    assert (str(error.value), error.value.value, log) == ("boom", "boom", [])
    assert error.value.report == (
        "panic: boom\n"
        "\n"
        "goroutine 2 [running]:\n"
        "main.worker(...)\n"
        "\tprog.py:2\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:5"
    )
    assert "\n".join(error.value._render_traceback_()) == error.value.report


def test_a_panic_is_caught_in_its_own_goroutine():
    log = []

    def worker():
        try:
            panic("boom")
        except Panic as p:
            log.append(p.value)

    def main():
        go(worker)
        runtime.gosched()

    assert (run(main).outcome, log) == ("ok", ["boom"])


def test_the_finally_blocks_of_who_panics_run_before_the_crash_and_those_of_others_run_nothing():
    log = []

    def worker(ch):
        try:
            try:
                panic("boom")
            finally:
                log.append("inner")
                ch.send("still works")
        finally:
            log.append("outer")

    def main():
        ch = Chan(1)
        go(worker, ch)
        try:
            time.sleep(1)
        finally:
            ch.recv()
            log.append("never")

    assert (record(main).outcome, log) == ("panic", ["inner", "outer"])


def test_the_report_of_a_panic_shows_the_whole_stack_innermost_first():
    program = listing("""
        def deep(n):
            if n == 0:
                panic("boom")
            deep(n - 1)

        def main():
            go(deep, 2)
            time.sleep(1)
    """)
    assert record(program["main"]).error.report == (
        "panic: boom\n"
        "\n"
        "goroutine 2 [running]:\n"
        "main.deep(...)\n\tprog.py:3\n"
        "main.deep(...)\n\tprog.py:4\n"
        "main.deep(...)\n\tprog.py:4\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:7"
    )


def test_a_panic_in_main_has_no_creator():
    program = listing("""
        def main():
            panic("boom")
    """)
    assert record(program["main"]).error.report == (
        "panic: boom\n\ngoroutine 1 [running]:\nmain.main(...)\n\tprog.py:2"
    )


def test_a_panic_in_a_timer_function_names_the_timer_as_creator():
    program = listing("""
        def late():
            panic("boom")

        def main():
            time.after_func(1, late)
            time.sleep(2)
    """)
    assert record(program["main"]).error.report == (
        "panic: boom\n"
        "\n"
        "goroutine 2 [running]:\n"
        "main.late(...)\n"
        "\tprog.py:2\n"
        "created by time.goFunc\n"
        "\tprog.py:5"
    )


class Duration:
    def __str__(self):
        return "1s"


class Job:
    def __repr__(self):
        return "Job(3)"


class Broken:
    def __str__(self):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("boom", "boom"),
        (42, "42"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
        (ValueError("bad value"), "bad value"),
        (Duration(), "1s"),
        (Job(), "Job(3)"),
        ([1, "a"], "[1, 'a']"),
        (Broken(), "<Broken>"),
        (None, "runtime error: panic called with nil argument"),
    ],
)
def test_the_text_of_a_panic_is_that_of_its_value(value, text):
    result = record(panic, value)
    assert (result.outcome, str(result.error)) == ("panic", text)
    assert result.error.report.split("\n")[0] == f"panic: {text}"
    assert result.error.value is value or value is None


def test_the_lines_of_a_panic_are_indented_after_the_first():
    error = record(panic, "a\nb").error
    assert error.report.split("\n\n")[0] == "panic: a\n\tb"


def panic_again(first, second):
    try:
        panic(first)
    except Panic as p:
        panic(p.value if second is None else second)


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        ("re-first", "panic: first [recovered]\n\tpanic: re-first"),
        (None, "panic: first [recovered, repanicked]"),
    ],
)
def test_a_panic_while_another_is_handled_is_printed_below_it(second, lines):
    result = record(panic_again, "first", second)
    assert result.error.report.split("\n\n")[0] == lines
    assert str(result.error) == (second or "first")


def test_the_outer_handler_sees_the_newer_panic():
    log = []

    def main():
        try:
            panic_again("first", "new")
        except Panic as p:
            log.append(str(p))

    run(main)
    assert log == ["new"]


def test_of_two_panics_one_is_reported():
    def main():
        go(panic, "A")
        go(panic, "B")
        time.sleep(1)

    assert str(record(main).error) == "A"
    assert {str(record(main, seed=seed).error) for seed in range(10)} == {"A", "B"}


def test_a_panic_after_main_returned_changes_nothing():
    def main():
        go(lambda: (time.sleep(1), panic("too late")))
        return "done"

    result = run(main, linger=5)
    assert (result.value, result.outcome, result.error, result.left) == ("done", "ok", None, [])


def test_an_exception_of_python_keeps_its_type_and_says_where_it_came_from():
    program = listing("""
        def worker():
            return 1 / 0

        def main():
            go(worker)
            time.sleep(1)
    """)
    with pytest.raises(ZeroDivisionError) as error:
        run(program["main"])
    assert str(error.value) == "division by zero"
    assert error.value.__notes__ == [
        "in goroutine 2 (worker), created by main.main in goroutine 1 at prog.py:5"
    ]
    frames, traceback = [], error.value.__traceback__
    while traceback is not None:
        frames.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno))
        traceback = traceback.tb_next
    assert frames[-1] == ("worker", 2)
    assert "carry" not in [name for name, _ in frames]


def test_record_does_not_raise_what_escaped():
    result = record(lambda: 1 / 0)
    assert (result.outcome, type(result.error)) == ("panic", ZeroDivisionError)
    assert result.error.__notes__ == ["in goroutine 1 (main)"]


def test_an_exception_in_main_is_noted_once_also_if_it_is_raised_in_run_after_run():
    error = ValueError("the same object")

    def main():
        raise error

    for _ in range(3):
        assert record(main).error is error
    assert error.__notes__ == ["in goroutine 1 (main)"]


def test_an_exception_that_can_not_be_changed_gets_its_note_too():
    @dataclasses.dataclass(frozen=True)
    class Refused(Exception):
        code: int

    def main():
        raise Refused(7)

    result = record(main)
    assert (result.outcome, result.error) == ("panic", Refused(7))
    assert result.error.__notes__ == ["in goroutine 1 (main)"]


def test_endless_recursion_in_a_goroutine_ends_in_a_recursion_error():
    def deeper(n):
        return deeper(n + 1) + 1

    def main():
        go(deeper, 0)
        time.sleep(1)

    limit = sys.getrecursionlimit()
    try:
        for factor in (1, 5):
            sys.setrecursionlimit(limit * factor)
            assert type(record(main).error) is RecursionError
    finally:
        sys.setrecursionlimit(limit)


def test_sys_exit_ends_the_program_as_os_exit_does():
    log = []

    def main():
        go(lambda: sys.exit(3))
        try:
            time.sleep(1)
        finally:
            time.now()
            log.append("never")

    with pytest.raises(SystemExit) as error:
        run(main)
    assert (error.value.code, log) == (3, [])


def test_a_keyboard_interrupt_raised_by_the_program_is_one():
    log = []

    def raiser():
        raise KeyboardInterrupt

    def main():
        go(raiser)
        try:
            time.sleep(1)
        except Exception:
            log.append("caught")

    for runner in (run, record):
        with pytest.raises(KeyboardInterrupt):
            runner(main)
    assert log == []


# -- deadlock --------------------------------------------------------------------------------


def test_the_text_of_a_deadlock_is_what_go_prints():
    program = listing("""
        def receiver(ch):
            for _ in ch:
                pass

        def outer():
            def sender(ch):
                select(send(ch, 1), recv(nil))
            go(sender, Chan())
            nil.send(1)

        def main():
            go(receiver, Chan())
            go(outer)
            mu = sync.Mutex()
            mu.lock()
            mu.lock()
    """)
    with pytest.raises(Deadlock) as error:
        run(program["main"])
    assert str(error.value) == (
        f"{DEADLOCK}\n"
        "\n"
        "goroutine 1 [sync.Mutex.Lock]:\n"
        "main.main(...)\n"
        "\tprog.py:16\n"
        "\n"
        "goroutine 2 [chan receive]:\n"
        "main.receiver(...)\n"
        "\tprog.py:2\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:12\n"
        "\n"
        "goroutine 3 [chan send (nil chan)]:\n"
        "main.outer(...)\n"
        "\tprog.py:9\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:13\n"
        "\n"
        "goroutine 4 [select]:\n"
        "main.outer.sender(...)\n"
        "\tprog.py:7\n"
        "created by main.outer in goroutine 3\n"
        "\tprog.py:8"
    )
    assert [info.id for info in error.value.goroutines] == [1, 2, 3, 4]
    assert "\n".join(error.value._render_traceback_()) == str(error.value)


def test_a_notebook_shows_the_first_goroutines_of_a_large_deadlock():
    def main():
        for _ in range(2_000):
            go(nil.recv)
        nil.recv()

    error = record(main).error
    assert error._render_traceback_()[-1] == "... and 1,989 more goroutines"
    assert len(error.goroutines) == 2_001


def test_a_deadlock_can_not_be_caught_and_runs_nothing_of_the_program():
    log = []

    def main():
        try:
            Chan().recv()
        except Exception:
            log.append("caught")
        finally:
            select(default)
            log.append("never")

    assert (record(main).outcome, log) == ("deadlock", [])


def test_a_partial_deadlock_is_no_deadlock():
    def main():
        go(nil.recv)
        go(time.sleep, 1)
        time.sleep(0.5)
        return "done"

    result = run(main)
    assert (result.value, [info.state for info in result.left]) == (
        "done",
        ["chan receive (nil chan)", "sleep"],
    )


def test_whoever_only_polls_is_not_asleep():
    def main():
        while True:
            runtime.gosched()

    with pytest.raises(BudgetExceeded):
        run(main, max_steps=20_000)


# -- who is left -----------------------------------------------------------------------------


def test_a_goroutine_info_says_who_what_where_and_why():
    program = listing("""
        def worker(jobs):
            for _ in jobs:
                pass

        def main():
            jobs = Chan(name="jobs")
            go(worker, jobs, name="Anna")
            time.sleep(1)
    """)
    (info,) = run(program["main"]).left
    assert (info.id, info.name, info.state, info.waiting_on) == (2, "Anna", "chan receive", "jobs")
    assert (info.where, str(info.where)) == (("prog.py", 2, "worker"), "prog.py:2")
    assert (info.created_by, info.created_by_id) == ("main", 1)
    assert info.created_at == ("prog.py", 7, "main")
    with pytest.raises(AttributeError):
        info.state = "running"


def test_left_are_all_who_were_alive_and_leaked_who_could_not_go_on():
    def main(extra):
        go(nil.recv, name="stuck")
        extra()
        runtime.gosched()

    def names(infos):
        return [info.name for info in infos]

    for extra, left, leaked in [
        (lambda: None, ["stuck"], ["stuck"]),
        (lambda: go(time.sleep, 1, name="sleeper"), ["stuck", "sleeper"], []),
        (lambda: time.after_func(1, print), ["stuck"], []),
        (lambda: time.after(1), ["stuck"], ["stuck"]),
        (lambda: go(lambda: None), ["stuck"], ["stuck"]),
    ]:
        result = run(main, extra)
        assert (names(result.left), names(result.leaked)) == (left, leaked)


def test_who_could_still_run_when_main_returned_has_not_leaked():
    def main():
        go(nil.recv)
        runtime.gosched()
        go(lambda: None, name="never begun")

    result = run(main)
    assert ([info.state for info in result.left], result.leaked) == (
        ["chan receive (nil chan)", "runnable"],
        [],
    )


def test_linger_lets_the_others_finish_before_leaks_are_judged():
    log = []

    def main():
        ch = Chan()
        go(lambda: (time.sleep(1), log.append("finished")))
        go(lambda: (time.sleep(5), ch.recv()), name="late")
        return time.now()

    results = [run(main, linger=seconds) for seconds in (0, 2, math.inf)]
    assert [result.value for result in results] == [0.0, 0.0, 0.0]
    assert [len(result.left) for result in results] == [2, 1, 1]
    assert [[info.name for info in result.leaked] for result in results] == [[], [], ["late"]]
    assert [result.elapsed for result in results] == [0.0, 2.0, 5.0]
    assert log == ["finished", "finished"]


def test_a_goroutine_of_a_method_of_gochan_is_where_it_was_started():
    program = listing("""
        def main():
            ch, wg = Chan(), sync.WaitGroup()
            go(ch.send, 1)
            wg.go(ch.send, 2)
            runtime.gosched()
            go(print, "late")
    """)
    left = run(program["main"]).left
    assert [(str(info.where), info.where.function, info.state) for info in left] == [
        ("prog.py:3", "Chan.send", "chan send"),
        ("prog.py:4", "Chan.send", "chan send"),
        ("prog.py:6", "print", "runnable"),
    ]
    assert left[0].dump() == (
        "goroutine 2 [chan send]:\n"
        "main.Chan.send(...)\n"
        "\tprog.py:3\n"
        "created by main.main in goroutine 1\n"
        "\tprog.py:3"
    )


@pytest.mark.parametrize(
    ("end", "options"),
    [
        (lambda: sync.Mutex().unlock(), {}),
        (lambda: go(None), {}),
        (lambda: [select(default) for _ in range(100)], {"max_steps": 10}),
        (lambda: [runtime.gosched() for _ in range(10_000)], {"until": 0.5}),
    ],
)
def test_whoever_ran_when_the_program_was_ended_was_running(end, options):
    def main():
        go(time.sleep, 1)
        runtime.gosched()
        go(nil.recv)
        end()

    result = record(main, **options)
    assert result.outcome in ("fatal", "budget", "cut")
    assert [(info.id, info.state) for info in result.left][:2] == [(1, "running"), (2, "sleep")]


def test_a_fatal_error_after_main_returned_ends_the_lingering_and_changes_nothing():
    def main():
        go(lambda: sync.Mutex().unlock(), name="unlocker")

    result = record(main, linger=1)
    assert (result.outcome, result.error) == ("ok", None)


def test_goroutines_and_stack_show_what_everybody_does():
    program = listing("""
        def worker(ch):
            ch.recv()

        def main():
            go(worker, Chan())
            go(worker, Chan())
            runtime.gosched()
            return runtime.stack(), runtime.stack(all=True), runtime.goroutines()
    """)
    own, everybody, infos = run(program["main"]).value
    head = "goroutine 1 [running]:\nmain.main(...)\n\tprog.py:8\n"
    assert own == head
    assert everybody == (
        f"{head}\n"
        "goroutine 2 [chan receive]:\n"
        "main.worker(...)\n\tprog.py:2\n"
        "created by main.main in goroutine 1\n\tprog.py:5\n"
        "\n"
        "goroutine 3 [chan receive]:\n"
        "main.worker(...)\n\tprog.py:2\n"
        "created by main.main in goroutine 1\n\tprog.py:6\n"
    )
    assert [(info.id, info.state) for info in infos] == [
        (1, "running"),
        (2, "chan receive"),
        (3, "chan receive"),
    ]


def test_the_stack_of_a_goroutine_lists_itself_first():
    def main():
        out = Chan()
        go(lambda: out.send(runtime.stack(all=True)))
        return [line for line in out.recv().splitlines() if line.startswith("goroutine")]

    assert run(main).value == ["goroutine 2 [running]:", "goroutine 1 [chan receive]:"]


def test_every_state_in_a_dump_has_the_name_that_go_gives_it():
    def main():
        mu, wg, ch = sync.Mutex(), sync.WaitGroup(), Chan()
        mu.lock()
        wg.add(1)
        for block in (
            ch.recv,
            lambda: Chan().send(1),
            nil.recv,
            lambda: nil.send(1),
            lambda: select(recv(Chan()), send(Chan(), 1)),
            select,
            lambda: time.sleep(1),
            lambda: time.after(1).recv(),
            mu.lock,
            wg.wait,
            lambda: work(1),
        ):
            go(block)
        runtime.gosched()
        go(lambda: None)
        return [info.state for info in runtime.goroutines()]

    assert run(main).value == [
        "running",
        "chan receive",
        "chan send",
        "chan receive (nil chan)",
        "chan send (nil chan)",
        "select",
        "select (no cases)",
        "sleep",
        "chan receive",
        "sync.Mutex.Lock",
        "sync.WaitGroup.Wait",
        "running",
        "runnable",
    ]


def test_the_same_code_in_two_files_is_told_apart():
    text = """
        def main():
            Chan().recv()
    """
    first, second = listing(text, "first.py"), listing(text, "second.py")
    assert first["main"].__code__ == second["main"].__code__
    places = [str(record(program["main"]).left[0].where) for program in (first, second)]
    assert places == ["first.py:2", "second.py:2"]


# -- until and budgets -----------------------------------------------------------------------


def test_until_cuts_a_program_off_at_that_time():
    log = []

    def main():
        while True:
            log.append(time.now())
            time.sleep(1)

    result = run(main, until=2)
    assert (result.outcome, result.error, result.elapsed, log) == (
        "cut",
        None,
        2.0,
        [0.0, 1.0, 2.0],
    )
    assert [(info.name, info.state) for info in result.left] == [("main", "sleep")]


def test_until_cuts_off_who_only_polls():
    def main():
        go(time.sleep, 10)
        while True:
            runtime.gosched()

    result = run(main, until=5)
    assert (result.outcome, result.elapsed) == ("cut", 5.0)


@pytest.mark.parametrize("forever", [math.inf, 1e300, 10**400])
@pytest.mark.parametrize("option", ["until", "timeout", "linger"])
def test_infinity_is_no_limit_and_nor_is_an_enormous_number(option, forever):
    assert run(time.sleep, 10**9, **{option: forever}).elapsed == 1e9


def test_a_deadlock_before_until_is_a_deadlock():
    assert record(nil.recv, until=5).outcome == "deadlock"


def test_max_steps_is_a_budget_that_the_program_should_not_reach():
    log = []

    def main():
        try:
            ch = Chan(1)
            while True:
                ch.send(1)
                ch.recv()
        except Exception:
            log.append("caught")

    with pytest.raises(BudgetExceeded) as error:
        run(main, max_steps=1_000)
    assert (str(error.value), log) == ("the program took more than max_steps=1,000 steps", [])
    result = record(main, max_steps=1_000)
    assert (result.outcome, str(result.error)) == ("budget", str(error.value))


def test_a_loop_that_only_prints_uses_up_max_steps_where_output_is_captured():
    def main():
        while True:
            print("again")

    result = record(main, max_steps=1_000)
    written = result.output.count("again")  # the last line was one too many
    assert (result.outcome, written) == ("budget", 1_001)


def test_a_budget_that_is_not_reached_changes_nothing():
    assert run(lambda: 42, max_steps=1, timeout=60).value == 42


def test_a_run_that_just_fits_into_its_budget_is_ok():
    def main():
        time.sleep(1)
        time.sleep(1)
        return time.now()

    steps = next(n for n in range(1, 20) if record(main, max_steps=n).outcome == "ok")
    assert record(main, max_steps=steps).value == 2.0
    assert steps == 5  # three operations, and the clock moves on twice


def test_timeout_is_a_budget_of_wall_seconds():
    def main():
        while True:
            runtime.gosched()

    with pytest.raises(BudgetExceeded) as error:
        run(main, timeout=0.02)
    assert str(error.value) == "the program took longer than timeout=0.02 s"


def test_timeout_ends_a_program_that_only_lets_the_clock_tick():
    def main():
        for _ in time.tick(1):
            pass

    assert record(main, timeout=0.02, trace=False).outcome == "budget"


def test_timeout_ends_a_program_that_sleeps_for_real():
    assert record(time.sleep, 60, clock="wall", timeout=0.02).outcome == "budget"


# -- the end of the goroutines left ----------------------------------------------------------


def end_of(main, **options):
    """Runs a program whose goroutines resist; how many of them had to be left lying."""
    before = len(unburied)
    result = record(main, **options)
    return result, len(unburied) - before


OPERATIONS = [
    lambda ch, mu, wg: ch.send(1),
    lambda ch, mu, wg: ch.recv(),
    lambda ch, mu, wg: ch.recv_ok(),
    lambda ch, mu, wg: ch.close(),
    lambda ch, mu, wg: list(ch),
    lambda ch, mu, wg: ch.recv_only().recv(),
    lambda ch, mu, wg: ch.send_only().send(1),
    lambda ch, mu, wg: nil.recv(),
    lambda ch, mu, wg: nil.send(1),
    lambda ch, mu, wg: nil.close(),
    lambda ch, mu, wg: select(recv(ch)),
    lambda ch, mu, wg: select(send(ch, 1), default),
    lambda ch, mu, wg: select(default),
    lambda ch, mu, wg: select(),
    lambda ch, mu, wg: go(print, "never"),
    lambda ch, mu, wg: time.sleep(0),
    lambda ch, mu, wg: time.sleep(1),
    lambda ch, mu, wg: time.now(),
    lambda ch, mu, wg: time.since(0),
    lambda ch, mu, wg: time.after(1),
    lambda ch, mu, wg: time.Timer(1),
    lambda ch, mu, wg: time.Ticker(1),
    lambda ch, mu, wg: time.tick(1),
    lambda ch, mu, wg: time.after_func(1, print),
    lambda ch, mu, wg: work(1),
    lambda ch, mu, wg: runtime.gosched(),
    lambda ch, mu, wg: runtime.num_goroutine(),
    lambda ch, mu, wg: runtime.goroutines(),
    lambda ch, mu, wg: mu.lock(),
    lambda ch, mu, wg: mu.unlock(),
    lambda ch, mu, wg: mu.try_lock(),
    lambda ch, mu, wg: wg.add(1),
    lambda ch, mu, wg: wg.done(),
    lambda ch, mu, wg: wg.wait(),
    lambda ch, mu, wg: wg.go(print, "never"),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_in_a_finally_ends_the_goroutine_again(operation):
    log = []

    def worker(*things):
        try:
            Chan().recv()
        finally:
            log.append("finally")
            operation(*things)
            log.append("never")

    def main():
        go(worker, Chan(1), sync.Mutex(), sync.WaitGroup())
        runtime.gosched()

    (result, lying) = end_of(main)
    assert (result.outcome, log, lying, result.output) == ("ok", ["finally"], 0, "")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nobody_can_keep_a_program_from_ending(operation):
    def worker(*things):
        while True:
            try:
                operation(*things)
                Chan().recv()
            except BaseException:
                pass

    def main():
        go(worker, Chan(1), sync.Mutex(), sync.WaitGroup())
        runtime.gosched()

    # An operation that panics at once never lets main return; there the budget ends the program.
    assert end_of(main, max_steps=10_000)[0].outcome in ("ok", "fatal", "budget")


def test_a_goroutine_that_catches_everything_is_left_lying_and_the_others_are_ended():
    log = []

    def stubborn(ch):
        while True:
            try:
                ch.recv()
            except BaseException:
                pass

    def polite():
        try:
            Chan().recv()
        finally:
            log.append("ended")

    def main():
        go(stubborn, Chan())
        go(polite)
        runtime.gosched()

    assert (end_of(main)[1], log) == (1, ["ended"])
    assert run(lambda: 42).value == 42


def test_each_of_many_goroutines_is_ended_however_often_it_dies_again():
    log = []

    def worker(k):
        try:
            Chan().recv()
        finally:
            for _ in range(3):
                try:
                    runtime.gosched()
                except BaseException:
                    log.append(k)

    def main():
        for k in range(100):
            go(worker, k)
        runtime.gosched()

    assert (end_of(main)[1], log) == (0, [k for k in range(100) for _ in range(3)])


def test_who_raises_something_else_while_being_ended_ends_all_the_same():
    def worker():
        try:
            Chan().recv()
        finally:
            raise ValueError("instead")

    def main():
        go(worker)
        go(worker)
        runtime.gosched()
        return "done"

    assert end_of(main)[0].value == "done"


def test_locks_and_files_of_ended_goroutines_are_released():
    log = []

    class File:
        def __enter__(self):
            return self

        def __exit__(self, *exc_info):
            log.append("closed")

    def worker():
        with File():
            Chan().recv()

    def main():
        go(worker)
        runtime.gosched()

    run(main)
    assert log == ["closed"]


def test_with_ends_quietly_although_unlock_is_an_operation():
    mu = sync.Mutex()

    def worker():
        with mu:
            Chan().recv()

    def main():
        go(worker)
        runtime.gosched()

    assert (end_of(main)[1], mu.try_lock()) == (0, False)


def test_a_run_inside_a_goroutine_that_is_being_ended_is_refused():
    log = []

    def worker():
        try:
            Chan().recv()
        finally:
            try:
                run(lambda: None)
            except RuntimeError:
                log.append("refused")

    def main():
        go(worker)
        runtime.gosched()

    run(main)
    assert log == ["refused"]


def test_an_ended_goroutine_prints_nothing(capsys):
    def worker():
        try:
            Chan().recv()
        finally:
            print("never seen")

    def main():
        print("seen")
        go(worker)
        runtime.gosched()

    assert record(main).output == "seen\n"
    run(main)
    assert capsys.readouterr().out == "seen\n"


@pytest.mark.parametrize("runner", [run, record])
def test_what_is_written_to_stderr_while_goroutines_are_ended_is_swallowed_too(runner, capsys):
    def worker():
        try:
            nil.recv()
        finally:
            print("never seen", file=sys.stderr)

    def main():
        print("seen", file=sys.stderr)
        go(worker)
        runtime.gosched()

    assert runner(main).output == ""
    assert (capsys.readouterr().err, sys.stderr.write("")) == ("seen\n", 0)


# -- output ----------------------------------------------------------------------------------


def test_record_captures_what_is_printed_and_run_lets_it_through(capsys):
    def main():
        print("one")
        go(print, "two", end="")
        runtime.gosched()
        print("three", flush=True)

    result = record(main)
    assert (result.output, capsys.readouterr().out) == ("one\ntwothree\n", "")
    assert (run(main).output, capsys.readouterr().out) == ("", "one\ntwothree\n")


def test_a_result_shows_itself_though_the_value_of_main_does_not():
    class Shy:
        def __repr__(self):
            raise ValueError("no repr")

    assert repr(run(Shy)) == "<Result ok, main returned <Shy> · t = 0s · 1 goroutine>"


def test_record_keeps_what_was_printed_before_a_panic():
    def main():
        print("before")
        panic("boom")

    assert record(main).output == "before\n"


def test_nothing_is_written_to_stderr(capsys):
    def main():
        go(panic, "boom")
        nil.recv()

    record(main)
    record(nil.recv)
    with pytest.raises(Deadlock):
        run(nil.recv)
    assert capsys.readouterr().err == ""


def test_stdout_replaced_inside_a_goroutine_is_put_back(capsys):
    buffer = io.StringIO()

    def worker():
        with contextlib.redirect_stdout(buffer):
            print("to the buffer")
            Chan().recv()

    def main():
        go(worker)
        runtime.gosched()

    for runner in (run, record, run):
        runner(main)
        print("outside")
    assert (buffer.getvalue(), capsys.readouterr().out) == ("to the buffer\n" * 3, "outside\n" * 3)


# -- errors ----------------------------------------------------------------------------------


def test_panic_is_an_exception_and_deadlock_a_fatal_error():
    assert (issubclass(Panic, Exception), issubclass(Deadlock, FatalError)) == (True, True)
    assert not issubclass(FatalError, Panic)


def test_the_summary_of_a_result_is_one_line():
    def leaky():
        go(nil.recv)
        time.sleep(0.25)
        return 42

    lines = [
        repr(run(leaky)),
        repr(record(nil.recv)),
        repr(record(panic, "boom")),
        repr(record(lambda: 1 / 0)),
        repr(record(time.sleep, 5, until=1)),
    ]
    assert lines == [
        "<Result ok, main returned 42 · t = 250ms · 2 goroutines · 1 leaked (recv)>",
        "<Result deadlock · t = 0s · 1 goroutine>",
        "<Result panic: boom · t = 0s · 1 goroutine>",
        "<Result panic: ZeroDivisionError: division by zero · t = 0s · 1 goroutine>",
        "<Result cut off by until · t = 1s · 1 goroutine · 1 still there at the end>",
    ]


# -- memory ----------------------------------------------------------------------------------


def census():
    gc.collect()
    kinds = {}
    for thing in gc.get_objects():
        kind = type(thing).__name__
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


@pytest.mark.parametrize("options", [{}, {"seed": 1}, {"trace": True}])
def test_a_thousand_runs_leave_no_greenlets_and_nothing_that_grows(options):
    shared, mu = Chan(), sync.Mutex()

    def worker(ch):
        with mu:
            select(recv(ch), recv(shared), recv(time.after(5)))

    def main(k):
        ch, wg = Chan(1), sync.WaitGroup()
        go(worker, ch)
        go(worker, ch)
        wg.go(ch.send, 1)
        time.after_func(1, lambda: None)
        wg.wait()
        if k % 3 == 0:
            panic("boom")
        if k % 3 == 1:
            go(shared.recv)
            nil.recv()
        go(shared.send, 1)
        runtime.gosched()

    def many(times):
        for k in range(times):
            if mu._locked:
                mu.unlock()
            record(main, k, **options)

    many(50)
    before = census()
    many(1_000)
    after = census()
    grown = {kind: count - before.get(kind, 0) for kind, count in after.items()}
    assert {kind: count for kind, count in grown.items() if count > 100} == {}
    assert after.get("Worker", 0) == before.get("Worker", 0)
    assert (len(shared._recvq.waiters), len(shared._sendq.waiters)) == (0, 0)


def test_a_goroutine_that_has_returned_is_forgotten_while_its_descendants_run():
    alive = weakref.WeakSet()

    class Burden:
        def __init__(self):
            alive.add(self)

    most = []

    def link(k, burden, done):
        most.append(len(alive))
        if k:
            go(link, k - 1, Burden(), done)
        else:
            done.send(None)

    def main():
        done = Chan()
        go(link, 2_000, Burden(), done)
        done.recv()

    run(main)
    assert max(most) <= 3


def test_many_stacks_leave_the_garbage_collector_as_it_was():
    before = gc.get_threshold()
    inside = []
    first_is_in, second_is_out = threading.Event(), threading.Event()

    def main(entered=None, leave=None):
        for _ in range(1_100):
            go(nil.recv)
        runtime.gosched()
        inside.append(gc.get_threshold() != before)
        if entered is not None:
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=run, args=(main, first_is_in, second_is_out))
    thread.start()
    first_is_in.wait(10)
    run(main)
    inside.append(gc.get_threshold() != before)  # the first one still needs it
    second_is_out.set()
    thread.join()
    assert (inside, gc.get_threshold()) == ([True, True, True], before)


def two_threads(first, second):
    """Runs `first` in a thread, and `second(what first made)` in another one meanwhile."""
    made, used = threading.Event(), threading.Event()
    errors, kept = {}, []

    def thread(name, main):
        try:
            run(main)
        except BaseException as error:
            errors[name] = error

    def first_main():
        kept.append(first())
        made.set()
        assert used.wait(10)

    def second_main():
        try:
            second(kept[0])
        finally:
            used.set()

    one = threading.Thread(target=thread, args=("first", first_main))
    one.start()
    assert made.wait(10)
    other = threading.Thread(target=thread, args=("second", second_main))
    other.start()
    one.join()
    other.join()
    return errors, kept[0]


@pytest.mark.parametrize(
    ("make", "use"),
    [
        (lambda: Chan(1), lambda ch: ch.send(1)),
        (Chan, lambda ch: ch.recv()),
        (Chan, lambda ch: ch.close()),
        (Chan, lambda ch: select(recv(ch), default)),
        (sync.Mutex, lambda mu: mu.lock()),
        (sync.WaitGroup, lambda wg: wg.add(1)),
        (sync.RWMutex, lambda rw: rw.rlock()),
        (sync.RWMutex, lambda rw: rw.try_lock()),
        (sync.Once, lambda once: once.do(print)),
        (lambda: sync.Cond(sync.Mutex()), lambda cond: cond.signal()),
    ],
)
def test_what_belongs_to_a_run_in_another_thread_is_refused(make, use):
    errors, _ = two_threads(make, use)
    assert {name: str(error) for name, error in errors.items()} == {
        "second": "this channel or lock belongs to a program that runs in another thread: "
        "only its own goroutines can use it"
    }
    assert watching.on == 0


@pytest.mark.parametrize("options", [{}, {"trace": True}, {"seed": 1}])
def test_a_channel_that_outlives_its_run_can_be_used_in_the_next(options):
    ch = run(lambda: Chan(1), **options).value
    ch.send(1)
    assert (run(ch.recv, **options).value, watching.on) == (1, 0)
    mu = run(sync.Mutex, **options).value

    def lock():
        mu.lock()
        return len(ch)

    assert record(lock, **options).value == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (-0.5, "-0.5"),
        (0.0001, "0.0001"),
        (0.00001234, "1.234e-05"),
        (123456.0, "123456"),
        (1234567.0, "1.234567e+06"),
        (1e100, "1e+100"),
        (math.inf, "+Inf"),
        (-math.inf, "-Inf"),
        (math.nan, "NaN"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_a_float_is_panicked_with_in_gos_notation(value, text):
    assert str(Panic(value)) == text


def test_a_stack_that_is_deep_is_shown_at_both_ends():
    def dive(depth):
        if depth:
            dive(depth - 1)
        else:
            panic("at the bottom")

    report = record(dive, 120).error.report
    assert report.count("dive(...)") == 100
    assert "\n...21 frames elided...\n" in report


def test_one_frame_is_shown_once_though_it_raised_again():
    program = listing("""
        def inner():
            panic("boom")

        def main():
            try:
                inner()
            except Panic as p:
                raise p
    """)
    assert record(program["main"]).error.report == (
        "panic: boom\n\ngoroutine 1 [running]:\n"
        "main.inner(...)\n\tprog.py:2\nmain.main(...)\n\tprog.py:6"
    )


def test_others_linger_also_if_main_returns_at_the_moment_of_until():
    def main():
        log = []

        def other():
            time.sleep(1)
            log.append("ran")

        go(other)
        time.sleep(1)
        return log

    assert record(main, until=1.0, linger=math.inf).value == ["ran"]
    assert record(main, until=1.0).value == []


def flag_behind_a_mutex():
    mu, done = sync.Mutex(), []

    def worker():
        with mu:
            done.append(1)

    go(worker)
    while True:
        with mu:
            if done:
                return "seen"


def flag_behind_lock_and_unlock():
    mu, done = sync.Mutex(), []

    def worker():
        mu.lock()
        done.append(1)
        mu.unlock()

    go(worker)
    while not done:
        mu.lock()
        mu.unlock()
    return "seen"


def flag_in_a_var():
    v = Var(False)
    go(lambda: setattr(v, "value", True))
    while not v.value:
        pass
    return "seen"


def flag_in_a_var_after_a_while():
    v = Var(False)

    def worker():
        time.sleep(1)
        v.value = True

    go(worker)
    while not v.value:
        pass
    return "seen"


def key_in_a_map():
    m = Var({})
    go(lambda: m.__setitem__("ready", True))
    while "ready" not in m:
        pass
    return "seen"


def room_in_a_channel():
    ch = Chan(3)

    def worker():
        for k in range(3):
            time.sleep(1)
            ch.send(k)

    go(worker)
    while len(ch) < 3:
        pass
    return "seen"


@pytest.mark.parametrize("options", [{}, {"trace": True}, {"seed": 1}], ids=str)
@pytest.mark.parametrize(
    "main",
    [
        flag_behind_a_mutex,
        flag_behind_lock_and_unlock,
        flag_in_a_var,
        flag_in_a_var_after_a_while,
        key_in_a_map,
        room_in_a_channel,
    ],
)
def test_a_loop_that_waits_for_a_change_lets_the_others_make_it(main, options):
    assert run(main, timeout=20, **options).value == "seen"


def test_a_thousand_increments_lose_none_when_first_come_is_first_served():
    def main():
        v, wg = Var(0), sync.WaitGroup()

        def worker():
            for _ in range(3_000):
                v.value += 1

        wg.go(worker)
        wg.go(worker)
        wg.wait()
        return v.value

    assert run(main).value == 6_000


def test_a_goroutine_has_the_name_of_its_function_unless_it_was_given_one():
    def main():
        def worker():
            pass

        return go(worker).name, go(worker, name="other").name

    assert run(main).value == ("worker", "other")


def test_whole_numbers_of_other_libraries_are_taken():
    class Three:
        def __index__(self):
            return 3

    def main():
        wg = sync.WaitGroup()
        wg.add(Three())
        for _ in range(3):
            go(wg.done)
        wg.wait()
        return Chan(Three()).cap

    assert run(main).value == 3

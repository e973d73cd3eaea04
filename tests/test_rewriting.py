"""@shared: what is seen of a plain program's variables, and what it says where it can't help."""

import functools
import importlib
import inspect
import linecache
import os
import subprocess
import sys
from pathlib import Path

import pytest
from listing import listing

from gochan import Chan, record, run, shared
from gochan.analysis.words import sentences

ROOT = Path(__file__).parent.parent

COUNTER = """
    @shared
    def main():
        count = 0
        wg = sync.WaitGroup()

        def increment():
            nonlocal count
            count += 1
            wg.done()

        for _ in range(3):
            wg.add(1)
            go(increment)
        wg.wait()
        return count
"""


RACE = """\
==================
WARNING: DATA RACE
Read at count by goroutine 3:
  main.main.increment()
      prog.py:8

Previous write at count by goroutine 2:
  main.main.increment()
      prog.py:8

Goroutine 3 (finished) created at:
  main.main()
      prog.py:13

Goroutine 2 (finished) created at:
  main.main()
      prog.py:13
=================="""


def program(text):
    return listing(text)["main"]


def accesses(main, **options):
    """What is read and written, as a log: line, kind, object, value."""
    events = record(main, **options).trace.events
    return [
        f"{event.line} {event.kind} {event.object} {event.value}"
        for event in events
        if event.kind in ("read", "write")
    ]


# -- what is seen ----------------------------------------------------------------------------------


def test_the_famous_plain_program_loses_updates():
    main = program(COUNTER)
    assert run(main).value == 3
    assert {record(main, seed=seed).value for seed in range(200)} == {1, 2, 3}


def test_its_accesses_are_events_at_the_lines_of_the_program():
    assert accesses(program(COUNTER)) == [
        "3 write count 0",
        "8 read count 0",
        "8 write count 1",
        "8 read count 1",
        "8 write count 2",
        "8 read count 2",
        "8 write count 3",
        "15 read count 3",
    ]


def test_its_races_are_reported_with_the_lines_of_the_program():
    races = record(program(COUNTER), race=True, trace=False).races
    assert races[0].text() == RACE
    assert {(race.object, race.first.line, race.second.line) for race in races} == {("count", 8, 8)}


def test_a_lock_keeps_the_updates():
    main = program("""
        @shared
        def main():
            count, mu, wg = 0, sync.Mutex(), sync.WaitGroup()

            def increment():
                nonlocal count
                with mu:
                    count += 1

            for _ in range(3):
                wg.go(increment)
            wg.wait()
            return count
    """)
    results = [record(main, seed=seed, race=True) for seed in range(50)]
    assert {(result.value, len(result.races)) for result in results} == {(3, 0)}


def test_its_steps_are_told_in_words():
    main = program("""
        @shared
        def main():
            count = 1
            def f():
                nonlocal count
                count *= 2
            f()
            del count
    """)
    assert sentences(record(main).trace)[1:-1] == [
        "main writes 1 to count.",
        "main reads 1 from count.",
        "main writes 2 to count.",
        "main writes nothing to count.",
    ]


def test_each_form_of_access_is_seen_once():
    main = program("""
        @shared
        def main():
            from math import pi as x
            def f(n=x):
                nonlocal x
                (x): int = 2
                (a, x), b = (0, 3), 4
                for x in range(2): pass
                with sync.Mutex() as x: pass
                g = [x := i for i in range(2)]
                try: 1 / 0
                except ZeroDivisionError as x: x = str(x)
                import sys as x
                match 5:
                    case (6 as x) | (5 as x) if x > 4: x = lambda: x
                    case _: pass
                match 7:
                    case x: pass
                h = (lambda: x)() + sum(x for _ in "a")
                def x(): pass
                class x: pass
                x = None
                del x
            f()
    """)
    log = accesses(main)
    error = "ZeroDivisionError('division by zero')"
    assert [line.replace(error, "ERROR") for line in log] == [
        "3 write x 3.141592653589793",
        "4 read x 3.141592653589793",
        "6 write x 2",
        "7 write x 3",
        "8 write x 0",
        "8 write x 1",
        "9 write x <Mutex locked>",
        "10 write x 0",
        "10 write x 1",
        "12 write x ERROR",
        "12 read x ERROR",
        "12 write x 'division by zero'",
        "12 write x nothing",
        "13 write x <module 'sys' (built-in)>",
        "15 write x 5",
        "15 read x 5",
        "15 write x <function <lambda>>",
        "18 write x 7",
        "19 read x 7",
        "19 read x 7",
        "20 write x <function x>",
        "21 write x <class 'prog.main.<locals>.f.<locals>.x…",
        "22 write x None",
        "23 write x nothing",
    ]


def test_a_def_is_written_when_its_decorators_are_done():
    main = program("""
        @shared
        def main():
            x = y = 0
            def mark(fn):
                nonlocal y
                y = x
                return fn
            def f():
                nonlocal x
                @mark
                def x(n=y):
                    pass
            f()
    """)
    assert accesses(main)[2:] == [
        "11 read y 0",
        "6 read x 0",
        "6 write y 0",
        "10 write x <function x>",
    ]


def test_what_a_comprehension_goes_through_is_read_once():
    main = program("""
        @shared
        def main():
            n = 2
            def f():
                nonlocal n
                n = 3
            return [i for i in range(n) for j in range(n - 1)]
    """)
    assert accesses(main)[1:] == ["7 read n 2", "7 read n 2", "7 read n 2"]


def test_between_the_read_and_the_write_others_may_come_while_the_value_is_computed():
    main = program("""
        @shared
        def main():
            x = 1
            ch = Chan()
            def f():
                nonlocal x
                x += ch.recv()
                ch.send(None)
            go(f)
            time.sleep(1)
            x = 100
            ch.send(10)
            ch.recv()
            return x
    """)
    assert run(main).value == 11


def test_only_names_that_are_declared_are_shared():
    main = program("""
        @shared
        def main():
            count, other, table = 0, 0, {}
            def f():
                nonlocal count, table
                count = other
                table["a"] = 1
            f()
    """)
    assert accesses(main) == [
        "3 write count 0",
        "3 write table {}",
        "6 write count 0",
        "7 read table {}",  # what is in a dict is not seen
    ]


def test_each_call_has_variables_of_its_own():
    main = program("""
        def main():
            first, second = total(1), total(2)
            return first, second
        @shared
        def total(n):
            sum = 0
            def add():
                nonlocal sum
                sum += n
            add()
            return sum
    """)
    assert record(main).value == (1, 2)
    assert accesses(main)[0] == "6 write sum 0"
    assert accesses(main)[4] == "6 write sum 2 0"


def test_functions_that_share_a_variable_of_the_function_around_see_the_same_one():
    main = program("""
        def main():
            count = 0
            wg = sync.WaitGroup()
            @shared
            def up():
                nonlocal count
                count += 1
            @shared
            def down():
                nonlocal count
                count -= 1
            wg.go(up)
            wg.go(down)
            wg.wait()
            return count
    """)
    assert {record(main, seed=seed).value for seed in range(100)} == {-1, 0, 1}
    result = record(main, race=True)
    assert {(race.object, race.first.line, race.second.line) for race in result.races} == {
        ("count", 7, 11)
    }


def test_globals_are_shared_and_stay_plain_for_others():
    names = listing("""
        count = 0
        @shared
        def main():
            global count
            wg = sync.WaitGroup()
            for _ in range(2):
                wg.go(add)
            wg.wait()
            return count
        @shared
        def add():
            global count
            count += 1
        def plain():
            return count
    """)
    values = set()
    for seed in range(100):
        names["count"] = 0
        values.add(record(names["main"], seed=seed).value)
        assert names["count"] == names["plain"]()
    assert values == {1, 2}
    names["count"] = 40
    result = record(names["main"], race=True)
    assert (result.value, names["count"], result.races[0].object) == (42, 42, "count")


def test_a_goroutine_that_spins_on_a_plain_variable_lets_the_others_run():
    main = program("""
        @shared
        def main():
            ready = False
            def setter():
                nonlocal ready
                ready = True
            go(setter)
            while not ready:
                pass
            return "done"
    """)
    assert run(main).value == "done"


def test_a_program_that_is_recorded_again_begins_afresh():
    main = program(COUNTER)
    assert [run(main).value for _ in range(3)] == [3, 3, 3]
    result = record(main, seed=5)
    assert record(main, schedule=result.schedule).value == result.value


# -- the function stays the same -------------------------------------------------------------------


def test_the_function_keeps_all_that_belongs_to_it():
    limit = 10

    def plain(a: int, b: "str" = "b", *, c: float = 1.5) -> int:
        """Doc."""
        count = a

        def f():
            nonlocal count
            count += limit

        f()
        return count

    plain.mark = "mark"
    one = shared(plain)
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__defaults__", "mark"):
        assert getattr(one, name) == getattr(plain, name)
    for name in ("__annotations__", "__kwdefaults__", "__globals__"):
        assert getattr(one, name) == getattr(plain, name)
    assert inspect.signature(one) == inspect.signature(plain)
    assert inspect.getsource(one) == inspect.getsource(plain)
    assert not hasattr(one, "__wrapped__")
    assert (one(1), plain(1)) == (11, 11)
    limit = 20  # the variables of the functions around it are still the same
    assert (one(1), plain(1)) == (21, 21)


def test_its_globals_are_alive():
    names = listing("""
        step = 1
        @shared
        def main():
            x = 0
            def f():
                nonlocal x
                x += step
            f()
            return x
    """)
    names["step"] = 5
    assert names["main"]() == 5


def test_other_decorators_stand_above():
    main = program("""
        import functools
        def twice(fn):
            @functools.wraps(fn)
            def both(*args):
                return fn(*args), fn(*args)
            return both

        @twice
        @shared
        def main():
            x = 0
            def f():
                nonlocal x
                x += 1
            f()
            return x
    """)
    assert record(main).value == (1, 1)
    assert accesses(main)[0] == "11 write x 0"


def test_a_method_can_be_shared():
    class Account:
        @shared
        def total(self, n):
            sum_ = 0

            def add():
                nonlocal sum_
                sum_ += n

            add()
            return sum_

        @staticmethod
        @shared
        def none():
            x = 1

            def f():
                nonlocal x
                x = None

            f()
            return x

    assert run(Account().total, 5).value == 5
    assert Account.none() is None


def test_twice_is_once():
    main = program(COUNTER)
    assert shared(main) is main


def test_outside_a_run_it_works_as_plain_python():
    def total():
        x = 0

        def f():
            nonlocal x
            x += 1

        f()
        return x

    assert shared(total)() == total() == 1


def test_it_works_in_a_file_that_is_run(tmp_path):
    file = tmp_path / "counter.py"
    text = inspect.cleandoc(COUNTER)
    file.write_text(f"from gochan import *\n{text}\nprint(run(main).value)\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_a_module_that_is_loaded_again_is_read_again(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    file = tmp_path / "program_that_changes.py"
    text = f"from gochan import *\n{inspect.cleandoc(COUNTER)}\n"
    file.write_text(text, encoding="utf-8")
    module = importlib.import_module(file.stem)
    assert run(module.main).value == 3
    file.write_text(text.replace("range(3)", "range(10)"), encoding="utf-8")
    importlib.reload(module)
    assert run(module.main).value == 10


# -- where it can't help ---------------------------------------------------------------------------


def decorated(fn):
    @functools.wraps(fn)
    def wrapper():
        fn()

    return wrapper


def nothing_declared():
    return 1


class Callable:
    def __call__(self):
        return None


@pytest.mark.parametrize(
    "thing",
    [
        3,
        None,
        print,
        lambda: 1,
        Callable,
        Callable(),
        staticmethod(nothing_declared),
        functools.partial(nothing_declared),
        decorated(nothing_declared),
        Chan,
    ],
    ids=lambda thing: repr(thing).partition(" at ")[0],  # the same in every process
)
def test_what_is_no_function_made_by_def_is_refused(thing):
    with pytest.raises(TypeError) as error:
        shared(thing)
    assert str(error.value) == (
        f"shared takes a function, not {thing!r}: "
        "write @shared right above its def, below other decorators"
    )


def test_nothing_to_share_is_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match=r"^nothing_declared declares no name nonlocal or global "):
        shared(nothing_declared)
    with pytest.raises(ValueError, match=r"use Var\({}\) for a dict that is only changed$"):
        shared(nothing_declared)


def test_without_a_source_it_says_what_to_do():
    names = {}
    exec("def main():\n    x = 0\n    def f():\n        nonlocal x\n        x = 1\n", names)
    with pytest.raises(OSError, match="shared") as error:
        shared(names["main"])
    assert str(error.value) == (
        "shared needs the source of main, and <string> has none that can be read: "
        "write the program in a cell or a file"
    )


@pytest.mark.parametrize("text", ["", "def (", "\n\n" + inspect.cleandoc(COUNTER)])
def test_another_source_by_now_is_an_error(text):
    main = listing(COUNTER.replace("@shared", "#"))["main"]
    lines = [f"{line}\n" for line in text.splitlines()] or ["\n"]
    linecache.cache["prog.py"] = (1, None, lines, "prog.py")
    with pytest.raises(OSError, match="shared") as error:
        shared(main)
    assert str(error.value) == (
        "shared needs the source of main, and prog.py has another text by now: load it again"
    )


def test_a_plain_generator_is_refused_by_go_as_ever():
    main = program("""
        def main():
            go(f)
        @shared
        def f():
            x = 0
            def g():
                nonlocal x
                x = 1
            yield x
    """)
    with pytest.raises(TypeError, match=r"^f is a generator: "):
        run(main)

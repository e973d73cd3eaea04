"""Types: what mypy accepts of a program, and what it refuses before the program runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from listing import listing

from gochan import run

ROOT = Path(__file__).resolve().parent.parent

# Every `assert_type` says what mypy takes an expression for. The program also runs.
RIGHT = """
    from collections.abc import Callable
    from typing import Any, assert_type

    from gochan import Chan, Deadlock, Panic, RecvChan, Result, Schedule, SendChan, Trace, Var
    from gochan import shared as rewritten
    from gochan import atomic, context, default, errgroup, go, nil, panic, record, recv, run
    from gochan import runtime, select, send, sync, time, work


    def produce(out: SendChan[int], n: int) -> None:
        for i in range(n):
            out.send(i)
        out.close()
        assert_type(len(out), int)
        assert_type(out.cap, int)


    def add_up(numbers: RecvChan[int]) -> int:
        total = numbers.recv()
        for number in numbers:
            total += assert_type(number, int)
        assert_type(numbers.recv_ok(), tuple[int, bool])
        return total


    def channels() -> None:
        both = Chan[int](9, name="both")
        assert_type(both, Chan[int])
        assert_type(both.recv_only(), RecvChan[int])
        assert_type(both.send_only(), SendChan[int])
        go(produce, both, 3)
        assert_type(add_up(both), int)
        one, other = Chan[int](9), Chan[int](9)
        produce(one, 3)
        produce(other.send_only(), 3)
        add_up(one.recv_only())
        add_up(numbers=other)
        if one == one.recv_only() and other.send_only() == other:
            assert_type({one: 1}[one], int)


    def element_types() -> None:
        anything = Chan(3)
        assert_type(anything, Chan[Any])
        assert_type(Chan(), Chan[Any])
        anything.send("a")
        anything.send(1)
        declared: Chan[str] = Chan(1)
        declared.send("a")
        requests = Chan[Chan[int]](1)
        requests.send(Chan[int]())
        assert_type(requests.recv(), Chan[int])
        answers = Chan[SendChan[int]](2)
        answers.send(Chan[int]())
        answers.send(Chan[int]().send_only())
        maybe = Chan[int | None](2)
        maybe.send(None)
        assert_type(maybe.recv(), int | None)
        wider: RecvChan[object] = declared
        narrower: SendChan[bool] = Chan[int]()
        sources: list[RecvChan[str]] = [declared, declared.recv_only()]
        off: RecvChan[int] = nil
        assert_type([wider.cap, narrower.cap, len(sources), off.cap], list[int])


    def selects() -> None:
        jobs, done = Chan[int](1), Chan[None]()
        idle: RecvChan[int] | None = None
        match select(recv(jobs), send(jobs, 3), recv(done), recv(idle), send(None, 3), default):
            case 0, value, ok:
                assert_type(value, Any)
                assert_type(ok, bool | None)
            case 1, *_:
                pass
            case index, _, _:
                assert_type(index, int)
        select(recv(jobs.recv_only()), recv(time.after(1.0)), recv(nil), send(nil, "x"))
        select(send(jobs.send_only(), 4))


    @rewritten
    def counted(start: int) -> int:
        count = start

        def add() -> None:
            nonlocal count
            count += 1

        add()
        return count


    def shared() -> None:
        count = Var(3)
        count.value += 1
        assert_type(count.value, int)
        assert_type(counted(3), int)
        ages = Var[dict[str, int]]({})
        ages["a"] = 1
        assert_type(ages.value, dict[str, int])
        assert_type("a" in ages, bool)
        best = Var[int | None](None)
        best.value = 3


    def atomics() -> None:
        hits = atomic.Int()
        assert_type(hits.add(1), int)
        assert_type(hits.load(), int)
        assert_type(hits.swap(2), int)
        assert_type(hits.compare_and_swap(2, 3), bool)
        ready = atomic.Bool(True)
        assert_type(ready.load(), bool)
        ready.store(False)
        latest = atomic.Value("a")
        assert_type(latest.load(), Any)
        config = atomic.Pointer[list[int]]()
        config.store([1])
        assert_type(config.load(), list[int] | None)


    def locks() -> None:
        mutex, rw = sync.Mutex(), sync.RWMutex()
        with mutex as held:
            assert_type(held, sync.Mutex)
        with rw, mutex:
            assert_type(mutex.try_lock(), bool)
        with rw.rlocker():
            assert_type(rw.try_rlock(), bool)
        rw.runlock()
        for lock in (mutex, rw, rw.rlocker()):
            cond = sync.Cond(lock)
            cond.signal()
        cond = sync.Cond(mutex)
        with cond.l:
            cond.broadcast()
        group = sync.WaitGroup()
        group.add(1)
        group.done()
        group.go(produce, Chan[int](3), 3)
        group.wait()


    def once() -> None:
        first = sync.Once()
        first.do(lambda: None)
        first.do(lambda: 3)
        assert_type(sync.once_func(lambda: 3), Callable[[], None])
        assert_type(sync.once_value(lambda: 3)(), int)
        assert_type(sync.once_values(lambda: (3, "x"))(), tuple[int, str])

        @sync.once_value
        def config() -> dict[str, int]:
            return {"a": 1}

        assert_type(config(), dict[str, int])


    def containers() -> None:
        ages = sync.Map()
        ages.store("a", 1)
        assert_type(ages.load("a"), tuple[Any, bool])
        assert_type(ages.load_or_store("a", 2), tuple[Any, bool])
        ages.range(lambda key, value: key == value)
        buffers = sync.Pool(lambda: [1])
        buffers.put(assert_type(buffers.get(), Any))


    def contexts() -> None:
        top = context.background()
        ctx, cancel = context.with_cancel(top)
        assert_type(ctx, context.Context)
        assert_type(cancel, Callable[[], None])
        ctx, cancel = context.with_timeout(ctx, 3)
        ctx, cancel = context.with_deadline(ctx, 3.5)
        ctx, give_up = context.with_cancel_cause(ctx)
        stop = context.after_func(ctx, lambda: None)
        assert_type(stop(), bool)
        give_up(ValueError("too slow"))
        give_up(None)
        cancel()
        assert_type(context.cause(ctx), BaseException | None)
        assert_type(context.with_value(ctx, "k", 3).value("k"), Any)
        assert_type(context.without_cancel(ctx).deadline(), tuple[float, bool])
        select(recv(ctx.done()))
        error = ctx.err()
        assert_type(error, BaseException | None)
        if isinstance(error, context.Canceled | context.DeadlineExceeded):
            group, ctx = errgroup.with_context(top)
            group.set_limit(2)
            group.go(produce, Chan[int](3), 3)
            assert_type(group.try_go(produce, Chan[int](3), n=3), bool)
            assert_type(group.wait(), None)


    def timers() -> None:
        timer = time.Timer(1)
        assert_type(timer.c.recv(), float)
        assert_type(timer.stop(), bool)
        assert_type(timer.reset(2 * time.SECOND), bool)
        assert_type(time.Ticker(0.5).c, RecvChan[float])
        for at in time.tick(1):
            assert_type(at, float)
            break
        assert_type(time.after_func(1, timer.stop), time.Timer)
        assert_type(time.since(time.now()), float)
        time.sleep(1)
        work(0.5)


    def about_the_run() -> None:
        assert_type(go(timers, name="timers").id, int)
        assert_type(runtime.goroutines()[0].where.line, int)
        assert_type(runtime.stack(all=True), str)
        assert_type(runtime.num_goroutine() + runtime.procs(), int)
        runtime.gosched()


    def main() -> str:
        channels()
        element_types()
        selects()
        shared()
        atomics()
        locks()
        once()
        containers()
        contexts()
        timers()
        about_the_run()
        return "ran"


    def outside() -> None:
        result = run(main, seed=3, until=30, max_steps=10_000, timeout=60.0, procs=2, linger=1)
        assert_type(result, Result)
        assert_type(result.left[0].state, str)
        assert_type(result.trace, Trace | None)
        assert_type(result.error, BaseException | None)
        assert_type(result.schedule, Schedule)
        record(add_up, nil, schedule=str(result.schedule), clock="virtual", trace=False)
        try:
            run(nil.recv)
            panic("never")
        except Deadlock as deadlock:
            assert_type(deadlock.goroutines[0].id, int)
        except Panic as panicked:
            assert_type(panicked.value, object)
"""

# Behind `# E:` stands how mypy's error begins. A line without it is right.
WRONG = """
    from gochan import Chan, RecvChan, SendChan, Var, atomic, context, default, errgroup, go, nil
    from gochan import recv, run, select, send, shared, sync, time, work

    both, words = Chan[int](3), Chan[str](3)
    sending, receiving = both.send_only(), both.recv_only()


    def produce(out: SendChan[int]) -> None:
        out.send(1)
        out.send("one")  # E: Argument 1 to "send" of "SendChan" has incompatible type "str"
        out.send(None)  # E: Argument 1 to "send" of "SendChan" has incompatible type "None"
        out.recv()  # E: "SendChan[int]" has no attribute "recv"
        out.recv_ok()  # E: "SendChan[int]" has no attribute "recv_ok"
        for number in out:  # E: "SendChan[int]" has no attribute "__iter__" (not iterable)
            pass
        consume(out)  # E: Argument 1 to "consume" has incompatible type "SendChan[int]"


    def consume(numbers: RecvChan[int]) -> None:
        numbers.recv()
        numbers.send(1)  # E: "RecvChan[int]" has no attribute "send"
        numbers.close()  # E: "RecvChan[int]" has no attribute "close"
        text: str = numbers.recv()  # E: Incompatible types in assignment
        for number in numbers:
            number.upper()  # E: "int" has no attribute "upper"
        produce(numbers)  # E: Argument 1 to "produce" has incompatible type "RecvChan[int]"


    produce(both)
    produce(sending)
    produce(receiving)  # E: Argument 1 to "produce" has incompatible type "RecvChan[int]"
    produce(words)  # E: Argument 1 to "produce" has incompatible type "Chan[str]"
    produce(words.send_only())  # E: Argument 1 to "produce" has incompatible type "SendChan[str]"
    consume(both)
    consume(receiving)
    consume(sending)  # E: Argument 1 to "consume" has incompatible type "SendChan[int]"
    consume(words)  # E: Argument 1 to "consume" has incompatible type "Chan[str]"
    consume(words.recv_only())  # E: Argument 1 to "consume" has incompatible type "RecvChan[str]"

    a: Chan[int] = receiving  # E: Incompatible types in assignment
    b: Chan[int] = sending  # E: Incompatible types in assignment
    c: Chan[int] = words  # E: Incompatible types in assignment
    d: Chan[object] = both  # E: Incompatible types in assignment
    e: SendChan[object] = both  # E: Incompatible types in assignment
    f: RecvChan[bool] = both  # E: Incompatible types in assignment
    g: str = both.recv()  # E: Incompatible types in assignment
    h: int = both.recv_ok()  # E: Incompatible types in assignment
    sending.recv_only()  # E: "SendChan[int]" has no attribute "recv_only"
    receiving.send_only()  # E: "RecvChan[int]" has no attribute "send_only"

    both.send("one")  # E: Argument 1 to "send" of "Chan" has incompatible type "str"
    both.send()  # E: Too few arguments for "send" of "Chan"
    both.cap = 4  # E: Property "cap" defined in "Chan" is read-only
    both.cap()  # E: "int" not callable
    Chan[int]("3")  # E: Argument 1 to "Chan" has incompatible type "str"
    Chan[int](1.5)  # E: Argument 1 to "Chan" has incompatible type "float"

    select(recv(both), send(both, 1), default)
    select(both)  # E: Argument 1 to "select" has incompatible type "Chan[int]"
    select(None)  # E: Argument 1 to "select" has incompatible type "None"
    recv(3)  # E: Argument 1 to "recv" has incompatible type "int"; expected "RecvChan[Any] | None"
    recv(sending)  # E: Argument 1 to "recv" has incompatible type "SendChan[int]"
    send(receiving, 1)  # E: Argument 1 to "send" has incompatible type "RecvChan[int]"
    send(both, "one")  # E: Cannot infer value of type parameter "T" of "send"

    go(produce, both)
    go(produce(both))  # E: "produce" does not return a value
    go(None)  # E: Argument 1 to "go" has incompatible type "None"
    go(produce, both, name=3)  # E: Argument "name" to "go" has incompatible type "int"
    run(3)  # E: Argument 1 to "run" has incompatible type "int"
    run(print, seed="x")  # E: Argument "seed" to "run" has incompatible type "str"
    run(print, sed=1)  # E: Unexpected keyword argument "sed" for "run"

    time.sleep("1")  # E: Argument 1 to "sleep" has incompatible type "str"
    work(None)  # E: Argument 1 to "work" has incompatible type "None"
    time.after(1).send(1.0)  # E: "RecvChan[float]" has no attribute "send"
    time.after_func(print, 1)  # E: Argument 1 to "after_func" has incompatible type
    i: int = time.Timer(1).c.recv()  # E: Incompatible types in assignment

    Var(3).value = "one"  # E: Incompatible types in assignment
    shared(3)  # E: Value of type variable "F" of "shared" cannot be "int"
    atomic.Int("1")  # E: Argument 1 to "Int" has incompatible type "str"
    atomic.Int().add(1.5)  # E: Argument 1 to "add" of "Int" has incompatible type "float"
    atomic.Int().store(None)  # E: Argument 1 to "store" of "_Atomic" has incompatible type "None"
    atomic.Bool(1)  # E: Argument 1 to "Bool" has incompatible type "int"
    atomic.Bool().add(1)  # E: "Bool" has no attribute "add"
    atomic.Pointer[int]().store("a")  # E: Argument 1 to "store" of "_Atomic" has incompatible type
    sync.WaitGroup().add(1.5)  # E: Argument 1 to "add" of "WaitGroup" has incompatible type "float"
    sync.WaitGroup().go(3)  # E: Argument 1 to "go" of "WaitGroup" has incompatible type "int"
    sync.Once().do(3)  # E: Argument 1 to "do" of "Once" has incompatible type "int"
    sync.Cond(3)  # E: Argument 1 to "Cond" has incompatible type "int"; expected "Locker | None"
    j: str = sync.once_value(lambda: 3)()  # E: Incompatible types in assignment
    k: int = sync.once_func(lambda: 3)()  # E: Incompatible types in assignment

    context.with_cancel(3)  # E: Argument 1 to "with_cancel" has incompatible type "int"
    context.with_cancel(None)  # E: Argument 1 to "with_cancel" has incompatible type "None"
    pair = context.with_cancel(context.background())
    pair.err()  # E: "tuple[Context, Callable[[], None]]" has no attribute "err"
    pair[0].done().send(None)  # E: "RecvChan[Any]" has no attribute "send"
    pair[1](ValueError())  # E: Too many arguments
    give_up = context.with_cancel_cause(context.background())[1]
    give_up()  # E: Too few arguments
    give_up("too slow")  # E: Argument 1 has incompatible type "str"
    errgroup.Group().go(3)  # E: Argument 1 to "go" of "Group" has incompatible type "int"
    errgroup.Group().set_limit("3")  # E: Argument 1 to "set_limit" of "Group" has incompatible type
    errgroup.with_context(None)  # E: Argument 1 to "with_context" has incompatible type "None"
    nil.push(1)  # E: "Nil" has no attribute "push"
"""


@pytest.fixture(scope="module")
def errors(tmp_path_factory):
    """What mypy says about the two programs: for each its lines with their first error."""
    folder = tmp_path_factory.mktemp("typing")
    for name, text in (("right", RIGHT), ("wrong", WRONG)):
        (folder / f"{name}.py").write_text(unindented(text), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"]
    command += ["--no-pretty", "--no-error-summary", f"--cache-dir={folder / 'cache'}"]
    mypy = subprocess.run(
        [*command, str(folder / "right.py"), str(folder / "wrong.py")],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (mypy.returncode, mypy.stderr) == (1, "")
    found = {"right": {}, "wrong": {}}
    for name, line, text in re.findall(r"(\w+)\.py:(\d+): error: (.*)", mypy.stdout):
        found[name].setdefault(int(line), text)
    return found


def unindented(text):
    return re.sub(r"(?m)^    ", "", text.removeprefix("\n"))


def test_mypy_accepts_what_is_right(errors):
    assert errors["right"] == {}


def test_mypy_refuses_what_is_wrong_and_nothing_else(errors):
    expected = {
        number: line.partition("  # E: ")[2]
        for number, line in enumerate(unindented(WRONG).splitlines(), 1)
        if "  # E: " in line
    }
    # Cut to the part that is expected, so that a difference shows as two sentences.
    found = {
        number: text[: len(expected[number])] if number in expected else text
        for number, text in errors["wrong"].items()
    }
    assert found == expected


def test_what_mypy_accepts_also_runs():
    program = listing(RIGHT)
    assert run(program["main"]).value == "ran"
    program["outside"]()

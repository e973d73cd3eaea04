"""Groups of goroutines: the first error, the limit, the context."""

import pytest
from listing import listing

from gochan import (
    FatalError,
    Panic,
    context,
    errgroup,
    nil,
    panic,
    record,
    recv,
    run,
    runtime,
    select,
    sync,
    time,
)
from gochan.analysis.words import sentences

background = context.background()


def fail(error, seconds=0.0):
    time.sleep(seconds)
    raise error


# -- the first error -------------------------------------------------------------------------


def test_wait_waits_for_all_and_raises_the_first_error_in_time():
    log = []
    first, second = ValueError("first"), ValueError("second")

    def main():
        group = errgroup.Group()
        group.go(fail, second, 2)
        group.go(fail, first, seconds=1)
        group.go(lambda: (time.sleep(3), log.append("third")))
        for _ in range(2):
            try:
                group.wait()
            except ValueError as error:
                log.append((error is first, time.now()))

    run(main)
    assert log == ["third", (True, 3.0), (True, 3.0)]


def test_without_an_error_wait_returns():
    def main():
        group, log = errgroup.Group(), []
        for k in range(3):
            group.go(log.append, k)
        group.wait()
        return log

    assert run(main).value == [0, 1, 2]


def test_a_group_that_is_used_again_keeps_its_error():
    def main():
        group, errors = errgroup.Group(), []
        for work in (lambda: fail(ValueError("one")), lambda: fail(ValueError("two"))):
            group.go(work)
            with pytest.raises(ValueError) as error:  # noqa: PT011 - its text is looked at below
                group.wait()
            errors.append(str(error.value))
        return errors

    assert run(main).value == ["one", "one"]


def test_the_error_says_which_goroutine_it_came_from():
    program = listing("""
        def fetch(url):
            raise ValueError(url)

        def main():
            group = errgroup.Group()
            group.go(fetch, "a")
            group.go(fetch, "b")
            group.wait()
    """)
    error = record(program["main"]).error
    assert (str(error), error.__notes__) == (
        "a",
        [
            "in goroutine 2 (fetch), created by main.main in goroutine 1 at prog.py:6",
            "in goroutine 1 (main)",
        ],
    )


@pytest.mark.parametrize("method", ["go", "try_go"])
@pytest.mark.parametrize(
    ("fn", "text"),
    [(lambda: panic("boom"), "boom"), (nil.close, "close of nil channel")],
)
def test_a_panic_in_it_ends_the_program(method, fn, text):
    def main():
        group, _ = errgroup.with_context(background)
        getattr(group, method)(fn)
        try:
            group.wait()
        except Exception:  # noqa: BLE001 - nothing of it may come to wait
            return "caught"

    result = record(main)
    assert (result.outcome, type(result.error), str(result.error)) == ("panic", Panic, text)


def test_a_fatal_error_in_it_ends_the_program():
    def main():
        group = errgroup.Group()
        group.go(sync.Mutex().unlock)
        group.wait()

    result = record(main)
    assert (result.outcome, type(result.error)) == ("fatal", FatalError)


def test_an_error_that_is_returned_is_a_mistake_and_not_lost():
    def fetch():
        return ValueError("as in Go")

    def main():
        group = errgroup.Group()
        group.go(fetch)
        group.wait()

    with pytest.raises(TypeError) as error:
        run(main)
    assert str(error.value) == (
        "fetch returned ValueError('as in Go'): in a group an error is raised, not returned"
    )


def test_the_goroutines_of_a_group_are_called_as_their_functions():
    program = listing("""
        def fetch(url):
            Chan().recv()

        def main():
            group = errgroup.Group()
            group.go(fetch, "a")
            group.try_go(fetch, "b")
            group.wait()
    """)
    left = record(program["main"]).left
    assert [(info.name, info.creation(), str(info.created_at)) for info in left[1:]] == [
        ("fetch", "created by main.main in goroutine 1", "prog.py:6"),
        ("fetch", "created by main.main in goroutine 1", "prog.py:7"),
    ]
    assert (left[0].state, left[0].waiting_on) == ("sync.WaitGroup.Wait", "group")


# -- the context -----------------------------------------------------------------------------


def test_the_first_error_cancels_the_context_and_is_its_cause():
    log = []
    boom = ValueError("boom")

    def main():
        group, ctx = errgroup.with_context(background)

        def other():
            ctx.done().recv()
            log.append((time.now(), ctx.err(), context.cause(ctx)))
            raise ctx.err()

        group.go(other)
        group.go(fail, boom, 1)
        with pytest.raises(ValueError, match="boom"):
            group.wait()

    run(main)
    assert log == [(1.0, context.Canceled, boom)]


def test_wait_cancels_the_context_in_any_case():
    def main():
        group, ctx = errgroup.with_context(background)
        group.go(time.sleep, 1)
        before = ctx.err()
        group.wait()
        return before, ctx.err(), context.cause(ctx)

    assert run(main).value == (None, context.Canceled, context.Canceled)


def test_the_context_of_a_group_is_cancelled_with_its_parent():
    def main():
        parent, cancel = context.with_cancel_cause(background)
        group, ctx = errgroup.with_context(context.with_value(parent, "k", "v"))
        group.go(lambda: ctx.done().recv())
        cancel(KeyError("above"))
        group.wait()
        return ctx.value("k"), repr(context.cause(ctx))

    assert run(main).value == ("v", "KeyError('above')")


def test_a_group_without_context_cancels_nothing():
    log = []

    def main():
        group = errgroup.Group()
        group.go(fail, ValueError("boom"))
        group.go(lambda: (time.sleep(1), log.append("went on")))
        with pytest.raises(ValueError, match="boom"):
            group.wait()

    run(main)
    assert log == ["went on"]


def test_with_context_takes_a_context():
    with pytest.raises(Panic, match=r"^cannot create context from nil parent$"):
        errgroup.with_context(None)
    with pytest.raises(TypeError, match="a context has done, err, value and deadline"):
        errgroup.with_context(errgroup.Group())


# -- the limit -------------------------------------------------------------------------------


def test_no_more_than_the_limit_run_at_a_time():
    def main():
        group, active, most = errgroup.Group(), [0], []
        group.set_limit(3)

        def task():
            active[0] += 1
            most.append(active[0])
            time.sleep(1)
            active[0] -= 1

        for _ in range(10):
            group.go(task)
        group.wait()
        return max(most), time.now()

    assert run(main).value == (3, 4.0)


def test_go_blocks_at_the_limit_and_try_go_does_not():
    log = []

    def main():
        group = errgroup.Group()
        group.set_limit(1)
        log.append(group.try_go(time.sleep, 1))
        log.append(group.try_go(time.sleep, 1))
        group.go(time.sleep, 1)
        log.append(time.now())
        group.wait()
        log.append(group.try_go(time.sleep, 1))

    run(main)
    assert log == [True, False, 1.0, True]


def test_a_goroutine_that_fails_makes_room_too():
    def main():
        group = errgroup.Group()
        group.set_limit(1)
        for _ in range(3):
            group.go(fail, ValueError("boom"), 1)
        with pytest.raises(ValueError, match="boom"):
            group.wait()
        return time.now()

    assert run(main).value == 3.0


def test_with_the_limit_0_nothing_can_start():
    log = []

    def main():
        group = errgroup.Group()
        group.set_limit(0)
        log.append(group.try_go(print))
        group.go(print)

    result = record(main)
    assert (result.outcome, result.left[0].state, result.left[0].waiting_on, log) == (
        "deadlock", "chan send", "group.limit", [False])  # fmt: skip


def test_a_negative_limit_is_none():
    def main():
        group = errgroup.Group()
        group.set_limit(1)
        group.go(time.sleep, 1)
        group.set_limit(-1)
        started = [group.try_go(time.sleep, 1) for _ in range(5)]
        group.wait()
        return all(started), time.now()

    assert run(main).value == (True, 1.0)


def test_the_limit_is_not_changed_while_goroutines_are_active():
    def main():
        group = errgroup.Group()
        group.set_limit(2)
        group.go(time.sleep, 1)
        group.go(time.sleep, 1)
        try:
            group.set_limit(3)
        except Panic as error:
            caught = error
        group.wait()
        group.set_limit(3)
        return caught

    error = run(main).value
    text = "errgroup: modify limit while 2 goroutines in the group are still active"
    assert (str(error), isinstance(error.value, Exception)) == (text, True)


@pytest.mark.parametrize("n", ["2", None, 1.5, True])
def test_a_limit_is_a_whole_number(n):
    with pytest.raises(TypeError) as error:
        errgroup.Group().set_limit(n)
    assert str(error.value) == f"the limit of a group is a whole number, not {n!r}"


@pytest.mark.parametrize("seed", range(10))
def test_no_schedule_lets_more_in_or_loses_a_token(seed):
    def main():
        group, active, most = errgroup.Group(), [0], [0]
        group.set_limit(2)

        def task():
            active[0] += 1
            most[0] = max(active[0], most[0])
            runtime.gosched()
            active[0] -= 1

        for _ in range(20):
            group.go(task)
        group.wait()
        group.set_limit(1)
        return most[0] <= 2

    assert run(main, seed=seed).value is True


# -- bad input, and what it looks like -------------------------------------------------------


@pytest.mark.parametrize("method", ["go", "try_go"])
def test_a_group_takes_plain_functions(method):
    def generator():
        yield

    async def coroutine():
        pass

    def main(fn):
        group = errgroup.Group()
        group.set_limit(1)
        try:
            getattr(group, method)(fn)
        finally:
            group.set_limit(2)  # nothing was counted

    with pytest.raises(
        TypeError, match=rf"^Group.{method} takes a function and its arguments, not"
    ):
        run(main, 3)
    with pytest.raises(TypeError, match=r"^generator is a generator"):
        run(main, generator)
    with pytest.raises(TypeError, match=r"^coroutine is an async function"):
        run(main, coroutine)


def test_outside_a_run_there_is_nobody_to_start_but_wait_returns():
    group = errgroup.Group()
    with pytest.raises(RuntimeError, match=r"^Group\.go needs a running program"):
        group.go(print)
    group.set_limit(3)
    group.wait()


def test_each_step_is_told_in_a_sentence():
    def main():
        fetches, ctx = errgroup.with_context(background)
        fetches.set_limit(1)
        fetches.go(fail, ValueError("boom"))
        fetches.try_go(fail, ValueError("other"))
        select(recv(ctx.done()))

    assert sentences(record(main).trace)[1:] == [
        "main derives ctx from context.Background.",
        "main limits fetches to 1 at a time.",
        "main sends token on fetches.limit.",
        "main adds 1 to fetches; main starts fail.",
        "main takes default: no case is ready.",
        "main has to wait: nothing to receive from <-ctx.done.",
        "fail cancels ctx: boom; main gets None, false: ctx.done is closed; main can go on.",
        "fail receives token from fetches.limit.",
        "fail adds -1 to fetches.",
        "fail returns.",
        "main returns: the program is over.",
    ]


def test_a_group_shows_its_name_and_count():
    def main():
        group = errgroup.Group(name="fetches")
        group.go(time.sleep, 1)
        return repr(group)

    assert run(main).value == "<Group fetches 1>"


def test_setting_a_limit_is_one_operation():
    def main():
        group = errgroup.Group()
        group.set_limit(2)
        group.set_limit(3)

    assert record(main).trace.last_step == 3  # the third is main's return

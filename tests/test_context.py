"""Contexts: who is cancelled when, by whom, and why."""

import math
import pickle

import pytest
from listing import listing

from gochan import (
    Chan,
    Panic,
    context,
    default,
    go,
    nil,
    record,
    recv,
    run,
    runtime,
    select,
    time,
)
from gochan.analysis.words import sentences

HOUR = time.HOUR
background = context.background()


def is_done(ctx):
    return select(recv(ctx.done()), default)[0] == 0


def state(ctx):
    return type(ctx.err()), context.cause(ctx), is_done(ctx)


CANCELED = (context.Canceled, context.Canceled, True)
EXPIRED = (context.DeadlineExceeded, context.DeadlineExceeded, True)
ALIVE = (type(None), None, False)


class Foreign:
    """A context of a class of one's own: all is the inner one's but how it ends."""

    def __init__(self, inner):
        self.inner = inner
        self.channel = Chan()
        self.error = None

    def deadline(self):
        return self.inner.deadline()

    def value(self, key):
        return self.inner.value(key)

    def done(self):
        return self.channel

    def err(self):
        return self.error

    def end(self):
        self.error = context.Canceled()
        self.channel.close()


class Passing:
    """A context of a class of one's own that only passes on what it is asked."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)


# -- background and todo ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ctx", "text"),
    [(context.background(), "context.Background"), (context.todo(), "context.TODO")],
)
def test_the_roots_are_never_cancelled_and_have_nothing(ctx, text):
    assert ctx.done() is nil
    assert (ctx.err(), context.cause(ctx), ctx.value("k"), str(ctx)) == (None, None, None, text)
    assert ctx.deadline() == (0.0, False)


def test_a_loop_round_err_of_the_background_does_not_freeze_the_program():
    def main():
        flag = []
        go(flag.append, 1)
        while background.err() is None and not flag:
            pass
        return flag

    assert run(main).value == [1]


# -- cancelling ------------------------------------------------------------------------------


def test_cancel_reaches_all_who_derive_and_nobody_else():
    log = []

    def main():
        top, _ = context.with_cancel(background)
        ctx, cancel = context.with_cancel(top)
        child, _ = context.with_cancel(context.with_value(ctx, "k", 1))
        grandchild, _ = context.with_timeout(child, HOUR)
        sibling, _ = context.with_cancel(top)
        cancel()
        log.extend(state(one) for one in (top, ctx, child, grandchild, sibling))

    run(main)
    assert log == [ALIVE, CANCELED, CANCELED, CANCELED, ALIVE]


def test_cancel_wakes_all_who_wait_before_it_returns_and_nobody_runs_in_between():
    log = []

    def main():
        ctx, cancel = context.with_cancel(background)
        children = [context.with_cancel(ctx)[0] for _ in range(3)]

        def waiter(k):
            log.append((k, children[k].done().recv_ok(), [one.err() for one in children]))

        for k in range(3):
            go(waiter, k)
        runtime.gosched()
        cancel()
        log.append("cancelled")
        runtime.gosched()

    run(main)
    all_done = [context.Canceled] * 3
    assert log == ["cancelled", *((k, (None, False), all_done) for k in range(3))]


@pytest.mark.parametrize("seed", range(20))
def test_cancelling_a_family_is_one_operation_that_no_schedule_takes_apart(seed):
    def main():
        ctx, cancel = context.with_cancel(background)
        child, _ = context.with_cancel(ctx)
        go(cancel)
        while ctx.err() is None:
            pass
        return child.err()

    assert run(main, seed=seed).value == context.Canceled


def test_cancel_again_changes_nothing():
    log = []

    def main():
        ctx, cancel = context.with_cancel_cause(background)
        cancel(ValueError("first"))
        error, cause = ctx.err(), context.cause(ctx)
        go(cancel, ValueError("second"))
        runtime.gosched()
        log.extend([ctx.err() is error, context.cause(ctx) is cause, str(error), str(cause)])

    run(main)
    assert log == [True, True, "context canceled", "first"]


def test_any_goroutine_may_cancel_also_when_several_do():
    def main():
        ctx, cancel = context.with_cancel(background)
        for _ in range(100):
            go(cancel)
        ctx.done().recv()
        runtime.gosched()
        return state(ctx)

    assert run(main).value == CANCELED


def test_contexts_work_outside_a_run_where_nothing_blocks():
    ctx, cancel = context.with_cancel_cause(background)
    child, cancel_child = context.with_cancel(context.with_value(ctx, "k", 1))
    before = state(child)
    cancel(ValueError("boom"))
    cancel_child()
    assert before == ALIVE
    assert (child.err(), str(context.cause(child)), is_done(child)) == (
        context.Canceled, "boom", True)  # fmt: skip


def test_a_child_of_a_cancelled_context_is_cancelled_from_the_start():
    log = []

    def main():
        ctx, cancel = context.with_cancel_cause(background)
        cancel(KeyError("why"))
        for child, _ in (
            context.with_cancel(ctx),
            context.with_timeout(ctx, 0),
            context.with_timeout(ctx, HOUR),
            context.with_cancel_cause(context.with_value(ctx, "k", 1)),
        ):
            log.append((child.err() is ctx.err(), context.cause(child) is context.cause(ctx)))
        Chan().recv()

    result = record(main)
    assert log == [(True, True)] * 4
    assert (result.outcome, result.elapsed) == ("deadlock", 0.0)  # no deadline was set


def test_done_is_the_same_channel_each_time_and_that_of_value_contexts_too():
    ctx, cancel = context.with_cancel(background)
    value = context.with_value(context.with_value(ctx, "a", 1), "b", 2)
    done = ctx.done()
    cancel()
    assert ctx.done() is done is value.done()
    assert context.with_cancel(background)[0].done() != done


def test_nobody_but_the_context_closes_done_or_sends_on_it():
    ctx, _ = context.with_cancel(background, name="ctx")
    with pytest.raises(TypeError, match="cannot close receive-only channel"):
        ctx.done().close()
    with pytest.raises(TypeError, match="cannot send to receive-only channel"):
        ctx.done().send(1)


def test_whoever_waits_for_a_context_that_nobody_cancels_is_in_a_deadlock():
    def main():
        ctx, _ = context.with_cancel(background)
        ctx.done().recv()

    result = record(main)
    assert (result.outcome, result.left[0].state, result.left[0].waiting_on) == (
        "deadlock", "chan receive", "ctx.done")  # fmt: skip


def test_a_loop_round_err_lets_the_others_run_and_the_clock_move_on():
    def main():
        ctx, _ = context.with_timeout(background, 1)
        while ctx.err() is None:
            pass
        return ctx.err(), time.now()

    assert run(main).value == (context.DeadlineExceeded, 1.0)


def test_cancelled_children_leave_their_parent():
    def main():
        clock = go(lambda: None).run.clock
        ctx, cancel = context.with_cancel(background)
        for _ in range(10):
            context.with_cancel(ctx)[1]()
            context.with_timeout(ctx, HOUR)[1]()
            context.with_timeout(ctx, 0)
            context.after_func(context.with_value(ctx, "k", 1), print)()
            context.with_timeout(ctx, 0.5)
        most, alarms = len(ctx._children), len(clock._alarms)
        time.sleep(1)
        left = len(ctx._children)
        context.with_cancel(ctx)
        cancel()
        return most, alarms <= 2 * 10, left, len(ctx._children)

    assert run(main).value == (10, True, 0, 0)


def test_ten_thousand_generations_are_no_problem():
    def main():
        top, cancel = context.with_cancel(background)
        ctx = top
        for k in range(10_000):
            ctx, _ = context.with_cancel(context.with_value(ctx, "k", k))
        cancel()
        return ctx.err(), ctx.value("k"), ctx.value("none"), str(ctx).count("WithCancel")

    assert run(main).value == (context.Canceled, 9_999, None, 10_001)


def test_ten_thousand_values_are_no_problem():
    ctx, cancel = context.with_cancel(background)
    for k in range(10_000):
        ctx = context.with_value(ctx, k, k)
    cancel()
    assert (ctx.err(), ctx.value(0), ctx.deadline()) == (context.Canceled, 0, (0.0, False))


# -- the errors ------------------------------------------------------------------------------


def test_the_errors_are_told_apart_in_all_the_ways_one_tries():
    canceled, late = context.Canceled(), context.DeadlineExceeded()
    assert canceled == context.Canceled()
    assert canceled == context.Canceled
    assert context.Canceled == canceled
    assert canceled != late
    assert canceled != context.DeadlineExceeded
    assert canceled != None  # noqa: E711 - what people write
    assert hash(canceled) == hash(context.Canceled)
    assert isinstance(late, context.DeadlineExceeded)
    assert not isinstance(late, (context.Canceled, TimeoutError))
    assert (str(canceled), str(late)) == ("context canceled", "context deadline exceeded")
    assert (late.timeout(), late.temporary()) == (True, True)
    assert pickle.loads(pickle.dumps(late)) == late


def test_err_can_be_raised_and_caught():
    def main():
        ctx, cancel = context.with_cancel(background)
        cancel()
        raise ctx.err()

    assert str(record(main).error) == "context canceled"
    with pytest.raises(context.Canceled):
        run(main)


# -- deadlines -------------------------------------------------------------------------------


def test_a_deadline_passes_by_the_clock():
    log = []

    def main():
        ctx, _ = context.with_timeout(background, 1.5)
        child, _ = context.with_cancel(ctx)
        log.append(state(child))
        child.done().recv()
        log.extend([time.now(), state(ctx), state(child)])

    run(main)
    assert log == [ALIVE, 1.5, EXPIRED, EXPIRED]


def test_with_deadline_takes_a_time_of_the_program():
    def main():
        time.sleep(1)
        by_time, _ = context.with_deadline(background, 3)
        by_duration, _ = context.with_timeout(background, 3)
        deadlines = by_time.deadline(), by_duration.deadline()
        by_time.done().recv()
        return deadlines, time.now()

    assert run(main).value == (((3.0, True), (4.0, True)), 3.0)


def test_the_sooner_deadline_counts():
    log = []

    def main():
        ctx, _ = context.with_timeout(background, 2)
        later, _ = context.with_timeout(context.with_value(ctx, "k", 1), 3)
        sooner, _ = context.with_timeout(ctx, 1)
        log.extend([later.deadline(), sooner.deadline(), str(later)])
        sooner.done().recv()
        log.append((time.now(), state(ctx), state(later)))
        later.done().recv()
        log.append((time.now(), state(later)))

    run(main)
    deep = "context.Background.WithDeadline(2s [2s]).WithValue(k, int).WithCancel"
    assert log == [
        (2.0, True), (1.0, True), deep, (1.0, ALIVE, ALIVE), (2.0, EXPIRED)]  # fmt: skip


def test_a_deadline_like_the_parents_is_one_of_its_own():
    def main():
        ctx, _ = context.with_timeout(background, 1)
        return str(context.with_deadline(ctx, 1)[0]).count("WithDeadline")

    assert run(main).value == 2


@pytest.mark.parametrize("seconds", [0, -1, -math.inf, 1e-10])
def test_a_deadline_in_the_past_has_passed_even_if_cancel_is_called_next(seconds):
    def main():
        ctx, cancel = context.with_timeout(background, seconds)
        cancel()
        return state(ctx)

    assert run(main).value == EXPIRED


@pytest.mark.parametrize("seconds", [math.inf, 1e300, 10**30])
def test_a_huge_timeout_does_not_overflow(seconds):
    def main():
        time.sleep(1)
        ctx, _ = context.with_timeout(background, seconds)
        time.sleep(HOUR)
        return ctx.err(), ctx.deadline()

    assert run(main).value == (None, (9223372036.854775807, True))


def test_the_first_reason_counts():
    log = []

    def main():
        ctx, cancel = context.with_timeout(background, 1)
        cancel()
        late, cancel_late = context.with_timeout(background, 1)
        time.sleep(2)
        cancel_late()
        log.extend([state(ctx), state(late)])

    run(main)
    assert log == [CANCELED, EXPIRED]


def test_a_deadline_keeps_the_program_from_being_a_deadlock_until_it_passes():
    def main():
        context.with_timeout(background, HOUR)
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", HOUR)


@pytest.mark.parametrize("above", [True, False])
def test_cancelling_takes_the_deadline_back(above):
    def main():
        ctx, cancel_above = context.with_cancel(background)
        _, cancel = context.with_timeout(ctx, HOUR)
        (cancel_above if above else cancel)()
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.elapsed) == ("deadlock", 0.0)


def test_whoever_waits_for_a_deadline_has_not_leaked():
    def main():
        ctx, _ = context.with_timeout(background, HOUR)
        go(lambda: ctx.done().recv())
        runtime.gosched()

    result = record(main)
    assert (len(result.left), result.leaked) == (1, [])


def test_under_the_wall_clock_a_deadline_passes_too():
    def main():
        ctx, _ = context.with_timeout(background, 0.001)
        ctx.done().recv()
        return ctx.err()

    assert run(main, clock="wall").value == context.DeadlineExceeded


def test_a_context_outlives_its_run_and_its_deadline_passes_no_more():
    def main():
        return context.with_timeout(background, 1)

    ctx, cancel = run(main).value
    run(time.sleep, 5)
    before = ctx.err()
    cancel()
    assert (before, ctx.err()) == (None, context.Canceled)


# -- causes: the rows of Go's TestCause ------------------------------------------------------

above, below, slow, early = (ValueError(text) for text in ("above", "below", "slow", "early"))
FOREVER = 1e6


def cancelled():
    ctx, cancel = context.with_cancel(background)
    cancel()
    return ctx


def cancelled_with(cause):
    ctx, cancel = context.with_cancel_cause(background)
    cancel(cause)
    return ctx


def parent_and_child(kind, *causes):
    """`causes` are told in this order: ("parent", cause), ("child", cause)."""
    parent, cancel_parent = context.with_cancel_cause(background)
    child, cancel_child = kind(parent)
    for whose, cause in causes:
        if whose == "parent":
            cancel_parent(cause)
        elif kind is context.with_cancel:
            cancel_child()
        else:
            cancel_child(cause)
    return child


def timed(seconds, *cause):
    make = context.with_timeout_cause if cause else context.with_timeout
    ctx, cancel = make(background, seconds, *cause)
    cancel()
    return ctx


def stacked(seconds):
    ctx, cancel = context.with_cancel_cause(background)
    ctx, _ = context.with_timeout_cause(ctx, seconds, slow)
    cancel(early)
    return ctx


def custom(*order):
    ctx, cancel = context.with_cancel_cause(background)
    foreign = Foreign(ctx)
    for step in order:
        cancel(above) if step == "parent" else foreign.end()
    return foreign


CAUSES = {
    "background": (context.background, None, None),
    "todo": (context.todo, None, None),
    "with_cancel": (cancelled, context.Canceled, context.Canceled),
    "with_cancel_cause": (lambda: cancelled_with(above), context.Canceled, above),
    "with_cancel_cause None": (lambda: cancelled_with(None), context.Canceled, context.Canceled),
    "parent before child": (
        lambda: parent_and_child(context.with_cancel_cause, ("parent", above), ("child", below)),
        context.Canceled, above),
    "parent after child": (
        lambda: parent_and_child(context.with_cancel_cause, ("child", below), ("parent", above)),
        context.Canceled, below),
    "parent before a child without cause": (
        lambda: parent_and_child(context.with_cancel, ("parent", above), ("child", None)),
        context.Canceled, above),
    "parent after a child without cause": (
        lambda: parent_and_child(context.with_cancel, ("child", None), ("parent", above)),
        context.Canceled, context.Canceled),
    "child after a parent without cause": (
        lambda: parent_and_child(context.with_cancel_cause, ("parent", None), ("child", below)),
        context.Canceled, context.Canceled),
    "child before a parent without cause": (
        lambda: parent_and_child(context.with_cancel_cause, ("child", below), ("parent", None)),
        context.Canceled, below),
    "with_timeout": (lambda: timed(0), context.DeadlineExceeded, context.DeadlineExceeded),
    "with_timeout cancelled": (lambda: timed(FOREVER), context.Canceled, context.Canceled),
    "with_timeout_cause": (lambda: timed(0, slow), context.DeadlineExceeded, slow),
    "with_timeout_cause cancelled": (
        lambda: timed(FOREVER, slow), context.Canceled, context.Canceled),
    "with_timeout_cause stacked": (lambda: stacked(0), context.DeadlineExceeded, slow),
    "with_timeout_cause stacked cancelled": (lambda: stacked(FOREVER), context.Canceled, early),
    "without_cancel": (lambda: context.without_cancel(background), None, None),
    "without_cancel cancelled": (
        lambda: context.without_cancel(cancelled_with(early)), None, None),
    "without_cancel timeout": (lambda: context.without_cancel(timed(0, slow)), None, None),
    "custom alone": (lambda: custom("custom"), context.Canceled, context.Canceled),
    "custom after its parent": (lambda: custom("parent", "custom"), context.Canceled, above),
    "custom before its parent": (lambda: custom("custom", "parent"), context.Canceled, above),
}  # fmt: skip


@pytest.mark.parametrize("row", CAUSES)
def test_the_cause_is_the_first_one_given(row):
    make, error, cause = CAUSES[row]

    def main():
        ctx = make()
        return ctx.err(), context.cause(ctx)

    assert run(main).value == (error, cause)


def test_with_deadline_cause_tells_it_when_the_time_has_come():
    def main():
        ctx, _ = context.with_deadline_cause(background, 1, slow)
        before = context.cause(ctx)
        ctx.done().recv()
        return before, ctx.err(), context.cause(ctx)

    assert run(main).value == (None, context.DeadlineExceeded, slow)


@pytest.mark.parametrize("cause", ["too slow", ValueError, 0])
def test_a_cause_is_an_exception(cause):
    _, cancel = context.with_cancel_cause(background)
    with pytest.raises(TypeError, match=r"^a cause is an exception, such as ValueError\('too"):
        cancel(cause)
    with pytest.raises(TypeError, match=r"^a cause is an exception"):
        run(context.with_timeout_cause, background, 1, cause)


# -- values ----------------------------------------------------------------------------------


def test_a_value_is_looked_up_from_the_context_upwards():
    ctx = context.with_value(background, "user", "ann")
    ctx, cancel = context.with_cancel(context.with_value(ctx, "path", "/"))
    cancel()
    inner = context.without_cancel(context.with_value(ctx, "user", None))
    assert (ctx.value("user"), ctx.value("path"), ctx.value("other")) == ("ann", "/", None)
    assert (inner.value("user"), inner.value("path")) == (None, "/")
    assert ctx.value(["no", "key"]) is None


def test_keys_of_different_types_are_different_keys():
    ctx = context.with_value(background, 1, "int")
    ctx = context.with_value(ctx, True, "bool")
    ctx = context.with_value(ctx, 1.0, "float")
    assert (ctx.value(1), ctx.value(True), ctx.value(1.0)) == ("int", "bool", "float")


def test_an_object_or_class_of_ones_own_is_nobody_elses_key():
    class Key:
        pass

    mine, other = Key(), Key()
    ctx = context.with_value(context.with_value(background, mine, 1), Key, 2)
    assert (ctx.value(mine), ctx.value(other), ctx.value(Key)) == (1, None, 2)


def test_without_cancel_goes_on_when_its_parent_is_cancelled():
    def main():
        ctx, cancel = context.with_timeout(context.with_value(background, "k", "v"), 1)
        on = context.without_cancel(ctx)
        child, _ = context.with_cancel(on)
        cancel()
        return on.done() is nil, on.err(), on.deadline(), on.value("k"), state(child)

    assert run(main).value == (True, None, (0.0, False), "v", ALIVE)


# -- after_func ------------------------------------------------------------------------------


def test_after_func_runs_in_a_goroutine_of_its_own_when_the_context_is_cancelled():
    log = []

    def main():
        ctx, cancel = context.with_cancel(background)
        stop = context.after_func(ctx, lambda: log.append("ran"))
        runtime.gosched()
        log.append("not yet")
        cancel()
        log.append("cancel doesn't wait")
        runtime.gosched()
        log.append(stop())

    run(main)
    assert log == ["not yet", "cancel doesn't wait", "ran", False]


def test_after_func_runs_at_a_deadline():
    log = []

    def main():
        ctx, _ = context.with_timeout(background, 1)
        context.after_func(ctx, lambda: log.append((time.now(), ctx.err())))
        time.sleep(5)

    run(main)
    assert log == [(1.0, context.DeadlineExceeded)]


def test_after_func_of_a_cancelled_context_runs_at_once_and_once():
    log = []

    def main():
        stop = context.after_func(cancelled(), lambda: log.append("ran"))
        log.append(stop())
        runtime.gosched()

    run(main)
    assert log == [False, "ran"]


def test_stop_is_true_if_it_prevented_the_function():
    log = []

    def main():
        ctx, cancel = context.with_cancel(background)
        stop = context.after_func(ctx, lambda: log.append("ran"))
        log.extend([stop(), stop()])
        cancel()
        runtime.gosched()

    run(main)
    assert log == [True, False]


def test_stop_does_not_wait_for_the_function():
    log = []

    def main():
        ctx, cancel = context.with_cancel(background)
        stop = context.after_func(ctx, lambda: (time.sleep(1), log.append("ran")))
        cancel()
        runtime.gosched()
        log.append(stop())
        time.sleep(2)

    run(main)
    assert log == [False, "ran"]


@pytest.mark.parametrize("ctx", [background, context.without_cancel(background)])
def test_after_func_of_what_is_never_cancelled_never_runs(ctx):
    assert run(lambda: [context.after_func(ctx, print)()]).value == [True]


def test_a_function_waiting_for_a_context_costs_no_goroutine_and_prevents_no_deadlock():
    def main():
        ctx, _ = context.with_cancel(background)
        context.after_func(ctx, print)
        Chan().recv()

    result = record(main)
    assert (result.outcome, result.goroutines) == ("deadlock", 1)


def test_the_function_of_a_program_that_is_over_is_not_run_in_the_next():
    log = []
    ctx, cancel = context.with_cancel(background)
    run(lambda: context.after_func(ctx, lambda: log.append("old")) and None)

    def main():
        context.after_func(ctx, lambda: log.append("new"))
        cancel()
        runtime.gosched()

    run(main)
    assert log == ["new"]


def test_the_dump_says_who_started_the_function():
    program = listing("""
        def clean_up():
            Chan().recv()

        def main():
            ctx, cancel = context.with_cancel(context.background())
            late, _ = context.with_timeout(ctx, 1)
            context.after_func(ctx, clean_up)
            context.after_func(late, clean_up)
            time.sleep(2)
            cancel()
            Chan().recv()
    """)
    left = record(program["main"]).left
    assert [info.dump().splitlines()[-2:] for info in left[1:]] == [
        ["created by time.goFunc", "\tprog.py:8"],
        ["created by main.main in goroutine 1", "\tprog.py:10"],
    ]


# -- contexts of a class of one's own --------------------------------------------------------


def test_a_foreign_parent_costs_a_goroutine_and_gochans_own_none():
    log = []

    def main():
        ctx, _ = context.with_cancel(background)
        passing = Passing(ctx)
        for parent in (ctx, context.with_value(ctx, "k", 1), passing):
            context.with_cancel(parent)
        log.append(runtime.num_goroutine())
        foreign = Foreign(ctx)
        _, cancel_child = context.with_cancel(context.with_value(foreign, "k", 1))
        log.append(runtime.num_goroutine())
        cancel_child()
        stop = context.after_func(foreign, print)
        time.sleep(1)
        log.append(runtime.num_goroutine())
        stop()
        time.sleep(1)
        log.append(runtime.num_goroutine())

    run(main)
    assert log == [1, 2, 2, 1]


def test_a_foreign_parent_cancels_its_children():
    log = []

    def main():
        foreign = Foreign(context.with_value(background, "k", "v"))
        child, _ = context.with_timeout(foreign, HOUR)
        context.after_func(foreign, lambda: log.append("ran"))
        foreign.end()
        time.sleep(1)
        log.extend([state(child), child.value("k"), child.deadline()])
        late, _ = context.with_cancel(foreign)
        log.append(state(late))

    run(main)
    assert log == ["ran", CANCELED, "v", (HOUR, True), CANCELED]


def test_a_parent_that_passes_on_done_is_part_of_the_family():
    def main():
        ctx, cancel = context.with_cancel_cause(background)
        child, _ = context.with_cancel(Passing(ctx))
        cancel(early)
        return child.err(), context.cause(child), context.cause(Passing(child))

    assert run(main).value == (context.Canceled, early, early)


def test_the_children_of_a_foreign_parent_have_the_cause_that_it_has():
    log = []

    def main():
        for ctx in (cancelled_with(above), context.without_cancel(cancelled_with(above))):
            foreign = Foreign(ctx)
            child, _ = context.with_cancel(foreign)
            foreign.end()
            time.sleep(1)
            log.append((context.cause(foreign), context.cause(child)))

    run(main)
    assert log == [(above, above), (context.Canceled, context.Canceled)]


def test_a_parent_with_a_method_after_func_needs_no_goroutine():
    log = []

    class Calling(Foreign):
        def after_func(self, f):
            self.f = f
            return lambda: log.append("stopped")

    def main():
        parent = Calling(background)
        child, cancel = context.with_cancel(parent)
        other, _ = context.with_cancel(Calling(background))
        log.append(runtime.num_goroutine())
        cancel()
        ended = Calling(background)
        child, _ = context.with_cancel(ended)
        ended.end()
        ended.f()
        log.extend([state(child), state(other)])

    run(main)
    assert log == [1, "stopped", CANCELED, ALIVE]


def test_the_sooner_deadline_of_a_foreign_parent_counts():
    def main():
        ctx, _ = context.with_timeout(background, 1)
        return context.with_timeout(Foreign(ctx), 2)[0].deadline()

    assert run(main).value == (1.0, True)


def test_a_parent_that_is_done_without_an_error_is_refused():
    def main():
        parent = Foreign(background)
        parent.channel.close()
        context.with_cancel(parent)

    with pytest.raises(Panic, match=r"^context: internal error: missing cancel error$"):
        run(main)


# -- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        context.with_cancel,
        context.with_cancel_cause,
        context.without_cancel,
        lambda parent: context.with_timeout(parent, 1),
        lambda parent: context.with_timeout_cause(parent, 1, None),
        lambda parent: context.with_deadline(parent, 1),
        lambda parent: context.with_deadline_cause(parent, 1, None),
        lambda parent: context.with_value(parent, "k", 1),
        lambda parent: context.after_func(parent, print),
    ],
)
def test_a_context_needs_a_parent(make):
    with pytest.raises(Panic, match=r"(?m)^cannot create context from nil parent$"):
        run(make, None)
    for wrong in (context.background, (background, None), 3):
        with pytest.raises(TypeError, match="a context has done, err, value and deadline; this"):
            run(make, wrong)


def test_a_key_is_not_none_and_can_be_compared():
    with pytest.raises(Panic, match=r"^nil key$"):
        context.with_value(background, None, 1)
    for key in ([], {}, ([],)):
        with pytest.raises(Panic, match=r"^key is not comparable$"):
            context.with_value(background, key, 1)


def test_a_wrong_call_of_cancel_is_an_error_of_cancel():
    _, cancel = context.with_cancel(background)
    with pytest.raises(TypeError, match=r"^cancel\(\) takes 0 positional arguments"):
        cancel(ValueError("too slow"))
    _, cancel = context.with_cancel_cause(background)
    with pytest.raises(TypeError, match=r"^cancel\(\) missing 1 required positional argument"):
        cancel()


def test_cause_takes_a_context():
    with pytest.raises(TypeError, match=r"a context has .* this has not: None"):
        context.cause(None)


@pytest.mark.parametrize("seconds", ["1", None, True, [1]])
@pytest.mark.parametrize("make", [context.with_timeout, context.with_deadline])
def test_what_is_no_number_of_seconds_is_refused(make, seconds):
    with pytest.raises(TypeError, match="a duration is a number of seconds, not"):
        run(make, background, seconds)
    with pytest.raises(ValueError, match="a duration is a number of seconds, not nan"):
        run(make, background, math.nan)


@pytest.mark.parametrize("f", [None, 3])
def test_after_func_takes_a_function(f):
    with pytest.raises(TypeError, match="after_func takes a context and a function, not"):
        run(context.after_func, background, f)


def test_a_deadline_needs_a_clock_and_a_function_a_program():
    for what, use in [
        ("a context with a deadline", lambda: context.with_timeout(background, 1)),
        ("a context with a deadline", lambda: context.with_deadline(background, 1)),
        ("context.after_func", lambda: context.after_func(background, print)),
        ("a context under one of your own class", lambda: context.with_cancel(Foreign(background))),
    ]:
        with pytest.raises(RuntimeError, match=rf"^{what} needs a running program"):
            use()


# -- what it looks like ----------------------------------------------------------------------


def test_the_text_of_a_context_is_how_it_was_made():
    class Named:
        def __str__(self):
            return "named"

    class k:  # noqa: N801 - Go's usual name for the type of a key
        __module__ = "__main__"

    ctx, _ = context.with_cancel(background)
    assert [
        str(context.with_value(ctx, k(), "val")),
        str(context.with_value(ctx, k, 1.5)),
        str(context.with_value(ctx, 1, None)),
        str(context.with_value(ctx, Named(), [1])),
        str(context.without_cancel(ctx)),
        repr(context.with_value(Foreign(ctx), "a", ())),
    ] == [
        "context.Background.WithCancel.WithValue(main.k, val)",
        "context.Background.WithCancel.WithValue(main.k, float)",
        "context.Background.WithCancel.WithValue(int, <nil>)",
        "context.Background.WithCancel.WithValue(named, list)",
        "context.Background.WithCancel.WithoutCancel",
        "test_context.Foreign.WithValue(a, tuple)",
    ]


def test_the_text_of_a_deadline_says_when_and_how_long_until_then():
    def main():
        ctx, _ = context.with_timeout(background, 1.5)
        time.sleep(1)
        return str(ctx)

    assert run(main).value == "context.Background.WithDeadline(1.5s [500ms])"


def test_a_context_is_called_as_its_variable():
    names = []

    def main():
        ctx, _cancel = context.with_cancel(background)
        slow, _ = context.with_timeout(ctx, 1)
        named, _ = context.with_cancel(ctx, name="given")
        nobody = context.with_cancel_cause(ctx)[0]
        names.extend(one.name for one in (ctx, slow, named, nobody))
        names.append(slow.done().name)

    record(main)
    assert names == ["ctx", "slow", "given", "ctx", "slow.done"]


def test_each_step_is_told_in_a_sentence():
    def main():
        ctx, cancel = context.with_cancel_cause(background)
        late, cancel_late = context.with_timeout(context.with_value(background, "k", 1), 1)
        child, _ = context.with_timeout(ctx, 5)
        go(child.done().recv, name="worker")
        late.err()
        late.done().recv()
        late.err()
        cancel(ValueError("too slow"))
        cancel_late()
        context.with_cancel(ctx, name="heir")

    assert sentences(record(main).trace)[1:] == [
        "main derives ctx from context.Background.",
        "main derives late from context.Background, deadline at 1s.",
        "main derives child from ctx, deadline at 5s.",
        "main starts worker.",
        "main finds late not cancelled.",
        "main has to wait: nothing to receive from late.done.",
        "worker has to wait: nothing to receive from child.done.",
        (
            "At 1s the deadline of late passes; main gets None, false: late.done is closed; "
            "main can go on."
        ),
        "main finds late done: context deadline exceeded.",
        (
            "main cancels ctx: too slow; child is cancelled with it; "
            "worker gets None, false: child.done is closed; worker can go on."
        ),
        "main cancels late, which is cancelled already.",
        "main derives heir from ctx; heir is cancelled with it.",
        "main returns: the program is over.",
    ]


def test_a_cancel_is_an_event_of_one_step_and_the_clock_has_its_own():
    def main():
        ctx, cancel = context.with_cancel_cause(background)
        child, _ = context.with_timeout(ctx, 2)
        child.done()
        context.with_timeout(ctx, 1, name="late")
        time.sleep(1)
        cancel(ValueError("boom"))

    trace = record(main).trace
    kinds = ("cancel", "canceled", "expire", "close")
    seen = [e for e in trace.events if e.kind in kinds]
    assert [(e.kind, e.time, e.goroutine, e.object, e.value) for e in seen] == [
        ("expire", 10**9, 0, "late", None),
        ("cancel", 10**9, 1, "ctx", "boom"),
        ("canceled", 10**9, 1, "child", "boom"),
        ("close", 10**9, 1, "child.done", None),
    ]
    assert len({e.step for e in seen[1:]}) == 1
    assert "child.done" in [facts.name for facts in trace.channels]
    assert "ctx.done" not in [facts.name for facts in trace.channels]  # nobody asked for it

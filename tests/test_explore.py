"""Every schedule of a program: what `explore` finds, what it counts, and when it says so."""

import contextvars
import gc
import random
import signal
import threading
import time as wall_time
from concurrent.futures import Executor

import pytest

from gochan import (
    Chan,
    Schedule,
    Var,
    atomic,
    context,
    default,
    explore,
    go,
    panic,
    record,
    recv,
    run,
    runtime,
    select,
    send,
    shared,
    sync,
    time,
)
from gochan.analysis.explore.walker import Walker
from gochan.runtime.goroutine import Worker
from gochan.runtime.schedule import ScheduleError

pytestmark = pytest.mark.long

DEADLOCK = "all goroutines are asleep - deadlock!"
SEARCHES = ("dpor", "sleep", "plain")
ENDINGS = {"ok", "deadlock", "panic", "fatal", "wrong", "budget"}


def together(*functions):
    group = sync.WaitGroup()
    for function in functions:
        group.go(function)
    group.wait()


def values(exploration):
    """What main returned, in the runs that went well."""
    return {detail for kind, detail in exploration.outcomes if kind == "ok"}


def kinds(exploration):
    return {kind for kind, _ in exploration.outcomes}


def fails(reason):
    return pytest.mark.xfail(strict=True, reason=reason)


def incrementers(number):
    count = Var(0)

    def increment():
        count.value += 1

    together(*[increment] * number)
    return count.value


@shared
def plain_incrementers(number):
    count = 0

    def increment():
        nonlocal count
        count += 1

    together(*[increment] * number)
    return count


def philosophers(number):
    forks = [sync.Mutex() for _ in range(number)]

    def dine(left, right):
        with left, right:
            pass

    together(*(lambda n=n: dine(forks[n], forks[(n + 1) % number]) for n in range(number)))


# -- how much is searched --------------------------------------------------------------------------


@pytest.mark.parametrize("program", [incrementers, plain_incrementers])
@pytest.mark.parametrize("search", SEARCHES)
def test_two_incrementers_come_to_one_or_two(program, search):
    found = explore(program, 2, search=search, races=False)
    assert set(found.outcomes) == {("ok", "1"), ("ok", "2")}
    assert found.complete


@pytest.mark.parametrize("program", [incrementers, plain_incrementers])
@pytest.mark.parametrize(("search", "most"), [("dpor", 36), ("sleep", 217)])
def test_three_incrementers_come_to_one_or_two_or_three(program, search, most):
    found = explore(program, 3, search=search, races=False)
    assert set(found.outcomes) == {("ok", "1"), ("ok", "2"), ("ok", "3")}
    assert found.complete
    assert found.runs <= most


def test_every_update_that_is_lost_is_wrong():
    found = explore(incrementers, 3, expect=3)
    assert {one for one in found.outcomes if one[0] != "race"} == {
        ("ok", "3"),
        ("wrong", "2"),
        ("wrong", "1"),
    }


def test_four_philosophers_are_searched_with_sleep_sets():
    found = explore(philosophers, 4, search="sleep")
    assert set(found.outcomes) == {("ok", "None"), ("deadlock", DEADLOCK)}
    assert found.complete
    assert found.runs <= 665


def test_four_philosophers_come_to_fifteen_different_runs():
    found = explore(philosophers, 4)
    assert found.outcomes == {("ok", "None"): 14, ("deadlock", DEADLOCK): 1}
    assert found.complete


def test_four_philosophers_take_few_runs_by_partial_order():
    assert explore(philosophers, 4, search="dpor").runs <= 20


def test_five_philosophers_come_to_31_different_runs():
    found = explore(philosophers, 5)
    assert found.outcomes == {("ok", "None"): 30, ("deadlock", DEADLOCK): 1}
    assert found.complete


def two_adders():
    number = atomic.Int()

    def add_ones():
        number.add(1)
        number.add(2)

    go(add_ones)
    number.add(10)
    number.add(20)


def test_the_plain_search_takes_every_interleaving_once():
    # a, b: the two of the goroutine; A, B, R: the two of main, and its return
    #
    #   a b A B R    a A b B R    a A B b R    a A B R b
    #                A a b B R    A a B b R    A a B R b
    #                             A B a b R    A B a R b
    #                                          A B R a b
    found = explore(two_adders, search="plain")
    assert found.outcomes == {("ok", "None"): 10}
    assert found.runs == 10
    assert found.complete


def test_the_order_of_additions_to_different_numbers_makes_no_difference():
    def main():
        numbers = [atomic.Int() for _ in range(4)]
        together(*(lambda number=number: number.add(1) for number in numbers))

    assert explore(main, search="dpor").runs == 1


# -- what comes out: all three searches agree ------------------------------------------------------

PROGRAMS = []


def comes_to(*outcomes, marks=(), but=()):
    """What main may return; `but` are the searches that the program is too large for."""

    def note(program):
        for search in [one for one in SEARCHES if one not in but]:
            name = f"{program.__name__}-{search}"
            expected = {repr(value) for value in outcomes}
            PROGRAMS.append(pytest.param(program, search, expected, id=name, marks=marks))
        return program

    return note


@comes_to(1, 2, 3)
def number_of_goroutines():
    go(int)
    go(int)
    return runtime.num_goroutine()


@comes_to(("a", "b"), ("b", "a"))
def senders_without_order():
    channel = Chan()
    go(channel.send, "a")
    go(channel.send, "b")
    return channel.recv(), channel.recv()


@comes_to(0, 1)
def select_of_two_that_are_ready():
    a, b = Chan(1), Chan(1)
    a.send(1)
    b.send(1)
    return select(recv(a), recv(b))[0]


@comes_to("sent", "default")
def select_with_default():
    channel = Chan()
    go(channel.recv)
    index, *_ = select(send(channel, 1), default)
    if index == 1:
        channel.send(1)
    return "sent" if index == 0 else "default"


@comes_to(0, 1)
def length_of_a_channel():
    channel = Chan(1)
    go(channel.send, 1)
    return len(channel)


# -- the same at the same time


@comes_to("ab", "ba", but=["plain"])
def two_who_sleep_until_the_same_time():
    order, lock = [], sync.Mutex()

    def sleep(name):
        time.sleep(1)
        with lock:
            order.append(name)

    together(lambda: sleep("a"), lambda: sleep("b"))
    return "".join(order)


@comes_to(0, 1)
def select_of_two_timers_due_at_once():
    return select(recv(time.after(1)), recv(time.after(1)))[0]


@comes_to(0, 1)
def select_of_two_timers_that_have_been_due():
    a, b = time.after(1), time.after(1)
    time.sleep(1)
    return select(recv(a), recv(b))[0]


@comes_to(0, 1)
def select_of_a_deadline_and_a_timer_due_at_once():
    ctx, cancel = context.with_timeout(context.background(), 1)
    index, *_ = select(recv(ctx.done()), recv(time.after(1)))
    cancel()
    return index


@comes_to(0, 1)
def function_of_a_timer_due_when_main_looks():
    calls = atomic.Int()
    time.after_func(1, lambda: calls.add(1))
    time.sleep(1)
    return calls.load()


@comes_to((1, 2))
def different_times_come_in_their_order():
    order = Chan(2)

    def sleep(seconds):
        time.sleep(seconds)
        order.send(seconds)

    go(sleep, 2)
    go(sleep, 1)
    return order.recv(), order.recv()


@comes_to([1.0, 2.0, 3.0])
def ticks_of_a_ticker():
    ticker = time.Ticker(1)
    return [ticker.c.recv() for _ in range(3)]


# -- going round until something changes


@comes_to("seen", but=["plain"])
def polls_a_channel():
    channel = Chan()
    go(channel.send, "seen")
    while True:
        index, value, _ = select(recv(channel), default)
        if index == 0:
            return value


@comes_to("seen", but=["plain"])
def polls_a_buffered_channel():
    channel = Chan(1)
    go(channel.send, "seen")
    while True:
        index, value, _ = select(recv(channel), default)
        if index == 0:
            return value


@comes_to(1.0, but=["plain"])
def polls_a_timer():
    timer = time.after(1)
    while True:
        index, value, _ = select(recv(timer), default)
        if index == 0:
            return value


@comes_to(1.0, but=["plain"])
def polls_the_clock():
    go(time.sleep, 1)
    while time.now() < 1:
        runtime.gosched()
    return time.now()


@comes_to(3.0, but=["plain"])
def polls_between_sleeps():
    is_ready = atomic.Bool()
    time.after_func(2.5, lambda: is_ready.store(True))
    while not is_ready.load():
        time.sleep(1)
    return time.now()


@comes_to("seen", but=["plain"])
def loads_until_it_is_stored():
    is_ready = atomic.Bool()
    go(is_ready.store, True)
    while not is_ready.load():
        pass
    return "seen"


@comes_to("seen", but=["plain"])
def gives_way_until_it_is_done():
    done = []
    go(done.append, True)
    while not done:
        runtime.gosched()
    return "seen"


@comes_to("met", but=["plain"])
def both_go_round_until_the_other_is_there():
    a, b = atomic.Bool(), atomic.Bool()

    def come(own, other):
        own.store(True)
        while not other.load():
            pass

    together(lambda: come(a, b), lambda: come(b, a))
    return "met"


@comes_to(2, but=["plain"])
def tries_to_lock_until_it_is_free():
    lock, count = sync.Mutex(), Var(0)

    def increment():
        while not lock.try_lock():
            pass
        count.value += 1
        lock.unlock()

    together(increment, increment)
    return count.value


def spin_lock(users):
    taken, count = atomic.Bool(), Var(0)

    def increment():
        while not taken.compare_and_swap(False, True):
            runtime.gosched()
        count.value += 1
        taken.store(False)

    together(*[increment] * users)
    return count.value


@comes_to(2, but=["plain"])
def spin_lock_of_two():
    return spin_lock(2)


@comes_to(3, but=["plain"])
def spin_lock_of_three():
    return spin_lock(3)


@comes_to("try 1", "try 2", "try 3", "gave up")
def tries_three_times_to_lock():
    lock = sync.Mutex()

    def hold():
        with lock:
            pass

    def attempt():
        for number in (1, 2, 3):
            if lock.try_lock():
                lock.unlock()
                return f"try {number}"
        return "gave up"

    go(hold)
    return attempt()


def locks_in_three_tries(tries):
    """Whether it could lock before the tries were over."""
    lock = sync.Mutex()

    def hold():
        with lock:
            pass

    go(hold)
    for _ in tries:
        if lock.try_lock():
            lock.unlock()
            return "locked"
    return "gave up"


LOOKS_THE_SAME = "the goroutine is held back as one that spins, although it counts its rounds"


@comes_to("locked", "gave up", but=["plain"])
def tries_once_for_each_of_equal_things():
    return locks_in_three_tries([None] * 3)


@comes_to("locked", "gave up", but=["plain"])
def tries_as_long_as_a_generator_goes_on():
    def three_times():
        yield
        yield
        yield

    return locks_in_three_tries(three_times())


def attempts(lock, may_go_on):
    while may_go_on():
        if lock.try_lock():
            lock.unlock()
            return "locked"
    return "gave up"


def counted_elsewhere(may_go_on):
    """Tries to lock as long as the function says so, which keeps its count somewhere else."""
    lock = sync.Mutex()

    def hold():
        with lock:
            pass

    go(hold)
    return attempts(lock, may_go_on)


@comes_to("locked", "gave up", but=["plain"])
def counts_its_tries_in_a_list():
    tries = [3]

    def may_go_on():
        tries[0] -= 1
        return tries[0] >= 0

    return counted_elsewhere(may_go_on)


@comes_to("locked", "gave up")
def counts_its_tries_in_an_attribute():
    class Policy:
        tries = 3

    def may_go_on():
        Policy.tries -= 1
        return Policy.tries >= 0

    return counted_elsewhere(may_go_on)


@comes_to("locked", "gave up", but=["plain"])
def counts_its_tries_in_an_atomic():
    tries = atomic.Int(3)
    return counted_elsewhere(lambda: tries.add(-1) >= 0)


@comes_to("locked", "gave up", but=["plain"])
def counts_its_tries_in_a_var():
    tries = Var(3)

    def may_go_on():
        tries.value -= 1
        return tries.value >= 0

    return counted_elsewhere(may_go_on)


@comes_to("locked", "gave up", but=["plain"])
def takes_its_tries_from_a_channel():
    tries = Chan(3)
    for _ in range(3):
        tries.send("try")
    tries.close()
    return locks_in_three_tries(tries)


@comes_to([0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 1, 1], marks=fails(LOOKS_THE_SAME), but=["plain"])
def looks_three_times_in_one_call():
    number = atomic.Int()
    go(number.store, 1)
    return list(map(lambda _: number.load(), [None] * 3))  # noqa: C417 - the loop is map's


@comes_to(0, 1, but=["plain"])
def does_once_again_and_again():
    number, once = atomic.Int(), sync.Once()
    go(number.store, 1)
    for _ in [None] * 3:
        once.do(int)
    return number.load()


@comes_to(0, 1, but=["plain"])
def waits_for_an_empty_group_again_and_again():
    number, group = atomic.Int(), sync.WaitGroup()
    go(number.store, 1)
    for _ in [None] * 3:
        group.wait()
    return number.load()


@comes_to(True, False, marks=fails("arriving early is put off, although it is seen"), but=["plain"])
def looks_who_waits():
    channel = Chan()
    go(channel.recv)
    return "chan receive" in runtime.stack(all=True)


@comes_to([0, 0, 1], [0, 1, 0])
def select_of_two_tickers():
    one, two = time.Ticker(1), time.Ticker(2)
    return [select(recv(one.c), recv(two.c))[0] for _ in range(3)]


def outcome_names(exploration):
    return {
        detail if kind == "ok" else f"{kind}: {detail}" for kind, detail in exploration.outcomes
    }


@pytest.mark.parametrize(("program", "search", "expected"), PROGRAMS)
def test_all_that_a_program_can_come_to_is_found(program, search, expected):
    found = explore(program, search=search, races=False, leaks=False)
    assert outcome_names(found) == expected
    assert found.complete


@pytest.mark.parametrize(
    "program", dict.fromkeys(case.values[0] for case in PROGRAMS if not case.marks)
)
def test_random_schedules_come_to_nothing_else(program):
    found = explore(program, races=False, leaks=False)
    for seed in range(30):
        assert repr(run(program, seed=seed).value) in values(found)


@fails(LOOKS_THE_SAME)
def test_a_map_may_be_read_before_it_is_changed():
    def main():
        numbers = Var({1: "a", 2: "b"})
        go(numbers.__delitem__, 2)
        return list(numbers)

    assert values(explore(main, races=False)) == {"[1]", "[1, 2]"}


# -- what counts -----------------------------------------------------------------------------------


def every_kind(outcome):
    """A small program that ends in the wanted way."""
    if outcome == "deadlock":
        Chan().recv()
    if outcome == "panic":
        panic("oh no")
    if outcome == "fatal":
        sync.Mutex().unlock()
    if outcome == "exception":
        go(lambda: 1 // 0)
        time.sleep(1)
    if outcome == "leak":
        go(Chan().recv)
    if outcome == "budget":
        while True:
            Chan(1).send(1)
    return "done"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    {
        "ok": {("ok", "'done'")},
        "deadlock": {("deadlock", DEADLOCK)},
        "panic": {("panic", "oh no")},
        "fatal": {("fatal", "sync: unlock of unlocked mutex")},
        "exception": {("panic", "ZeroDivisionError: integer division or modulo by zero")},
        "leak": {("ok", "'done'"), ("leak", "recv [chan receive]")},
        "budget": {("budget", "the program took more than max_steps=50 steps")},
    }.items(),
)
def test_an_outcome_is_a_kind_and_a_detail(outcome, expected):
    found = explore(every_kind, outcome, max_steps=50, max_runs=20)
    assert set(found.outcomes) == expected
    assert found.ok == (outcome == "ok")
    assert {(one.kind, one.detail) for one in found.failures} == expected - {("ok", "'done'")}
    assert all(f"{one.kind}: {one.detail}" in one.text() for one in found.failures)


def test_each_run_counts_once_by_how_it_ended():
    found = explore(incrementers, 2, search="plain", expect=2)
    ends = sum(count for (kind, _), count in found.outcomes.items() if kind in ENDINGS)
    assert ends == found.runs
    assert kinds(found) == {"ok", "wrong", "race"}


def test_races_and_leaks_can_be_left_out():
    def main():
        go(Chan().recv)
        return incrementers(2)

    assert kinds(explore(main)) == {"ok", "race", "leak"}
    assert kinds(explore(main, races=False)) == {"ok", "leak"}
    assert kinds(explore(main, leaks=False)) == {"ok", "race"}


def test_a_race_names_its_variable_once_whichever_access_came_first():
    def main():
        count = Var(0)
        go(setattr, count, "value", 1)
        return count.value

    found = explore(main)
    (race,) = (detail for kind, detail in found.outcomes if kind == "race")
    assert race.startswith("count: ")
    assert found.outcomes["race", race] == 2


def test_main_returns_while_another_panics_or_before():
    def main():
        go(panic, "too late")
        return "done"

    assert set(explore(main).outcomes) == {("ok", "'done'"), ("panic", "too late")}


def test_a_panic_after_main_has_returned_does_not_count():
    def main():
        time.after_func(1, lambda: panic("too late"))

    assert set(explore(main).outcomes) == {("ok", "None")}


def test_a_race_after_main_has_returned_does_not_count():
    def main():
        count = Var(0)
        for _ in range(2):
            time.after_func(1, lambda: setattr(count, "value", 1))

    assert set(explore(main).outcomes) == {("ok", "None")}


def test_a_race_of_main_with_what_comes_after_its_return_does_not_count():
    def main():
        count = Var(0)
        time.after_func(1, lambda: setattr(count, "value", 1))
        count.value = 2

    assert set(explore(main).outcomes) == {("ok", "None")}


def test_who_is_woken_after_main_has_returned_has_not_leaked():
    def main():
        done = Chan()
        go(done.recv)
        time.after_func(5, done.close)

    assert set(explore(main).outcomes) == {("ok", "None")}


def test_who_is_still_blocked_when_nobody_can_run_has_leaked():
    def main():
        done = Chan()
        go(done.recv)
        go(done.recv)
        time.after_func(5, lambda: done.send(1))

    assert set(explore(main).outcomes) == {("ok", "None"), ("leak", "recv [chan receive]")}


def test_a_ticker_that_is_never_stopped_is_not_searched_to_its_end():
    def main():
        ticker = time.Ticker(1)

        def beat():
            for _ in ticker.c:
                pass

        go(beat)
        time.sleep(3)

    assert not explore(main, max_steps=100, max_runs=20).complete


# -- what was expected -----------------------------------------------------------------------------


def returns_late_list():
    """Main returns a list that a goroutine appends to, before or after."""
    values, start = [], Chan(1)

    def append():
        start.recv()
        values.append(1)

    go(append)
    start.send(True)
    return values


def test_what_is_expected_is_a_value():
    assert set(explore(lambda: [1], expect=[1]).outcomes) == {("ok", "[1]")}
    assert set(explore(lambda: [1], expect=[2]).outcomes) == {("wrong", "[1]")}


def test_what_is_expected_is_a_function_of_the_result():
    def main():
        print("hello")
        return 2

    found = explore(main, expect=lambda result: (result.value, result.output) == (2, "hello\n"))
    assert set(found.outcomes) == {("ok", "2")}
    assert set(explore(main, expect=lambda result: result.value == 3).outcomes) == {("wrong", "2")}


def test_what_the_expecting_function_raises_is_said():
    def is_two(result):
        assert result.value == 2, "one and one is two"

    assert set(explore(lambda: 2, expect=is_two).outcomes) == {("ok", "2")}
    assert set(explore(lambda: 3, expect=is_two).outcomes) == {("wrong", "one and one is two")}


def test_the_value_is_judged_as_main_left_it():
    def main():
        values = []
        time.after_func(1, lambda: values.append(1))
        return values

    assert set(explore(main, expect=[]).outcomes) == {("ok", "[]")}


@fails("what was done to main's list between two operations is in it always or never")
def test_what_others_do_to_the_returned_list_is_seen_or_not():
    assert values(explore(returns_late_list)) == {"[]", "[1]"}


@fails("what a goroutine does before its first operation always comes at once")
def test_a_plain_closure_over_the_loop_variable_may_see_its_last_value():
    def main():
        out = Chan(3)
        for number in range(3):
            go(lambda: out.send(number))  # noqa: B023 - that is the mistake
        return sorted(out.recv() for _ in range(3))

    assert repr(run(main).value) in values(explore(main))


# -- schedules -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["deadlock", "panic", "fatal", "exception", "leak"])
def test_a_failure_is_replayed_with_a_trace(outcome):
    for failure in explore(every_kind, outcome).failures:
        result = failure.replay()
        assert result.trace is not None
        if failure.kind == "leak":
            assert result.outcome == "ok"
            assert [f"{one.name} [{one.state}]" for one in result.leaked] == [failure.detail]
        else:
            error = result.error
            assert result.outcome == failure.kind
            assert failure.detail in f"{type(error).__name__}: {error}"


def test_the_replay_of_an_endless_program_ends_too():
    (failure,) = explore(every_kind, "budget", max_steps=50, max_runs=20).failures
    assert failure.max_steps == 50
    assert failure.replay().outcome == "budget"


def test_a_wrong_value_and_a_race_are_replayed():
    failures = explore(incrementers, 3, expect=3).failures
    assert {failure.kind for failure in failures} == {"wrong", "race"}
    for failure in failures:
        result = failure.replay()
        if failure.kind == "race":
            assert result.races
        else:
            assert repr(result.value) == failure.detail


def test_a_schedule_prints_and_parses_back():
    for failure in explore(incrementers, 3, expect=3).failures:
        schedule = Schedule.parse(str(failure.schedule))
        assert schedule == failure.schedule
        result = record(incrementers, 3, schedule=schedule)
        assert failure.kind == "race" or repr(result.value) == failure.detail


def test_the_schedule_of_a_failure_has_as_few_switches_as_any():
    (failure,) = explore(incrementers, 2, expect=2, races=False).failures
    (best,) = explore(incrementers, 2, expect=2, races=False, search="plain").failures
    assert failure.switches == best.switches


def test_the_replay_of_a_program_that_was_changed_says_so():
    number = [2]
    found = explore(lambda: incrementers(number[0]), expect=2, races=False)
    number[0] = 1
    for failure in found.failures:
        with pytest.raises(ScheduleError, match="another program"):
            failure.replay()


def test_the_replay_of_a_program_that_became_shorter_says_so():
    number = [2]
    found = explore(lambda: incrementers(number[0]))
    number[0] = 1
    for failure in found.failures:
        with pytest.raises(ScheduleError, match="another program"):
            failure.replay()


# -- budgets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "budget",
    [{"max_runs": 3}, {"max_steps": 12, "max_runs": 50}, {"seconds": 0}, {"total_steps": 100}],
)
def test_what_was_cut_is_not_complete(budget):
    assert not explore(incrementers, 3, **budget).complete


@pytest.mark.parametrize(
    "budget",
    [{"max_runs": 3}, {"max_steps": 12, "max_runs": 50}, {"seconds": 0}, {"total_steps": 100}],
)
def test_what_was_cut_is_said_to_be_not_exhaustive(budget):
    assert "not exhaustive" in explore(incrementers, 3, **budget).text()


def test_a_budget_of_steps_counts_those_of_all_runs():
    """A run of this has about 18 steps, and a fifth of the budget is for schedules by lot."""
    few, more = (explore(incrementers, 3, total_steps=steps).runs for steps in (360, 720))
    assert 15 <= few <= 25
    assert 30 <= more <= 50
    assert few == explore(incrementers, 3, total_steps=360).runs
    assert explore(incrementers, 2, total_steps=100_000).complete


def test_what_is_complete_is_not_said_to_be_cut():
    assert "not exhaustive" not in explore(incrementers, 2).text()


def test_the_text_tells_each_outcome():
    text = explore(incrementers, 2, expect=2).text()
    assert "ok: 2" in text
    assert "wrong: 1" in text


def test_one_schedule_without_an_end_is_enough_to_be_incomplete():
    def main():
        is_first = atomic.Bool()
        go(is_first.store, True)
        while is_first.load():
            Chan(1).send(1)

    found = explore(main, max_steps=50, max_runs=50)
    assert kinds(found) == {"ok", "budget"}
    assert not found.complete


@pytest.mark.parametrize("search", SEARCHES)
def test_a_goroutine_that_waits_for_ever_by_looking_is_a_budget(search):
    def main():
        is_ready = atomic.Bool()
        while not is_ready.load():
            pass

    found = explore(main, max_steps=50, max_runs=20, search=search)
    assert kinds(found) == {"budget"}
    assert not found.complete


@pytest.mark.parametrize("counter", ["atomic", "Var"])
def test_a_loop_that_counts_its_rounds_has_no_end(counter):
    def main():
        is_ready = atomic.Bool()
        count = atomic.Int() if counter == "atomic" else Var(0)
        go(is_ready.store, True)
        while not is_ready.load():
            if counter == "atomic":
                count.add(1)
            else:
                count.value += 1
        return count.load() if counter == "atomic" else count.value

    found = explore(main, max_steps=50, max_runs=30)
    assert not found.complete
    assert len(values(found)) > 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_runs": "many"},
        {"max_runs": 2.5},
        {"max_runs": True},
        {"max_steps": "many"},
        {"seconds": "x"},
        {"total_steps": 1.5},
        {"preemptions": 1.5},
        {"executor": 3},
        {"progress": 3},
    ],
    ids=str,
)
def test_an_option_of_the_wrong_type_is_refused_by_name(wrong):
    with pytest.raises(TypeError, match=next(iter(wrong))):
        explore(incrementers, 2, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_runs": 0},
        {"max_steps": 0},
        {"seconds": -1},
        {"total_steps": 0},
        {"seconds": float("nan")},
        {"preemptions": -1},
        {"search": "x"},
        {"clock": "x"},
    ],
    ids=str,
)
def test_an_option_that_makes_no_sense_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        explore(incrementers, 2, **wrong)


def test_a_budget_of_steps_is_not_shared_among_processes():
    with pytest.raises(ValueError, match="total_steps is counted in one process"):
        explore(incrementers, 2, total_steps=100, executor=Executor())


# -- time that passes as it likes ------------------------------------------------------------------


def sleeps_until_it_is_done():
    is_done = atomic.Bool()
    go(is_done.store, True)
    time.sleep(1)
    return is_done.load()


def test_who_sleeps_long_enough_is_right_under_the_virtual_clock():
    assert values(explore(sleeps_until_it_is_done)) == {"True"}


def test_who_sleeps_may_wake_too_early_by_any_clock():
    assert values(explore(sleeps_until_it_is_done, clock="any")) == {"True", "False"}


def crashes_after_a_write():
    """What ends the program could come before all else, or after it."""
    value, lock = Var(0), sync.RWMutex()

    def crash():
        value.value = 1
        lock.unlock()

    go(crash)
    return value.value


def two_crash():
    go(sync.RWMutex().unlock)
    sync.Mutex().unlock()


def one_panics_while_main_waits_without_its_lock():
    go(panic, 2)
    sync.Cond(sync.Mutex()).wait()


def goes_another_way_later():
    """The receiver is started by one who is: main's first way is taken again at its second turn."""
    first, second = Chan(), Chan(1)
    go(lambda: go(first.recv))
    return [select(send(first, 2), send(second, 1))[0] for _ in range(2)]


@pytest.mark.parametrize(
    "program",
    [
        crashes_after_a_write,
        two_crash,
        one_panics_while_main_waits_without_its_lock,
        goes_another_way_later,
    ],
)
@pytest.mark.parametrize("search", ["dpor", "sleep"])
def test_the_plain_search_finds_no_more(program, search):
    plain, found = explore(program, search="plain"), explore(program, search=search)
    assert plain.complete
    assert len(plain.outcomes) > 1
    assert found.complete
    assert set(found.outcomes) == set(plain.outcomes)


def sends_or_times_out():
    values = Chan()
    go(lambda: select(send(values, 1), recv(time.after(1))))
    return values.recv()


def is_started_by_a_timer_and_times_out():
    values = Chan()
    time.after_func(1, lambda: select(send(values, 1), recv(time.after(1))))
    return values.recv()


def times_out_before_it_receives():
    values = Chan()
    go(values.send, 1)
    if select(recv(time.after(1)), recv(values))[0] == 0:
        values.recv()
        values.recv()


@pytest.mark.parametrize(
    "program",
    [sends_or_times_out, is_started_by_a_timer_and_times_out, times_out_before_it_receives],
)
@pytest.mark.parametrize("search", SEARCHES)
def test_by_any_clock_a_timer_may_fire_while_others_could_go_on(program, search):
    """A timer starts when somebody waits for it, and who comes then sees who was there before."""
    found = explore(program, clock="any", search=search)
    assert found.complete
    assert kinds(found) == {"ok", "deadlock"}


# -- programs that differ from run to run ----------------------------------------------------------


def two_runs():
    number = atomic.Int()
    go(number.add, 1)
    number.add(1)


def differs_by_random():
    two_runs()
    return random.random()


def differs_by_the_wall_clock():
    two_runs()
    return wall_time.perf_counter_ns()


THINGS = []


def differs_by_id():
    two_runs()
    THINGS.append(Chan())
    return id(THINGS[-1])


def differs_by_state(state=[]):  # noqa: B006 - that is the mistake
    two_runs()
    state.append(1)
    return len(state)


def differs_by_its_operations(state=[]):  # noqa: B006 - that is the mistake
    two_runs()
    state.append(1)
    for _ in state:
        two_runs()


KEPT = Chan(100)


def differs_by_a_channel():
    two_runs()
    KEPT.send(1)
    return len(KEPT)


def differs_from_its_only_run(state=[]):  # noqa: B006 - that is the mistake
    state.append(1)
    return len(state)


@pytest.mark.parametrize(
    "program",
    [
        differs_by_random,
        differs_by_the_wall_clock,
        differs_by_id,
        differs_by_state,
        differs_by_its_operations,
        differs_by_a_channel,
        differs_from_its_only_run,
    ],
)
def test_a_program_that_differs_from_run_to_run_is_refused_in_a_sentence(program):
    with pytest.raises(ScheduleError, match=r"the same program|differently"):
        explore(program, max_runs=50)


def test_an_argument_that_the_program_changes_is_refused_in_a_sentence():
    def main(numbers):
        two_runs()
        numbers.append(1)
        return len(numbers)

    with pytest.raises(ScheduleError, match=r"the same program|differently"):
        explore(main, [])


# -- where it is called from -----------------------------------------------------------------------


def test_what_an_explored_program_prints_goes_nowhere(capsys):
    def main():
        print("main")
        go(print, "goroutine")

    explore(main)
    assert capsys.readouterr() == ("", "")
    print("afterwards")
    assert capsys.readouterr().out == "afterwards\n"


def test_in_a_goroutine_it_is_refused():
    error = record(explore, incrementers, 2).error
    assert isinstance(error, RuntimeError)
    assert str(error).startswith("a program is already running here")


def test_it_can_be_called_in_threads():
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(explore(incrementers, 3, races=False)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.complete for one in found] == [True, True]
    assert found[0].outcomes == found[1].outcomes == explore(incrementers, 3, races=False).outcomes


def test_an_interrupt_leaves_nothing_behind(capsys):
    runs = []

    def main():
        runs.append(1)
        if len(runs) == 3:
            signal.raise_signal(signal.SIGINT)
        return incrementers(3)

    with pytest.raises(KeyboardInterrupt):
        explore(main)
    assert len(runs) == 3
    print("afterwards")
    assert capsys.readouterr().out == "afterwards\n"
    assert run(incrementers, 2).value == 2
    assert explore(incrementers, 2).complete


def living(*types):
    """All there are, but for stacks that have ended."""
    gc.collect()
    found = [one for one in gc.get_objects() if isinstance(one, types)]
    return [one for one in found if not (isinstance(one, Worker) and one.dead)]


@pytest.mark.parametrize("search", SEARCHES)
def test_no_run_leaves_a_stack_behind_not_even_one_that_was_given_up(search):
    before = living(Walker, Worker)
    assert explore(incrementers, 2, races=False, search=search).complete
    assert [one for one in living(Walker, Worker) if one not in before] == []


def test_what_main_raises_is_a_panic():
    def main():
        raise ValueError("no such file")

    assert set(explore(main).outcomes) == {("panic", "ValueError: no such file")}


def test_what_is_no_program_is_refused():
    def generator():
        yield 1

    with pytest.raises(TypeError, match="generator is a generator"):
        explore(generator)
    with pytest.raises(TypeError, match="a program is a function, not 3"):
        explore(3)


# -- few preemptions -------------------------------------------------------------------------------


def test_without_preemption_no_update_is_lost():
    found = explore(incrementers, 2, races=False, preemptions=0)
    assert values(found) == {"2"}
    assert not found.complete
    assert "only schedules with up to 0 preemptions" in found.text()


def test_one_preemption_loses_an_update():
    assert values(explore(incrementers, 2, races=False, preemptions=1)) == {"1", "2"}


def test_a_bound_that_leaves_nothing_out_is_complete():
    found = explore(incrementers, 2, races=False, preemptions=50)
    assert values(found) == {"1", "2"}
    assert found.complete


def test_either_of_two_receivers_may_get_the_first_of_two_values():
    def main():
        values, answers = Chan(2), Chan(2)
        values.send(1)
        values.send(2)

        def receive(name):
            if values.recv() == 1:
                answers.send(name)

        go(receive, "a")
        go(receive, "b")
        return answers.recv()

    found = explore(main)
    assert values(found) == {"'a'", "'b'"}
    assert found.complete


@pytest.mark.parametrize("search", SEARCHES)
def test_a_select_may_take_the_value_that_main_waits_for(search):
    def main():
        full, other = Chan(2), Chan(1)

        def worker():
            other.send(3)
            full.send(2)
            select(send(full, 4), recv(other))

        go(worker)
        full.recv()
        other.recv()
        return len(full)

    found = explore(main, search=search, races=False)
    assert outcome_names(found) == {"0", "1", f"deadlock: {DEADLOCK}"}


def test_a_search_leaves_no_stack_behind():
    def workers():
        return sum(isinstance(one, Worker) and not one.dead for one in gc.get_objects())

    before = workers()
    assert explore(philosophers, 3, search="sleep").runs == 59
    assert workers() == before


def test_what_one_run_sets_for_itself_is_not_there_in_the_next():
    said = contextvars.ContextVar("said", default="nothing")

    def main():
        group = sync.WaitGroup()
        before = said.get()
        for _ in range(2):
            group.go(said.set, "something")
        said.set("something")
        group.wait()
        return before

    assert set(explore(main, search="plain").outcomes) == {("ok", "'nothing'")}


@pytest.mark.parametrize("search", SEARCHES)
def test_two_selects_may_meet_before_main_sends_to_either(search):
    def main():
        full, between = Chan(1), Chan()
        go(select, recv(full), send(between, 1))
        go(select, recv(between), recv(full))
        full.send(2)
        full.send(3)  # nobody is left to take it, if the two have met

    found = explore(main, search=search, races=False)
    assert outcome_names(found) == {"None", f"deadlock: {DEADLOCK}"}

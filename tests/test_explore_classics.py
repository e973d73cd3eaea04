"""The classic mistakes: exploring shows each within 20 runs, and nothing once it is put right."""

import math

import pytest

from gochan import (
    Chan,
    Panic,
    Var,
    atomic,
    context,
    default,
    errgroup,
    explore,
    go,
    record,
    recv,
    select,
    send,
    shared,
    sync,
    time,
)

AT_MOST = 20  # runs until it is found
DEADLOCK = "deadlock: all goroutines are asleep - deadlock!"

CLASSICS = []


def classic(*failures, expect=None):
    """A program of one mistake, which takes whether it is put right; `failures` are all it shows.

    Of a race and of a leak the kind is enough.
    """

    def note(program):
        CLASSICS.append(pytest.param(program, set(failures), expect, id=program.__name__))
        return program

    return note


def together(*functions):
    group = sync.WaitGroup()
    for function in functions:
        group.go(function)
    group.wait()


def failures(exploration):
    return {
        kind if kind in ("race", "leak") else f"{kind}: {detail}"
        for kind, detail in exploration.outcomes
        if kind != "ok"
    }


# -- variables -------------------------------------------------------------------------------------


@classic("wrong: 1", "race", expect=2)
def update_is_lost(fixed):
    count, lock = Var(0), sync.Mutex()

    def increment():
        if fixed:
            lock.lock()
        count.value += 1
        if fixed:
            lock.unlock()

    together(increment, increment)
    return count.value


@classic("wrong: 1", "race", expect=2)
@shared
def update_of_a_plain_variable_is_lost(fixed):
    count, lock = 0, sync.Mutex()

    def increment():
        nonlocal count
        if fixed:
            lock.lock()
        count += 1
        if fixed:
            lock.unlock()

    together(increment, increment)
    return count


@classic("wrong: 2", expect=1)
def atomic_is_looked_at_and_then_changed(fixed):
    taken, wins = atomic.Int(), atomic.Int()

    def take():
        if fixed:
            is_mine = taken.compare_and_swap(0, 1)
        else:
            is_mine = taken.load() == 0
            taken.store(1)
        if is_mine:
            wins.add(1)

    together(take, take)
    return wins.load()


@classic(
    "fatal: concurrent map writes",
    "fatal: concurrent map read and map write",
    "wrong: 2",
    "race",
    expect=1,
)
def map_is_looked_at_and_then_written(fixed):
    started, starts, lock = Var({}), atomic.Int(), sync.Mutex()

    def start_once():
        if fixed:
            lock.lock()
        if "server" not in started:
            started["server"] = True
            starts.add(1)
        if fixed:
            lock.unlock()

    together(start_once, start_once)
    return starts.load()


@classic("wrong: 2", expect=1)
def each_access_to_the_map_is_guarded_by_itself(fixed):
    started, starts, lock = Var({}), atomic.Int(), sync.Mutex()

    def start_once():
        with lock:
            is_missing = "server" not in started
            if is_missing and fixed:
                started["server"] = True
        if is_missing:
            if not fixed:
                with lock:
                    started["server"] = True
            starts.add(1)

    together(start_once, start_once)
    return starts.load()


@classic("wrong: [0, 2]", "wrong: [1, 1]", "wrong: [1, 2]", "wrong: [2, 2]", "race", expect=[0, 1])
@shared
def function_sees_the_loop_variable_as_it_is_later(fixed):
    number = 0
    out = Chan(2)

    def tell(own):
        nonlocal number
        out.send(own if fixed else number)

    while number < 2:
        go(tell, number)
        number += 1
    return sorted(out.recv() for _ in range(2))


# -- locks -----------------------------------------------------------------------------------------


@classic(DEADLOCK)
def locks_are_taken_in_opposite_orders(fixed):
    a, b = sync.Mutex(), sync.Mutex()

    def transfer(first, second):
        with first, second:
            pass

    together(lambda: transfer(a, b), lambda: transfer(a, b) if fixed else transfer(b, a))


@classic(DEADLOCK)
def philosophers_each_hold_one_fork(fixed):
    forks = [sync.Mutex() for _ in range(3)]

    def dine(left, right):
        with left, right:
            pass

    def seat(number):
        sides = forks[number], forks[(number + 1) % 3]
        return lambda: dine(*(reversed(sides) if fixed and number == 2 else sides))

    together(*(seat(number) for number in range(3)))


@classic(DEADLOCK)
def lock_is_kept_on_one_path(fixed):
    lock, balance = sync.Mutex(), Var(1)

    def withdraw():
        lock.lock()
        if balance.value == 0:
            if fixed:
                lock.unlock()
            return
        balance.value -= 1
        lock.unlock()

    def look():
        with lock:
            return balance.value

    together(withdraw, withdraw, look)


@classic(DEADLOCK)
def lock_is_held_while_sending(fixed):
    lock, results = sync.Mutex(), Chan()

    def produce():
        lock.lock()
        if fixed:
            lock.unlock()
        results.send(1)
        if not fixed:
            lock.unlock()

    go(produce)
    with lock:
        pass
    return results.recv()


@classic(DEADLOCK)
def read_lock_is_upgraded(fixed):
    rw, value = sync.RWMutex(), Var(0)

    def grow():
        with rw.rlocker():
            is_small = value.value < 10
            if is_small and not fixed:
                with rw:
                    value.value += 1
        if is_small and fixed:
            with rw:
                value.value += 1

    together(grow, grow)


@classic(DEADLOCK)
def read_lock_is_taken_again_while_a_writer_waits(fixed):
    rw = sync.RWMutex()

    def inner():
        if not fixed:
            with rw.rlocker():
                pass

    def reader():
        with rw.rlocker():
            inner()

    def writer():
        with rw:
            pass

    together(reader, writer)


# -- waiting for each other ------------------------------------------------------------------------


@classic(DEADLOCK)
def signal_comes_before_anybody_waits(fixed):
    lock = sync.Mutex()
    ready, is_ready = sync.Cond(lock), Var(False)

    def prepare():
        with lock:
            is_ready.value = True
            ready.signal()

    go(prepare)
    with lock:
        while not (fixed and is_ready.value):
            ready.wait()
            if not fixed:
                break


@classic("panic: IndexError: pop from empty list")
def condition_is_not_looked_at_again(fixed):
    lock, items = sync.Mutex(), []
    filled = sync.Cond(lock)

    def take():
        with lock:
            if fixed:
                while not items:
                    filled.wait()
            elif not items:
                filled.wait()
            items.pop()

    def put():
        with lock:
            items.append("item")
            filled.broadcast()

    together(take, take, put, put)


@classic("wrong: 0", "race", expect=1)
def goroutine_adds_itself_to_the_group(fixed):
    group, count = sync.WaitGroup(), Var(0)

    def work():
        if not fixed:
            group.add(1)
        count.value += 1
        group.done()

    if fixed:
        group.add(1)
    go(work)
    group.wait()
    return count.value


@classic(
    "panic: sync: negative WaitGroup counter",
    "panic: sync: WaitGroup is reused before previous Wait has returned",
)
def group_is_done_too_often(fixed):
    # Main may be the one that panics: it was woken at 0, and goes on when the count is -1.
    group = sync.WaitGroup()
    group.add(1 if not fixed else 2)
    go(group.done)
    go(group.done)
    group.wait()


@classic("panic: sync: WaitGroup is reused before previous Wait has returned", "race")
def group_is_used_anew_before_wait_has_returned(fixed):
    group, has_returned = sync.WaitGroup(), Chan(1)

    def wait():
        group.wait()
        has_returned.send(True)

    group.add(1)
    go(wait)
    group.done()
    if fixed:
        has_returned.recv()
    group.add(1)
    group.done()


# -- channels --------------------------------------------------------------------------------------


@classic("leak")
def only_the_first_answer_is_taken(fixed):
    answers = Chan(2 if fixed else 0)
    for server in ("a", "b"):
        go(answers.send, server)
    return answers.recv()


@classic("panic: close of closed channel")
def both_close_the_channel(fixed):
    done, is_closed, once = Chan(), atomic.Bool(), sync.Once()

    def finish():
        if fixed:
            once.do(done.close)
        elif not is_closed.load():
            is_closed.store(True)
            done.close()

    together(finish, finish)


@classic("panic: send on closed channel", "race")
def channel_is_closed_while_others_send(fixed):
    results, group = Chan(2), sync.WaitGroup()

    def work():
        results.send(1)
        group.done()

    group.add(2)
    go(work)
    go(work)
    if fixed:
        group.wait()
    results.recv()
    results.close()
    if not fixed:
        group.wait()


@classic("leak", expect=1)
def consumer_stops_early(fixed):
    numbers, squares, done = Chan(), Chan(), Chan()

    def pass_on(out, value):
        if not fixed:
            out.send(value)
            return True
        index, _, _ = select(send(out, value), recv(done))
        return index == 0

    def count():
        for number in (1, 2, 3):
            if not pass_on(numbers, number):
                break
        numbers.close()

    def square():
        for number in numbers:
            if not pass_on(squares, number * number):
                break
        squares.close()

    go(count)
    go(square)
    first = squares.recv()
    done.close()
    return first


@classic(DEADLOCK)
def default_throws_a_value_away(fixed):
    wake_ups = Chan(1 if fixed else 0)

    def notify():
        select(send(wake_ups, True), default)

    go(notify)
    wake_ups.recv()


# -- time and contexts -----------------------------------------------------------------------------


@classic("leak")
def answer_after_the_timeout_finds_nobody(fixed):
    answer = Chan(1 if fixed else 0)

    def ask():
        time.sleep(2)
        answer.send("late")

    go(ask)
    return select(recv(answer), recv(time.after(1)))[0]


@classic("leak")
def context_is_never_cancelled(fixed):
    ctx, cancel = context.with_cancel(context.background())

    def watch():
        ctx.done().recv()

    go(watch)
    if fixed:
        cancel()


@classic("wrong: 'b failed'", expect="a failed")
def first_error_is_whichever_comes_first(fixed):
    group, errors = errgroup.Group(), Chan(2)

    def fail(name):
        errors.send(f"{name} failed")
        raise ValueError(f"{name} failed")

    group.go(fail, "a")
    group.go(fail, "b")
    try:
        group.wait()
    except ValueError as error:
        return min(errors.recv(), errors.recv()) if fixed else str(error)


@classic("panic: AttributeError: 'NoneType' object has no attribute 'upper'")
def once_is_done_although_it_panicked(fixed):
    once, name = sync.Once(), []

    def load():
        if not fixed:
            raise Panic("no such file")
        name.append("gopher")

    def use():
        try:
            once.do(load)
        except Panic:
            return
        (name[0] if name else None).upper()

    together(use, use)


each_classic = pytest.mark.parametrize(("program", "shows", "expect"), CLASSICS)

# -- the tests -------------------------------------------------------------------------------------


@each_classic
def test_the_mistake_shows_within_a_few_runs(program, shows, expect):
    found = explore(program, False, expect=expect, max_runs=AT_MOST)
    assert shows - failures(found) == set()


@each_classic
def test_nothing_but_the_mistake_shows_under_all_schedules(program, shows, expect):
    found = explore(program, False, expect=expect)
    assert failures(found) == shows
    assert found.complete
    assert not found.ok


@each_classic
def test_nothing_shows_once_it_is_put_right(program, shows, expect):
    found = explore(program, True, expect=expect)
    assert failures(found) == set()
    assert found.complete
    assert found.ok


@each_classic
def test_the_fast_search_finds_what_the_reference_finds(program, shows, expect):
    fastest = explore(program, False, expect=expect)
    reference = explore(program, False, expect=expect, search="sleep")
    assert reference.complete
    assert set(fastest.outcomes) == set(reference.outcomes)


@each_classic
def test_random_schedules_show_nothing_that_exploring_has_not_shown(program, shows, expect):
    found = explore(program, False)
    for seed in range(30):
        result = record(program, False, seed=seed, linger=math.inf)
        seen = (result.outcome, repr(result.value))
        assert result.outcome != "ok" or seen in found.outcomes


@each_classic
def test_every_failure_is_replayed(program, shows, expect):
    for failure in explore(program, False, expect=expect).failures:
        result = failure.replay()
        match failure.kind:
            case "race":
                assert result.races
            case "leak":
                assert result.outcome == "ok"
                assert result.leaked
            case "wrong":
                assert (result.outcome, repr(result.value)) == ("ok", failure.detail)
            case kind:
                assert result.outcome == kind
                assert failure.detail in f"{type(result.error).__name__}: {result.error}"

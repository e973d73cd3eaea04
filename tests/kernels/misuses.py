"""Misuses that are found in many programs."""

import contextlib
from copy import copy

from gochan import (
    Chan,
    Panic,
    Var,
    atomic,
    context,
    errgroup,
    go,
    nil,
    panic,
    recv,
    select,
    send,
    sync,
    time,
)

from .kernel import kernel, together


@kernel("a WaitGroup that is added to too late", kinds={"race", "wrong"}, expect=1)
def counted_within_the_goroutine(fixed):
    """The goroutine counts itself, perhaps after everything has been waited for."""
    group = sync.WaitGroup()
    lock = sync.Mutex()
    saved = Var(0)

    def save():
        if not fixed:
            group.add(1)
        with lock:
            saved.value += 1
        group.done()

    if fixed:
        group.add(1)
    go(save)
    group.wait()
    with lock:
        return saved.value


@kernel("a WaitGroup counted down on two paths", kinds={"panic"})
def done_twice(fixed):
    """An error path counts down, and so does the end of the function."""
    group = sync.WaitGroup()

    def upload(fails):
        try:
            if fails:
                if not fixed:
                    group.done()
                return
        finally:
            group.done()

    group.add(2)
    go(upload, False)
    go(upload, True)
    group.wait()


@kernel("a WaitGroup that is passed by value", kinds={"deadlock"}, expect="done")
def counts_down_a_copy(fixed):
    """A function takes a WaitGroup by value, and so counts down a copy."""
    group = sync.WaitGroup()
    group.add(1)
    go((group if fixed else copy(group)).done)
    group.wait()
    return "done"


@kernel("an errgroup with a limit, nested", kinds={"deadlock"}, expect=4)
def group_that_waits_for_its_own_place(fixed):
    """A task of a full group starts a subtask in it, and keeps its own place meanwhile."""
    group, inner = errgroup.Group(), errgroup.Group()
    group.set_limit(2)
    lock = sync.Mutex()
    visited = Var(0)

    def visit():
        with lock:
            visited.value += 1

    def walk():
        visit()
        (inner if fixed else group).go(visit)

    group.go(walk)
    group.go(walk)
    group.wait()
    inner.wait()
    with lock:
        return visited.value


@kernel("an errgroup whose context is not looked at", kinds={"leak"}, expect="bad row")
def error_while_another_sends(fixed):
    """One task fails, and the goroutine that feeds all of them isn't told."""
    group, ctx = errgroup.with_context(context.background())
    rows = Chan()

    def feed():
        for number in range(2):
            select(send(rows, number), recv(ctx.done() if fixed else nil))
        rows.close()

    def read():
        rows.recv()
        raise ValueError("bad row")

    go(feed)
    group.go(read)
    try:
        group.wait()
    except ValueError as error:
        return str(error)


@kernel("a Once for what may fail", kinds={"wrong"}, expect="connected")
def failed_once_for_all(fixed):
    """The first attempt fails, and Once lets nobody try again."""
    once = sync.Once()
    lock = sync.Mutex()
    attempts, state = Var(0), Var("")

    def connect():
        attempts.value += 1
        if attempts.value > 1:
            state.value = "connected"

    def get():
        if fixed:
            with lock:
                if not state.value:
                    connect()
                return state.value
        once.do(connect)
        return state.value

    together(get, get)
    return get()


@kernel(
    "a lazy singleton without Once", kinds={"race", "wrong"}, expect=("configured", "configured")
)
def seen_before_it_is_ready(fixed):
    """The one instance is published before it is filled in; another goroutine finds it empty."""
    lock = sync.Mutex()
    instance, setting = Var(False), Var("")
    found = Chan(1)

    def make():
        if not instance.value:
            instance.value = True
            setting.value = "configured"
        return setting.value

    def get():
        if fixed:
            with lock:
                return make()
        return make()

    go(lambda: found.send(get()))
    own = get()
    other = found.recv()
    return own, other


@kernel("a timer that is drained twice", kinds={"deadlock"}, expect="answer")
def drains_what_was_taken(fixed):
    """A timer that has fired is drained after Stop, but its value was taken in the select."""
    timer = time.Timer(1)
    answers = Chan()

    def answer():
        time.sleep(2)
        answers.send("answer")

    go(answer)
    has_fired = False
    match select(recv(timer.c), recv(answers)):
        case 0, *_:
            has_fired = True
    if not timer.stop() and not (fixed and has_fired):
        timer.c.recv()
    return answers.recv()


@kernel("a loop over a stopped ticker", kinds={"leak"}, expect=2)
def stopping_closes_nothing(fixed):
    """A goroutine loops over the channel of a ticker, which Stop doesn't close."""
    ticker = time.Ticker(1)
    done, ticks = Chan(), Chan(2)

    def loop():
        while select(recv(ticker.c), recv(done if fixed else nil))[0] == 0:
            ticks.send(None)

    go(loop)
    ticks.recv()
    ticks.recv()
    ticker.stop()
    done.close()
    return 2


@kernel("a recovered panic that keeps the lock", kinds={"deadlock"}, expect="recovered")
def recovers_with_the_lock(fixed):
    """A handler panics between lock and unlock, and its server recovers and goes on."""
    lock = sync.Mutex()
    entries = Var(0)

    def handle(fails):
        if fixed:
            with lock:
                write(fails)
        else:
            lock.lock()
            write(fails)
            lock.unlock()

    def write(fails):
        if fails:
            panic("bad request")
        entries.value += 1

    def serve(fails):
        with contextlib.suppress(Panic):
            handle(fails)

    together(lambda: serve(True), lambda: serve(False))
    return "recovered"


@kernel("results that nobody closes", kinds={"deadlock"}, expect=3)
def loop_over_what_nobody_closes(fixed):
    """The workers end, and the loop over their results waits for more."""
    results = Chan()
    workers = sync.WaitGroup()

    def close_when_done():
        workers.wait()
        results.close()

    workers.go(results.send, 1)
    workers.go(results.send, 2)
    if fixed:
        go(close_when_done)
    return sum(results)


@kernel("a producer among several that closes", kinds={"panic", "race"})
def closes_for_the_others(fixed):
    """Whoever of the producers ends first closes the channel that the other still sends on."""
    results = Chan(2)
    producers = sync.WaitGroup()

    def produce(number):
        results.send(number)
        if not fixed:
            results.close()

    producers.go(produce, 1)
    producers.go(produce, 2)
    producers.wait()
    if fixed:
        results.close()


@kernel("an unlock on every path, and one more", kinds={"fatal"})
def unlocks_twice(fixed):
    """The error path unlocks by itself although the function unlocks when it returns."""
    lock = sync.Mutex()
    size = Var(1)

    def take():
        with lock:
            if size.value == 0:
                if not fixed:
                    lock.unlock()
                return
            size.value -= 1

    together(take, take)


@kernel("a map that is looped over while it changes", kinds={"fatal", "race"})
def loops_over_a_map_that_changes(fixed):
    """The sessions are listed without the lock that guards them."""
    lock = sync.Mutex()
    sessions = Var({"a": 1})

    def log_in():
        with lock:
            sessions["b"] = 2

    def names():
        if fixed:
            with lock:
                return list(sessions)
        return list(sessions)

    together(log_in, names)


@kernel("a buffer that is used after it was put back", kinds={"race", "wrong"}, expect="hello")
def used_after_it_was_put_back(fixed):
    """A handler puts its buffer back into the pool, and its text is read from it afterwards."""
    pool = sync.Pool(lambda: Var(""))
    pool.put(Var(""))
    replies = Chan(2)

    def handle(text):
        buffer = pool.get()
        buffer.value = text
        if fixed:
            replies.send(buffer.value)
            pool.put(buffer)
        else:
            pool.put(buffer)
            replies.send(buffer.value)

    together(lambda: handle("hello"), lambda: handle("bye"))
    return max(replies.recv(), replies.recv())


@kernel("two steps on a sync.Map", kinds={"wrong"}, expect=1)
def loads_and_then_stores(fixed):
    """Each operation of the map is one step, but looking and then storing are two."""
    sessions = sync.Map()
    opened = atomic.Int()

    def open_session():
        if fixed:
            is_mine = not sessions.load_or_store("a", "session")[1]
        else:
            is_mine = not sessions.load("a")[1]
            sessions.store("a", "session")
        if is_mine:
            opened.add(1)

    together(open_session, open_session)
    return opened.load()


@kernel("two steps on an atomic", kinds={"wrong"}, expect=2)
def loads_and_then_adds(fixed):
    """A counter is atomic in every operation, and yet loses a count: it is read, then stored."""
    count = atomic.Int()

    def visit():
        if fixed:
            count.add(1)
        else:
            count.store(count.load() + 1)

    together(visit, visit)
    return count.load()


@kernel("a read lock that becomes a write lock", kinds={"deadlock"}, expect=1)
def both_want_to_write_while_reading(fixed):
    """A reader who finds nothing asks for the write lock and keeps the read lock meanwhile."""
    lock = sync.RWMutex()
    cached = Var(0)

    def get():
        lock.rlock()
        is_there = cached.value > 0
        if fixed or is_there:
            lock.runlock()
        if not is_there:
            with lock:
                cached.value = 1
            if not fixed:
                lock.runlock()

    together(get, get)
    return cached.value


@kernel("a semaphore taken piece by piece", kinds={"deadlock"})
def each_has_half_of_what_it_needs(fixed):
    """Two tasks need both places of a semaphore, and each of them gets one."""
    places = Chan(2)
    turn = sync.Mutex()

    def take_both():
        places.send(None)
        places.send(None)

    def task():
        if fixed:
            with turn:
                take_both()
        else:
            take_both()
        places.recv()
        places.recv()

    together(task, task)


@kernel("Signal where Broadcast is needed", kinds={"deadlock"})
def signal_to_the_wrong_one(fixed):
    """Two goroutines wait on one Cond for different things, and the signal wakes one of them."""
    lock = sync.Mutex()
    changed = sync.Cond(lock)
    is_full, is_empty = Var(False), Var(False)

    def wait_for(condition):
        with lock:
            while not condition.value:
                changed.wait()

    def fill():
        with lock:
            is_full.value = True
            if fixed:
                changed.broadcast()
            else:
                changed.signal()

    def drain():
        wait_for(is_full)
        with lock:
            is_empty.value = True
            changed.broadcast()

    together(lambda: wait_for(is_empty), drain, fill)


@kernel("a result and its cancelling at once", kinds={"wrong"}, expect="result")
def cancelled_although_it_is_done(fixed):
    """The result lies ready, but so does the cancelling: select draws lots."""
    ctx, cancel = context.with_cancel(context.background())
    results = Chan(1)

    def work_and_cancel():
        results.send("result")
        cancel()

    go(work_and_cancel)
    match select(recv(results), recv(ctx.done())):
        case 0, result, _:
            return result
        case _ if fixed:
            return results.recv()
        case _:
            return "cancelled"


@kernel("a check outside the lock, and another inside", kinds={"race"}, expect="ready")
def double_checked_without_an_atomic(fixed):
    """The first check saves the lock, but it reads what others write."""
    lock = sync.Mutex()
    is_ready, is_ready_atomic = Var(False), atomic.Bool()
    made = Var("")

    def prepare():
        if is_ready_atomic.load() if fixed else is_ready.value:
            return
        with lock:
            if made.value:
                return
            made.value = "ready"
            if fixed:
                is_ready_atomic.store(True)
            else:
                is_ready.value = True

    together(prepare, prepare)
    return made.value


@kernel("a value of a loop that is over", kinds={"leak"}, expect=1)
def generator_that_nobody_finishes(fixed):
    """A goroutine produces numbers until it is told to stop; who needs only one doesn't tell it."""
    ctx, cancel = context.with_cancel(context.background())
    numbers = Chan()

    def count():
        for number in range(1, 4):
            if select(send(numbers, number), recv(ctx.done()))[0] == 1:
                return

    go(count)
    first = numbers.recv()
    if fixed:
        cancel()
    return first


@kernel("a queue of a fixed size that its readers fill", kinds={"deadlock"}, expect=3)
def workers_feed_their_own_queue(fixed):
    """The workers put new links into the queue that they themselves empty, and it is full."""
    links = Chan(1)
    pending = sync.WaitGroup()
    lock = sync.Mutex()
    visited = Var(0)

    def crawl():
        for depth in links:
            with lock:
                visited.value += 1
            for _ in range(2 * depth):
                pending.add(1)
                if fixed:
                    go(links.send, 0)
                else:
                    links.send(0)
            pending.done()

    pending.add(1)
    links.send(1)
    go(crawl)
    pending.wait()
    links.close()
    with lock:
        return visited.value


@kernel("a leader that is elected twice", kinds={"wrong"}, expect=1)
def compares_and_then_stores(fixed):
    """Two candidates see that there is no leader, one after the other they store themselves."""
    leader = atomic.Int()
    elected = atomic.Int()

    def stand(number):
        if fixed:
            has_won = leader.compare_and_swap(0, number)
        else:
            has_won = leader.load() == 0
            if has_won:
                leader.store(number)
        if has_won:
            elected.add(1)

    together(lambda: stand(1), lambda: stand(2))
    return elected.load()

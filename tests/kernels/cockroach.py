"""Bugs of CockroachDB."""

from gochan import Chan, Var, context, default, go, nil, recv, select, send, sync

from .kernel import kernel, together


@kernel("cockroach 584", kinds={"leak"})
def locked_on_break(fixed):
    """The loop that bootstraps breaks off with the lock, and the next loop wants it."""
    lock = sync.Mutex()
    is_closed = Var(True)

    def bootstrap():
        for _ in range(2):
            lock.lock()
            if is_closed.value:
                if fixed:
                    lock.unlock()
                break
            lock.unlock()

    def manage():
        with lock:
            return is_closed.value

    def gossip():
        bootstrap()
        manage()

    go(gossip)


@kernel("cockroach 1055", kinds={"deadlock"})
def drains_under_lock(fixed):
    """Stopping waits for the tasks with the lock; a task that has begun begins another.

    Beginning needs the lock.
    """
    lock = sync.Mutex()
    is_draining = Var(False)
    running = Var(1)
    drained = sync.Cond(lock)
    done = Chan(2)

    def begin():
        with lock:
            if is_draining.value:
                return False
            running.value += 1
            return True

    def end():
        with lock:
            running.value -= 1
            drained.broadcast()
        done.send(None)

    def task():
        if begin():
            end()
        else:
            done.send(None)
        end()

    go(task)
    lock.lock()
    is_draining.value = True
    if fixed:
        while running.value > 0:
            drained.wait()
    else:
        done.recv()
    lock.unlock()


@kernel("cockroach 1462", kinds={"deadlock"})
def worker_reports_to_one_who_left(fixed):
    """The intercepting goroutine is stopped before the worker whose messages it takes.

    The worker's end is waited for.
    """
    messages, stop = Chan(), Chan()

    def intercept():
        while select(recv(messages), recv(stop))[0] == 0:
            pass

    def work():
        select(send(messages, "ping"), recv(stop if fixed else nil))

    workers = sync.WaitGroup()
    workers.go(intercept)
    workers.go(work)
    stop.close()
    workers.wait()


@kernel("cockroach 2448", kinds={"deadlock"})
def each_sends_to_the_other(fixed):
    """Two loops offer each other a message at the same time, and neither listens meanwhile."""
    events, callbacks = Chan(), Chan()

    def loop(incoming, outgoing):
        commands = Chan(1)
        commands.send("tick")
        offered = nil
        has_sent = has_received = False
        while not (has_sent and has_received):
            match select(recv(commands), recv(incoming), send(offered, "message")):
                case 0, *_ if fixed:
                    offered = outgoing
                case 0, *_:
                    outgoing.send("message")
                    has_sent = True
                case 1, *_:
                    has_received = True
                case _:
                    offered, has_sent = nil, True

    together(lambda: loop(events, callbacks), lambda: loop(callbacks, events))


@kernel("cockroach 3710", kinds={"deadlock"})
def reader_waits_for_another_reader(fixed):
    """A reader waits for a goroutine that reads, too, and that one stands behind a writer."""
    lock = sync.RWMutex()
    replicas = Var(1)

    def count():
        with lock.rlocker():
            return replicas.value

    def scan():
        counted = Chan(1)
        with lock.rlocker():
            go(lambda: counted.send(count()))
            if not fixed:
                counted.recv()
        if fixed:
            counted.recv()

    def add():
        with lock:
            replicas.value += 1

    together(scan, add)


@kernel("cockroach 6181", kinds={"deadlock"})
def prints_what_it_reads(fixed):
    """A lookup holds the read lock and prints the cache, which reads it again.

    Another lookup that fills the cache comes in between.
    """
    lock = sync.RWMutex()
    ranges = Var("a-m")

    def text():
        with lock.rlocker():
            return ranges.value

    def fill():
        with lock:
            ranges.value = "a-z"

    def look_up():
        with lock.rlocker():
            found = ranges.value
            if not fixed:
                text()
        return found, text()

    def miss():
        fill()
        look_up()

    together(look_up, miss)


@kernel("cockroach 7504", kinds={"deadlock"})
def lease_and_its_names(fixed):
    """Releasing a lease locks the lease and then the cache of names; finding one, the reverse."""
    lease, names = sync.Mutex(), sync.Mutex()
    users = Var(1)

    def release():
        if fixed:
            with names, lease:
                users.value -= 1
        else:
            with lease, names:
                users.value -= 1

    def find():
        with names, lease:
            users.value += 1

    together(release, find)


@kernel("cockroach 9935", kinds={"deadlock"}, expect="closed")
def fails_under_lock(fixed):
    """Writing to the log fails with the lock, and the function for that case locks it, too."""
    lock = sync.Mutex()
    state = Var("open")

    def exit_locked():
        state.value = "closed"

    def exit_log():
        with lock:
            exit_locked()

    def write():
        with lock:
            if fixed:
                exit_locked()
            else:
                exit_log()

    write()
    return state.value


@kernel("cockroach 10214", kinds={"deadlock"})
def heartbeats_while_handled(fixed):
    """The queue of heartbeats and a replica lock each other, one by way of a callback."""
    queue, replica = sync.Mutex(), sync.Mutex()
    beats = Var(1)

    def report_unreachable():
        with replica:
            return "unreachable"

    def send_queued():
        queue.lock()
        waiting = beats.value
        beats.value = 0
        if fixed:
            queue.unlock()
        if waiting:
            report_unreachable()
        if not fixed:
            queue.unlock()

    def tick():
        with replica, queue:
            beats.value += 1

    together(send_queued, tick)


@kernel("cockroach 10790", kinds={"leak"})
def waits_for_commands_that_were_dropped(fixed):
    """A request is cancelled while others that it follows are under way.

    A goroutine waits for those, which may never end, and doesn't look at the cancelling.
    """
    before = Chan()
    ctx, cancel = context.with_cancel(context.background())

    def clean_up():
        select(recv(before), recv(ctx.done() if fixed else nil))

    def begin():
        match select(recv(before), recv(ctx.done())):
            case 1, *_:
                go(clean_up)

    go(begin)
    cancel()


@kernel("cockroach 13197", kinds={"leak"}, expect="row")
def transaction_neither_committed_nor_rolled_back(fixed):
    """A goroutine of each transaction waits for its end, and this one has none."""
    ctx, cancel = context.with_cancel(context.background())

    def await_end():
        ctx.done().recv()

    go(await_end)
    row = "row"
    if fixed:
        cancel()
    return row


@kernel("cockroach 13755", kinds={"leak"}, expect=1)
def rows_left_open(fixed):
    """A query closes its rows when they have all been read, but only the first is read."""
    rows, closed = Chan(), Chan()

    def query():
        for number in range(1, 4):
            if select(send(rows, number), recv(closed))[0] == 1:
                return
        rows.close()

    go(query)
    first = rows.recv()
    if fixed:
        closed.close()
    return first


@kernel("cockroach 16167", kinds={"deadlock"}, expect=2)
def waits_with_a_second_read_lock(fixed):
    """A Cond gives back the read lock while one waits, but the caller holds another one.

    So nobody can write what is waited for.
    """
    lock = sync.RWMutex()
    renewed = sync.Cond(lock.rlocker())
    version = Var(1)

    def renew():
        with lock:
            version.value = 2
            renewed.broadcast()

    def newer():
        with lock.rlocker():
            while version.value < 2:
                renewed.wait()
            return version.value

    go(renew)
    if fixed:
        return newer()
    with lock.rlocker():
        return newer()


@kernel("cockroach 18101", kinds={"leak"}, expect="failed")
def import_that_failed(fixed):
    """A restore presplits ranges and passes them on; the import that takes them has failed."""
    ctx, cancel = context.with_cancel(context.background())
    ready = Chan(1)

    def presplit():
        for number in range(3):
            select(send(ready, number), recv(ctx.done() if fixed else nil))
        ready.close()

    def import_ranges():
        ready.recv()
        cancel()
        return "failed"

    go(presplit)
    return import_ranges()


@kernel("cockroach 24808", kinds={"deadlock"})
def signals_a_full_channel(fixed):
    """The compactor sends itself a signal before it listens.

    The channel has room for one, and somebody else's suggestion may lie there already.
    """
    signal = Chan(1)

    def suggest():
        select(send(signal, None), default)

    def compact():
        if fixed:
            suggest()
        else:
            signal.send(None)
        signal.recv()

    go(suggest)
    compact()


@kernel("cockroach 25456", kinds={"leak"})
def quiesce_of_a_stopper_that_is_nil(fixed):
    """The consistency check waits for a result or for the stopper, which this test doesn't have.

    So the channel is nil, and the result doesn't come when the store is stopped.
    """
    stopped = Chan()
    result = Chan()

    def check():
        select(recv(result), recv(stopped if fixed else nil))

    go(check)
    stopped.close()


@kernel("cockroach 35073", kinds={"deadlock"})
def consumer_that_gives_up(fixed):
    """The consumer of rows ends at an error and drains nothing; the producer has more rows."""
    rows = Chan(1)
    group = sync.WaitGroup()

    def produce():
        for number in range(3):
            rows.send(number)
        rows.close()

    def consume():
        rows.recv()
        if fixed:
            for _ in rows:
                pass

    group.go(produce)
    group.go(consume)
    group.wait()


@kernel("cockroach 35501", kinds={"wrong"}, expect=["a", "b"])
def address_of_the_loop_variable(fixed):
    """The loop notes the address of its variable for each check: all get the last one."""
    constraint = Var("")
    noted = []
    for name in ("a", "b"):
        constraint.value = name
        noted.append(Var(name) if fixed else constraint)
    results = Chan(2)
    for one in noted:
        go(lambda one=one: results.send(one.value))
    return sorted([results.recv(), results.recv()])

"""Bugs of Kubernetes."""

from gochan import Chan, Var, atomic, context, go, nil, recv, select, send, sync, time

from .kernel import kernel, together


@kernel("kubernetes 1321", kinds={"deadlock"})
def distributes_under_lock(fixed):
    """Events go to the watchers while the lock is held that a watcher needs to leave.

    A watcher that is leaving takes no more events.
    """
    lock = sync.Mutex()
    events, leaving = Chan(), Chan()
    is_watching = Var(True)

    def distribute():
        with lock:
            if is_watching.value:
                select(send(events, "added"), recv(leaving if fixed else nil))

    def leave():
        if fixed:
            leaving.close()
        with lock:
            is_watching.value = False

    go(distribute)
    leave()


@kernel("kubernetes 5316", kinds={"leak"}, expect="timeout")
def answer_after_the_timeout(fixed):
    """A request times out, and its handler then offers an answer that nobody waits for."""
    answer = Chan(1 if fixed else 0)

    def handle():
        time.sleep(2)
        answer.send("done")

    go(handle)
    match select(recv(answer), recv(time.after(1))):
        case 0, value, _:
            return value
        case _:
            return "timeout"


@kernel("kubernetes 6632", kinds={"deadlock"})
def reset_sent_under_lock(fixed):
    """A writer holds the lock while it resets the idle timer over a channel.

    The one who listens to that channel has just seen the timer run out, and wants the lock.
    """
    writing = sync.Mutex()
    reset = Chan()
    is_open = Var(True)

    def drain():
        for _ in reset:
            pass

    def monitor():
        while select(recv(reset), recv(time.after(1)))[0] == 0:
            pass
        if fixed:
            go(drain)
        with writing:
            is_open.value = False
            reset.close()

    def write():
        time.sleep(1)
        with writing:
            if is_open.value:
                reset.send(None)

    together(monitor, write)


@kernel("kubernetes 10182", kinds={"deadlock"}, expect=2)
def queue_filled_under_lock(fixed):
    """A status is queued while the lock is held, and the queue is full.

    The one who empties the queue needs the lock for the status that it has taken out.
    """
    lock = sync.Mutex()
    queue = Chan()
    known, synced = Var(0), Var(0)

    def set_status():
        with lock:
            known.value += 1
            if not fixed:
                queue.send("ready")
        if fixed:
            queue.send("ready")

    def synchronise():
        for _ in range(2):
            queue.recv()
            with lock:
                synced.value += 1

    together(synchronise, set_status, set_status)
    return synced.value


@kernel("kubernetes 11298", kinds={"deadlock"})
def signal_between_look_and_wait(fixed):
    """The flag is set and signalled without the lock: just after the look, just before the wait."""
    lock = sync.Mutex()
    changed = sync.Cond(lock)
    is_leader = atomic.Bool()

    def elect():
        if fixed:
            with lock:
                is_leader.store(True)
        else:
            is_leader.store(True)
        changed.signal()

    go(elect)
    with lock:
        while not is_leader.load():
            changed.wait()


@kernel("kubernetes 13135", kinds={"deadlock"})
def store_locked_before_cache(fixed):
    """A listing reads the store and then the cache; an update locks the cache and then the store.

    Read-locking one of them doesn't help.
    """
    cache, store = sync.Mutex(), sync.RWMutex()
    version = Var(0)

    def show():
        if fixed:
            with cache, store.rlocker():
                return version.value
        with store.rlocker(), cache:
            return version.value

    def update():
        with cache, store:
            version.value += 1

    together(show, update)


@kernel("kubernetes 25331", kinds={"leak"})
def error_after_cancel(fixed):
    """A watch ends because it was cancelled, while its source is about to report an error."""
    ctx, cancel = context.with_cancel(context.background())
    errors = Chan(1 if fixed else 0)

    def watch():
        go(errors.send, "too old")
        select(recv(errors), recv(ctx.done()))

    go(watch)
    cancel()


@kernel("kubernetes 26980", kinds={"deadlock"}, expect=["modified", "modified"])
def pops_under_lock(fixed):
    """A notification is passed on while the list of them is locked.

    The handler adds a notification of its own before it takes the next one.
    """
    lock = sync.Mutex()
    pending = Var(["added", "deleted"])
    following = Chan()

    def pop():
        for _ in range(2):
            lock.lock()
            first, *rest = pending.value
            pending.value = rest
            if fixed:
                lock.unlock()
                following.send(first)
            else:
                following.send(first)
                lock.unlock()

    def handle():
        for _ in range(2):
            following.recv()
            with lock:
                pending.value = [*pending.value, "modified"]

    together(pop, handle)
    return pending.value


@kernel("kubernetes 30872", kinds={"deadlock"})
def three_locks_in_a_ring(fixed):
    """Each of three parts holds its own lock when it calls the next one: together they are a ring.

    No two of them alone can block each other.
    """
    informer, deliverer, queue = sync.Mutex(), sync.Mutex(), sync.Mutex()

    def calling(first, second):
        with first, second:
            pass

    def reconcile():
        calling(informer, deliverer)

    def deliver():
        calling(deliverer, queue)

    def enqueue():
        if fixed:
            calling(informer, queue)
        else:
            calling(queue, informer)

    together(reconcile, deliver, enqueue)


@kernel("kubernetes 38669", kinds={"leak"}, expect="event 0")
def closed_input_is_not_enough(fixed):
    """A watcher is stopped by closing its input, but it stands at its output."""
    incoming, outgoing, done = Chan(3), Chan(), Chan()

    def process():
        for event in incoming:
            if select(send(outgoing, event), recv(done if fixed else nil))[0] == 1:
                return

    for number in range(3):
        incoming.send(f"event {number}")
    go(process)
    first = outgoing.recv()
    incoming.close()
    done.close()
    return first


@kernel("kubernetes 58107", kinds={"deadlock"})
def waits_for_work_as_a_reader(fixed):
    """A worker holds the read lock while it waits for work; the one who brings it reads, too.

    A writer that asks between the two holds back the second reader.
    """
    lock = sync.RWMutex()
    work = Chan()
    monitors = Var(1)

    def worker():
        if fixed:
            work.recv()
        with lock.rlocker():
            if not fixed:
                work.recv()
            return monitors.value

    def bring():
        with lock.rlocker():
            found = monitors.value
        work.send(found)

    def synchronise():
        with lock:
            monitors.value += 1

    together(worker, synchronise, bring)


@kernel("kubernetes 62464", kinds={"deadlock"})
def reads_while_reading(fixed):
    """A reader calls a method that read-locks again; a writer who asks in between blocks both."""
    lock = sync.RWMutex()
    cpus = Var("0-3")

    def default_set():
        return cpus.value

    def assigned():
        with lock.rlocker():
            if fixed:
                return default_set()
            with lock.rlocker():
                return default_set()

    def assign():
        with lock:
            cpus.value = "0-1"

    together(assigned, assign)


@kernel("kubernetes 70277", kinds={"leak"}, expect=1)
def poller_is_not_told(fixed):
    """Waiting ends with the first tick that is good enough, and nobody tells the poller."""
    ticks, done = Chan(), Chan()

    def poll():
        for number in range(1, 4):
            time.sleep(1)
            if select(send(ticks, number), recv(done))[0] == 1:
                return
        ticks.close()

    def wait_for(condition):
        for tick in ticks:
            if condition(tick):
                if fixed:
                    done.close()
                return tick
        return None

    go(poll)
    return wait_for(lambda tick: tick >= 1)


@kernel("kubernetes 70892", kinds={"race", "wrong"}, expect=["a", "b"])
def errors_appended_by_all(fixed):
    """The workers append their errors to one list, and one of the errors gets lost."""
    lock = sync.Mutex()
    errors = Var([])

    def append(error):
        errors.value = [*errors.value, error]

    def work_on(name):
        if fixed:
            with lock:
                append(name)
        else:
            append(name)

    together(lambda: work_on("a"), lambda: work_on("b"))
    return sorted(errors.value)


@kernel("kubernetes 79631", kinds={"fatal", "race"})
def counts_without_the_lock(fixed):
    """All who change the map of waiting pods hold the lock; the one who counts them doesn't."""
    lock = sync.RWMutex()
    waiting = Var({})

    def add():
        with lock:
            waiting["pod"] = "unschedulable"

    def count():
        if fixed:
            with lock.rlocker():
                return len(waiting)
        return len(waiting)

    together(add, count)


@kernel("kubernetes 80284", kinds={"race", "wrong"}, expect=1)
def two_make_the_first(fixed):
    """Whoever finds no dialer makes one: two goroutines find none."""
    lock = sync.Mutex()
    dialer = Var(None)
    made = atomic.Int()

    def get():
        if dialer.value is None:
            dialer.value = made.add(1)

    def connect():
        if fixed:
            with lock:
                get()
        else:
            get()

    together(connect, connect)
    return made.load()


@kernel("kubernetes 81091", kinds={"race", "wrong"}, expect=2)
def calls_counted_by_all(fixed):
    """A plugin counts its calls in a field, and the scheduler calls it for all nodes at once."""
    lock = sync.Mutex()
    calls = Var(0)

    def filter_node():
        if fixed:
            with lock:
                calls.value += 1
        else:
            calls.value += 1

    together(filter_node, filter_node)
    return calls.value


@kernel("kubernetes 82239", kinds={"fatal", "race"})
def copy_shares_its_map(fixed):
    """Each goroutine gets a copy of the volume, but the map of annotations is the same in both."""
    annotations = Var({"bound": "no"})

    def copied():
        return Var(dict(annotations.value)) if fixed else annotations

    def bind(mine):
        mine["bound"] = "yes"

    def look(mine):
        return "bound" in mine

    first, second = copied(), copied()
    together(lambda: bind(first), lambda: look(second))

"""Bugs of Istio."""

from gochan import Chan, Var, go, nil, recv, select, send, sync, time

from .kernel import kernel, together


@kernel("istio 16224", kinds={"deadlock"})
def handler_called_under_lock(fixed):
    """A change of the configuration is announced with the lock of the map that it is in.

    The one who listens looks into that map first.
    """
    lock = sync.RWMutex()
    changes, stop = Chan(), Chan()
    rules = Var({})

    def store():
        with lock:
            rules["mtls"] = "on"
            if not fixed:
                changes.send("mtls")
        if fixed:
            changes.send("mtls")

    def listen():
        with lock.rlocker():
            size = len(rules)
        changes.recv()
        stop.close()
        return size

    together(store, listen)
    stop.recv()


@kernel("istio 17860", kinds={"leak"})
def status_of_an_agent_that_left(fixed):
    """A proxy reports how it ended; the agent has stopped before, and its loop with it."""
    statuses, stop = Chan(), Chan()

    def proxy():
        select(send(statuses, "exit 0"), recv(stop if fixed else nil))

    def agent():
        go(proxy)
        select(recv(statuses), recv(stop))

    go(agent)
    stop.close()


@kernel("istio 18454", kinds={"leak"})
def last_update_of_a_stopped_worker(fixed):
    """Updates are collected until it is quiet, and then handed to a worker that may be gone."""
    updates, handed, stop = Chan(1), Chan(), Chan()

    def debounce():
        updates.recv()
        time.after(1).recv()
        if fixed:
            select(send(handed, "batch"), recv(stop))
        else:
            handed.send("batch")

    def worker():
        select(recv(handed), recv(stop))

    def close():
        time.sleep(1)
        stop.close()

    updates.send("update")
    for function in (debounce, worker, close):
        go(function)


@kernel("istio 8144", kinds={"race", "wrong"}, expect=2)
def callbacks_counted_by_the_evicter(fixed):
    """A cache calls its callback from two goroutines, and the callback just counts."""
    lock = sync.Mutex()
    evicted = Var(0)

    def callback():
        if fixed:
            lock.lock()
        evicted.value += 1
        if fixed:
            lock.unlock()

    together(callback, callback)
    return evicted.value


@kernel("istio 8214", kinds={"race"})
def statistics_read_while_counting(fixed):
    """All who use the cache count with the lock; the one who shows the numbers takes none."""
    lock = sync.Mutex()
    hits, misses = Var(0), Var(0)

    def use():
        with lock:
            misses.value += 1
            hits.value += 1

    def show():
        if fixed:
            with lock:
                return hits.value, misses.value
        return hits.value, misses.value

    together(use, show)


@kernel("istio 8967", kinds={"leak", "race"})
def field_is_nil_after_stop(fixed):
    """Stopping closes a channel and sets the field to nil.

    The goroutine that looks there afterwards waits on the nil channel for ever.
    """
    done = Var(Chan())

    def watch():
        done.value.recv()

    go(watch)
    done.value.close()
    if not fixed:
        done.value = nil


@kernel("istio 16742", kinds={"panic", "race"})
def connection_forgotten_while_in_use(fixed):
    """A push looks whether there is a connection, and then uses it; it may be gone by then."""
    lock = sync.Mutex()
    connection = Var("node 1")

    def push():
        if connection.value is not None:
            return connection.value.upper()
        return None

    def push_locked():
        with lock:
            return push()

    def close():
        with lock:
            connection.value = None

    together(push_locked if fixed else push, close)

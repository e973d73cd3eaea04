"""Bugs of gRPC for Go."""

from gochan import Chan, Var, context, default, go, nil, recv, select, send, sync, time

from .kernel import kernel, together


@kernel("grpc 660", kinds={"leak"})
def load_goes_on_after_stop(fixed):
    """A load generator hands over each result, also when nobody collects them any more."""
    results, stop = Chan(), Chan()

    def call():
        for latency in (3, 5):
            select(send(results, latency), recv(stop if fixed else nil))

    def collect():
        while select(recv(stop), recv(results))[0] == 1:
            pass

    go(call)
    go(collect)
    stop.close()


@kernel("grpc 795", kinds={"deadlock"}, expect=True)
def locks_where_it_means_to_unlock(fixed):
    """Stopping a second time ends early, and locks there instead of unlocking."""
    lock = sync.Mutex()
    is_draining = Var(False)

    def stop():
        lock.lock()
        if is_draining.value:
            if fixed:
                lock.unlock()
            else:
                lock.lock()
            return
        is_draining.value = True
        lock.unlock()

    together(stop, stop)
    with lock:
        return is_draining.value


@kernel("grpc 862", kinds={"leak"}, expect="refused")
def failed_dial_is_not_cancelled(fixed):
    """A dial that fails doesn't cancel its context, and its goroutine waits for that."""

    def keep_connected(ctx):
        ctx.done().recv()

    def dial():
        ctx, cancel = context.with_cancel(context.background())
        go(keep_connected, ctx)
        if fixed:
            cancel()
        return "refused"

    return dial()


@kernel("grpc 1275", kinds={"deadlock"})
def closing_wakes_no_reader(fixed):
    """A stream is closed while somebody reads from its buffer, and he isn't told."""
    data, closed = Chan(), Chan()
    done = Chan()

    def read():
        select(recv(data), recv(closed if fixed else nil))
        done.close()

    go(read)
    closed.close()
    done.recv()


@kernel("grpc 1353", kinds={"deadlock"}, expect=0)
def addresses_sent_under_lock(fixed):
    """A balancer sends the new addresses with its lock.

    The one who takes them is closing the connection before, and reports that to the balancer.
    """
    lock = sync.Mutex()
    addresses = Chan()
    connected = Var(2)

    def watch():
        for address in ("a", "b"):
            with lock:
                if not fixed:
                    addresses.send(address)
            if fixed:
                addresses.send(address)
        addresses.close()

    def down():
        with lock:
            connected.value -= 1

    go(watch)
    for _ in addresses:
        down()
    return connected.value


@kernel("grpc 1424", kinds={"deadlock"})
def done_is_not_closed_on_every_path(fixed):
    """The watcher closes `done` once it has seen an address, but not if there are none to come."""
    addresses, stop, done = Chan(), Chan(), Chan()

    def resolve():
        if select(recv(stop), default)[0] == 1:
            addresses.send("a")
        addresses.close()

    def watch():
        _, ok = addresses.recv_ok()
        if ok or fixed:
            done.close()

    go(resolve)
    go(watch)
    stop.close()
    done.recv()


@kernel("grpc 1460", kinds={"deadlock"}, expect=1)
def sleeps_under_lock_until_woken(fixed):
    """Keepalive sleeps while there are no streams, with the lock that a new stream needs."""
    lock = sync.Mutex()
    awaken = Chan(1)
    streams = Var(0)

    def keep_alive():
        with lock:
            is_idle = streams.value == 0
            if is_idle and not fixed:
                awaken.recv()
        if is_idle and fixed:
            awaken.recv()

    def new_stream():
        with lock:
            streams.value += 1
            select(send(awaken, None), default)

    together(keep_alive, new_stream)
    return streams.value


@kernel("grpc 3017", kinds={"deadlock"})
def timer_that_comes_too_late(fixed):
    """An entry is taken back at the moment when the timer removes it.

    The timer's function finds that out with the lock, and returns without unlocking.
    """
    lock = sync.Mutex()
    is_wanted = Var(False)
    is_there = Var(True)

    def remove():
        lock.lock()
        if is_wanted.value:
            if fixed:
                lock.unlock()
            return
        is_there.value = False
        lock.unlock()

    removal = time.after_func(1, remove)
    time.sleep(1)
    with lock:
        removal.stop()
        is_wanted.value = True
    with lock:
        is_there.value = True


@kernel("grpc 1687", kinds={"panic", "race"})
def writes_after_the_status(fixed):
    """The status is the last write, and closes the queue; another handler may still write."""
    writes, closed = Chan(2), Chan()

    def write(text):
        match select(recv(closed), default):
            case 1, *_:
                select(send(writes, text), recv(closed))

    def write_status():
        write("200")
        if not fixed:
            writes.close()

    together(write_status, lambda: write("body"))
    closed.close()


@kernel("grpc 2371", kinds={"panic", "race"})
def used_before_it_is_assigned(fixed):
    """The resolver starts before the field with the balancer is set, which it is going to use."""
    balancer = Var(None)
    resolved = Chan(1)

    def resolve():
        balancer.value.append("address")
        resolved.send(None)

    if fixed:
        balancer.value = []
    go(resolve)
    if not fixed:
        balancer.value = []
    resolved.recv()


@kernel("grpc 1748", kinds={"race"})
def timer_set_where_its_function_looks(fixed):
    """A deadline is noted after the timer was started whose function reads it."""
    lock = sync.Mutex()
    deadline = Var(0)
    fired = Chan()

    def reconnect():
        with lock:
            known = deadline.value
        fired.send(known)

    if fixed:
        with lock:
            deadline.value = 1
    time.after_func(0, reconnect)
    if not fixed:
        deadline.value = 1
    fired.recv()


@kernel("grpc 3090", kinds={"race", "wrong"}, expect="ready")
def builder_calls_back_at_once(fixed):
    """Building the resolver already starts updates; the later assignment undoes the first one."""
    lock = sync.Mutex()
    state = Var("")
    updated = Chan()

    def update():
        with lock:
            state.value = "ready"
        updated.close()

    if fixed:
        state.value = "building"
    go(update)
    if not fixed:
        state.value = "building"
    updated.recv()
    return state.value

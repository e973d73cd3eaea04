"""Bugs of Docker's engine (moby)."""

from gochan import Chan, Var, context, default, go, recv, select, send, sync

from .kernel import kernel, together


@kernel("moby 4395", kinds={"leak"}, expect="copied")
def forgotten_promise(fixed):
    """A function in the background hands over its outcome without a buffer.

    Who doesn't care for the outcome leaves it there for ever.
    """

    def promised(job):
        outcome = Chan(1 if fixed else 0)
        go(lambda: outcome.send(job()))
        return outcome

    promised(lambda: "attached")
    return promised(lambda: "copied").recv()


@kernel("moby 4951", kinds={"deadlock"})
def device_kept_while_waiting(fixed):
    """A removal lets go of the pool for a while but keeps its device.

    So it comes back to the pool in the other order than all the others.
    """
    pool, device = sync.Mutex(), sync.Mutex()
    is_there = Var(True)

    def remove():
        pool.lock()
        device.lock()
        pool.unlock()  # the others may work until the device has come to rest
        if fixed:
            device.unlock()
        pool.lock()
        if fixed:
            device.lock()
        is_there.value = False
        device.unlock()
        pool.unlock()

    def look():
        with pool, device:
            return is_there.value

    together(remove, look)


@kernel("moby 7559", kinds={"deadlock"}, expect=1)
def locked_on_continue(fixed):
    """The loop goes on to the next packet without unlocking when a lookup fails."""
    table = sync.Mutex()
    forwarded = Var(0)
    packets = Chan(3)
    for port in (80, 0, 0):
        packets.send(port)
    packets.close()
    for port in packets:
        table.lock()
        if port == 0:
            if fixed:
                table.unlock()
            continue
        forwarded.value += 1
        table.unlock()
    return forwarded.value


@kernel("moby 17176", kinds={"deadlock"})
def locked_on_early_return(fixed):
    """The clean-up returns with the lock if it finds nothing to clean up."""
    lock = sync.Mutex()
    deleted = Var(0)

    def clean_up():
        lock.lock()
        if deleted.value == 0:
            if fixed:
                lock.unlock()
            return
        deleted.value -= 1
        lock.unlock()

    def delete():
        with lock:
            deleted.value += 1

    together(clean_up, delete)


@kernel("moby 21233", kinds={"leak"}, expect="10%")
def released_watcher(fixed):
    """A download goes on telling its progress to a watcher that has been released."""
    progress, released = Chan(), Chan()

    def download():
        for percent in (10, 50, 100):
            if not fixed:
                progress.send(f"{percent}%")
            elif select(send(progress, f"{percent}%"), recv(released))[0] == 1:
                return

    go(download)
    first = progress.recv()
    released.close()
    return first


@kernel("moby 25384", kinds={"deadlock"}, expect=2)
def waits_within_the_loop(fixed):
    """All plugins are counted before the loop, but it waits for all in its first round."""
    plugins = ("volumes", "networks")
    group = sync.WaitGroup()
    lock = sync.Mutex()
    restored = Var(0)

    def restore():
        with lock:
            restored.value += 1
        group.done()

    group.add(len(plugins))
    for _ in plugins:
        go(restore)
        if not fixed:
            group.wait()
    group.wait()
    return restored.value


@kernel("moby 27782", kinds={"deadlock"}, expect="write")
def reader_who_closes_the_watcher(fixed):
    """Closing waits on a Cond for the last event to be handled.

    The one who handles events is still offering an earlier one to the one who closes.
    """
    events, closing = Chan(), Chan()
    lock = sync.Mutex()
    removed = sync.Cond(lock)
    is_watched = Var(True)

    def watch():
        for event in ("write", "rotate"):
            if not fixed:
                events.send(event)
            elif select(send(events, event), recv(closing))[0] == 1:
                break
        with lock:
            is_watched.value = False
            removed.broadcast()

    go(watch)
    first = events.recv()
    closing.close()
    with lock:
        while is_watched.value:
            removed.wait()
    return first


@kernel("moby 28462", kinds={"deadlock"})
def stop_sent_under_lock(fixed):
    """The container's lock is held while the monitor is told to stop.

    The monitor needs that lock to note the result of a probe, before it listens again.
    """
    container = sync.Mutex()
    health = Var("starting")
    stop, results = Chan(), Chan(1)

    def monitor():
        while True:
            match select(recv(stop), recv(results)):
                case 0, *_:
                    return
                case 1, result, _:
                    with container:
                        health.value = result

    go(monitor)
    go(results.send, "healthy")
    with container:
        if fixed:
            stop.close()
        else:
            stop.send(None)


@kernel("moby 29733", kinds={"deadlock"}, expect="failed")
def no_broadcast_on_failure(fixed):
    """Who waits for a plugin to become active isn't told when its start fails."""
    lock = sync.Mutex()
    settled = sync.Cond(lock)
    state = Var("starting")

    def activate():
        with lock:
            state.value = "failed"
            if fixed:
                settled.broadcast()

    go(activate)
    with lock:
        while state.value == "starting":
            settled.wait()
        return state.value


@kernel("moby 30408", kinds={"deadlock"})
def waits_without_looking(fixed):
    """A Cond remembers no signal: who waits without looking first may have missed it."""
    lock = sync.Mutex()
    activated = sync.Cond(lock)
    is_active = Var(False)

    def activate():
        with lock:
            is_active.value = True
            activated.signal()

    go(activate)
    with lock:
        if fixed:
            while not is_active.value:
                activated.wait()
        else:
            activated.wait()


@kernel("moby 33293", kinds={"leak"}, expect="no such container")
def only_the_first_error(fixed):
    """Two goroutines report their errors over a channel with room for none, and one is read."""
    errors = Chan(2 if fixed else 0)
    go(errors.send, "no such container")
    go(errors.send, "no such container")
    return errors.recv()


@kernel("moby 33781", kinds={"leak"})
def abandoned_probe(fixed):
    """The monitor stops while a probe is under way, and doesn't take the result any more."""
    ctx, cancel = context.with_cancel(context.background())
    results = Chan()

    def probe():
        results.send("unhealthy" if ctx.err() else "healthy")

    def monitor():
        go(probe)
        match select(recv(ctx.done()), recv(results)):
            case 0, *_ if fixed:
                results.recv()

    go(monitor)
    cancel()


@kernel("moby 36114", kinds={"deadlock"}, expect=2)
def helper_locks_again(fixed):
    """A method that holds the lock calls another that takes the same lock."""
    lock = sync.Mutex()
    disks = Var(0)

    def add_one():
        disks.value += 1

    def add_locked():
        with lock:
            add_one()

    def start():
        with lock:
            disks.value = 1
            if fixed:
                add_one()
            else:
                add_locked()

    start()
    return disks.value


@kernel("moby 18412", kinds={"race", "wrong"}, expect="hello")
def reads_before_the_copy_is_done(fixed):
    """The output is read while a goroutine may still be copying it."""
    output = Var("")
    written, copied = Chan(), Chan()

    def copy():
        output.value = written.recv()
        copied.close()

    go(copy)
    written.send("hello")
    if fixed:
        copied.recv()
    return output.value


@kernel("moby 22941", kinds={"race", "wrong"}, expect=["GET", "PUT"])
def requests_share_a_loop_variable(fixed):
    """Every goroutine of a loop reads the one loop variable, when it gets to it."""
    handled = Chan(2)
    method = Var("")

    def handle(one=None):
        handled.send(one or method.value)

    for one in ("GET", "PUT"):
        method.value = one
        go(handle, one if fixed else None)
    return sorted([handled.recv(), handled.recv()])


@kernel("moby 27037", kinds={"race", "wrong"}, expect="disk full")
def goroutines_share_an_error(fixed):
    """Each of two uploads notes its error in the variable of the function around them.

    The one that succeeds wipes out the failure of the other.
    """
    error = Var("")
    errors = Chan(2)

    def upload(outcome):
        if fixed:
            errors.send(outcome)
        else:
            error.value = outcome

    together(lambda: upload("disk full"), lambda: upload(""))
    if fixed:
        error.value = errors.recv() or errors.recv()
    return error.value


@kernel("moby 24007", kinds={"panic"})
def closed_by_both(fixed):
    """Two goroutines look whether a channel is closed already, and then both close it."""
    stopped = Chan()
    once = sync.Once()

    def stop():
        if fixed:
            once.do(stopped.close)
        elif select(recv(stopped), default)[0] == 1:
            stopped.close()

    together(stop, stop)

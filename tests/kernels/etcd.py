"""Bugs of etcd."""

from gochan import Chan, Var, context, go, nil, recv, select, send, sync, time

from .kernel import kernel, together


@kernel("etcd 5509", kinds={"deadlock"})
def read_locked_on_error(fixed):
    """A request that finds its context cancelled returns without giving back the read lock."""
    lock = sync.RWMutex()
    is_open = Var(True)
    ctx, cancel = context.with_cancel(context.background())

    def get():
        lock.rlock()
        if ctx.err() is not None:
            if fixed:
                lock.runlock()
            return
        _ = is_open.value
        lock.runlock()

    def close():
        with lock:
            is_open.value = False

    go(get)
    cancel()
    close()


@kernel("etcd 6708", kinds={"deadlock"}, expect="member 2")
def reads_what_it_has_locked(fixed):
    """The client locks itself to renew the list of members, and asks one of them.

    Asking takes the read lock.
    """
    lock = sync.RWMutex()
    leader = Var("member 1")

    def ask():
        with lock.rlocker():
            return f"answer of {leader.value}"

    def renew():
        if fixed:
            ask()
        with lock:
            if not fixed:
                ask()
            leader.value = "member 2"

    renew()
    return leader.value


@kernel("etcd 6857", kinds={"leak"})
def asks_a_node_that_has_stopped(fixed):
    """Who asks for the status waits for the node to take the question, and the node has stopped."""
    questions, stop, done = Chan(), Chan(), Chan()

    def node():
        while True:
            match select(recv(questions), recv(stop)):
                case 0, answer, _:
                    answer.send("leader")
                case _:
                    done.close()
                    return

    def ask():
        answer = Chan(1)
        if select(send(questions, answer), recv(done if fixed else nil))[0] == 0:
            answer.recv()

    go(node)
    go(ask)
    stop.send(None)


@kernel("etcd 6873", kinds={"deadlock"}, expect=1)
def waits_for_the_loop_under_lock(fixed):
    """Stopping waits, with the lock, for the loop to end; the loop needs the lock once more."""
    lock = sync.Mutex()
    updates, done = Chan(1), Chan()
    merged = Var(0)

    def loop():
        for _ in updates:
            with lock:
                merged.value += 1
        done.close()

    go(loop)
    updates.send("update")
    with lock:
        updates.close()
        if not fixed:
            done.recv()
    done.recv()
    return merged.value


@kernel("etcd 7443", kinds={"deadlock"})
def locks_and_a_channel_in_a_ring(fixed):
    """The balancer holds its lock until the connection takes the addresses.

    The connection is held by a new address that is just being reported to the balancer.
    """
    balancer, connection = sync.Mutex(), sync.Mutex()
    addresses = Chan()
    state = Var("idle")

    def notify():
        with balancer:
            if not fixed:
                addresses.send("a")
        if fixed:
            addresses.send("a")

    def watch():
        with connection:
            state.value = "ready"
        addresses.recv()

    def reset():
        with connection, balancer:
            state.value = "connecting"

    together(notify, watch, reset)


@kernel("etcd 7492", kinds={"deadlock"})
def token_added_while_one_expires(fixed):
    """A token is handed to its keeper with the lock held.

    The keeper is deleting an expired one and wants the lock.
    """
    lock = sync.Mutex()
    added, stop = Chan(), Chan()
    tokens = Var(1)

    def keeper():
        while True:
            match select(recv(added), recv(stop), recv(time.after(1))):
                case 0, *_:
                    pass
                case 1, *_:
                    return
                case _:
                    with lock:
                        tokens.value -= 1

    def assign():
        time.sleep(1)
        with lock:
            tokens.value += 1
            if not fixed:
                added.send("token")
        if fixed:
            added.send("token")

    go(keeper)
    assign()
    stop.send(None)


@kernel("etcd 7902", kinds={"deadlock"})
def followers_wait_under_lock(fixed):
    """A follower waits for the next round with the lock that the leader needs to open it."""
    lock = sync.Mutex()
    following = Chan()
    rounds = Var(0)

    def follow():
        with lock:
            if not fixed:
                following.recv()
        if fixed:
            following.recv()

    def lead():
        with lock:
            rounds.value += 1
            following.close()

    together(follow, lead)


@kernel("etcd 10492", kinds={"deadlock"}, expect=30)
def callback_comes_back(fixed):
    """A lease is checkpointed with the lock, by a function that was given from outside.

    That function comes back to the store of leases, and locks.
    """
    lock = sync.RWMutex()
    remaining = Var(60)

    def checkpoint(seconds):
        with lock:
            remaining.value = seconds

    def renew(checkpointer):
        with lock.rlocker():
            left = remaining.value // 2
            if not fixed:
                checkpointer(left)
        if fixed:
            checkpointer(left)

    renew(checkpoint)
    return remaining.value


@kernel("etcd 4876", kinds={"race"})
def test_changes_a_setting(fixed):
    """A test shortens an interval that the server it has started is about to read."""
    interval = Var(10)
    ended = Chan()

    def report():
        time.sleep(interval.value)
        ended.close()

    if fixed:
        interval.value = 3
    go(report)
    if not fixed:
        interval.value = 3
    ended.recv()


@kernel("etcd 8194", kinds={"race", "wrong"}, expect=0)
def looks_before_it_locks(fixed):
    """Whether a lease may be revoked is looked up without the lock, and is out of date with it."""
    lock = sync.Mutex()
    leases = Var(1)

    def revoke():
        if fixed:
            with lock:
                if leases.value > 0:
                    leases.value -= 1
        elif leases.value > 0:
            with lock:
                leases.value -= 1

    together(revoke, revoke)
    return leases.value


@kernel("etcd 9446", kinds={"race"})
def buffer_read_while_written_back(fixed):
    """A read takes the buffer as it is, while a commit writes it back under another lock."""
    commits, reads = sync.Mutex(), sync.RWMutex()
    buffer = Var("")

    def commit():
        with commits:
            if fixed:
                reads.lock()
            buffer.value = "key=1"
            if fixed:
                reads.unlock()

    def read():
        with reads.rlocker():
            return buffer.value

    together(commit, read)

"""Channels: the cases of chan_test.go."""

from contextlib import suppress

from gochan import Chan, Panic, Var, default, go, recv, runtime, select, send, time


def sets(x, then):
    """A goroutine's function that sets `x` and then does something else."""

    def worker():
        x.value = 1
        then()

    return worker


def signals(done, f, *args):
    """A goroutine's function that does `f` and then says so, also if `f` panicked."""

    def worker():
        catching(f, *args)
        done.send(None)

    return worker


def catching(f, *args):
    with suppress(Panic):
        f(*args)


# -- sending and receiving -------------------------------------------------------------------------


def no_race_chan_sync():
    x, ch = Var(0), Chan()
    go(sets(x, lambda: ch.send(0)))
    ch.recv()
    x.value = 2


def no_race_chan_sync_rev():
    x, ch = Var(0), Chan()

    def sender():
        ch.send(0)
        x.value = 2

    go(sender)
    x.value = 1
    ch.recv()
    time.sleep(1)


def no_race_chan_async():
    x, ch = Var(0), Chan(10)
    go(sets(x, lambda: ch.send(0)))
    ch.recv()
    x.value = 2


def race_chan_async_rev():
    x, ch = Var(0), Chan(10)

    def sender():
        ch.send(0)
        x.value = 1

    go(sender)
    x.value = 2
    ch.recv()
    time.sleep(1)


# -- closing ---------------------------------------------------------------------------------------


def receives_the_close(ch, how):
    x = Var(0)
    go(sets(x, ch.close))
    how(ch)
    x.value = 2


def drain(ch):
    for _ in ch:
        pass


def no_race_chan_async_close_recv():
    receives_the_close(Chan(10), Chan.recv)


def no_race_chan_async_close_recv_2():
    receives_the_close(Chan(10), Chan.recv_ok)


def no_race_chan_async_close_recv_3():
    receives_the_close(Chan(10), drain)


def no_race_chan_sync_close_recv():
    receives_the_close(Chan(), Chan.recv)


def no_race_chan_sync_close_recv_2():
    receives_the_close(Chan(), Chan.recv_ok)


def no_race_chan_sync_close_recv_3():
    receives_the_close(Chan(), drain)


def race_chan_sync_close_send():
    x, ch = Var(0), Chan()
    go(sets(x, ch.close))
    catching(ch.send, 0)
    x.value = 2


def race_chan_async_close_send():
    x, ch = Var(0), Chan(10)
    go(sets(x, ch.close))

    def send_for_ever():
        while True:
            ch.send(0)

    catching(send_for_ever)
    x.value = 2


def race_chan_close_close():
    mine, its, ch, done = Var(0), Var(0), Chan(), Chan(2)

    def worker(before, after_panic):
        before.value = 1
        try:
            ch.close()
        except Panic:
            after_panic.value = 2
        done.send(None)

    go(worker, mine, its)
    go(worker, its, mine)
    done.recv()
    done.recv()


def race_chan_send_close():
    ch, done = Chan(1), Chan(2)

    def closer():
        time.sleep(0.01)
        ch.close()
        done.send(None)

    go(signals(done, ch.send, 1))
    go(closer)
    done.recv()
    done.recv()


def race_chan_send_select_close():
    ch, other, done = Chan(1), Chan(), Chan(2)

    def sender():
        time.sleep(0.01)
        select(send(ch, 1), recv(other))

    go(signals(done, sender))
    go(signals(done, ch.close))
    done.recv()
    done.recv()


def race_chan_close_send():
    ch, done = Chan(10), Chan(1)
    go(signals(done, ch.close))
    catching(ch.send, 0)
    done.recv()


def race_chan_wrong_close():
    a, b = Var(0), Var(0)
    ch, done = Chan(1), Chan()

    def sender():
        a.value = 1
        ch.send(1)

    def closer():
        time.sleep(0.01)
        b.value = 2
        ch.close()

    go(signals(done, sender))
    go(signals(done, closer))
    time.sleep(0.02)
    _, sent = ch.recv_ok()
    (b if sent else a).value = 2
    done.recv()
    done.recv()


# -- what orders nothing ---------------------------------------------------------------------------


def race_chan_send_len():
    x, ch = Var(0), Chan(10)
    go(sets(x, lambda: ch.send(1)))
    while len(ch) == 0:
        runtime.gosched()
    x.value = 2


def race_chan_recv_len():
    x, ch = Var(0), Chan(10)
    ch.send(1)
    go(sets(x, ch.recv))
    while len(ch) != 0:
        runtime.gosched()
    x.value = 2


def race_chan_send_send():
    a, b = Var(0), Var(0)
    ch, done = Chan(1), Chan(2)

    def worker(before, too_late):
        before.value = 1
        if select(send(ch, 1), default)[0] == 1:
            too_late.value = 2
        done.send(None)

    go(worker, a, b)
    go(worker, b, a)
    done.recv()
    done.recv()


def race_chan_wrong_send():
    a, b, ch = Var(0), Var(0), Chan(2)

    def sender(x, number):
        x.value = number
        ch.send(number)

    go(sender, a, 1)
    go(sender, b, 2)
    time.sleep(0.01)
    (b if ch.recv() == 1 else a).value = 3  # whose sender is not the one received from


def no_race_chan_close_len():
    looks_at_what_is_closed(len)


def no_race_chan_close_cap():
    looks_at_what_is_closed(lambda ch: ch.cap)


def looks_at_what_is_closed(look):
    ch, results = Chan(10), Chan(10)

    def closer():
        ch.close()
        results.send(0)

    go(lambda: results.send(look(ch)))
    go(closer)
    results.recv()
    results.recv()


# -- what is sent ----------------------------------------------------------------------------------


def no_race_chan_ptr():
    ch = Chan()

    def sender():
        message = Var(0)
        message.value = 1
        ch.send(message)

    go(sender)
    ch.recv().value = 2


def no_race_blocked_send_sync():
    a_blocked_sender_is_received_from(Chan.recv)


def no_race_blocked_select_send_sync():
    a_blocked_sender_is_received_from(lambda ch: select(recv(ch), recv(Chan()))[1])


def a_blocked_sender_is_received_from(how):
    ch = Chan(1)
    ch.send(None)

    def sender():
        message = Var(0)
        message.value = 42
        ch.send(message)

    go(sender)
    time.sleep(0.01)
    ch.recv()
    assert how(ch).value == 42


def race_select_read_write_async():
    x, reads, writes, never, done = Var(0), Chan(10), Chan(10), Chan(), Chan()
    writes.send(1)

    def reader():
        select(send(reads, x.value), send(never, 1))
        done.send(None)

    go(reader)
    x.value = select(recv(writes), send(never, 1))[1]
    done.recv()


def race_select_read_write_sync():
    x, reads, writes, never, done = Var(0), Chan(), Chan(), Chan(), Chan()

    def reader():
        select(send(reads, x.value), send(never, 1))
        done.send(None)

    go(reads.recv)
    go(writes.send, 1)
    go(reader)
    x.value = select(recv(writes), send(never, 1))[1]
    done.recv()


def no_race_select_read_write_async():
    x, ch, never, done = Var(0), Chan(), Chan(), Chan()

    def reader():
        select(send(ch, x.value), send(never, 1))
        done.send(None)

    go(reader)
    x.value = select(recv(ch), send(never, 1))[1]
    done.recv()


def race_chan_read_write_async():
    x, reads, writes, done = Var(0), Chan(10), Chan(10), Chan()
    writes.send(10)

    def reader():
        reads.send(x.value)
        done.send(None)

    go(reader)
    x.value = writes.recv()
    done.recv()


def race_chan_read_write_sync():
    x, reads, writes, done = Var(0), Chan(), Chan(), Chan()

    def reader():
        reads.send(x.value)
        done.send(None)

    go(reads.recv)
    go(writes.send, 10)
    go(reader)
    x.value = writes.recv()
    done.recv()


def no_race_chan_read_write_async():
    x, ch, done = Var(0), Chan(10), Chan()

    def reader():
        ch.send(x.value)
        done.send(None)

    go(reader)
    x.value = ch.recv()
    done.recv()


def no_race_producer_consumer_unbuffered():
    x, queue, done = Var(0), Chan(), Chan(1)

    def consumer():
        task = queue.recv()
        task()
        done.send(None)

    go(consumer)
    queue.send(lambda: setattr(x, "value", 1))
    done.recv()
    _ = x.value


# -- a variable that holds a channel ---------------------------------------------------------------


def is_replaced_while_used(use, capacity=0):
    ch, done = Var(Chan(capacity)), Chan(1)

    def worker():
        use(ch)
        done.send(None)

    go(worker)
    ch.value = Chan(capacity)
    done.recv()


def race_chan_itself_send():
    is_replaced_while_used(lambda ch: ch.value.send(0), capacity=10)


def race_chan_itself_recv():
    first, done = Chan(10), Chan(1)
    ch = Var(first)
    first.send(1)

    def receiver():
        ch.value.recv()
        done.send(None)

    go(receiver)
    time.sleep(0.01)
    ch.value = Chan(20)
    done.recv()


def race_chan_itself_nil():
    ch = Var(Chan(10))
    go(lambda: ch.value.send(0))
    time.sleep(0.01)
    ch.value = None


def race_chan_itself_close():
    is_replaced_while_used(lambda ch: ch.value.close())


def race_chan_itself_len():
    is_replaced_while_used(lambda ch: len(ch.value))


def race_chan_itself_cap():
    is_replaced_while_used(lambda ch: ch.value.cap)


# -- a buffer as a lock ----------------------------------------------------------------------------


def both_write(lock, unlock):
    x, done = Var(0), Chan()

    def worker():
        lock()
        x.value = 42
        unlock()
        done.send(None)

    go(worker)
    lock()
    x.value = 43
    unlock()
    done.recv()


def no_race_chan_mutex():
    mutex = Chan(1)
    both_write(lambda: mutex.send(None), mutex.recv)


def no_race_select_mutex():
    mutex, never = Chan(1), Chan()
    both_write(
        lambda: select(send(mutex, None), recv(never)),
        lambda: select(recv(mutex), recv(never)),
    )


def race_chan_sem():
    semaphore = Chan(2)
    both_write(lambda: semaphore.send(True), semaphore.recv)


def no_race_chan_wait_group():
    cells, room = [Var(0) for _ in range(10)], Chan(5)

    def worker(cell):
        cell.value = 42
        room.recv()

    for cell in cells:
        room.send(True)
        go(worker, cell)
    for _ in range(room.cap):
        room.send(True)
    for cell in cells:
        _ = cell.value


def no_race_elem_size_0():
    x, y, ch = Var(0), Var(0), Chan(2)

    def worker(variable):
        variable.value += 1
        ch.recv()

    ch.send(None)
    ch.send(None)
    go(worker, x)
    go(worker, y)
    time.sleep(0.01)
    ch.send(None)
    ch.send(None)
    x.value += 1
    y.value += 1


def no_race_close_happens_before_read():
    for _ in range(20):
        x, written, read = Var(0), Chan(), Chan()

        def reader(x, written, read):
            if select(recv(written), default)[0] == 0:
                _ = x.value
            read.close()

        def writer(x, written):
            x.value = 1
            written.close()

        go(reader, x, written, read)
        go(writer, x, written)
        read.recv()

"""RWMutex: the cases of rwmutex_test.go."""

from gochan import Chan, Var, go, sync, time


def race_mutex_rw_mutex():
    x, done = Var(0), Chan(2)

    def worker(lock, number):
        with lock:
            x.value = number
        done.send(None)

    go(worker, sync.Mutex(), 1)
    go(worker, sync.RWMutex(), 2)
    done.recv()
    done.recv()


def writer_and_readers(readers, read):
    """A goroutine writes `x` under the lock, others call `read(x, number)` under the read lock."""
    x, rw, done = Var(0), sync.RWMutex(), Chan(1 + readers)

    def writer():
        with rw:
            x.value = 2
            done.send(None)

    def reader(number):
        with rw.rlocker():
            read(x, number)
        done.send(None)

    go(writer)
    for number in range(readers):
        go(reader, number)
    for _ in range(1 + readers):
        done.recv()


def no_race_rw_mutex():
    y = Var(1)
    writer_and_readers(1, lambda x, number: setattr(y, "value", x.value))


def race_rw_mutex_multiple_readers():
    y = Var(1)  # three write it: two of them are on one side of the writer, whatever the order
    writer_and_readers(3, lambda x, number: setattr(y, "value", x.value + number))


def no_race_rw_mutex_multiple_readers():
    writer_and_readers(3, lambda x, number: x.value + number)


def no_race_rw_mutex_transitive():
    x, rw, done = Var(0), sync.RWMutex(), Chan(2)

    def reader(seconds):
        time.sleep(seconds)
        with rw.rlocker():
            _ = x.value
        done.send(None)

    go(reader, 0)
    go(reader, 0.01)
    time.sleep(0.02)
    with rw:
        x.value = 42
    done.recv()
    done.recv()

"""Mutex: the cases of mutex_test.go."""

from gochan import Chan, Var, go, sync, time


def two_writers(worker, *args):
    """Two goroutines that call `worker(*args, number)`; main waits for both."""
    done = Chan(2)

    def write(number):
        worker(*args, number)
        done.send(None)

    go(write, 1)
    go(write, 2)
    done.recv()
    done.recv()


def no_race_mutex():
    x, mu = Var(0), sync.Mutex()

    def worker(number):
        with mu:
            x.value = number

    two_writers(worker)


def race_mutex():
    x, mu, done = Var(0), sync.Mutex(), Chan(2)

    def worker(number):
        x.value = number
        with mu:
            done.send(None)

    go(worker, 1)
    go(worker, 2)
    done.recv()
    done.recv()


def race_mutex_2():
    x, locks = Var(0), (sync.Mutex(), sync.Mutex())

    def worker(number):
        with locks[number - 1]:
            x.value = number

    two_writers(worker)


def no_race_mutex_pure_happens_before():
    x, written, mu, done = Var(0), Var(False), sync.Mutex(), Chan(2)

    def first():
        x.value = 1
        with mu:
            written.value = True
        done.send(None)

    def second():
        time.sleep(0.0001)
        mu.lock()
        while not written.value:
            mu.unlock()
            time.sleep(0.0001)
            mu.lock()
        mu.unlock()
        x.value = 1
        done.send(None)

    go(first)
    go(second)
    done.recv()
    done.recv()


def no_race_mutex_semaphore():
    x, mu, done = Var(0), sync.Mutex(), Chan(2)

    def first():
        x.value = 1
        mu.unlock()
        done.send(None)

    def second():
        mu.lock()
        x.value = 2
        mu.unlock()
        done.send(None)

    mu.lock()
    go(first)
    go(second)
    done.recv()
    done.recv()


def no_race_mutex_example_from_html():
    text, mu = Var(""), sync.Mutex()

    def worker():
        text.value = "hello, world"
        mu.unlock()

    mu.lock()
    go(worker)
    mu.lock()
    _ = text.value


def race_mutex_overwrite():
    mu, done = Var(sync.Mutex()), Chan(1)

    def worker():
        mu.value = sync.Mutex()
        done.send(None)

    go(worker)
    mu.value.lock()
    done.recv()

"""Cond, timers' functions and chains of goroutines: the cases of sync_test.go."""

from gochan import Chan, Var, go, sync, time


def no_race_cond():
    x, happened, mu = Var(0), Var(False), sync.Mutex()
    cond = sync.Cond(mu)

    def worker():
        x.value = 1
        with mu:
            happened.value = True
            cond.signal()

    go(worker)
    with mu:
        while not happened.value:
            cond.wait()
    x.value = 2


def race_cond():
    x, happened, mu, done = Var(0), Var(False), sync.Mutex(), Chan()
    cond = sync.Cond(mu)

    def worker():
        time.sleep(0.01)  # main waits by now
        x.value = 1
        with mu:
            happened.value = True
            cond.signal()
        time.sleep(0.01)  # and no longer
        with mu:
            x.value = 3
        done.send(None)

    go(worker)
    with mu:
        while not happened.value:
            cond.wait()
    x.value = 2
    done.recv()


def race_announce_threads():
    x, done = Var(0), Chan(7)

    def leaf():
        x.value = 1
        done.send(None)

    def two_leaves():
        for _ in range(2):
            go(leaf)
            done.send(None)

    def branch():
        x.value = 1
        go(two_leaves)
        go(leaf)
        x.value = 2
        done.send(None)

    def root():
        x.value = 1
        x.value = 2
        go(branch)
        done.send(None)

    go(root)
    for _ in range(7):
        done.recv()


def race_goroutine_creation_stack():
    x, ch = Var(0), Chan(1)

    def write():
        x.value = 1
        ch.send(None)

    def start(generations):
        if generations:
            go(start, generations - 1)
        else:
            go(write)

    go(start, 2)
    x.value = 2
    ch.recv()


def no_race_after_func_1():
    left, ch = Var(2), Chan()

    def count_down():
        left.value -= 1
        if left.value >= 0:
            time.after_func(0, count_down)
        else:
            ch.send(None)

    time.after_func(0, count_down)
    ch.recv()


def no_race_after_func_2():
    x = Var(0)
    timer = time.after_func(1e-8, lambda: setattr(x, "value", 1))
    timer.stop()


def no_race_after_func_3():
    x, ch = Var(0), Chan(1)

    def f():
        x.value = 1
        ch.send(None)

    time.after_func(0.01, f)
    ch.recv()


def race_after_func_3():
    x, ch = Var(0), Chan(2)

    def f(number):
        x.value = number
        ch.send(None)

    time.after_func(0.01, lambda: f(1))
    time.after_func(0.02, lambda: f(2))
    ch.recv()
    ch.recv()

"""WaitGroup: the cases of waitgroup_test.go."""

import pytest

from gochan import Chan, Panic, Var, go, runtime, sync, time


def workers_that_write(x, count):
    wg = sync.WaitGroup()

    def worker(number):
        x.value = number
        wg.done()

    for number in range(count):
        wg.add(1)
        go(worker, number)
    wg.wait()


def no_race_wait_group():
    workers_that_write(Var(0), 1)


def race_wait_group():
    workers_that_write(Var(0), 2)


def no_race_wait_group_2():
    x, wg = Var(0), sync.WaitGroup()

    def worker():
        x.value = 1
        wg.done()

    wg.add(1)
    go(worker)
    wg.wait()
    x.value = 2


def race_wait_group_2():
    x, wg = Var(0), sync.WaitGroup()

    def worker(number):
        x.value = number
        wg.done()

    wg.add(2)
    go(worker, 1)
    go(worker, 2)
    wg.wait()


def race_wait_group_as_mutex():
    x, wg, done = Var(0), sync.WaitGroup(), Chan(2)

    def worker(number):
        wg.wait()
        time.sleep(0.1)
        wg.add(1)
        x.value = number
        wg.add(-1)
        done.send(None)

    go(worker, 1)
    go(worker, 2)
    done.recv()
    done.recv()


def race_wait_group_wrong_wait():
    x, wg, done = Var(0), sync.WaitGroup(), Chan(2)

    def worker(number):
        wg.add(1)
        runtime.gosched()
        x.value = number
        wg.done()
        done.send(None)

    go(worker, 1)
    go(worker, 2)
    wg.wait()
    done.recv()
    done.recv()


def race_wait_group_wrong_add():
    wg, done = sync.WaitGroup(), Chan(2)

    def worker():
        wg.add(1)
        time.sleep(0.1)
        wg.done()
        done.send(None)

    go(worker)
    go(worker)
    time.sleep(0.05)
    wg.wait()
    done.recv()
    done.recv()


def no_race_wait_group_multiple_wait():
    wg, done = sync.WaitGroup(), Chan(2)

    def worker():
        wg.wait()
        done.send(None)

    go(worker)
    go(worker)
    wg.wait()
    done.recv()
    done.recv()


def no_race_wait_group_multiple_wait_2():
    wg, done = sync.WaitGroup(), Chan(2)

    def worker():
        wg.done()
        wg.wait()
        done.send(None)

    wg.add(2)
    go(worker)
    go(worker)
    wg.wait()
    done.recv()
    done.recv()


def no_race_wait_group_multiple_wait_3():
    cells, wg, done = [Var(0) for _ in range(3)], sync.WaitGroup(), Chan(3)

    def writer(cell):
        cell.value = 42
        wg.done()

    def reader():
        wg.wait()
        for cell in cells:
            _ = cell.value
        done.send(None)

    wg.add(len(cells))
    for cell in cells:
        go(writer, cell)
    for _ in cells:
        go(reader)
    for _ in cells:
        done.recv()


def no_race_wait_group_panic_recover():
    x, wg = Var(0), sync.WaitGroup()
    x.value = 1
    with pytest.raises(Panic, match="negative WaitGroup counter"):
        wg.add(-1)
    x.value = 2


def no_race_wait_group_panic_recover_2():
    x, wg, ch = Var(0), sync.WaitGroup(), Chan(1)

    def after_the_panic():
        x.value = 2
        ch.send(None)

    def worker():
        x.value = 1
        try:
            wg.add(-1)
        except Panic:
            go(after_the_panic)

    go(worker)
    ch.recv()


def no_race_wait_group_transitive():
    x, y, wg = Var(0), Var(0), sync.WaitGroup()

    def worker(variable, seconds):
        time.sleep(seconds)
        variable.value = 42
        wg.done()

    wg.add(2)
    go(worker, x, 0)
    go(worker, y, 0.01)
    wg.wait()
    _ = x.value
    _ = y.value


def start_counting(cells, wg, seconds=0.0):
    def worker(cell):
        time.sleep(seconds)
        cell.value += 1
        wg.done()

    wg.add(len(cells))
    for cell in cells:
        go(worker, cell)


def count(cells):
    for cell in cells:
        cell.value += 1


def no_race_wait_group_reuse():
    cells, wg = [Var(0) for _ in range(3)], sync.WaitGroup()
    for _ in range(3):
        start_counting(cells, wg)
        wg.wait()
        count(cells)


def no_race_wait_group_reuse_2():
    cells, wg, done = [Var(0) for _ in range(3)], sync.WaitGroup(), Chan()

    def counter():
        wg.wait()
        count(cells)
        done.send(None)

    for _ in range(3):
        start_counting(cells, wg)
        go(counter)
        wg.wait()
        done.recv()
        count(cells)


def race_wait_group_reuse():
    wg, done = sync.WaitGroup(), Chan(3)

    def counter(cells):
        wg.wait()
        count(cells)
        done.send(None)

    for _ in range(3):
        cells = [Var(0) for _ in range(3)]
        start_counting(cells, wg, seconds=0.05)
        go(counter, cells)
        time.sleep(0.1)
        wg.wait()
    for _ in range(3):
        done.recv()


def no_race_wait_group_concurrent_add():
    wg, waiting = sync.WaitGroup(), Chan(4)

    def worker():
        wg.add(1)
        waiting.send(None)
        wg.done()

    for _ in range(4):
        go(worker)
    for _ in range(4):
        waiting.recv()
    wg.wait()

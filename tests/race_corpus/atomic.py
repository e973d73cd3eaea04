"""Atomics: the cases of atomic_test.go."""

from gochan import Chan, Var, atomic, go, runtime


def who_sees(change, condition):
    """Two goroutines write a variable each, then `change`, and the other's on a condition."""
    a, b, done = Var(0), Var(0), Chan(2)

    def worker(mine, its):
        mine.value = 1
        if condition(change()):
            its.value = 1
        done.send(None)

    go(worker, a, b)
    go(worker, b, a)
    done.recv()
    done.recv()


def no_race_atomic_add_int64():
    s = atomic.Int64()
    who_sees(lambda: s.add(1), lambda count: count == 2)


def race_atomic_add_int64():
    s = atomic.Int64()
    who_sees(lambda: s.add(1), lambda count: count == 1)


def no_race_atomic_add_int32():
    s = atomic.Int32()
    who_sees(lambda: s.add(1), lambda count: count == 2)


def no_race_atomic_cas_cas_int32_2():
    s = atomic.Int32()
    who_sees(lambda: s.compare_and_swap(0, 1), lambda swapped: not swapped)


def spins_until(told, tell):
    """A goroutine writes and tells; main spins until it is told, and writes."""
    x = Var(0)

    def worker():
        x.value = 2
        tell()

    go(worker)
    while not told():
        runtime.gosched()
    x.value = 1


def swaps(s, old, new):
    assert s.compare_and_swap(old, new)


def no_race_atomic_load_add_int32():
    s = atomic.Int32()
    spins_until(lambda: s.load() == 1, lambda: s.add(1))


def no_race_atomic_load_store_int32():
    s = atomic.Int32()
    spins_until(lambda: s.load() == 1, lambda: s.store(1))


def no_race_atomic_store_cas_int32():
    s = atomic.Int32()
    spins_until(lambda: s.compare_and_swap(1, 0), lambda: s.store(1))


def no_race_atomic_cas_load_int32():
    s = atomic.Int32()
    spins_until(lambda: s.load() == 1, lambda: swaps(s, 0, 1))


def no_race_atomic_cas_cas_int32():
    s = atomic.Int32()
    spins_until(lambda: s.compare_and_swap(1, 0), lambda: swaps(s, 0, 1))


def no_race_atomic_load_int64():
    s = atomic.Int64()
    spins_until(lambda: s.load() == 1, lambda: s.add(1))


def no_race_atomic_cas_cas_uint64():
    s = atomic.Uint64()
    spins_until(lambda: s.compare_and_swap(1, 0), lambda: swaps(s, 0, 1))


def no_race_atomic_load_store_pointer():
    s, thing = atomic.Pointer(), object()
    spins_until(lambda: s.load() is thing, lambda: s.store(thing))


def no_race_atomic_store_cas_uint64():
    s = atomic.Uint64()
    spins_until(lambda: s.compare_and_swap(1, 0), lambda: s.store(1))

"""Pool: the cases of pool_test.go."""

from gochan import Chan, Var, go, sync, time


def race_pool():
    pool, done = sync.Pool(lambda: Var(0)), Chan()

    def worker():
        its = pool.get()
        its.value = 2
        done.send(None)

    mine = pool.get()
    mine.value = 1
    pool.put(mine)
    go(worker)
    mine.value = 3
    done.recv()


def no_race_pool():
    pool = sync.Pool(lambda: Var(0))

    def worker():
        its = pool.get()
        its.value = 2
        pool.put(its)

    mine = pool.get()
    mine.value = 1
    pool.put(mine)
    go(worker)
    time.sleep(0.1)
    mine = pool.get()
    mine.value = 3

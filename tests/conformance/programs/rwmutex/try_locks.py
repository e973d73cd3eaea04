"""O179: What can be had without waiting, with nobody, a reader, and a writer inside."""

from gochan import go, sync, time


def attempt(rw):
    read = rw.try_rlock()
    if read:
        rw.runlock()
    write = rw.try_lock()
    if write:
        rw.unlock()
    print(read, write)


def main():
    rw = sync.RWMutex()
    attempt(rw)
    rw.rlock()
    attempt(rw)
    go(rw.lock)
    time.sleep(1)
    attempt(rw)
    rw.runlock()
    time.sleep(1)
    attempt(rw)

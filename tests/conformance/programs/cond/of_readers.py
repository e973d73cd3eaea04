"""R210: The lock may be the read side of an RWMutex."""

from gochan import go, sync, time


def main():
    rw = sync.RWMutex()
    locker = rw.rlocker()
    cond = sync.Cond(locker)

    def writer():
        time.sleep(1)
        with rw:
            print("writing")
        cond.broadcast()

    go(writer)
    locker.lock()
    cond.wait()
    print(rw.try_lock(), rw.try_rlock())

"""O182: Any goroutine may unlock a read lock."""

from gochan import go, sync, time


def main():
    rw = sync.RWMutex()
    rw.rlock()

    def other():
        time.sleep(1)
        rw.runlock()

    go(other)
    rw.lock()
    print("writing")

"""O182: The read side as a locker of its own."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    locker = rw.rlocker()
    locker.lock()
    print(rw.try_rlock(), rw.try_lock())
    rw.runlock()
    locker.unlock()
    print(rw.try_lock())

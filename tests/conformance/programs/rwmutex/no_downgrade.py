"""O178, K124: Nor a write lock into a read lock."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.lock()
    print("writing")
    rw.rlock()

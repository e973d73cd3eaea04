"""O178, K125: A read lock can't be turned into a write lock."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.rlock()
    print("reading")
    rw.lock()

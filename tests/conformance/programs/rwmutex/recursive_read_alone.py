"""O176: Without a writer it works."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.rlock()
    rw.rlock()
    print("twice")
    rw.runlock()
    rw.runlock()
    print(rw.try_lock())

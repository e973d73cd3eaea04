"""O180: So is a read unlock too many."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.rlock()
    rw.runlock()
    rw.runlock()

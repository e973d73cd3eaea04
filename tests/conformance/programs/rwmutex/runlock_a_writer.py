"""O181: To read-unlock what is write-locked is the other."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.lock()
    rw.runlock()

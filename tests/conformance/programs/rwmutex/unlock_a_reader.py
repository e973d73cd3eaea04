"""O181: To write-unlock what is read-locked is the same error."""

from gochan import sync


def main():
    rw = sync.RWMutex()
    rw.rlock()
    rw.unlock()

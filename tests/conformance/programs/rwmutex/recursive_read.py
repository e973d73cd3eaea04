"""O175, K124, K125: To read-lock twice with a writer between is a deadlock."""

from gochan import go, sync, time


def reader(rw):
    rw.rlock()
    time.sleep(2)
    rw.rlock()


def main():
    rw = sync.RWMutex()
    go(reader, rw)
    time.sleep(1)
    rw.lock()

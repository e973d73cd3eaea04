"""K128, K125: A writer behind a writer waits for the mutex inside."""

from gochan import Chan, go, sync, time


def writer(rw):
    rw.lock()


def main():
    rw = sync.RWMutex()
    rw.rlock()
    go(writer, rw)
    time.sleep(1)
    go(writer, rw)
    time.sleep(1)
    Chan[int]().recv()

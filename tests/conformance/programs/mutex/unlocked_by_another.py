"""N167: Any goroutine may unlock."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    mu.lock()

    def other():
        time.sleep(1)
        mu.unlock()

    go(other)
    mu.lock()
    print("locked again")
